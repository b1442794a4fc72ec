/**
 * Every combination of an authorization: source instance × source resource type × target instance × target resource
 * type × role, for both key management services and through both versions of the API, asked by making volumes and
 * Secrets Manager instances. What is expected is typed, not computed. (behaviour.md A3, B3;
 * ibm-control-plane.md 3.4, 6.3.2; ibm-vpc.md 4.10, 5)
 */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { vpcOf } from '../vpc/support';
import { type AuthorizationSettings, authorizationV1, authorizationV2, role, serviceRole } from './support';

const plans = {
  kms: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  'hs-crypto': '9b1e7d24-3c5f-4a80-b6d9-0f2a8c4e5173',
  'secrets-manager': '7713c3a8-3be8-4a9a-81bb-ee822fcaac3d',
} as const;
type KeyService = 'kms' | 'hs-crypto';
type Version = 'v1' | 'v2';

const elsewhere = '22222222-2222-4222-8222-222222222222';

let platform: TestPlatform;
let service: KeyService;
let version: Version;
let keyInstance: string;
let keyCrn: string;
let group: string;
let number = 0;

async function instance(plan: keyof typeof plans, parameters?: object) {
  number += 1;
  return platform.request('POST', '/v2/resource_instances', {
    name: `${plan}-${number}`,
    target: 'us-south',
    resource_group: group,
    resource_plan_id: plans[plan],
    ...(parameters && { parameters }),
  });
}

async function start(of: KeyService, through: Version): Promise<void> {
  [service, version] = [of, through];
  platform = await startTestPlatform();
  group = (await platform.request('GET', '/v2/resource_groups?default=true')).body.resources[0].id;
  keyInstance = (await instance(of)).body.guid;
  const root = { type: 'application/vnd.ibm.kms.key+json', name: 'root', extractable: false };
  const metadata = { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 };
  const body = { metadata, resources: [root] };
  const header = { 'Bluemix-Instance': keyInstance };
  keyCrn = (await platform.request('POST', '/api/v2/keys', body, header)).body.resources[0].crn;
}

/** Makes the policy, asks, and takes the policy away again. */
async function withPolicy<Answer>(
  settings: AuthorizationSettings,
  ask: () => Promise<Answer>,
): Promise<Answer> {
  const resource = { serviceName: service, ...settings.resource };
  const body = (version === 'v1' ? authorizationV1 : authorizationV2)({ ...settings, resource });
  const made = await platform.request('POST', `/${version}/policies`, body);
  expect(made.status).toBe(201);
  const answer = await ask();
  expect((await platform.request('DELETE', `/${version}/policies/${made.body.id}`)).status).toBe(204);
  return answer;
}

/** `y` when the volume is made; `-` when it is refused as one whose key is out of reach (ibm-vpc.md 4.10, 5). */
async function volume(): Promise<'y' | '-'> {
  number += 1;
  const made = { name: `volume-${number}`, encryption_key: { crn: keyCrn } };
  const reply = await vpcOf(platform).volume(made);
  if (reply.status === 201) return 'y';
  expect([reply.status, reply.body.errors[0].code, reply.body.keyquake.cause]).toEqual([
    400,
    'volume_crn_invalid',
    `no authorization lets server-protect read keys of ${service} instance ${keyInstance}`,
  ]);
  return '-';
}

/** `y` when the instance is made; `-` when it is refused for the missing authorization (B3). */
async function secretsManager(): Promise<'y' | '-'> {
  const reply = await instance('secrets-manager', { kms_key: keyCrn });
  if (reply.status === 201) return 'y';
  expect([reply.status, reply.body.keyquake.cause]).toEqual([
    400,
    `no authorization lets secrets-manager read keys of ${service} instance ${keyInstance}`,
  ]);
  return '-';
}

const roleSets = (of: KeyService): Record<string, readonly string[]> => ({
  Reader: [serviceRole('Reader')],
  Writer: [serviceRole('Writer')],
  Manager: [serviceRole('Manager')],
  ReaderPlus: [`crn:v1:bluemix:public:${of}::::serviceRole:ReaderPlus`],
  KeyPurge: [`crn:v1:bluemix:public:${of}::::serviceRole:KeyPurge`],
  Viewer: [role('Viewer')],
  Operator: [role('Operator')],
  Editor: [role('Editor')],
  Administrator: [role('Administrator')],
  Delegator: [role('AuthorizationDelegator')],
  'Delegator and Reader': [role('AuthorizationDelegator'), serviceRole('Reader')],
  'Viewer and KeyPurge': [role('Viewer'), `crn:v1:bluemix:public:${of}::::serviceRole:KeyPurge`],
});

/**
 * Columns of a volume, which is no instance and of no resource type. Four groups: no source instance and no source type,
 * then a source type, then a source instance, then both. In a group nine: target instance none, this, another, each with
 * target type none, `key`, another.
 */
const volumeTable: readonly (readonly [roles: string, expected: string])[] = [
  ['Reader', 'yy-yy----' + '---------' + '---------' + '---------'],
  ['Writer', 'yy-yy----' + '---------' + '---------' + '---------'],
  ['Manager', 'yy-yy----' + '---------' + '---------' + '---------'],
  ['ReaderPlus', 'yy-yy----' + '---------' + '---------' + '---------'],
  ['KeyPurge', '---------' + '---------' + '---------' + '---------'],
  ['Viewer', '---------' + '---------' + '---------' + '---------'],
  ['Operator', '---------' + '---------' + '---------' + '---------'],
  ['Editor', '---------' + '---------' + '---------' + '---------'],
  ['Administrator', '---------' + '---------' + '---------' + '---------'],
  ['Delegator', '---------' + '---------' + '---------' + '---------'],
  ['Delegator and Reader', 'yy-yy----' + '---------' + '---------' + '---------'],
  ['Viewer and KeyPurge', '---------' + '---------' + '---------' + '---------'],
];

function* combinations(): Generator<Pick<AuthorizationSettings, 'subject' | 'resource'>> {
  for (const source of [
    {},
    { resourceType: 'share' },
    { serviceInstance: elsewhere },
    { serviceInstance: elsewhere, resourceType: 'share' },
  ]) {
    for (const target of [{}, { serviceInstance: keyInstance }, { serviceInstance: elsewhere }]) {
      for (const type of [{}, { resourceType: 'key' }, { resourceType: 'volume' }]) {
        yield { subject: source, resource: { ...target, ...type } };
      }
    }
  }
}

describe.each<[KeyService, Version]>([
  ['kms', 'v1'],
  ['kms', 'v2'],
  ['hs-crypto', 'v1'],
  ['hs-crypto', 'v2'],
])('%s through %s', (of, through) => {
  beforeAll(() => start(of, through));
  afterAll(() => platform.close());

  test.each(volumeTable)('volumes with %s: %s', async (roles, expected) => {
    let seen = '';
    for (const settings of combinations()) {
      seen += await withPolicy({ ...settings, roles: roleSets(of)[roles] ?? [] }, volume);
    }
    expect(seen).toBe(expected);
  });

  /** Columns: target instance none, this, another; then the same with a source instance that is another one. */
  test.each([
    ['Reader', 'yy-' + '---'],
    ['Writer', 'yy-' + '---'],
    ['Manager', 'yy-' + '---'],
    ['ReaderPlus', 'yy-' + '---'],
    ['KeyPurge', '---' + '---'],
    ['Administrator', '---' + '---'],
    ['Delegator', '---' + '---'],
    ['Delegator and Reader', 'yy-' + '---'],
  ])('Secrets Manager instances with %s: %s', async (roles, expected) => {
    let seen = '';
    for (const source of [{}, { serviceInstance: elsewhere }]) {
      for (const resource of [{}, { serviceInstance: keyInstance }, { serviceInstance: elsewhere }]) {
        const subject = { serviceName: 'secrets-manager', ...source };
        seen += await withPolicy({ subject, resource, roles: roleSets(of)[roles] ?? [] }, secretsManager);
      }
    }
    expect(seen).toBe(expected);
  });

  test.each<readonly [string, Record<string, string>, Record<string, string>, 'y' | '-', 'y' | '-']>([
    ['the key itself', {}, { resourceType: 'key', resource: 'THIS KEY' }, 'y', 'y'],
    ['another key', {}, { resourceType: 'key', resource: elsewhere }, '-', '-'],
    ['the group of the target', {}, { resourceGroupId: 'THIS GROUP' }, 'y', 'y'],
    ['another group of the target', {}, { resourceGroupId: 'f'.repeat(32) }, '-', '-'],
    [
      'the group of the target, the instance of another',
      {},
      { resourceGroupId: 'THIS GROUP', serviceInstance: elsewhere },
      '-',
      '-',
    ],
    ['the region of the target', {}, { region: 'us-south' }, 'y', 'y'],
    ['another region of the target', {}, { region: 'eu-de' }, '-', '-'],
    ['another group of the source', { resourceGroupId: 'f'.repeat(32) }, {}, '-', '-'],
    ['another account of the source', { accountId: 'f'.repeat(32) }, {}, '-', '-'],
    ['the source of file shares', { serviceName: 'is', resourceType: 'share' }, {}, '-', '-'],
  ])('limited to %s', async (_name, subject, resource, forVolumes, forSecrets) => {
    const placed = (values: Record<string, string>) =>
      JSON.parse(
        JSON.stringify(values)
          .replace('THIS KEY', keyCrn.split(':').at(-1) ?? '')
          .replace('THIS GROUP', group),
      ) as Record<string, string>;
    const settings = (source: object) => ({
      subject: { ...source, ...placed(subject) },
      resource: placed(resource),
    });
    expect([
      await withPolicy(settings({}), volume),
      await withPolicy(settings({ serviceName: 'secrets-manager' }), secretsManager),
    ]).toEqual([forVolumes, forSecrets]);
  });

  test('the group of a Secrets Manager instance is the group of the source', async () => {
    const subject = { serviceName: 'secrets-manager', resourceGroupId: group };
    expect(await withPolicy({ subject }, secretsManager)).toBe('y');
  });

  test('the other key service is not meant', async () => {
    const other = of === 'kms' ? 'hs-crypto' : 'kms';
    const resource = { serviceName: other };
    expect(await withPolicy({ resource }, volume)).toBe('-');
    const subject = { serviceName: 'secrets-manager' };
    expect(await withPolicy({ subject, resource }, secretsManager)).toBe('-');
  });

  test.each([
    ['a role of Secrets Manager', 'crn:v1:bluemix:public:secrets-manager::::serviceRole:SecretsReader'],
    ['a role that does not exist', 'crn:v1:bluemix:public:iam::::serviceRole:Reeder'],
  ])('%s cannot be granted', async (_name, unknown) => {
    const settings = { resource: { serviceName: of }, roles: [unknown] };
    const body = (through === 'v1' ? authorizationV1 : authorizationV2)(settings);
    const reply = await platform.request('POST', `/${through}/policies`, body);
    expect([reply.status, reply.body.errors[0]]).toEqual([
      400,
      { code: 'invalid_body', message: `role ${unknown} does not exist for the resource of the policy` },
    ]);
  });
});
