/** `keyquake key …`: selection, the requests of ibm-control-plane.md 6.1.2, and the vendor's refusals in one line. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nock from 'nock';
import { keyquake, type Result } from './support';

const url = 'http://platform.test:4510';
const account = 'a/0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const instance = '11111111-1111-4111-8111-111111111111';

function crnOf(id: string): string {
  return `crn:v1:bluemix:public:kms:us-south:${account}:${instance}:key:${id}`;
}

const ordersId = 'aaaaaaaa-0000-4000-8000-000000000001';
const twinId = 'aaaaaaaa-0000-4000-8000-000000000002';
const otherTwinId = 'aaaaaaaa-0000-4000-8000-000000000003';
const volume = `crn:v1:bluemix:public:is:us-south-1:${account}::volume:r006-1`;

function keyNode(id: string, name: string) {
  return {
    kind: 'root-key',
    id: crnOf(id),
    crn: crnOf(id),
    name,
    service: 'kms',
    state: 'active',
    imported: false,
  };
}

const world = {
  at: '2026-01-15T10:00:00.000Z',
  nodes: [
    keyNode(ordersId, 'orders'),
    keyNode(twinId, 'twin'),
    keyNode(otherTwinId, 'twin'),
    { kind: 'volume', id: volume, name: 'data', attached: false },
  ],
  edges: [{ type: 'protects', from: crnOf(ordersId), to: volume }],
  unmapped: [],
  statuses: { [volume]: { status: 'available', reasons: [], live: true } },
};

function details(state: number, extra: object = {}) {
  return {
    resources: [{ id: ordersId, name: 'orders', crn: crnOf(ordersId), state, imported: false, ...extra }],
  };
}

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});
beforeEach(() => {
  nock(url)
    .get('/_keyquake/health')
    .reply(200, { status: 'ok', version: '0.1.0', account: account.slice(2), services: [] });
  nock(url).get('/_keyquake/graph').reply(200, world);
});
afterEach(() => {
  const pending = nock.pendingMocks();
  nock.cleanAll();
  expect(pending).toEqual([]);
});

/** The Key Protect API as the client must call it: with a token, for the key's instance. */
function keyProtect(): nock.Scope {
  return nock(url, { reqheaders: { authorization: 'Bearer t.o.ken', 'bluemix-instance': instance } });
}

function expectToken(): void {
  nock(url)
    .post('/identity/token', {
      grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
      apikey: /.+/,
      response_type: 'cloud_iam',
    })
    .reply(200, { access_token: 't.o.ken', token_type: 'Bearer' });
}

function expectShown(...states: (readonly [state: number, extra?: object])[]): void {
  for (const [state, extra] of states) {
    keyProtect().get(`/api/v2/keys/${ordersId}/metadata`).reply(200, details(state, extra));
  }
}

function key(...args: string[]): Promise<Result> {
  return keyquake(['key', ...args, '--url', url]);
}

describe('selectors', () => {
  test.each([['orders'], [ordersId], [crnOf(ordersId)]])('%s means the key orders', async (selector) => {
    expectToken();
    expectShown([1], [2]);
    keyProtect().post(`/api/v2/keys/${ordersId}/actions/disable`).reply(204);
    expect(await key('disable', selector)).toEqual({
      status: 0,
      stdout: `orders (${ordersId}): active → suspended\n`,
      stderr: '',
    });
  });

  test('a selector that matches nothing lists the keys that there are', async () => {
    expect(await key('disable', 'order')).toEqual({
      status: 1,
      stdout: '',
      stderr: `keyquake: no root key of the platform has the id, CRN or name 'order'; candidates: orders (${ordersId}), twin (${twinId}), twin (${otherTwinId})\n`,
    });
  });

  test('a name that two keys have is refused with both', async () => {
    expect(await key('disable', 'twin')).toEqual({
      status: 1,
      stdout: '',
      stderr: `keyquake: 'twin' is the name of 2 root keys; candidates: twin (${twinId}), twin (${otherTwinId}); name one by its id or CRN\n`,
    });
  });
});

describe('actions and their requests (6.1.2)', () => {
  test.each<[string[], 'POST' | 'DELETE', string, number, number, string]>([
    [['enable'], 'POST', '/actions/enable', 2, 1, 'suspended → active'],
    [['delete'], 'DELETE', '', 1, 5, 'active → destroyed'],
    [['delete', '--force'], 'DELETE', '?force=true', 3, 5, 'deactivated → destroyed'],
    [['restore'], 'POST', '/restore', 5, 1, 'destroyed → active'],
  ])('%j', async ([action = '', ...options], method, path, before, after, printed) => {
    expectToken();
    expectShown([before], [after]);
    keyProtect().intercept(`/api/v2/keys/${ordersId}${path}`, method).reply(204);
    const { status, stdout } = await key(action, 'orders', ...options);
    expect([status, stdout]).toEqual([0, `orders (${ordersId}): ${printed}\n`]);
  });

  test('a rotation shows the versions', async () => {
    expectToken();
    expectShown([1, { keyVersion: { id: 'v-1' } }], [1, { keyVersion: { id: 'v-2' } }]);
    keyProtect().post(`/api/v2/keys/${ordersId}/actions/rotate`, '').reply(204);
    expect((await key('rotate', 'orders')).stdout).toBe(
      `orders (${ordersId}): active → active, version v-1 → v-2\n`,
    );
  });

  test('after a purge there is no key left to show', async () => {
    expectToken();
    expectShown([5]);
    keyProtect().delete(`/api/v2/keys/${ordersId}/purge`).reply(204);
    keyProtect().get(`/api/v2/keys/${ordersId}/metadata`).reply(404, { resources: [] });
    expect((await key('purge', 'orders')).stdout).toBe(`orders (${ordersId}): destroyed → purged\n`);
  });
});

describe('rotation of an imported key', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
  const file = join(folder, 'material');
  afterAll(() => rmSync(folder, { recursive: true }));

  test('sends the material of the file', async () => {
    writeFileSync(file, 'Y2FuYXJ5LWNhbmFyeQ==\n');
    expectToken();
    expectShown([1], [1]);
    keyProtect()
      .post(`/api/v2/keys/${ordersId}/actions/rotate`, { payload: 'Y2FuYXJ5LWNhbmFyeQ==' })
      .reply(204);
    const result = await key('rotate', 'orders', '--material', file);
    expect(result).toEqual({ status: 0, stdout: `orders (${ordersId}): active → active\n`, stderr: '' });
  });

  test('needs a file that can be read, before anything is asked', async () => {
    nock.cleanAll();
    const { status, stderr } = await key('rotate', 'orders', '--material', join(folder, 'absent'));
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^keyquake: --material .*absent cannot be read; there is no such file or folder; name a file that holds the new key material as base64 text\n$/,
    );
  });
});

describe('refusals of the vendor (6.1.10)', () => {
  test('status, code, message, and our cause and remedy', async () => {
    expectToken();
    expectShown([1]);
    keyProtect()
      .delete(`/api/v2/keys/${ordersId}`)
      .reply(409, {
        resources: [
          {
            errorMsg: 'Conflict: Key could not be deleted: Please see reasons hint (PROTECTED_RESOURCE_ERR)',
            reasons: [{ code: 'PROTECTED_RESOURCE_ERR', message: 'The key protects cloud resources.' }],
          },
        ],
        keyquake: { cause: '2 registrations', remedy: 'delete them, or force' },
      });
    expect(await key('delete', 'orders')).toEqual({
      status: 1,
      stdout: '',
      stderr:
        'keyquake: the platform refused to delete the key orders with status 409 PROTECTED_RESOURCE_ERR; The key protects cloud resources. (2 registrations); delete them, or force\n',
    });
  });

  test('an error body without reasons, as 401 has', async () => {
    expectToken();
    keyProtect()
      .get(`/api/v2/keys/${ordersId}/metadata`)
      .reply(401, { resources: [{ errorMsg: 'Unauthorized: The token is not valid' }] });
    expect((await key('show', 'orders')).stderr).toBe(
      'keyquake: the platform refused to show the key orders with status 401; Unauthorized: The token is not valid\n',
    );
  });
});

test('show prints the key and what it protects, with each status', async () => {
  expectToken();
  expectShown([
    5,
    {
      imported: true,
      keyRingID: 'default',
      deletionDate: '2026-01-10T10:00:00Z',
      restoreExpirationDate: '2026-02-09T10:00:00Z',
    },
  ]);
  expect((await key('show', 'orders')).stdout.split('\n')).toEqual([
    'name              orders',
    `id                ${ordersId}`,
    `crn               ${crnOf(ordersId)}`,
    'state             destroyed',
    'origin            imported',
    'key ring          default',
    'deleted           2026-01-10T10:00:00Z',
    'restorable until  2026-02-09T10:00:00Z',
    'protects          volume data: available',
    '',
  ]);
});
