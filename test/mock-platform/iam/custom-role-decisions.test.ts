/** What custom roles permit when roles are enforced, and who may make them (iam-service-roles.md, Role Management). */

import { bearerOf } from '../../support/callers';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { accessV2, account, refusalOf, role, serviceRole } from './support';

const person = (name: string) => ({ id: `IBMid-${name}`, name, apiKeys: [name] });
const people = ['anna', 'viewer', 'editor', 'admin', 'parent', 'group'];
const identities = { ownerApiKeys: ['owner'], users: people.map(person) };

let platform: TestPlatform;
let tokens: Record<string, Record<string, string>>;
const warnings: string[] = [];

async function start(auth: 'warn' | 'enforce' = 'enforce'): Promise<void> {
  warnings.length = 0;
  const logger = { info: () => 0, warn: (line: string) => warnings.push(line), error: () => 0 };
  platform = await startTestPlatform({ auth, identities, logger });
  tokens = {};
  for (const name of ['owner', ...people]) tokens[name] = await bearerOf(platform, name);
}
afterEach(() => platform.close());

const as = (who: string, method: string, path: string, body?: unknown, more: Record<string, string> = {}) =>
  platform.request(method, path, body, { ...tokens[who], ...more });

async function instance(plan = 'eedd3585-90c6-4c8f-be3d-062069e99fc3'): Promise<string> {
  const group = (await as('owner', 'GET', '/v2/resource_groups?default=true')).body.resources[0].id;
  const body = { name: 'keys', target: 'us-south', resource_group: group, resource_plan_id: plan };
  return (await as('owner', 'POST', '/v2/resource_instances', body)).body.guid;
}

const crn = (name: string) =>
  `crn:v1:ibmcloud:public:iam-access-management::a/${account}::customRole:${name}`;
const custom = (name: string, service_name: string, actions: readonly string[]) => ({
  name,
  display_name: name,
  account_id: account,
  service_name,
  actions,
});
const make = async (name: string, service: string, actions: readonly string[]) => {
  const reply = await as('owner', 'POST', '/v2/roles', custom(name, service, actions));
  expect(reply.status).toBe(201);
  return reply.body.id;
};
const grant = async (who: string, resource: Record<string, string>, roles: readonly string[]) => {
  const reply = await as(
    'owner',
    'POST',
    '/v2/policies',
    accessV2({ subject: { iam_id: `IBMid-${who}` }, resource, roles }),
  );
  expect(reply.status).toBe(201);
  return reply.body.id;
};

const metadata = { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 };
const root = { type: 'application/vnd.ibm.kms.key+json', name: 'root', extractable: false };

describe('a custom role of Key Protect', () => {
  let guid: string;
  let key: string;
  const kms = (who: string, method: string, path: string, body?: unknown) =>
    as(who, method, `/api/v2${path}`, body, { 'Bluemix-Instance': guid });

  async function prepare(auth?: 'warn' | 'enforce'): Promise<void> {
    await start(auth);
    guid = await instance();
    key = (await kms('owner', 'POST', '/keys', { metadata, resources: [root] })).body.resources[0].id;
  }

  test('permits its actions and no other', async () => {
    await prepare();
    await make('Rotator', 'kms', ['kms.secrets.rotate']);
    expect((await kms('anna', 'POST', `/keys/${key}/actions/rotate`)).status).toBe(401);
    await grant('anna', { serviceName: 'kms' }, [crn('Rotator')]);
    expect((await kms('anna', 'POST', `/keys/${key}/actions/rotate`)).status).toBe(204);
    expect((await kms('anna', 'GET', '/keys')).status).toBe(401);
    expect((await kms('anna', 'POST', `/keys/${key}/actions/disable`)).status).toBe(401);
    expect((await as('anna', 'GET', `/v2/resource_instances/${guid}`)).status).toBe(403);
  });

  test('permits what a Manager may and a Writer not, and a platform action beside it', async () => {
    await prepare();
    await make('Switch', 'kms', ['kms.secrets.disable', 'resource-controller.instance.retrieve']);
    await grant('anna', { serviceName: 'kms', serviceInstance: guid }, [crn('Switch')]);
    expect((await kms('anna', 'POST', `/keys/${key}/actions/disable`)).status).toBe(204);
    expect((await as('anna', 'GET', `/v2/resource_instances/${guid}`)).status).toBe(200);
    expect((await as('anna', 'DELETE', `/v2/resource_instances/${guid}`)).status).toBe(403);
  });

  test('may purge, as KeyPurge does', async () => {
    await prepare();
    await make('Purger', 'kms', ['kms.secrets.purge']);
    await grant('anna', { serviceName: 'kms' }, [crn('Purger')]);
    await kms('owner', 'DELETE', `/keys/${key}`);
    platform.platform.clock.advance(4 * 3_600_000);
    tokens['anna'] = await bearerOf(platform, 'anna');
    expect((await kms('anna', 'DELETE', `/keys/${key}/purge`)).status).toBe(204);
  });

  test('is limited as its policy is: to one instance, to one key', async () => {
    await prepare();
    await make('Lister', 'kms', ['kms.secrets.list', 'kms.secrets.rotate']);
    await grant('anna', { serviceName: 'kms', serviceInstance: 'another' }, [crn('Lister')]);
    expect((await kms('anna', 'GET', '/keys')).status).toBe(401);
    const ofKey = { serviceName: 'kms', serviceInstance: guid, resourceType: 'key', resource: key };
    await grant('anna', ofKey, [crn('Lister')]);
    expect((await kms('anna', 'GET', '/keys')).status).toBe(401);
    expect((await kms('anna', 'POST', `/keys/${key}/actions/rotate`)).status).toBe(204);
  });

  test('follows its replacement and its deletion', async () => {
    await prepare();
    const id = await make('Lister', 'kms', ['kms.secrets.list']);
    await grant('anna', { serviceName: 'kms' }, [crn('Lister')]);
    const lists = async () => (await kms('anna', 'GET', '/keys')).status;
    expect(await lists()).toBe(200);
    const change = (actions: readonly string[]) =>
      as('owner', 'PUT', `/v2/roles/${id}`, { display_name: 'Lister', actions }, { 'If-Match': '*' });
    expect((await change(['kms.secrets.wrap'])).status).toBe(200);
    expect(await lists()).toBe(401);
    expect((await change(['kms.secrets.list'])).status).toBe(200);
    expect(await lists()).toBe(200);
    expect((await as('owner', 'DELETE', `/v2/roles/${id}`)).status).toBe(204);
    expect(await lists()).toBe(401);
  });

  test('under warn spares a warning for what it permits', async () => {
    await prepare('warn');
    await make('Lister', 'kms', ['kms.secrets.list']);
    await grant('anna', { serviceName: 'kms' }, [crn('Lister')]);
    warnings.length = 0;
    expect((await kms('anna', 'GET', '/keys')).status).toBe(200);
    expect(warnings).toEqual([]);
    expect((await kms('anna', 'GET', `/keys/${key}/policies`)).status).toBe(200);
    expect(warnings).toEqual([
      'enforcing roles would refuse getPolicy: IBMid-anna lacks Manager (kms.policies.read)',
    ]);
  });
});

test('a custom role of volumes', async () => {
  await start();
  await make('VolumeReader', 'is', ['is.volume.volume.read']);
  const read = async () => (await as('anna', 'GET', '/v1/volumes?version=2026-03-24&generation=2')).status;
  expect(await read()).toBe(403);
  await grant('anna', { serviceName: 'is' }, [crn('VolumeReader')]);
  expect(await read()).toBe(200);
});

test('a custom role of Secrets Manager', async () => {
  await start();
  const guid = await instance('7713c3a8-3be8-4a9a-81bb-ee822fcaac3d');
  await make('GroupLister', 'secrets-manager', ['secrets-manager.secret-groups.list']);
  const path = `/secrets-manager/${guid}/api/v2/secret_groups`;
  expect((await as('anna', 'GET', path)).status).toBe(403);
  await grant('anna', { serviceName: 'secrets-manager' }, [crn('GroupLister')]);
  expect((await as('anna', 'GET', path)).status).toBe(200);
  expect((await as('anna', 'POST', path, { name: 'g' })).status).toBe(403);
});

describe('who may change custom roles', () => {
  const service = 'iam-access-management.customRole';
  const change = { display_name: 'X', actions: ['kms.secrets.wrap'] };

  beforeEach(async () => {
    await start();
    await grant('viewer', { serviceName: service }, [role('Viewer')]);
    await grant('editor', { serviceName: service }, [role('Editor')]);
    await grant('admin', { serviceName: service }, [role('Administrator')]);
    await grant('parent', { serviceName: 'iam-access-management' }, [role('Administrator')]);
    await grant('group', { service_group_id: 'IAM' }, [role('Administrator')]);
    await grant('anna', { serviceName: 'kms' }, [role('Administrator'), serviceRole('Manager')]);
  });

  /** Who the call does not answer 403. */
  async function allowed(call: (who: string) => Promise<{ status: number }>): Promise<string[]> {
    const seen: string[] = [];
    for (const who of ['owner', ...people]) {
      const { status } = await call(who);
      if (status < 300) seen.push(who);
      else expect([who, status]).toEqual([who, 403]);
    }
    return seen;
  }
  const made = async () => make('Temporary', 'kms', ['kms.secrets.list']);
  const gone = (id: string) => as('owner', 'DELETE', `/v2/roles/${id}`);

  test('administrators create them', async () => {
    const may = await allowed(async (who) => {
      const reply = await as(who, 'POST', '/v2/roles', custom('Made', 'kms', ['kms.secrets.list']));
      if (reply.status === 201) await gone(reply.body.id);
      return reply;
    });
    expect(may).toEqual(['owner', 'admin', 'parent', 'group']);
  });

  test('editors change them', async () => {
    const id = await made();
    const may = await allowed((who) => as(who, 'PUT', `/v2/roles/${id}`, change, { 'If-Match': '*' }));
    expect(may).toEqual(['owner', 'editor', 'admin', 'parent', 'group']);
  });

  test('administrators delete them', async () => {
    const may = await allowed(async (who) => {
      const id = await made();
      const reply = await as(who, 'DELETE', `/v2/roles/${id}`);
      if (reply.status !== 204) await gone(id);
      return reply;
    });
    expect(may).toEqual(['owner', 'admin', 'parent', 'group']);
  });

  test('everybody may see them', async () => {
    const id = await made();
    expect(await allowed((who) => as(who, 'GET', `/v2/roles/${id}`))).toEqual(['owner', ...people]);
    const list = await as('viewer', 'GET', `/v2/roles?account_id=${account}`);
    expect(list.body.custom_roles).toHaveLength(1);
  });

  test('a refusal names the missing role and where it is missing', async () => {
    const refused = await as('editor', 'POST', '/v2/roles', custom('Made', 'kms', ['kms.secrets.list']));
    expect(refusalOf(refused)).toEqual([
      403,
      'insufficent_permissions',
      'You are not allowed to perform this action on the requested role.',
    ]);
    expect(refused.body.keyquake).toEqual({
      cause: 'iam-access-management.customRole.create needs the role Administrator on Role Management',
      remedy: 'be granted the role Administrator on the service iam-access-management.customRole',
    });
  });
});
