/** What a key protects, read from the API of its service (behaviour.md A2; ibm-control-plane.md 6.1.2, 6.1.8). */
import { endpointsOf } from '../../../domain/endpoints';
import { hostContext } from '../../../provider/core/context';
import { Diagnostics } from '../../../provider/core/diagnostics';
import { Catalog } from '../../../provider/core/server/catalog';
import type { ValueObject } from '../../../provider/core/values';
import { configureKeyquake, type KeyquakeClient } from '../../../provider/keyquake/client';
import { keyquakeProvider } from '../../../provider/keyquake/provider';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { bucket, registerOn } from './support/registrations';

const { definition } = new Catalog(keyquakeProvider).dataSources.get('keyquake_key_registrations');
const { signal } = new AbortController();
const keyType = 'application/vnd.ibm.kms.key+json';
const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const nowhere = '01234567-89ab-cdef-0123-456789abcdef';

let platform: TestPlatform;
let instance: string;

beforeEach(async () => {
  platform = await startTestPlatform();
  const { resources } = (await platform.request('GET', '/v2/resource_groups')).body;
  const made = await platform.request('POST', '/v2/resource_instances', {
    name: 'keys',
    target: 'us-south',
    resource_group: resources[0].id,
    resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  });
  instance = made.body.guid;
});
afterEach(() => platform.close());

const kms = () => ({ 'Bluemix-Instance': instance });

async function newKey(extractable = false): Promise<{ instance: string; id: string; crn: string }> {
  const body = {
    metadata: { collectionType: keyType, collectionTotal: 1 },
    resources: [{ type: keyType, name: 'root', extractable }],
  };
  const reply = await platform.request('POST', '/api/v2/keys', body, kms());
  const { id, crn } = reply.body.resources[0];
  return { instance, id, crn };
}

function clientFor(environment: Record<string, string>, config: ValueObject = {}): KeyquakeClient {
  const diagnostics = new Diagnostics();
  const context = hostContext(environment);
  return configureKeyquake({ config, unknown: [], terraformVersion: '1.11.0', context, signal, diagnostics });
}

async function read(config: ValueObject, client = clientFor({}, { url: platform.url })) {
  const nothing = {
    key_crn: null,
    instance_id: null,
    key_id: null,
    resource_crn: null,
    prevent_key_deletion: null,
  };
  const request = { client, signal, timeout: undefined, diagnostics: new Diagnostics() };
  return (await definition.read({ ...request, config: { ...nothing, ...config } })).state;
}

/** `[summary, attribute, detail]` of what reading ends with. */
async function complaint(config: ValueObject, client?: KeyquakeClient) {
  const error = await read(config, client).then(
    () => undefined,
    (thrown) => thrown,
  );
  const [{ summary, attribute, detail }] = error.diagnostics;
  return [summary, attribute?.[0]?.attribute, detail];
}

test('a key that protects nothing, named by its CRN or by instance and id', async () => {
  const { id, crn } = await newKey();
  const state = { id: crn, key_crn: crn, instance_id: instance, key_id: id, registrations: [], total: 0 };
  expect(await read({ key_crn: crn })).toEqual(state);
  expect(await read({ instance_id: instance, key_id: id })).toEqual(state);
  const instanceCrn = `crn:v1:bluemix:public:kms:us-south:a/${account}:${instance}::`;
  expect(await read({ instance_id: instanceCrn, key_id: id })).toEqual({
    ...state,
    instance_id: instanceCrn,
  });
});

test('a registration in full; one that was left behind says so', async () => {
  const key = await newKey();
  const danglingSince = '2026-01-15T10:00:00.000Z';
  await registerOn(platform, key, [
    { name: 'kept', preventKeyDeletion: true },
    { name: 'left', danglingSince },
  ]);
  const shown = (name: string, more: object) => ({
    resource_crn: bucket(name),
    description: `bucket ${name}`,
    key_version: key.id,
    created_by: 'IBMid-0000000001',
    creation_date: '2026-01-15T10:00:00Z',
    last_updated: '2026-01-15T10:00:00Z',
    ...more,
  });
  expect((await read({ key_crn: key.crn })).registrations).toEqual([
    shown('kept', { prevent_key_deletion: true, dangling: false }),
    shown('left', { prevent_key_deletion: false, dangling: true }),
  ]);
});

test("the vendor's API does not tell what is dangling: null, not a guess", async () => {
  const key = await newKey();
  await registerOn(platform, key, [{ name: 'left', danglingSince: '2026-01-15T10:00:00.000Z' }]);
  const real = clientFor({ ...endpointsOf(platform.url), IC_API_KEY: 'offline' });
  expect(real.platformUrl).toBeUndefined();
  expect((await read({ key_crn: key.crn }, real)).registrations).toMatchObject([{ dangling: null }]);
});

test.each<[what: string, filter: ValueObject, names: readonly string[]]>([
  ['a CRN', { resource_crn: bucket('prod-1') }, ['prod-1']],
  ['a pattern', { resource_crn: bucket('prod-*') }, ['prod-1', 'prod-2']],
  ['a pattern that fits none', { resource_crn: bucket('dev-*') }, []],
  ['those that retain the key', { prevent_key_deletion: true }, ['prod-2']],
  ['those that do not', { prevent_key_deletion: false }, ['prod-1', 'test-1']],
  ['both filters', { resource_crn: bucket('test*'), prevent_key_deletion: true }, []],
])('only %s', async (_what, filter, names) => {
  const key = await newKey();
  await registerOn(platform, key, [
    { name: 'prod-1' },
    { name: 'prod-2', preventKeyDeletion: true },
    { name: 'test-1' },
  ]);
  const { registrations, total } = await read({ key_crn: key.crn, ...filter });
  const found = registrations as { resource_crn: string }[];
  expect(found.map(({ resource_crn }) => resource_crn)).toEqual(names.map(bucket));
  expect(total).toBe(names.length);
});

test.each([199, 200, 201, 400, 1000])('all of %d registrations, each once', async (count) => {
  const key = await newKey();
  const names = Array.from({ length: count }, (_, index) => `bucket-${index}`);
  await registerOn(
    platform,
    key,
    names.map((name) => ({ name })),
  );
  const { registrations, total } = await read({ key_crn: key.crn });
  const found = (registrations as { resource_crn: string }[]).map(({ resource_crn }) => resource_crn);
  expect(found.sort()).toEqual(names.map(bucket).sort());
  expect(total).toBe(count);
});

test('a standard key protects nothing', async () => {
  expect(await read({ key_crn: (await newKey(true)).crn })).toMatchObject({ registrations: [], total: 0 });
});

describe('refused', () => {
  test('an unknown key, on the attribute that names it', async () => {
    const detail = expect.stringMatching(
      /^Not Found: Key metadata could not be retrieved: .*\(KEY_NOT_FOUND_ERR\) .*, HTTP status 404\.\nRemedy: /,
    );
    expect(await complaint({ instance_id: instance, key_id: nowhere })).toEqual([
      `Could not read key ${nowhere}`,
      'key_id',
      detail,
    ]);
    const crn = `crn:v1:bluemix:public:kms:us-south:a/${account}:${instance}:key:${nowhere}`;
    expect(await complaint({ key_crn: crn })).toEqual([`Could not read key ${nowhere}`, 'key_crn', detail]);
  });

  test('an unknown instance', async () => {
    const summary = `Could not find instance ${nowhere}`;
    const detail = expect.stringContaining(`Instance ${nowhere} was not found, HTTP status 404.\nRemedy: `);
    expect(await complaint({ instance_id: nowhere, key_id: nowhere })).toEqual([
      summary,
      'instance_id',
      detail,
    ]);
    const crn = `crn:v1:bluemix:public:kms:us-south:a/${account}:${nowhere}:key:${nowhere}`;
    expect(await complaint({ key_crn: crn })).toEqual([summary, 'key_crn', detail]);
  });

  test('an alias in place of an id', async () => {
    const { id } = await newKey();
    await platform.request('POST', `/api/v2/keys/${id}/aliases/orders`, undefined, kms());
    expect(await complaint({ instance_id: instance, key_id: 'orders' })).toEqual([
      'Not the id of a key',
      'key_id',
      `'orders' is an alias. Set key_id to the key's id, ${id}.`,
    ]);
  });

  test('a destroyed key', async () => {
    const { id, crn } = await newKey();
    await platform.request('DELETE', `/api/v2/keys/${id}`, undefined, kms());
    expect(await complaint({ key_crn: crn })).toEqual([
      `Key ${id} is destroyed`,
      'key_crn',
      'Cause: it was deleted, and what it protected cannot be read.\nRemedy: restore the key while that is possible, or name another one.',
    ]);
  });

  test('a filter that the API cannot read', async () => {
    const key = await newKey();
    await registerOn(platform, key, [{ name: 'any' }]);
    expect(await complaint({ key_crn: key.crn, resource_crn: 'crn:%zz' })).toEqual([
      expect.stringMatching(/^Could not list the registrations of key /),
      'resource_crn',
      expect.stringContaining('(INVALID_QUERY_PARAM_ERR)'),
    ]);
  });
});

test('a caller that may see the instance and not its keys is told which role is missing', async () => {
  const { crn } = await newKey();
  const snapshot = await platform.platform.snapshot();
  const access = [{ roles: ['Viewer'], service: 'kms' }];
  const vera = { id: 'IBMid-vera', name: 'vera', apiKeys: ['key-of-vera'], access };
  const strict = await startTestPlatform({ auth: 'enforce', identities: { users: [vera] } });
  try {
    await strict.platform.restore(snapshot);
    const client = clientFor({}, { url: strict.url, ibmcloud_api_key: 'key-of-vera' });
    expect(await complaint({ key_crn: crn }, client)).toEqual([
      expect.stringMatching(/^Could not read key /),
      'key_crn',
      expect.stringMatching(
        /^Unauthorized: The caller has no access to the specified resource.*, HTTP status 401\.\nCause: the caller lacks the role Reader, .*\nRemedy: grant Reader on the instance\.$/,
      ),
    ]);
  } finally {
    await strict.close();
  }
});
