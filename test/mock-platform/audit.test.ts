/**
 * Audit events of refused attempts: who tried what on which resource, in every service (behaviour.md A4). Reads that
 * are refused are told, too; who cannot be told is not taken for the owner.
 */
import { bearerOf, calledBy } from '../support/callers';
import { Encryption, type TestKey } from '../support/encryption';
import { type Reply, startTestPlatform, type TestPlatform } from '../support/platform';

const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const vpc = 'version=2026-03-24&generation=2';

/** Somebody who may nothing, and the owner, whom nothing but the state of things stops. */
const identities = {
  ownerApiKeys: ['owner'],
  users: [{ id: 'IBMid-stranger', name: 'stranger', apiKeys: ['stranger'] }],
};

interface Made {
  readonly kms: { readonly guid: string; readonly crn: string };
  readonly key: TestKey;
  readonly secrets: { readonly guid: string; readonly crn: string };
  readonly secret: { readonly id: string; readonly crn: string };
  readonly volume: { readonly id: string; readonly crn: string };
  readonly policy: string;
  readonly group: { readonly id: string; readonly crn: string };
}

let platform: TestPlatform;
let made: Made;
let stranger: Record<string, string>;

beforeAll(async () => {
  platform = await startTestPlatform({ auth: 'enforce', identities });
  stranger = await bearerOf(platform, 'stranger');
  const asOwner = await calledBy(platform, 'owner');
  const cloud = new Encryption(asOwner);
  const kms = await cloud.instance({ service: 'kms' });
  const key = await cloud.key(kms.guid);
  const secrets = await cloud.instance({ service: 'secrets-manager' });
  const at = `/secrets-manager/${secrets.guid}/api/v2`;
  const secret = await asOwner.request('POST', `${at}/secrets`, {
    secret_type: 'arbitrary',
    name: 'db',
    payload: 'hidden',
  });
  const volume = await asOwner.request('POST', `/v1/volumes?${vpc}`, {
    name: 'data-1',
    zone: { name: 'us-south-1' },
    profile: { name: 'general-purpose' },
    capacity: 100,
  });
  const group = await asOwner.request('POST', '/v2/resource_groups', { name: 'team' });
  const policy = await cloud.authorize('server-protect', kms.guid);
  made = { kms, key, secrets, secret: secret.body, volume: volume.body, policy, group: group.body };
});
afterAll(() => platform.close());

interface Told {
  readonly action: string;
  readonly target: { readonly id: string };
  readonly initiator: { readonly id: string; readonly typeURI: string };
  readonly outcome: string;
  readonly reason: {
    readonly reasonCode: number;
    readonly reasonType?: string;
    readonly reasonForFailure?: string;
  };
  readonly after?: unknown;
}

/** The events that one request left. */
async function eventsOf(request: () => Promise<Reply>): Promise<{ reply: Reply; told: Told[] }> {
  const all = async (): Promise<Told[]> =>
    (await platform.request('GET', '/_keyquake/events?limit=10000')).body.events;
  const before = (await all()).length;
  const reply = await request();
  return { reply, told: (await all()).slice(before) };
}

type Call = readonly [method: string, path: string, body?: unknown];

/** What the stranger tries; the action and the target that the event must name. */
const attempts: readonly (readonly [
  name: string,
  call: (on: Made) => Call,
  action: string,
  target: (on: Made) => string,
])[] = [
  [
    'disabling a key',
    ({ key }) => ['POST', `/api/v2/keys/${key.id}/actions/disable`],
    'kms.secrets.disable',
    ({ key }) => key.crn,
  ],
  ['reading a key', ({ key }) => ['GET', `/api/v2/keys/${key.id}`], 'kms.secrets.read', ({ key }) => key.crn],
  ['listing keys', () => ['GET', '/api/v2/keys'], 'kms.secrets.list', ({ kms }) => kms.crn],
  [
    'creating a key',
    () => ['POST', '/api/v2/keys', { metadata: {}, resources: [] }],
    'kms.secrets.create',
    ({ kms }) => kms.crn,
  ],
  [
    'reading a secret',
    ({ secrets, secret }) => ['GET', `/secrets-manager/${secrets.guid}/api/v2/secrets/${secret.id}`],
    'secrets-manager.secret.read',
    ({ secret }) => secret.crn,
  ],
  [
    'locking a version of a secret',
    ({ secrets, secret }) => [
      'POST',
      `/secrets-manager/${secrets.guid}/api/v2/secrets/${secret.id}/versions/current/locks_bulk`,
      { locks: [{ name: 'mine' }] },
    ],
    'secrets-manager.secret-version-locks.create',
    ({ secret }) => secret.crn,
  ],
  [
    'listing secrets',
    ({ secrets }) => ['GET', `/secrets-manager/${secrets.guid}/api/v2/secrets`],
    'secrets-manager.secrets.list',
    ({ secrets }) => secrets.crn,
  ],
  [
    'deleting a volume',
    ({ volume }) => ['DELETE', `/v1/volumes/${volume.id}?${vpc}`],
    'is.volume.volume.delete',
    ({ volume }) => volume.crn,
  ],
  [
    'deleting an authorization',
    ({ policy }) => ['DELETE', `/v1/policies/${policy}`],
    'iam-am.policy.delete',
    ({ policy }) => `crn:v1:bluemix:public:iam-access-management::a/${account}::policy:${policy}`,
  ],
  [
    'deleting an instance',
    ({ kms }) => ['DELETE', `/v2/resource_instances/${kms.guid}`],
    'resource-controller.instance.delete',
    ({ kms }) => kms.crn,
  ],
  [
    'viewing an instance',
    ({ kms }) => ['GET', `/v2/resource_instances/${encodeURIComponent(kms.crn)}`],
    'resource-controller.instance.retrieve',
    ({ kms }) => kms.crn,
  ],
  [
    'renaming a resource group',
    ({ group }) => ['PATCH', `/v2/resource_groups/${group.id}`, { name: 'mine' }],
    'resource-controller.group.update',
    ({ group }) => group.crn,
  ],
  [
    'disabling a key that is not there',
    () => ['POST', '/api/v2/keys/no-such-key/actions/disable'],
    'kms.secrets.disable',
    ({ kms }) => kms.crn.replace(/::$/, ':key:no-such-key'),
  ],
  [
    'deleting an authorization that is not there',
    () => ['DELETE', '/v1/policies/no-such-policy'],
    'iam-am.policy.delete',
    () => '/v1/policies/no-such-policy',
  ],
];

/** The least role that has each action (the vendor's IAM roles and actions; locks: ibm-control-plane.md 6.2). */
const roles: Readonly<Record<string, string>> = {
  'kms.secrets.disable': 'Manager',
  'kms.secrets.read': 'ReaderPlus',
  'kms.secrets.list': 'Reader',
  'kms.secrets.create': 'Writer',
  'secrets-manager.secret.read': 'SecretsReader',
  'secrets-manager.secret-version-locks.create': 'Manager',
  'secrets-manager.secrets.list': 'Reader',
  'is.volume.volume.delete': 'Editor',
  'iam-am.policy.delete': 'Administrator',
  'resource-controller.instance.delete': 'Editor',
  'resource-controller.instance.retrieve': 'Viewer',
  'resource-controller.group.update': 'Editor',
};

describe.each(attempts)('%s', (_name, call, action, target) => {
  const send = (headers: Record<string, string>) => (): Promise<Reply> => {
    const [method, path, body] = call(made);
    return platform.request(method, path, body, { ...headers, 'Bluemix-Instance': made.kms.guid });
  };

  test('without the role: one event, of the caller, on the resource', async () => {
    const { reply, told } = await eventsOf(send(stranger));
    expect([401, 403]).toContain(reply.status);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      action,
      target: { id: target(made) },
      initiator: { id: 'IBMid-stranger', typeURI: 'service/security/account/user' },
      outcome: 'failure',
      reason: { reasonCode: reply.status, reasonForFailure: `the role ${roles[action]} is missing` },
    });
    expect(told[0]).not.toHaveProperty('after');
  });

  test('without a token: by somebody unknown, not by the owner', async () => {
    const { reply, told } = await eventsOf(send({}));
    expect(reply.status).toBe(401);
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      action,
      target: { id: target(made) },
      initiator: { id: 'unauthenticated', typeURI: 'unknown', name: 'unauthenticated' },
      outcome: 'failure',
      reason: { reasonCode: 401 },
    });
    expect(told[0]?.reason).not.toHaveProperty('reasonForFailure');
  });
});

test('a refusal by the state of things names the resource and its reason', async () => {
  const asOwner = await calledBy(platform, 'owner');
  const path = `/api/v2/keys/${made.key.id}/actions/enable`;
  const { told } = await eventsOf(() =>
    asOwner.request('POST', path, undefined, { 'Bluemix-Instance': made.kms.guid }),
  );
  expect(told).toMatchObject([
    {
      action: 'kms.secrets.enable',
      target: { id: made.key.crn },
      outcome: 'failure',
      reason: { reasonCode: 409, reasonType: 'KEY_ACTION_INVALID_STATE_ERR' },
    },
  ]);
  expect(told[0]?.reason).not.toHaveProperty('reasonForFailure');
});

test('an instance whose header is its CRN is the same instance', async () => {
  const { told } = await eventsOf(() =>
    platform.request('POST', `/api/v2/keys/${made.key.id}/actions/disable`, undefined, {
      ...stranger,
      'Bluemix-Instance': made.kms.crn,
    }),
  );
  expect(told).toMatchObject([{ target: { id: made.key.crn } }]);
});

test('a name that no CRN can hold still leaves an event, on the instance', async () => {
  const { reply, told } = await eventsOf(() =>
    platform.request('POST', '/api/v2/keys/a%3Ab/actions/disable', undefined, {
      ...stranger,
      'Bluemix-Instance': made.kms.guid,
    }),
  );
  expect(reply.status).toBeLessThan(500);
  expect(told).toMatchObject([{ target: { id: made.kms.crn } }]);
});

test('reading a standard key hands out its material: told; reading a root key is not', async () => {
  const cloud = new Encryption(await calledBy(platform, 'owner'));
  const standard = await cloud.key(made.kms.guid, { extractable: true });
  const read = (id: string) => () => cloud.kms(made.kms.guid, 'GET', `/keys/${id}`);
  const { told } = await eventsOf(read(standard.id));
  expect(told).toMatchObject([
    { action: 'kms.secrets.read', target: { id: standard.crn }, outcome: 'success' },
  ]);
  expect((await eventsOf(read(made.key.id))).told).toEqual([]);
});
