/**
 * Roles of Key Protect and Hyper Protect Crypto Services on their operations, the legacy form of actions included
 * (Key Protect concepts/manage-access.md; IBM Cloud IAM docs iam-service-roles.md, hs-crypto).
 */

import { bearerOf } from '../../support/callers';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { accessV2, role, serviceRole } from './support';

const plans = {
  kms: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  'hs-crypto': '9b1e7d24-3c5f-4a80-b6d9-0f2a8c4e5173',
} as const;
type KeyService = keyof typeof plans;
const own = (service: KeyService, name: string) => `crn:v1:bluemix:public:${service}::::serviceRole:${name}`;

/** Who has exactly one role on both services. */
const holders = {
  reader: [serviceRole('Reader'), serviceRole('Reader')],
  plus: [own('kms', 'ReaderPlus'), own('hs-crypto', 'ReaderPlus')],
  writer: [serviceRole('Writer'), serviceRole('Writer')],
  manager: [serviceRole('Manager'), serviceRole('Manager')],
  purger: [own('kms', 'KeyPurge'), own('hs-crypto', 'KeyPurge')],
  admin: [role('Administrator'), role('Administrator')],
} as const;
const names = Object.keys(holders) as (keyof typeof holders)[];
const hyperProtectOnly = ['documented', 'kmip', 'vault', 'creator', 'deployer', 'certificates'];

const identities = {
  ownerApiKeys: ['owner'],
  users: [...names, ...hyperProtectOnly].map((name) => ({ id: `IBMid-${name}`, name, apiKeys: [name] })),
};
const metadata = { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 };
const material = Buffer.alloc(32, 7).toString('base64');
const otherMaterial = Buffer.alloc(32, 8).toString('base64');

let platform: TestPlatform;
let guid: string;
const tokens = new Map<string, Record<string, string>>();

/** Tokens last an hour: they are asked for again after the clock was moved. */
async function logIn(): Promise<void> {
  for (const name of ['owner', ...names, ...hyperProtectOnly])
    tokens.set(name, await bearerOf(platform, name));
}

async function start(service: KeyService): Promise<void> {
  platform = await startTestPlatform({ auth: 'enforce', identities });
  await logIn();
  const group = (await as('owner', 'GET', '/v2/resource_groups?default=true')).body.resources[0].id;
  const body = { name: 'keys', target: 'us-south', resource_group: group, resource_plan_id: plans[service] };
  guid = (await as('owner', 'POST', '/v2/resource_instances', body)).body.guid;
  for (const name of names) await grant(name, service, holders[name][service === 'kms' ? 0 : 1]);
}
afterEach(() => platform.close());

const as = (who: string, method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
  platform.request(method, path, body, { ...tokens.get(who), ...more });
const keys = (who: string, method: string, path: string, body?: unknown) =>
  as(who, method, `/api/v2${path}`, body, { 'Bluemix-Instance': guid });

async function grant(who: string, serviceName: string, roleCrn: string): Promise<void> {
  const settings = { subject: { iam_id: `IBMid-${who}` }, resource: { serviceName }, roles: [roleCrn] };
  expect((await as('owner', 'POST', '/v2/policies', accessV2(settings))).status).toBe(201);
}

async function newKey(overrides: Record<string, unknown> = {}): Promise<string> {
  const key = {
    type: 'application/vnd.ibm.kms.key+json',
    name: 'root',
    extractable: false,
    payload: material,
    ...overrides,
  };
  const reply = await keys('owner', 'POST', '/keys', { metadata, resources: [key] });
  expect(reply.status).toBe(201);
  return reply.body.resources[0].id;
}

/** The roles that the call is not refused to for want of a role; Key Protect answers 401 then. */
async function permitted(call: (who: string) => Promise<{ status: number }>): Promise<string> {
  const seen: string[] = [];
  for (const who of names) if ((await call(who)).status !== 401) seen.push(who);
  return seen.join(' ');
}

describe.each(['kms', 'hs-crypto'] as const)('%s', (service) => {
  beforeEach(() => start(service));

  /** manage-access.md, columns Reader, ReaderPlus, Writer, Manager, KeyPurge. */
  test.each([
    ['GET', '/keys', 'reader plus writer manager'],
    ['GET', '/keys/{id}', 'plus writer manager'],
    ['GET', '/keys/{id}/metadata', 'reader plus writer manager'],
    ['POST', '/keys/{id}/actions/wrap', 'reader plus writer manager'],
    ['POST', '/keys/{id}/actions/rotate', 'writer manager'],
    ['POST', '/keys/{id}/actions/disable', 'manager'],
    ['GET', '/keys/{id}/policies', 'manager'],
    ['GET', '/instance/policies', 'manager'],
    ['DELETE', '/keys/{id}/purge', 'purger'],
    ['DELETE', '/keys/{id}', 'manager'],
  ])('%s %s is for: %s', async (method, path, expected) => {
    expect(
      await permitted(async (who) => {
        const id = await newKey();
        return keys(who, method, path.replace('{id}', id));
      }),
    ).toBe(expected);
  });

  /** The legacy form needs what the path of the same action needs (6.1.2). */
  test.each([
    ['wrap', 'reader plus writer manager'],
    ['unwrap', 'reader plus writer manager'],
    ['rewrap', 'reader plus writer manager'],
    ['rotate', 'writer manager'],
    ['enable', 'manager'],
    ['disable', 'manager'],
    ['setKeyForDeletion', 'writer manager'],
    ['unsetKeyForDeletion', 'writer manager'],
    ['restore', 'manager'],
    ['fly', 'manager'],
    ['toString', 'manager'],
  ])('POST /keys/{id}?action=%s is for: %s', async (action, expected) => {
    const id = await newKey();
    expect(await permitted((who) => keys(who, 'POST', `/keys/${id}?action=${action}`, {}))).toBe(expected);
  });

  test('the legacy form without an action is for managers', async () => {
    const id = await newKey();
    expect(await permitted((who) => keys(who, 'POST', `/keys/${id}`, {}))).toBe('manager');
  });

  test('a refusal of the legacy form names the role and the action that it is about', async () => {
    const id = await newKey();
    const refused = await keys('reader', 'POST', `/keys/${id}?action=rotate`, { payload: otherMaterial });
    expect([refused.status, refused.body.keyquake.cause]).toEqual([
      401,
      'the caller lacks the role Writer, which kms.secrets.rotate needs',
    ]);
    const rotated = await keys('writer', 'POST', `/keys/${id}?action=rotate`, { payload: otherMaterial });
    expect(rotated.status).toBe(204);
  });

  test('purging needs the role of its own, four hours after the deletion', async () => {
    const id = await newKey();
    expect((await keys('manager', 'DELETE', `/keys/${id}`)).status).toBe(204);
    platform.platform.clock.advance(4 * 3_600_000);
    await logIn();
    for (const who of ['owner', 'manager', 'admin']) {
      expect([who, (await keys(who, 'DELETE', `/keys/${id}/purge`)).status]).toEqual([who, 401]);
    }
    expect((await keys('purger', 'DELETE', `/keys/${id}/purge`)).status).toBe(204);
  });
});

describe('Hyper Protect Crypto Services', () => {
  beforeEach(() => start('hs-crypto'));

  test('roles answers its service roles', async () => {
    const { service_roles } = (await as('owner', 'GET', '/v2/roles?service_name=hs-crypto')).body;
    expect(
      service_roles.map(({ display_name, crn }: { display_name: string; crn: string }) => [
        display_name,
        crn,
      ]),
    ).toEqual([
      ['Reader', serviceRole('Reader')],
      ['Writer', serviceRole('Writer')],
      ['Manager', serviceRole('Manager')],
      ['Reader Plus', own('hs-crypto', 'ReaderPlus')],
      ['KMS Key Purge Role', own('hs-crypto', 'KeyPurge')],
      ['VMWare KMIP Manager', own('hs-crypto', 'VMwareKMIPManager')],
      ['Certificate Manager', own('hs-crypto', 'CertificateManager')],
      ['Vault Administrator', own('hs-crypto', 'VaultAdministrator')],
      ['Key Custodian - Creator', own('hs-crypto', 'KeyCustodianCreator')],
      ['Key Custodian - Deployer', own('hs-crypto', 'KeyCustodianDeployer')],
    ]);
  });

  test('its actions carry its own name', async () => {
    const { service_roles } = (await as('owner', 'GET', '/v2/roles?service_name=hs-crypto')).body;
    const actionsOf = (name: string): string[] =>
      service_roles.find(({ display_name }: { display_name: string }) => display_name === name).actions;
    expect(actionsOf('Reader')).toEqual(
      expect.arrayContaining(['hs-crypto.secrets.list', 'hs-crypto.secrets.wrap']),
    );
    expect(actionsOf('KMS Key Purge Role')).toEqual(['hs-crypto.secrets.purge']);
    expect(actionsOf('VMWare KMIP Manager')).toEqual(['hs-crypto.secrets.list']);
    expect(actionsOf('Vault Administrator')).toEqual([]);
    expect(actionsOf('Manager').filter((action) => action.startsWith('kms.'))).toEqual([]);
  });

  test('the CRNs of its documentation are taken for the roles of every service (uko-manage-access.md, table 9)', async () => {
    const id = await newKey();
    await grant('documented', 'hs-crypto', own('hs-crypto', 'Writer'));
    expect(
      (await keys('documented', 'POST', `/keys/${id}/actions/rotate`, { payload: otherMaterial })).status,
    ).toBe(204);
    expect((await keys('documented', 'DELETE', `/keys/${id}`)).status).toBe(401);
    const refused = await as(
      'owner',
      'POST',
      '/v2/policies',
      accessV2({ resource: { serviceName: 'kms' }, roles: [own('hs-crypto', 'Writer')] }),
    );
    expect([refused.status, refused.body.errors[0].code]).toEqual([400, 'invalid_body']);
  });

  /** iam-service-roles.md: of what is emulated, only the VMWare KMIP Manager may list keys. */
  test.each([
    ['kmip', 'VMwareKMIPManager', 200],
    ['certificates', 'CertificateManager', 401],
    ['vault', 'VaultAdministrator', 401],
    ['creator', 'KeyCustodianCreator', 401],
    ['deployer', 'KeyCustodianDeployer', 401],
  ])('%s lists keys as %s: %i', async (who, name, status) => {
    await grant(who, 'hs-crypto', own('hs-crypto', name));
    const id = await newKey();
    expect((await keys(who, 'GET', '/keys')).status).toBe(status);
    expect((await keys(who, 'GET', `/keys/${id}/metadata`)).status).toBe(401);
  });
});

test('Reader Plus reads the material of standard keys of both', async () => {
  for (const service of ['kms', 'hs-crypto'] as const) {
    if (service === 'hs-crypto') await platform.close();
    await start(service);
    const id = await newKey({ extractable: true });
    expect((await keys('reader', 'GET', `/keys/${id}`)).status).toBe(401);
    const read = await keys('plus', 'GET', `/keys/${id}`);
    expect([read.status, read.body.resources[0].payload]).toEqual([200, material]);
  }
});
