/**
 * Access that is narrowed to one key ring: a service authorization (Secrets Manager `framework/data-security.md`, condition
 * Key ring ID) and the roles of a person (Key Protect `grouping-keys.md`).
 */
import { bearerOf, calledBy } from '../../support/callers';
import { Encryption } from '../../support/encryption';
import { type Reply, startTestPlatform, type TestPlatform } from '../../support/platform';

const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const reader = 'crn:v1:bluemix:public:iam::::serviceRole:Reader';
const writer = 'crn:v1:bluemix:public:iam::::serviceRole:Writer';
const identities = {
  ownerApiKeys: ['owner'],
  users: [{ id: 'IBMid-ring', name: 'ring', apiKeys: ['ring'] }],
};

let platform: TestPlatform;
let cloud: Encryption;
let owner: TestPlatform;
let kms: string;
let inRing: { readonly id: string; readonly crn: string };
let outside: { readonly id: string; readonly crn: string };

async function policy(type: string, subject: Record<string, string>, role: string): Promise<void> {
  const attributes = (values: Record<string, string>) => [
    { attributes: Object.entries(values).map(([name, value]) => ({ name, value })) },
  ];
  const resource = { accountId: account, serviceName: 'kms', serviceInstance: kms, keyRing: 'ring-1' };
  const made = await owner.request('POST', '/v1/policies', {
    type,
    subjects: attributes(subject),
    roles: [{ role_id: role }],
    resources: attributes(resource),
  });
  expect(made.status).toBe(201);
}

const volume = (name: string, crn: string): Promise<Reply> =>
  owner.request('POST', '/v1/volumes?version=2026-03-24&generation=2', {
    name,
    zone: { name: 'us-south-1' },
    profile: { name: 'general-purpose' },
    capacity: 100,
    encryption_key: { crn },
  });

const move = (id: string, ring: string): Promise<Reply> =>
  owner.request('PATCH', `/api/v2/keys/${id}`, { keyRingID: ring }, { 'Bluemix-Instance': kms });

beforeEach(async () => {
  platform = await startTestPlatform({ auth: 'enforce', identities });
  owner = await calledBy(platform, 'owner');
  cloud = new Encryption(owner);
  kms = (await cloud.instance({ service: 'kms' })).guid;
  await cloud.kms(kms, 'POST', '/key_rings/ring-1');
  inRing = await cloud.key(kms);
  outside = await cloud.key(kms);
  expect((await move(inRing.id, 'ring-1')).status).toBe(200);
});
afterEach(() => platform.close());

describe('an authorization for one ring', () => {
  beforeEach(() => policy('authorization', { accountId: account, serviceName: 'server-protect' }, reader));

  test('opens the keys in it and no others', async () => {
    expect((await volume('one', inRing.crn)).status).toBe(201);
    const refused = await volume('two', outside.crn);
    expect([refused.status, refused.body.errors[0].code]).toEqual([400, 'volume_crn_invalid']);
    expect(refused.body.keyquake.cause).toBe(
      `no authorization lets server-protect read keys of kms instance ${kms}`,
    );
  });

  test('closes behind a key that leaves the ring', async () => {
    expect((await move(inRing.id, 'default')).status).toBe(200);
    expect((await volume('one', inRing.crn)).status).toBe(400);
    expect((await move(outside.id, 'ring-1')).status).toBe(200);
    expect((await volume('two', outside.crn)).status).toBe(201);
  });
});

describe('a Writer of one ring', () => {
  let ring: Record<string, string>;
  const call = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
    platform.request(method, `/api/v2${path}`, body, { ...ring, 'Bluemix-Instance': kms, ...headers });

  beforeEach(async () => {
    await policy('access', { iam_id: 'IBMid-ring' }, writer);
    ring = await bearerOf(platform, 'ring');
  });

  test('reads and uses the keys in it and no others', async () => {
    expect((await call('GET', `/keys/${inRing.id}`)).status).toBe(200);
    expect((await call('POST', `/keys/${inRing.id}/actions/wrap`, {})).status).toBe(200);
    expect((await call('GET', `/keys/${outside.id}`)).status).toBe(401);
    expect((await call('POST', `/keys/${outside.id}/actions/wrap`, {})).status).toBe(401);
  });

  test('lists and creates in it by naming it, and nowhere else', async () => {
    const named = { 'X-Kms-Key-Ring': 'ring-1' };
    const listed = await call('GET', '/keys', undefined, named);
    expect(listed.body.resources.map(({ id }: { id: string }) => id)).toEqual([inRing.id]);
    expect((await call('GET', '/keys')).status).toBe(401);
    const body = {
      metadata: { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 },
      resources: [{ type: 'application/vnd.ibm.kms.key+json', name: 'made', extractable: true }],
    };
    expect((await call('POST', '/keys', body, named)).status).toBe(201);
    expect((await call('POST', '/keys', body)).status).toBe(401);
    expect((await call('POST', '/keys', body, { 'X-Kms-Key-Ring': 'default' })).status).toBe(401);
  });
});
