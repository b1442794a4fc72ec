/**
 * Volumes through the core of the vendor's Node clients: its IAM authenticator, its requests, its reading of errors.
 * The generated VPC client itself (`ibm-vpc`, IBM/vpc-node-sdk) is on no registry; what it adds to the core is the
 * method, path, query and headers that this test gives.
 */
import { BaseService, IamAuthenticator } from 'ibm-cloud-sdk-core';
import { Encryption } from '../support/encryption';
import { startTestPlatform, type TestPlatform } from '../support/platform';

interface Call {
  readonly method: string;
  readonly url: string;
  readonly path?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, string | number>>;
  readonly ifMatch?: string;
}

class VpcClient extends BaseService {
  call({ method, url, path, body, query, ifMatch }: Call) {
    const type = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    return this.createRequest({
      options: {
        url,
        method,
        ...(path && { path }),
        ...(body !== undefined && { body }),
        qs: { version: '2026-03-24', generation: 2, ...query },
      },
      defaultOptions: {
        ...this.baseOptions,
        headers: {
          Accept: 'application/json',
          ...(body !== undefined && { 'Content-Type': type }),
          ...(ifMatch !== undefined && { 'If-Match': ifMatch }),
        },
      },
    });
  }
}

let platform: TestPlatform;
let cloud: Encryption;
let vpc: VpcClient;
beforeAll(async () => {
  platform = await startTestPlatform();
  cloud = new Encryption(platform);
  const authenticator = new IamAuthenticator({ apikey: 'any', url: platform.url });
  vpc = new VpcClient({ authenticator, serviceUrl: `${platform.url}/v1` });
});
afterAll(() => platform.close());

const prototype = { zone: { name: 'us-south-1' }, profile: { name: 'sdp' }, capacity: 100 };

test('creates, reads, changes with If-Match, lists page by page, deletes', async () => {
  const made = await vpc.call({ method: 'POST', url: '/volumes', body: { ...prototype, name: 'first' } });
  const { id } = made.result;
  expect([made.status, made.result.name]).toEqual([201, 'first']);
  const one = { url: '/volumes/{id}', path: { id } };
  expect((await vpc.call({ method: 'GET', ...one })).result).toEqual(made.result);

  const ifMatch = made.headers['etag'];
  const grown = await vpc.call({ method: 'PATCH', ...one, body: { capacity: 200 }, ifMatch });
  const tagged = await vpc.call({ method: 'PATCH', ...one, body: { user_tags: ['env:test'] }, ifMatch });
  expect([grown.result.capacity, tagged.result.user_tags]).toEqual([200, ['env:test']]);

  for (const name of ['second', 'third']) {
    await vpc.call({ method: 'POST', url: '/volumes', body: { ...prototype, name } });
  }
  const names: string[] = [];
  let start: string | null | undefined;
  do {
    const query = { limit: 2, ...(start && { start }) };
    const { result } = await vpc.call({ method: 'GET', url: '/volumes', query });
    names.push(...result.volumes.map(({ name }: { name: string }) => name));
    start = result.next && new URL(result.next.href).searchParams.get('start');
  } while (start);
  expect(names).toEqual(['first', 'second', 'third']);

  expect((await vpc.call({ method: 'DELETE', ...one, ifMatch: '' })).status).toBe(204);
});

test('a refusal arrives with its status, message and plain cause', async () => {
  const { guid } = await cloud.instance({ service: 'kms' });
  const { crn } = await cloud.key(guid);
  const body = { ...prototype, name: 'encrypted', encryption_key: { crn } };
  const refused = await vpc.call({ method: 'POST', url: '/volumes', body }).catch((error: unknown) => error);
  expect(refused).toMatchObject({
    status: 400,
    message: 'the root key given by encryption_key.crn cannot be used for this volume',
    result: {
      errors: [{ code: 'volume_crn_invalid' }],
      keyquake: { cause: expect.stringContaining('no authorization lets server-protect read keys') },
    },
  });
});

test.each([
  ['an unknown volume', '/volumes/r006-1', 404, 'there is no volume r006-1'],
  ['what is not emulated', '/instances', 501, 'listInstances is not emulated'],
])('%s is an error with its own message', async (_name, url, status, message) => {
  await expect(vpc.call({ method: 'GET', url })).rejects.toMatchObject({ status, message });
});
