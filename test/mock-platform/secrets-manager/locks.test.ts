/** Locks (behaviour.md C1, C2, C4, C8 to C12; ibm-control-plane.md 6.2.6). */
import { locked, locksByAlias, refusalOf, startWithInstance, type World } from './support';

let world: World;
let id: string;
beforeEach(async () => {
  world = await startWithInstance();
  id = (await world.secretsManager.secret()).id;
});
afterEach(() => world.platform.close());

const call = (method: string, path: string, body?: unknown) =>
  world.secretsManager.request(method, path, body);
const lock: World['secretsManager']['lock'] = (...args) => world.secretsManager.lock(...args);
const rotate = (payload: string) => world.secretsManager.rotate(id, payload);
const metadata = async () => (await call('GET', `/secrets/${id}/metadata`)).body;

describe('creating locks', () => {
  test('on the current version; the answer lists both versions (C1, C10)', async () => {
    await rotate('second');
    const { versions } = (await call('GET', `/secrets/${id}/versions`)).body;
    const made = await call('POST', `/secrets/${id}/locks_bulk`, {
      locks: [
        { name: 'lock-1', description: 'of the app', attributes: { consumer: 'app', nested: { a: [1] } } },
        { name: 'lock-2' },
      ],
    });
    expect([made.status, made.body]).toEqual([
      201,
      {
        secret_id: id,
        secret_group_id: 'default',
        secret_type: 'arbitrary',
        secret_name: 'db',
        versions: [
          {
            version_id: versions[1].id,
            version_alias: 'current',
            locks: ['lock-1', 'lock-2'],
            payload_available: true,
          },
          { version_id: versions[0].id, version_alias: 'previous', locks: [], payload_available: true },
        ],
      },
    ]);
    expect((await metadata()).locks_total).toBe(2);
    expect((await call('GET', `/secrets/${id}/locks`)).body.locks[0]).toEqual({
      name: 'lock-1',
      description: 'of the app',
      attributes: { consumer: 'app', nested: { a: [1] } },
      created_at: '2026-01-15T10:00:00Z',
      updated_at: '2026-01-15T10:00:00Z',
      created_by: 'IBMid-0000000001',
      secret_group_id: 'default',
      secret_id: id,
      secret_version_id: versions[1].id,
      secret_version_alias: 'current',
    });
  });

  test('by alias and by id, on the previous version too', async () => {
    await rotate('second');
    const [old] = (await call('GET', `/secrets/${id}/versions`)).body.versions;
    expect((await lock(id, ['lock-a'], { version: 'previous' })).status).toBe(201);
    const both = await lock(id, ['lock-b'], { version: old.id });
    expect(locksByAlias(both)).toEqual({
      current: { locks: [], payload_available: true },
      previous: { locks: ['lock-a', 'lock-b'], payload_available: true },
    });
  });

  test('of the same name on that version replaces the lock (C1)', async () => {
    await lock(id, ['lock-1']);
    world.cloud.wait('PT1H');
    const locks = [{ name: 'lock-1', description: 'again', attributes: { crn: 'x' } }];
    expect((await call('POST', `/secrets/${id}/locks_bulk`, { locks })).status).toBe(201);
    const { body } = await call('GET', `/secrets/${id}/locks`);
    expect([body.total_count, body.locks[0]]).toMatchObject([
      1,
      {
        description: 'again',
        attributes: { crn: 'x' },
        created_at: '2026-01-15T10:00:00Z',
        updated_at: '2026-01-15T11:00:00Z',
      },
    ]);
  });

  test('1,000 locks per secret, over all versions (C1)', async () => {
    const names = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, index) => `lock-${from + index}`);
    expect((await lock(id, names(1, 999))).status).toBe(201);
    await rotate('second');
    expect((await lock(id, ['last'])).status).toBe(201);
    expect((await metadata()).locks_total).toBe(1000);
    const refused = await lock(id, ['one-too-many']);
    expect(refusalOf(refused)).toEqual([
      400,
      'bad_request',
      'The secret would have more locks than permitted',
    ]);
    expect((await lock(id, ['last'])).status).toBe(201);
    expect((await metadata()).locks_total).toBe(1000);
  });

  test('on a version without data is refused (C1)', async () => {
    await rotate('second');
    await call('DELETE', `/secrets/${id}/versions/previous/secret_data`);
    const refused = await lock(id, ['lock-1'], { version: 'previous' });
    expect(refusalOf(refused)).toEqual([400, 'bad_request', 'The secret version holds no data']);
    expect((await metadata()).locks_total).toBe(0);
  });

  test('on a version that is neither current nor previous is refused (C1)', async () => {
    await rotate('second');
    await rotate('third');
    const [oldest] = (await call('GET', `/secrets/${id}/versions`)).body.versions;
    expect(refusalOf(await lock(id, ['lock-1'], { version: oldest.id }))).toEqual([
      400,
      'bad_request',
      'Only the current and the previous version can be locked',
    ]);
  });

  const validation = (path: string, rule: string) =>
    `Request validation error: Invalid parameter '${path}': ${rule}`;
  test.each([
    ['no locks', {}, validation('/locks', 'is required')],
    ['an empty list', { locks: [] }, validation('/locks', 'must NOT have fewer than 1 items')],
    ['no name', { locks: [{}] }, validation('/locks/0/name', 'is required')],
    [
      'a name of one letter',
      { locks: [{ name: 'a' }] },
      validation('/locks/0/name', 'must NOT have fewer than 2 characters'),
    ],
    [
      'attributes that are no object',
      { locks: [{ name: 'ab', attributes: 'x' }] },
      validation('/locks/0/attributes', 'must be object'),
    ],
    [
      'too large attributes',
      { locks: [{ name: 'ab' }, { name: 'cd', attributes: { text: 'x'.repeat(10_240) } }] },
      validation('/locks/1/attributes', 'must not be larger than 10240 bytes of JSON'),
    ],
    [
      'an unknown field',
      { locks: [{ name: 'ab', owner: 'me' }] },
      validation('/locks/0/owner', 'is not a known field'),
    ],
  ])('%s is refused', async (_name, body, message) => {
    expect(refusalOf(await call('POST', `/secrets/${id}/locks_bulk`, body))).toEqual([
      400,
      'bad_request',
      message,
    ]);
    expect((await metadata()).locks_total).toBe(0);
  });

  test('an unknown mode is refused', async () => {
    const refused = await call('POST', `/secrets/${id}/locks_bulk?mode=exclusive`, {
      locks: [{ name: 'ab' }],
    });
    expect(refusalOf(refused)).toEqual([
      400,
      'bad_request',
      "Request validation error: Invalid parameter 'mode' in query: must be one of remove_previous, remove_previous_and_delete",
    ]);
  });
});

describe('a lock protects the data (C2): 412 with the vendor’s message', () => {
  const refusal = [412, 'precondition_failed', locked];

  test('the locked current version: no deletion of the secret or of its data', async () => {
    await lock(id, ['lock-1', 'lock-2']);
    const deletion = await call('DELETE', `/secrets/${id}`);
    expect(refusalOf(deletion)).toEqual(refusal);
    expect(deletion.body.keyquake).toEqual({
      cause: 'the secret is locked by lock-1, lock-2',
      remedy: 'remove these locks when their holders no longer use the secret',
    });
    expect(refusalOf(await call('DELETE', `/secrets/${id}/versions/current/secret_data`))).toEqual(refusal);
    expect((await call('GET', `/secrets/${id}`)).body.payload).toBe('first');
  });

  test('reading it and changing its metadata goes on', async () => {
    await lock(id, ['lock-1']);
    expect((await call('GET', `/secrets/${id}`)).status).toBe(200);
    expect((await call('PATCH', `/secrets/${id}/metadata`, { description: 'in use' })).status).toBe(200);
    const path = `/secrets/${id}/versions/current/metadata`;
    expect((await call('PATCH', path, { version_custom_metadata: { a: 1 } })).status).toBe(200);
  });

  test('a lock on the previous version protects the whole secret from deletion (C11)', async () => {
    await rotate('second');
    await lock(id, ['lock-1'], { version: 'previous' });
    expect(refusalOf(await call('DELETE', `/secrets/${id}`))).toEqual(refusal);
    expect(refusalOf(await call('DELETE', `/secrets/${id}/versions/previous/secret_data`))).toEqual(refusal);
    expect((await call('DELETE', `/secrets/${id}/versions/current/secret_data`)).status).toBe(204);
  });
});

describe('rotation (C4)', () => {
  test('with the current version locked: it becomes previous and keeps its locks', async () => {
    await lock(id, ['lock-1']);
    expect((await rotate('second')).status).toBe(201);
    expect((await call('GET', '/secrets_locks')).body.secrets_locks[0].versions).toMatchObject([
      { version_alias: 'current', locks: [] },
      { version_alias: 'previous', locks: ['lock-1'], payload_available: true },
    ]);
    expect((await call('GET', `/secrets/${id}/versions/previous`)).body.payload).toBe('first');
  });

  test('with the previous version locked: refused until its locks are gone', async () => {
    await lock(id, ['lock-1']);
    await rotate('second');
    const refused = await rotate('third');
    expect(refusalOf(refused)).toEqual([412, 'precondition_failed', locked]);
    expect(refused.body.keyquake).toEqual({
      cause: 'the previous version is locked by lock-1, and rotating would delete its data',
      remedy: 'move these holders to the current version and remove their locks, then rotate',
    });
    expect((await metadata()).versions_total).toBe(2);
    expect((await call('GET', `/secrets/${id}`)).body.payload).toBe('second');
    await call('DELETE', `/secrets/${id}/versions/previous/locks_bulk`);
    expect((await rotate('third')).status).toBe(201);
  });

  test('with both locked: refused', async () => {
    await lock(id, ['lock-1']);
    await rotate('second');
    await lock(id, ['lock-2']);
    expect((await rotate('third')).status).toBe(412);
  });
});

describe('modes (C8, C9)', () => {
  beforeEach(async () => {
    await lock(id, ['lock-x', 'lock-y']);
    await rotate('second');
  });

  test('remove_previous takes locks of the same name off the previous version', async () => {
    expect(locksByAlias(await lock(id, ['lock-x'], { mode: 'remove_previous' }))).toEqual({
      current: { locks: ['lock-x'], payload_available: true },
      previous: { locks: ['lock-y'], payload_available: true },
    });
    expect(locksByAlias(await lock(id, ['lock-y'], { mode: 'remove_previous' }))).toEqual({
      current: { locks: ['lock-x', 'lock-y'], payload_available: true },
      previous: { locks: [], payload_available: true },
    });
  });

  test('remove_previous_and_delete deletes the data of the previous version with its last lock', async () => {
    expect(locksByAlias(await lock(id, ['lock-x'], { mode: 'remove_previous_and_delete' }))).toEqual({
      current: { locks: ['lock-x'], payload_available: true },
      previous: { locks: ['lock-y'], payload_available: true },
    });
    expect(locksByAlias(await lock(id, ['lock-y'], { mode: 'remove_previous_and_delete' }))).toEqual({
      current: { locks: ['lock-x', 'lock-y'], payload_available: true },
      previous: { locks: [], payload_available: false },
    });
    expect((await call('GET', `/secrets/${id}/versions/previous`)).body.payload_available).toBe(false);
  });

  test('without a mode the previous version keeps its locks', async () => {
    expect(locksByAlias(await lock(id, ['lock-x']))).toMatchObject({
      current: { locks: ['lock-x'] },
      previous: { locks: ['lock-x', 'lock-y'] },
    });
    expect((await metadata()).locks_total).toBe(3);
  });
});

describe('deleting locks (C10, C11)', () => {
  beforeEach(async () => {
    await lock(id, ['lock-1', 'lock-2', 'lock-3']);
  });
  const remaining = async (query: string, body?: unknown): Promise<unknown> => {
    const reply = await call('DELETE', `/secrets/${id}/locks_bulk${query}`, body);
    expect(reply.status).toBe(200);
    return reply.body.versions[0].locks;
  };

  test.each([
    ['a comma list', '?name=lock-1,lock-3', undefined, ['lock-2']],
    ['a repeated name', '?name=lock-1&name=lock-2', undefined, ['lock-3']],
    ['JSON in the query', `?name=${encodeURIComponent('["lock-1", "lock-2"]')}`, undefined, ['lock-3']],
    ['a body', '', { locks: ['lock-2', 'lock-3'] }, ['lock-1']],
    ['* in the query', '?name=*', undefined, []],
    ['* in a body', '', { locks: ['*'] }, []],
    ['no names', '', undefined, []],
    ['a name that no lock has', '?name=other', undefined, ['lock-1', 'lock-2', 'lock-3']],
  ])('by %s answers 200 with the secret’s locks', async (_name, query, body, expected) => {
    expect(await remaining(query, body)).toEqual(expected);
    expect((await metadata()).locks_total).toBe(expected.length);
  });

  test('of one version leaves those of the other', async () => {
    await rotate('second');
    await lock(id, ['lock-1']);
    const reply = await call('DELETE', `/secrets/${id}/versions/previous/locks_bulk?name=lock-1`);
    expect(locksByAlias(reply)).toMatchObject({
      current: { locks: ['lock-1'] },
      previous: { locks: ['lock-2', 'lock-3'] },
    });
  });

  test('the secret is free only when every lock is gone (C11)', async () => {
    await remaining('?name=lock-1,lock-2');
    expect((await call('DELETE', `/secrets/${id}`)).status).toBe(412);
    await remaining('?name=lock-3');
    expect((await call('DELETE', `/secrets/${id}`)).status).toBe(204);
  });
});

describe('lists', () => {
  beforeEach(async () => {
    await lock(id, ['web-b', 'web-a']);
    world.cloud.wait('PT1H');
    await rotate('second');
    await lock(id, ['job-c']);
  });
  const names = async (path: string): Promise<string[]> =>
    (await call('GET', path)).body.locks.map(({ name }: { name: string }) => name);

  test('of a secret: both versions, 25 at a time by default', async () => {
    const { body } = await call('GET', `/secrets/${id}/locks`);
    expect([body.limit, body.total_count]).toEqual([25, 3]);
    expect(
      body.locks.map(({ name, secret_version_alias }: Record<string, string>) => [
        name,
        secret_version_alias,
      ]),
    ).toEqual([
      ['web-b', 'previous'],
      ['web-a', 'previous'],
      ['job-c', 'current'],
    ]);
  });

  test.each([
    ['?sort=name', ['job-c', 'web-a', 'web-b']],
    ['?sort=-name', ['web-b', 'web-a', 'job-c']],
    ['?sort=-created_at', ['job-c', 'web-b', 'web-a']],
    ['?search=web', ['web-b', 'web-a']],
    ['?limit=1&offset=1', ['web-a']],
  ])('%s', async (query, expected) => {
    expect(await names(`/secrets/${id}/locks${query}`)).toEqual(expected);
  });

  test('of a version', async () => {
    expect(await names(`/secrets/${id}/versions/previous/locks?sort=name`)).toEqual(['web-a', 'web-b']);
    expect(await names(`/secrets/${id}/versions/current/locks`)).toEqual(['job-c']);
  });

  test('of the instance: secrets that hold locks', async () => {
    const { body: group } = await call('POST', '/secret_groups', { name: 'team' });
    await world.secretsManager.secret({ name: 'unlocked' });
    const other = await world.secretsManager.secret({ name: 'other', secret_group_id: group.id });
    await lock(other.id, ['web-z']);
    const listed = async (query = '') => (await call('GET', `/secrets_locks${query}`)).body.secrets_locks;
    expect((await listed()).map((item: { secret_name: string }) => item.secret_name)).toEqual([
      'db',
      'other',
    ]);
    expect(await listed(`?groups=${group.id}`)).toHaveLength(1);
    expect((await listed('?search=job'))[0].versions).toMatchObject([
      { version_alias: 'current', locks: ['job-c'] },
      { version_alias: 'previous', locks: [] },
    ]);
    expect((await call('GET', '/secrets_locks?limit=1')).body).toMatchObject({
      total_count: 2,
      limit: 1,
      offset: 0,
    });
  });
});

/** behaviour.md C12: at no time is a version deletable that somebody uses. */
test('the workflow that locks exist for', async () => {
  const consumers = ['web', 'worker', 'batch'];
  for (const consumer of consumers) await lock(id, [consumer]);
  await rotate('second');
  const used = () => call('DELETE', `/secrets/${id}/versions/previous/secret_data`);
  for (const consumer of consumers) {
    expect((await used()).status).toBe(412);
    expect((await rotate('too early')).status).toBe(412);
    await lock(id, [consumer], { mode: 'remove_previous_and_delete' });
  }
  expect((await call('GET', `/secrets/${id}/versions/previous/metadata`)).body.payload_available).toBe(false);
  expect((await call('GET', `/secrets/${id}`)).body).toMatchObject({ payload: 'second', locks_total: 3 });
  expect((await rotate('third')).status).toBe(201);
});
