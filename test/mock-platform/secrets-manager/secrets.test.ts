/** Arbitrary secrets: making, reading, listing, changing, deleting (ibm-control-plane.md 6.2.1, 6.2.3, 6.2.8). */
import { refusalOf, startWithInstance, type World } from './support';

let world: World;
beforeEach(async () => {
  world = await startWithInstance();
});
afterEach(() => world.platform.close());

const call = (method: string, path: string, body?: unknown) =>
  world.secretsManager.request(method, path, body);

const unknown = '00000000-0000-4000-8000-000000000000';
const total = async (): Promise<number> => (await call('GET', '/secrets')).body.total_count;

describe('createSecret', () => {
  test('answers the whole secret, payload included', async () => {
    const { status, body } = await call('POST', '/secrets', {
      secret_type: 'arbitrary',
      name: 'db.password_1',
      description: 'of the database',
      labels: ['env:test', 'us south'],
      custom_metadata: { owner: { team: 'a' } },
      version_custom_metadata: { build: 7 },
      expiration_date: '2026-06-01T12:00:00.000Z',
      payload: 's3cret',
    });
    const { id } = body;
    expect([status, body]).toEqual([
      201,
      {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        crn: `${world.secretsManager.crn.replace(/::$/, '')}:secret:${id}`,
        name: 'db.password_1',
        description: 'of the database',
        secret_type: 'arbitrary',
        secret_group_id: 'default',
        labels: ['env:test', 'us south'],
        custom_metadata: { owner: { team: 'a' } },
        created_by: 'IBMid-0000000001',
        created_at: '2026-01-15T10:00:00Z',
        updated_at: '2026-01-15T10:00:00Z',
        retrieved_at: '1970-01-01T00:00:00Z',
        expiration_date: '2026-06-01T12:00:00Z',
        downloaded: false,
        locks_total: 0,
        state: 1,
        state_description: 'active',
        versions_total: 1,
        payload: 's3cret',
      },
    ]);
    const { payload: _, ...metadata } = body;
    expect((await call('GET', `/secrets/${id}/metadata`)).body).toEqual(metadata);
    const version = (await call('GET', `/secrets/${id}/versions/current/metadata`)).body;
    expect([version.secret_type, version.version_custom_metadata]).toEqual(['arbitrary', { build: 7 }]);
  });

  test('keeps the payload as it is, whatever the letters', async () => {
    const payload = 'grüße "\\ \n\t \u{1f511} {}';
    const { id } = await world.secretsManager.secret({ payload });
    expect((await call('GET', `/secrets/${id}`)).body.payload).toBe(payload);
  });

  const validation = (path: string, rule: string) =>
    `Request validation error: Invalid parameter '${path}': ${rule}`;

  test.each([
    ['no type', { secret_type: undefined }, validation('/secret_type', 'is required')],
    [
      'a type that is none',
      { secret_type: 'note' },
      validation(
        '/secret_type',
        'must be one of arbitrary, username_password, kv, imported_cert, public_cert, private_cert, iam_credentials, service_credentials, custom_credentials',
      ),
    ],
    ['no name', { name: undefined }, validation('/name', 'is required')],
    ['a name of one letter', { name: 'a' }, validation('/name', 'must NOT have fewer than 2 characters')],
    [
      'a name of 257',
      { name: 'a'.repeat(257) },
      validation('/name', 'must NOT have more than 256 characters'),
    ],
    [
      'a name that ends in a dash',
      { name: 'ab-' },
      validation('/name', 'must match pattern "^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$"'),
    ],
    ['no payload', { payload: undefined }, validation('/payload', 'is required')],
    ['an empty payload', { payload: '' }, validation('/payload', 'must NOT have fewer than 1 characters')],
    ['a payload that is no text', { payload: { a: 1 } }, validation('/payload', 'must be string')],
    [
      'a payload over 1 MiB',
      { payload: 'ü'.repeat(524_289) },
      validation('/payload', 'must not be larger than 1048576 bytes'),
    ],
    [
      'a description of one letter',
      { description: 'a' },
      validation('/description', 'must NOT have fewer than 2 characters'),
    ],
    [
      '31 labels',
      { labels: Array.from({ length: 31 }, (_, index) => `label-${index}`) },
      validation('/labels', 'must NOT have more than 30 items'),
    ],
    [
      'a label of one letter',
      { labels: ['a'] },
      validation('/labels/0', 'must NOT have fewer than 2 characters'),
    ],
    [
      'over 10 KB of metadata',
      { custom_metadata: { text: 'x'.repeat(10_240) } },
      validation('/custom_metadata', 'must not be larger than 10240 bytes of JSON'),
    ],
    [
      'over 10 KB of version metadata',
      { version_custom_metadata: { text: 'x'.repeat(10_240) } },
      validation('/version_custom_metadata', 'must not be larger than 10240 bytes of JSON'),
    ],
    [
      'a date that is none',
      { expiration_date: 'tomorrow' },
      validation('/expiration_date', 'must match format "date-time"'),
    ],
    [
      'a date that has passed',
      { expiration_date: '2026-01-15T10:00:00Z' },
      validation('/expiration_date', 'must be in the future'),
    ],
    ['a field of another type', { username: 'me' }, validation('/username', 'is not a known field')],
  ])('%s is refused', async (_name, overrides, message) => {
    const refused = await call('POST', '/secrets', {
      secret_type: 'arbitrary',
      name: 'db',
      payload: 'first',
      ...overrides,
    });
    expect(refusalOf(refused)).toEqual([400, 'bad_request', message]);
    expect(await total()).toBe(0);
  });

  test('an unknown group is refused', async () => {
    const refused = await call('POST', '/secrets', {
      secret_type: 'arbitrary',
      name: 'db',
      payload: 'first',
      secret_group_id: unknown,
    });
    expect(refusalOf(refused)).toEqual([404, 'not_found', `There is no secret group ${unknown}`]);
    expect(await total()).toBe(0);
  });

  test('a name that is taken is refused, even in another group (6.2.8)', async () => {
    await world.secretsManager.secret();
    const { body: group } = await call('POST', '/secret_groups', { name: 'team' });
    const again = { secret_type: 'arbitrary', name: 'db', payload: 'x', secret_group_id: group.id };
    expect(refusalOf(await call('POST', '/secrets', again))).toEqual([
      409,
      'conflict',
      'A secret of type arbitrary named db already exists',
    ]);
  });

  // ibm-control-plane.md 6.2.3
  test.each([
    ['username_password', { username: 'me', password: 'secret-1' }],
    ['kv', { data: { a: 1 } }],
    ['imported_cert', { certificate: 'x' }],
    ['public_cert', { ca: 'x', dns: 'y' }],
    ['private_cert', { certificate_template: 't', common_name: 'c' }],
    ['iam_credentials', { ttl: '1h', reuse_api_key: true }],
    ['service_credentials', { source_service: {} }],
    ['custom_credentials', { configuration: 'c' }],
  ])('type %s is refused by its name', async (secret_type, body) => {
    const refused = await call('POST', '/secrets', { secret_type, name: 'db', ...body });
    expect(refusalOf(refused)).toEqual([
      501,
      'not_implemented',
      `createSecret with secret_type ${secret_type} is not emulated`,
    ]);
  });
});

describe('reading', () => {
  test('gives the payload and writes down that it was read', async () => {
    const made = await world.secretsManager.secret();
    world.cloud.wait('PT1H');
    const read = await call('GET', `/secrets/${made.id}`);
    expect([read.status, read.body]).toEqual([
      200,
      { ...made, downloaded: true, retrieved_at: '2026-01-15T11:00:00Z' },
    ]);
    expect((await call('GET', `/secrets/${made.id}/metadata`)).body).toMatchObject({
      downloaded: true,
      retrieved_at: '2026-01-15T11:00:00Z',
    });
  });

  test('by names of group, type and secret', async () => {
    const { body: group } = await call('POST', '/secret_groups', { name: 'team' });
    const inGroup = await world.secretsManager.secret({ secret_group_id: group.id });
    const outside = await world.secretsManager.secret({ name: 'other' });
    const byName = (groupName: string, name: string) =>
      call('GET', `/secret_groups/${groupName}/secret_types/arbitrary/secrets/${name}`);
    expect((await byName('team', 'db')).body).toMatchObject({ id: inGroup.id, payload: 'first' });
    expect((await byName('default', 'other')).body).toMatchObject({ id: outside.id, payload: 'first' });
    expect(refusalOf(await byName('default', 'db'))).toEqual([
      404,
      'not_found',
      'There is no secret default/arbitrary/db',
    ]);
    expect(refusalOf(await byName('nobody', 'db'))).toEqual([
      404,
      'not_found',
      'There is no secret nobody/arbitrary/db',
    ]);
  });

  test('by name of another type is refused by the type', async () => {
    const path = (type: string) => `/secret_groups/default/secret_types/${type}/secrets/db`;
    expect(refusalOf(await call('GET', path('kv')))).toEqual([
      501,
      'not_implemented',
      'getSecretByNameType with secret_type kv is not emulated',
    ]);
    expect(refusalOf(await call('GET', path('note')))[0]).toBe(400);
  });

  test.each([
    ['GET', ''],
    ['DELETE', ''],
    ['GET', '/metadata'],
    ['PATCH', '/metadata'],
    ['GET', '/versions'],
    ['POST', '/versions'],
    ['GET', '/versions/current'],
    ['GET', '/versions/current/metadata'],
    ['PATCH', '/versions/current/metadata'],
    ['DELETE', '/versions/current/secret_data'],
    ['GET', '/locks'],
    ['POST', '/locks_bulk'],
    ['DELETE', '/locks_bulk'],
    ['GET', '/versions/current/locks'],
    ['POST', '/versions/current/locks_bulk'],
    ['DELETE', '/versions/current/locks_bulk'],
  ])('%s /secrets/{unknown}%s answers 404', async (method, path) => {
    const bodies: Record<string, unknown> = {
      'POST/versions': { payload: 'x' },
      'POST/locks_bulk': { locks: [{ name: 'lock' }] },
      'POST/versions/current/locks_bulk': { locks: [{ name: 'lock' }] },
    };
    const body = method === 'PATCH' ? {} : bodies[`${method}${path}`];
    expect(refusalOf(await call(method, `/secrets/${unknown}${path}`, body))).toEqual([
      404,
      'not_found',
      `There is no secret ${unknown}`,
    ]);
  });
});

describe('updateSecretMetadata', () => {
  test('is a merge patch: members given change, null takes away, the rest stays', async () => {
    const made = await world.secretsManager.secret({
      description: 'before',
      labels: ['a-1'],
      custom_metadata: { a: 1, b: 2 },
      expiration_date: '2026-06-01T00:00:00Z',
    });
    const { payload: _, ...before } = made;
    world.cloud.wait('PT1H');
    const path = `/secrets/${made.id}/metadata`;
    const changed = await call('PATCH', path, { name: 'renamed', custom_metadata: { c: 3 } });
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...before, name: 'renamed', custom_metadata: { c: 3 }, updated_at: '2026-01-15T11:00:00Z' },
    ]);
    const cleared = (await call('PATCH', path, { description: null, labels: null, expiration_date: null }))
      .body;
    expect([cleared.description, cleared.labels, cleared.expiration_date]).toEqual([
      undefined,
      [],
      undefined,
    ]);
    expect((await call('GET', `/secrets/${made.id}`)).body).toMatchObject({
      name: 'renamed',
      payload: 'first',
    });
  });

  test.each([
    [
      'an unknown field',
      { payload: 'x' },
      400,
      "Request validation error: Invalid parameter '/payload': is not a known field",
    ],
    ['no name', { name: null }, 400, "Request validation error: Invalid parameter '/name': must be string"],
    [
      'a date that has passed',
      { expiration_date: '2026-01-01T00:00:00Z' },
      400,
      "Request validation error: Invalid parameter '/expiration_date': must be in the future",
    ],
    ['a name that is taken', { name: 'taken' }, 409, 'A secret of type arbitrary named taken already exists'],
  ])('%s is refused and changes nothing', async (_name, patch, status, message) => {
    await world.secretsManager.secret({ name: 'taken' });
    const { id } = await world.secretsManager.secret();
    const before = (await call('GET', `/secrets/${id}/metadata`)).body;
    const refused = await call('PATCH', `/secrets/${id}/metadata`, patch);
    expect([refused.status, refused.body.errors[0].message]).toEqual([status, message]);
    expect((await call('GET', `/secrets/${id}/metadata`)).body).toEqual(before);
  });

  test('the clients’ content type is taken (6.2.1)', async () => {
    const { id } = await world.secretsManager.secret();
    const headers = { 'Content-Type': 'application/merge-patch+json' };
    const changed = await world.secretsManager.request(
      'PATCH',
      `/secrets/${id}/metadata`,
      { labels: ['xy'] },
      headers,
    );
    expect(changed.body.labels).toEqual(['xy']);
  });
});

describe('deleteSecret', () => {
  test('answers 204; the name is free again', async () => {
    const { id } = await world.secretsManager.secret();
    const deleted = await call('DELETE', `/secrets/${id}`);
    expect([deleted.status, deleted.body]).toEqual([204, undefined]);
    expect((await call('GET', `/secrets/${id}`)).status).toBe(404);
    expect((await world.secretsManager.secret()).name).toBe('db');
  });
});

test('a secret of another instance is not found here', async () => {
  const { id } = await world.secretsManager.secret();
  const { guid } = await world.cloud.instance({ service: 'secrets-manager', name: 'second' });
  expect((await world.platform.request('GET', `/secrets-manager/${guid}/api/v2/secrets/${id}`)).status).toBe(
    404,
  );
});
