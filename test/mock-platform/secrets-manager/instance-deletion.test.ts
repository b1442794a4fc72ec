/** The end of an instance with a root key of the customer's: disabled, restored, gone for good (behaviour.md B5, B6). */
import { Encryption, type TestKey } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { refusalOf, type SecretsManager, secretsManagerAt } from './support';

let platform: TestPlatform;
let cloud: Encryption;
let kms: string;
let key: TestKey;
let sm: SecretsManager;
let policy: string;
let id: string;
beforeEach(async () => {
  platform = await startTestPlatform();
  cloud = new Encryption(platform);
  kms = (await cloud.instance({ service: 'kms' })).guid;
  key = await cloud.key(kms);
  policy = await cloud.authorize('secrets-manager', kms);
  const parameters = { kms_key: key.crn };
  sm = secretsManagerAt(platform, await cloud.instance({ service: 'secrets-manager', parameters }));
  const group = (await sm.request('POST', '/secret_groups', { name: 'team' })).body.id;
  id = (await sm.secret({ secret_group_id: group })).id;
  await sm.lock(id, ['lock-1']);
  expect([202, 204]).toContain(
    (await platform.request('DELETE', `/v2/resource_instances/${sm.guid}`)).status,
  );
});
afterEach(() => platform.close());

async function reclamation(action: 'reclaim' | 'restore'): Promise<void> {
  const { body } = await platform.request('GET', `/v1/reclamations?resource_instance_id=${sm.guid}`);
  const reply = await platform.request(
    'POST',
    `/v1/reclamations/${body.resources[0].id}/actions/${action}`,
    {},
  );
  expect(reply.status).toBe(200);
}

/** Kinds of documents of Secrets Manager that are still in the store. */
async function kept(): Promise<string[]> {
  const { entities } = await platform.platform.snapshot();
  return [...new Set(entities.map(({ kind }) => kind).filter((kind) => kind.startsWith('sm-')))].sort();
}

const gone = () => [404, 'not_found', `There is no Secrets Manager instance ${sm.guid}`];

test('disables it at once and keeps data and registration', async () => {
  const refused = await sm.request('GET', `/secrets/${id}`);
  expect(refusalOf(refused)).toEqual([
    409,
    'instance_pending_reclamation',
    `Secrets Manager instance ${sm.guid} is disabled`,
  ]);
  expect(refused.body.keyquake.cause).toContain('2026-01-22T10:00:00Z');
  expect(await cloud.registrations(key)).toEqual([sm.crn]);
  const { statuses } = (await platform.request('GET', '/_keyquake/graph')).body;
  expect(statuses[sm.crn].live).toBe(false);
});

test('restored: secrets, groups and locks are back', async () => {
  await reclamation('restore');
  expect((await sm.request('GET', `/secrets/${id}`)).body).toMatchObject({
    payload: 'first',
    locks_total: 1,
  });
  expect((await sm.request('GET', '/secret_groups')).body.total_count).toBe(2);
});

test('reclaimed: data and registration are gone at once', async () => {
  await reclamation('reclaim');
  expect(refusalOf(await sm.request('GET', `/secrets/${id}`))).toEqual(gone());
  expect(await cloud.registrations(key)).toEqual([]);
  expect(await kept()).toEqual([]);
});

test('after seven days it is permanent by itself', async () => {
  cloud.wait('P7D');
  expect(refusalOf(await sm.request('GET', `/secrets/${id}`))).toEqual(gone());
  expect(await cloud.registrations(key)).toEqual([]);
  expect(await kept()).toEqual([]);
});

test('its own authorization is used, and goes with it (B6)', async () => {
  await cloud.authorize('secrets-manager', kms, sm.guid);
  await cloud.revoke(policy);
  await reclamation('reclaim');
  expect(await cloud.registrations(key)).toEqual([]);
  const { policies } = (
    await platform.request(
      'GET',
      `/v1/policies?account_id=${platform.platform.options.account}&type=authorization`,
    )
  ).body;
  expect(policies).toEqual([]);
});

test('without its authorization the registration is left dangling (B6)', async () => {
  await cloud.revoke(policy);
  await reclamation('reclaim');
  expect(await kept()).toEqual([]);
  expect(await cloud.registrations(key)).toEqual([sm.crn]);
  const { statuses } = (await platform.request('GET', '/_keyquake/graph')).body;
  expect(statuses[key.crn].reasons).toEqual([`dangling_registration ${sm.crn}`]);
});
