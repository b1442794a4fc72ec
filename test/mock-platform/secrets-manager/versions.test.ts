/** Versions (ibm-control-plane.md 6.2.1, 6.2.4). */
import { refusalOf, startWithInstance, type World } from './support';

let world: World;
let id: string;
beforeEach(async () => {
  world = await startWithInstance();
  id = (await world.secretsManager.secret()).id;
});
afterEach(() => world.platform.close());

const call = (method: string, path: string, body?: unknown) =>
  world.secretsManager.request(method, path, body);

/** Of every version, oldest first: alias and whether it has its data. */
async function versionsOf(): Promise<unknown[]> {
  const { body } = await call('GET', `/secrets/${id}/versions`);
  return body.versions.map(({ alias, payload_available }: Record<string, unknown>) => [
    alias,
    payload_available,
  ]);
}

test('a new version becomes the current one, the old one the previous', async () => {
  const { body: first } = await call('GET', `/secrets/${id}/versions/current`);
  world.cloud.wait('PT1H');
  const made = await call('POST', `/secrets/${id}/versions`, {
    payload: 'second',
    version_custom_metadata: { build: 8 },
    custom_metadata: { owner: 'a' },
  });
  expect([made.status, made.body]).toEqual([
    201,
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      alias: 'current',
      secret_id: id,
      secret_name: 'db',
      secret_type: 'arbitrary',
      secret_group_id: 'default',
      created_by: 'IBMid-0000000001',
      created_at: '2026-01-15T11:00:00Z',
      auto_rotated: false,
      downloaded: false,
      payload_available: true,
      version_custom_metadata: { build: 8 },
      payload: 'second',
    },
  ]);
  expect((await call('GET', `/secrets/${id}`)).body).toMatchObject({
    payload: 'second',
    versions_total: 2,
    custom_metadata: { owner: 'a' },
    updated_at: '2026-01-15T11:00:00Z',
  });
  const previous = await call('GET', `/secrets/${id}/versions/previous`);
  expect([previous.status, previous.body]).toMatchObject([200, { id: first.id, payload: 'first' }]);
  expect((await call('GET', `/secrets/${id}/versions/${first.id}`)).body).toEqual(previous.body);
});

test('the version before the previous one loses alias and data (6.2.4)', async () => {
  await world.secretsManager.rotate(id, 'second');
  await world.secretsManager.rotate(id, 'third');
  expect(await versionsOf()).toEqual([
    [undefined, false],
    ['previous', true],
    ['current', true],
  ]);
  const { versions } = (await call('GET', `/secrets/${id}/versions`)).body;
  const oldest = await call('GET', `/secrets/${id}/versions/${versions[0].id}`);
  expect([oldest.status, oldest.body.payload_available]).toEqual([200, false]);
  expect(oldest.body).not.toHaveProperty('payload');
});

test('metadata of the newest 50 versions is kept, every version is counted', async () => {
  for (let number = 2; number <= 52; number += 1) await world.secretsManager.rotate(id, `payload-${number}`);
  const { body } = await call('GET', `/secrets/${id}/versions`);
  expect([body.total_count, body.versions.length]).toEqual([50, 50]);
  expect((await call('GET', `/secrets/${id}/metadata`)).body.versions_total).toBe(52);
  expect((await call('GET', `/secrets/${id}`)).body.payload).toBe('payload-52');
});

test('metadata of a version shows no payload and can be changed', async () => {
  const path = `/secrets/${id}/versions/current/metadata`;
  const before = await call('GET', path);
  expect(before.body).not.toHaveProperty('payload');
  const changed = await call('PATCH', path, { version_custom_metadata: { a: 1 } });
  expect([changed.status, changed.body]).toEqual([
    200,
    { ...before.body, version_custom_metadata: { a: 1 } },
  ]);
  expect((await call('PATCH', path, { version_custom_metadata: null })).body.version_custom_metadata).toEqual(
    {},
  );
});

test('reading a version marks that version as read', async () => {
  await world.secretsManager.rotate(id, 'second');
  expect((await call('GET', `/secrets/${id}/versions/previous`)).body.downloaded).toBe(true);
  expect((await call('GET', `/secrets/${id}/versions/current/metadata`)).body.downloaded).toBe(false);
});

describe('deleting the data of a version', () => {
  test('leaves its metadata', async () => {
    await world.secretsManager.rotate(id, 'second');
    const deleted = await call('DELETE', `/secrets/${id}/versions/previous/secret_data`);
    expect([deleted.status, deleted.body]).toEqual([204, undefined]);
    expect(await versionsOf()).toEqual([
      ['previous', false],
      ['current', true],
    ]);
    expect((await call('GET', `/secrets/${id}`)).body.payload).toBe('second');
  });

  test('twice is refused', async () => {
    await call('DELETE', `/secrets/${id}/versions/current/secret_data`);
    const again = await call('DELETE', `/secrets/${id}/versions/current/secret_data`);
    expect(refusalOf(again)).toEqual([400, 'bad_request', 'The secret version holds no data']);
    const read = await call('GET', `/secrets/${id}`);
    expect(read.status).toBe(200);
    expect(read.body).not.toHaveProperty('payload');
  });
});

describe('refusals', () => {
  const validation = (path: string, rule: string) =>
    `Request validation error: Invalid parameter '${path}': ${rule}`;
  test.each([
    ['no payload', {}, validation('/payload', 'is required')],
    ['an unknown field', { payload: 'x', data: {} }, validation('/data', 'is not a known field')],
    [
      'a payload over 1 MiB',
      { payload: 'x'.repeat(1_048_577) },
      validation('/payload', 'must not be larger than 1048576 bytes'),
    ],
    [
      'over 10 KB of metadata',
      { payload: 'x', version_custom_metadata: { text: 'x'.repeat(10_240) } },
      validation('/version_custom_metadata', 'must not be larger than 10240 bytes of JSON'),
    ],
  ])('%s', async (_name, body, message) => {
    expect(refusalOf(await call('POST', `/secrets/${id}/versions`, body))).toEqual([
      400,
      'bad_request',
      message,
    ]);
    expect(await versionsOf()).toEqual([['current', true]]);
  });

  test.each([
    ['GET', 'previous'],
    ['GET', 'previous/metadata'],
    ['PATCH', 'previous/metadata'],
    ['DELETE', 'previous/secret_data'],
    ['GET', '00000000-0000-4000-8000-000000000000'],
    ['GET', 'previous/locks'],
    ['POST', 'previous/locks_bulk'],
    ['DELETE', 'previous/locks_bulk'],
  ])('%s of %s, which is not there', async (method, version) => {
    const body = method === 'POST' ? { locks: [{ name: 'lock' }] } : method === 'PATCH' ? {} : undefined;
    expect(refusalOf(await call(method, `/secrets/${id}/versions/${version}`, body))).toEqual([
      404,
      'not_found',
      'There is no such version of the secret',
    ]);
  });
});
