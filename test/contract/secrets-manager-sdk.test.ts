/**
 * Secrets Manager through the core of the vendor's Node clients. The package on the registry
 * (`@ibm-cloud/secrets-manager` 0.1.1) speaks API v1, which is refused by name; the client of API v2
 * (IBM/secrets-manager-node-sdk 2.1.0) is on no registry, and adds to the core what this test gives.
 */
import { BaseService, IamAuthenticator } from 'ibm-cloud-sdk-core';
import { Encryption, type TestKey } from '../support/encryption';
import { startTestPlatform, type TestPlatform } from '../support/platform';

interface Call {
  readonly method: string;
  readonly url: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, unknown>>;
}

class SecretsManagerClient extends BaseService {
  call({ method, url, path, body, query }: Call) {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    return this.createRequest({
      options: {
        url,
        method,
        ...(path && { path }),
        ...(body !== undefined && { body }),
        ...(query && { qs: query }),
      },
      defaultOptions: {
        ...this.baseOptions,
        headers: { Accept: 'application/json', ...(body !== undefined && { 'Content-Type': type }) },
      },
    });
  }
}

let platform: TestPlatform;
let cloud: Encryption;
let key: TestKey;
let client: SecretsManagerClient;
beforeAll(async () => {
  platform = await startTestPlatform();
  cloud = new Encryption(platform);
  const { guid: kms } = await cloud.instance({ service: 'kms' });
  key = await cloud.key(kms);
  await cloud.authorize('secrets-manager', kms);
  const { guid } = await cloud.instance({ service: 'secrets-manager', parameters: { kms_key: key.crn } });
  const authenticator = new IamAuthenticator({ apikey: 'any', url: platform.url });
  client = new SecretsManagerClient({ authenticator, serviceUrl: `${platform.url}/secrets-manager/${guid}` });
});
afterAll(() => platform.close());

test('a secret through its life: group, versions, locks, metadata, deletion', async () => {
  const group = await client.call({ method: 'POST', url: '/api/v2/secret_groups', body: { name: 'team' } });
  const body = { secret_type: 'arbitrary', name: 'db', payload: 'first', secret_group_id: group.result.id };
  const made = await client.call({ method: 'POST', url: '/api/v2/secrets', body });
  const path = { id: made.result.id };
  expect([made.status, made.result.payload]).toEqual([201, 'first']);

  const locks = [{ name: 'lock-1', attributes: { consumer: 'app' } }, { name: 'lock-2' }];
  const bulk = { url: '/api/v2/secrets/{id}/locks_bulk', path };
  expect((await client.call({ method: 'POST', ...bulk, body: { locks } })).status).toBe(201);
  const versions = { url: '/api/v2/secrets/{id}/versions', path };
  expect((await client.call({ method: 'POST', ...versions, body: { payload: 'second' } })).status).toBe(201);
  await expect(
    client.call({ method: 'POST', ...versions, body: { payload: 'third' } }),
  ).rejects.toMatchObject({
    status: 412,
    message: "The requested action can't be completed because the secret version is locked.",
  });

  const patch = { url: '/api/v2/secrets/{id}/metadata', path, body: { description: 'changed' } };
  expect((await client.call({ method: 'PATCH', ...patch })).result).toMatchObject({
    description: 'changed',
    locks_total: 2,
    versions_total: 2,
  });
  const query = { groups: [group.result.id, 'default'], limit: 1 };
  expect((await client.call({ method: 'GET', url: '/api/v2/secrets', query })).result).toMatchObject({
    total_count: 1,
    limit: 1,
  });

  const previous = { url: '/api/v2/secrets/{id}/versions/previous/locks_bulk', path };
  const unlocked = await client.call({
    method: 'DELETE',
    ...previous,
    query: { name: ['lock-1', 'lock-2'] },
  });
  expect([unlocked.status, unlocked.result.versions[1].locks]).toEqual([200, []]);
  expect((await client.call({ method: 'DELETE', url: '/api/v2/secrets/{id}', path })).status).toBe(204);
});

test('a sealed instance refuses with its status, code and message, and is not retried', async () => {
  await cloud.disable(key);
  await expect(client.call({ method: 'GET', url: '/api/v2/secrets' })).rejects.toMatchObject({
    status: 409,
    message: expect.stringContaining('cannot be used for this'),
    result: { errors: [{ code: 'root_key_suspended' }] },
  });
  await cloud.enable(key);
  expect((await client.call({ method: 'GET', url: '/api/v2/secrets' })).status).toBe(200);
});

test('API v1 is refused by name', async () => {
  await expect(client.call({ method: 'GET', url: '/api/v1/secrets' })).rejects.toMatchObject({
    status: 501,
    message: 'listAllSecrets of API v1 is not emulated',
  });
});
