/** What keys protect (behaviour.md A2; ibm-control-plane.md 6.1.2, 6.1.8). */
import { releaseResource } from '../../../mock-platform/services/key-protect/usage';
import { account, type KeyPlatform, kms, startKeyPlatform } from './support/key-platform';
import { bucket, keyInState, newKey, refusalOf, registerOn } from './support/keys';

const consumer = { sourceService: 'cloud-object-storage' };
const type = 'application/vnd.ibm.kms.registration+json';

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

async function authorize(target: KeyPlatform): Promise<string> {
  const attribute = (key: string, value: string) => ({ key, operator: 'stringEquals', value });
  const reply = await target.request('POST', '/v2/policies', {
    type: 'authorization',
    subject: {
      attributes: [attribute('accountId', account), attribute('serviceName', 'cloud-object-storage')],
    },
    resource: { attributes: [attribute('accountId', account), attribute('serviceName', 'kms')] },
    control: { grant: { roles: [{ role_id: 'crn:v1:bluemix:public:iam::::serviceRole:Reader' }] } },
  });
  expect(reply.status).toBe(201);
  return reply.body.id;
}

const release = (target: KeyPlatform, key: { crn: string }, name: string) =>
  target.inSession((session) =>
    releaseResource(session, { keyCrn: key.crn, resourceCrn: bucket(name), consumer }),
  );

async function registered(target: KeyPlatform, id: string, query = ''): Promise<string[]> {
  const { body } = await target.call('GET', `/keys/${id}/registrations${query}`);
  return body.resources.map(({ resourceCrn }: { resourceCrn: string }) => resourceCrn);
}

test('a registration in full', async () => {
  const key = await newKey(platform, { name: 'protector' });
  await registerOn(platform, key, 'one', { description: 'a bucket' });
  expect((await platform.call('GET', `/keys/${key.id}/registrations`)).body).toEqual({
    metadata: { collectionType: type, collectionTotal: 1 },
    resources: [
      {
        keyId: key.id,
        keyName: 'protector',
        resourceCrn: bucket('one'),
        createdBy: 'IBMid-0000000001',
        creationDate: '2026-01-15T10:00:00Z',
        updatedBy: 'IBMid-0000000001',
        lastUpdated: '2026-01-15T10:00:00Z',
        description: 'a bucket',
        preventKeyDeletion: false,
        keyVersion: { id: key.id, creationDate: '2026-01-15T10:00:00Z' },
      },
    ],
  });
});

test('registering again renews: the new key version, one registration', async () => {
  const key = await newKey(platform);
  await registerOn(platform, key, 'one');
  platform.advance('PT1H');
  await platform.call('POST', `/keys/${key.id}/actions/rotate`);
  await registerOn(platform, key, 'one');
  const { resources } = (await platform.call('GET', `/keys/${key.id}/registrations`)).body;
  expect(resources).toHaveLength(1);
  expect(resources[0]).toMatchObject({
    creationDate: '2026-01-15T10:00:00Z',
    lastUpdated: '2026-01-15T11:00:00Z',
  });
  expect(resources[0].keyVersion.id).not.toBe(key.id);
});

test.each(['suspended', 'deactivated', 'destroyed'] as const)(
  'nothing registers on a %s key',
  async (state) => {
    const id = await keyInState(platform, state);
    const { crn } = (await platform.call('GET', `/keys/${id}`)).body.resources[0];
    await expect(registerOn(platform, { crn }, 'late')).rejects.toThrow(`cannot be used: ${state}`);
    expect(await registered(platform, id)).toEqual([]);
  },
);

test('queries: CRN with wildcards, encoded once or twice, retention, paging, totals', async () => {
  const [one, other] = [await newKey(platform, { name: 'one' }), await newKey(platform, { name: 'other' })];
  await registerOn(platform, one, 'prod-1');
  await registerOn(platform, one, 'prod-2', { preventKeyDeletion: true });
  await registerOn(platform, one, 'test-1');
  await registerOn(platform, other, 'prod-1');
  const crn = (query: string) => `?urlEncodedResourceCRNQuery=${query}`;
  const encoded = encodeURIComponent(bucket('prod*'));
  expect(await registered(platform, one.id, crn(encoded))).toEqual([bucket('prod-1'), bucket('prod-2')]);
  expect(await registered(platform, one.id, crn(encodeURIComponent(encoded)))).toHaveLength(2);
  expect(await registered(platform, one.id, crn(encodeURIComponent(bucket('test-1'))))).toEqual([
    bucket('test-1'),
  ]);
  expect(await registered(platform, one.id, '?preventKeyDeletion=true')).toEqual([bucket('prod-2')]);
  expect(await registered(platform, one.id, '?limit=1&offset=1')).toEqual([bucket('prod-2')]);
  const total = await platform.call('GET', `/keys/${one.id}/registrations?totalCount=true&limit=1`);
  expect(total.body.metadata).toEqual({ collectionType: type, collectionTotal: 1, totalCount: 3 });
  const all = await platform.call('GET', `/keys/registrations${crn(encodeURIComponent(bucket('prod-1')))}`);
  expect(all.body.resources.map((entry: { keyName: string }) => entry.keyName)).toEqual(['one', 'other']);
  const wide = await platform.call('GET', `/keys/registrations${crn(encodeURIComponent('crn:v1:*'))}`);
  expect(refusalOf(wide)).toEqual([400, 'INVALID_QUERY_PARAM_ERR']);
});

test('the ring of X-Kms-Key-Ring restricts the registrations of all keys', async () => {
  await platform.call('POST', '/key_rings/a-ring');
  const [inside, outside] = [await newKey(platform), await newKey(platform)];
  await platform.call('PATCH', `/keys/${inside.id}`, { keyRingID: 'a-ring' });
  await registerOn(platform, inside, 'inside');
  await registerOn(platform, outside, 'outside');
  const seen = async (ring: string, query = '') => {
    const headers = { 'X-Kms-Key-Ring': ring };
    const { body } = await platform.call('GET', `/keys/registrations?totalCount=true${query}`, undefined, {
      headers,
    });
    return [
      body.metadata.totalCount,
      ...body.resources.map(({ resourceCrn }: { resourceCrn: string }) => resourceCrn),
    ];
  };
  expect(await seen('a-ring')).toEqual([1, bucket('inside')]);
  expect(await seen('default')).toEqual([1, bucket('outside')]);
  expect(await seen('a-ring', '&preventKeyDeletion=true')).toEqual([0]);
  expect(await seen('no-ring')).toEqual([0]);
});

test('40 keys with 1,000 registrations each list and page', async () => {
  const keys: { readonly id: string; readonly name: string }[] = [];
  for (let index = 0; index < 40; index += 1) keys.push(await newKey(platform, { name: `key-${index}` }));
  await platform.inSession(async ({ tx }) => {
    const stamp = { by: 'IBMid-0000000001', at: '2026-01-15T10:00:00.000Z' };
    for (const key of keys) {
      for (let number = 0; number < 1000; number += 1) {
        const resourceCrn = bucket(`${key.name}-${number}`);
        const doc = {
          keyId: key.id,
          resourceCrn,
          description: '',
          preventKeyDeletion: false,
          created: stamp,
          updated: stamp,
          keyVersion: { id: key.id, at: stamp.at },
        };
        await tx.insert(
          { kind: 'kms-registration' },
          { id: `${key.id}/${resourceCrn}`, scope: kms, name: key.id, doc },
        );
      }
    }
  });
  const seen = new Set<string>();
  for (let offset = 0; ; offset += 5000) {
    const reply = await platform.call(
      'GET',
      `/keys/registrations?limit=5000&offset=${offset}&totalCount=true`,
    );
    expect(reply.body.metadata.totalCount).toBe(40_000);
    if (reply.body.resources.length === 0) break;
    for (const { resourceCrn } of reply.body.resources) seen.add(resourceCrn);
  }
  expect(seen.size).toBe(40_000);
  const last = { id: '', ...keys[39] };
  expect(await registered(platform, last.id, '?limit=2&offset=999')).toEqual([bucket('key-39-999')]);
  const middle = await platform.call('GET', '/keys/registrations?limit=2&offset=1999');
  expect(
    middle.body.resources.map((entry: Record<string, string>) => [entry['resourceCrn'], entry['keyName']]),
  ).toEqual([
    [bucket('key-1-999'), 'key-1'],
    [bucket('key-2-0'), 'key-2'],
  ]);
  expect(await registered(platform, last.id)).toHaveLength(200);
  expect(refusalOf(await platform.call('DELETE', `/keys/${last.id}`))).toEqual([
    409,
    'PROTECTED_RESOURCE_ERR',
  ]);
});

describe('release', () => {
  test('at once by default, and the key can be deleted', async () => {
    await authorize(platform);
    const key = await newKey(platform);
    await registerOn(platform, key, 'one');
    expect(await release(platform, key, 'one')).toBe('released');
    expect(await registered(platform, key.id)).toEqual([]);
    expect((await platform.call('DELETE', `/keys/${key.id}`)).status).toBe(204);
  });

  test('with a lag the registration stays, and protects, until the lag is over', async () => {
    const slow = await startKeyPlatform({ registrationRelease: 2 * 3_600_000 });
    await authorize(slow);
    const key = await newKey(slow);
    await registerOn(slow, key, 'one');
    expect(await release(slow, key, 'one')).toBe('released');
    slow.advance('PT1H59M59.999S');
    expect(await registered(slow, key.id)).toEqual([bucket('one')]);
    expect(refusalOf(await slow.call('DELETE', `/keys/${key.id}`))).toEqual([409, 'PROTECTED_RESOURCE_ERR']);
    slow.advance('PT0.001S');
    expect(await registered(slow, key.id)).toEqual([]);
    expect((await slow.call('DELETE', `/keys/${key.id}`)).status).toBe(204);
    await slow.close();
  });

  test('twice is once', async () => {
    await authorize(platform);
    const key = await newKey(platform);
    await registerOn(platform, key, 'one');
    expect([await release(platform, key, 'one'), await release(platform, key, 'one')]).toEqual([
      'released',
      'released',
    ]);
  });

  test('without the authorization it is left dangling, and shown as such', async () => {
    const policy = await authorize(platform);
    const key = await newKey(platform);
    await registerOn(platform, key, 'one');
    await platform.request('DELETE', `/v1/policies/${policy}`);
    expect(await release(platform, key, 'one')).toBe('dangling');
    const [left] = (await platform.call('GET', `/keys/${key.id}/registrations`)).body.resources;
    expect(JSON.parse(left.registrationMetadata)).toEqual({
      dangling: true,
      danglingSince: '2026-01-15T10:00:00Z',
    });
    const graph = (await platform.request('GET', '/_keyquake/graph')).body;
    expect(graph.statuses[key.crn].reasons).toEqual([`dangling_registration ${bucket('one')}`]);
    expect(graph.edges).toContainEqual({ type: 'protects', from: key.crn, to: bucket('one') });
    await authorize(platform);
    expect(refusalOf(await platform.call('DELETE', `/keys/${key.id}`))).toEqual([
      409,
      'PROTECTED_RESOURCE_ERR',
    ]);
    expect((await platform.call('DELETE', `/keys/${key.id}?force=true`)).status).toBe(204);
  });
});

test('registrations survive a forced deletion and a restore', async () => {
  const key = await newKey(platform, { imported: true });
  await registerOn(platform, key, 'one');
  await platform.call('DELETE', `/keys/${key.id}?force=true`);
  platform.advance('PT1M');
  await platform.call('POST', `/keys/${key.id}/restore`);
  expect(await registered(platform, key.id)).toEqual([bucket('one')]);
});
