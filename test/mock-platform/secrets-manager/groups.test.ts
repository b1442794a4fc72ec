/** Secret groups (ibm-control-plane.md 6.2.1, 5.1, 6.2.8). */
import { refusalOf, startWithInstance, type World } from './support';

let world: World;
beforeEach(async () => {
  world = await startWithInstance();
});
afterEach(() => world.platform.close());

const call = (method: string, path: string, body?: unknown) =>
  world.secretsManager.request(method, path, body);

const unknown = '00000000-0000-4000-8000-000000000000';

test('an instance has the default group from its beginning', async () => {
  const { status, body } = await call('GET', '/secret_groups');
  expect([status, body.total_count, body.secret_groups[0]]).toEqual([
    200,
    1,
    {
      id: 'default',
      name: 'default',
      description: expect.any(String),
      created_by: 'IBMid-0000000001',
      created_at: '2026-01-15T10:00:00Z',
      updated_at: '2026-01-15T10:00:00Z',
    },
  ]);
  expect((await call('GET', '/secret_groups/default')).body).toEqual(body.secret_groups[0]);
});

test('a group is created, read, changed, listed and deleted', async () => {
  const made = await call('POST', '/secret_groups', { name: 'team-a', description: 'of team A' });
  const { id } = made.body;
  expect([made.status, made.body]).toEqual([
    201,
    {
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'team-a',
      description: 'of team A',
      created_by: 'IBMid-0000000001',
      created_at: '2026-01-15T10:00:00Z',
      updated_at: '2026-01-15T10:00:00Z',
    },
  ]);
  expect((await call('GET', `/secret_groups/${id}`)).body).toEqual(made.body);

  world.cloud.wait('PT1H');
  const changed = await call('PATCH', `/secret_groups/${id}`, { name: 'team-b' });
  expect([changed.status, changed.body]).toEqual([
    200,
    { ...made.body, name: 'team-b', updated_at: '2026-01-15T11:00:00Z' },
  ]);
  expect((await call('PATCH', `/secret_groups/${id}`, { description: null })).body.description).toBe('');
  expect((await call('GET', '/secret_groups')).body).toMatchObject({ total_count: 2 });

  const deleted = await call('DELETE', `/secret_groups/${id}`);
  expect([deleted.status, deleted.body]).toEqual([204, undefined]);
  expect((await call('GET', `/secret_groups/${id}`)).status).toBe(404);
});

test.each([
  ['no name', {}, "Request validation error: Invalid parameter '/name': is required"],
  [
    'one letter',
    { name: 'a' },
    "Request validation error: Invalid parameter '/name': must NOT have fewer than 2 characters",
  ],
  [
    'two letters and a blank',
    { name: 'a b' },
    `Request validation error: Invalid parameter '/name': must match pattern "^[A-Za-z0-9][A-Za-z0-9]*(?:_*-*\\.*[A-Za-z0-9]+)*$"`,
  ],
  [
    'an unknown field',
    { name: 'ab', owner: 'me' },
    "Request validation error: Invalid parameter '/owner': is not a known field",
  ],
])('%s is refused', async (_name, body, message) => {
  expect(refusalOf(await call('POST', '/secret_groups', body))).toEqual([400, 'bad_request', message]);
  expect((await call('GET', '/secret_groups')).body.total_count).toBe(1);
});

test.each(['team', 'default'])('the name %s, when taken, is refused', async (name) => {
  if (name !== 'default') await call('POST', '/secret_groups', { name });
  const { body: other } = await call('POST', '/secret_groups', { name: 'other' });
  const refusal = [409, 'conflict', `A secret group named ${name} already exists`];
  expect(refusalOf(await call('POST', '/secret_groups', { name }))).toEqual(refusal);
  expect(refusalOf(await call('PATCH', `/secret_groups/${other.id}`, { name }))).toEqual(refusal);
});

test('a group with secrets cannot be deleted (6.2.8)', async () => {
  const { body: group } = await call('POST', '/secret_groups', { name: 'team' });
  const secret = await world.secretsManager.secret({ secret_group_id: group.id });
  const refused = await call('DELETE', `/secret_groups/${group.id}`);
  expect(refusalOf(refused)).toEqual([409, 'conflict', 'Secret group team cannot be deleted']);
  expect(refused.body.keyquake).toEqual({
    cause: 'it contains 1 secret',
    remedy: 'delete its secrets first; a secret cannot move to another group',
  });
  await call('DELETE', `/secrets/${secret.id}`);
  expect((await call('DELETE', `/secret_groups/${group.id}`)).status).toBe(204);
});

test.each(['PATCH', 'DELETE'])('%s of the default group is refused', async (method) => {
  expect(refusalOf(await call(method, '/secret_groups/default', { name: 'mine' }))).toEqual([
    400,
    'bad_request',
    'The default secret group can be neither changed nor deleted',
  ]);
});

test.each(['GET', 'PATCH', 'DELETE'])('%s of an unknown group answers 404', async (method) => {
  expect(
    refusalOf(await call(method, `/secret_groups/${unknown}`, method === 'PATCH' ? {} : undefined)),
  ).toEqual([404, 'not_found', `There is no secret group ${unknown}`]);
});

test('an instance takes 200 groups of its own and no more (6.2.8)', async () => {
  for (let number = 1; number <= 200; number += 1) {
    expect((await call('POST', '/secret_groups', { name: `group-${number}` })).status).toBe(201);
  }
  expect(refusalOf(await call('POST', '/secret_groups', { name: 'one-too-many' }))).toEqual([
    400,
    'bad_request',
    'The instance has reached the maximum of 200 secret groups',
  ]);
});

test('another instance does not see them', async () => {
  const { body: group } = await call('POST', '/secret_groups', { name: 'team' });
  const { guid } = await world.cloud.instance({ service: 'secrets-manager', name: 'second' });
  const path = `/secrets-manager/${guid}/api/v2/secret_groups`;
  expect((await world.platform.request('GET', path)).body.total_count).toBe(1);
  expect((await world.platform.request('GET', `${path}/${group.id}`)).status).toBe(404);
});
