/** What an expiration date does, with and without locks (behaviour.md C5; ibm-control-plane.md 6.2.2, 6.2.6). */
import { refusalOf, startWithInstance, type World } from './support';

let world: World;
let id: string;
beforeEach(async () => {
  world = await startWithInstance();
  id = (await world.secretsManager.secret({ expiration_date: '2026-01-16T10:00:00Z' })).id;
});
afterEach(() => world.platform.close());

const call = (method: string, path: string, body?: unknown) =>
  world.secretsManager.request(method, path, body);
const state = async (): Promise<unknown[]> => {
  const { body } = await call('GET', `/secrets/${id}`);
  return [body.state, body.state_description, body.payload];
};

test('until its date a secret is active', async () => {
  world.cloud.wait('PT23H59M59S');
  expect(await state()).toEqual([1, 'active', 'first']);
});

test('at its date an unlocked secret is destroyed and its data deleted', async () => {
  world.cloud.wait('P1D');
  expect(await state()).toEqual([5, 'destroyed', undefined]);
  expect((await call('GET', `/secrets/${id}/versions/current`)).body).toMatchObject({
    payload_available: false,
  });
  expect((await call('GET', '/secrets')).body.secrets[0]).toMatchObject({
    state: 5,
    state_description: 'destroyed',
  });
});

test('a locked one stays active and readable; with its last lock it is destroyed', async () => {
  await world.secretsManager.lock(id, ['lock-1', 'lock-2']);
  world.cloud.wait('P30D');
  expect(await state()).toEqual([1, 'active', 'first']);
  await call('DELETE', `/secrets/${id}/locks_bulk?name=lock-1`);
  expect(await state()).toEqual([1, 'active', 'first']);
  const last = await call('DELETE', `/secrets/${id}/locks_bulk?name=lock-2`);
  expect(last.body.versions).toMatchObject([
    { version_alias: 'current', locks: [], payload_available: false },
  ]);
  expect(await state()).toEqual([5, 'destroyed', undefined]);
});

test('a lock on the previous version holds the secret as well', async () => {
  await world.secretsManager.rotate(id, 'second');
  await world.secretsManager.lock(id, ['lock-1'], { version: 'previous' });
  world.cloud.wait('P1D');
  expect(await state()).toEqual([1, 'active', 'second']);
});

test('a destroyed secret can be deleted, renamed, and nothing else', async () => {
  world.cloud.wait('P1D');
  const destroyed = [409, 'conflict', `Secret ${id} is destroyed`];
  expect(refusalOf(await world.secretsManager.rotate(id, 'second'))).toEqual(destroyed);
  const later = { expiration_date: '2027-01-01T00:00:00Z' };
  expect(refusalOf(await call('PATCH', `/secrets/${id}/metadata`, later))).toEqual(destroyed);
  expect(refusalOf(await world.secretsManager.lock(id, ['lock-1']))).toEqual([
    400,
    'bad_request',
    'The secret version holds no data',
  ]);
  expect((await call('PATCH', `/secrets/${id}/metadata`, { name: 'old' })).status).toBe(200);
  expect((await call('DELETE', `/secrets/${id}`)).status).toBe(204);
});

test('a date that is moved or taken away in time counts', async () => {
  const other = (
    await world.secretsManager.secret({ name: 'other', expiration_date: '2026-01-16T10:00:00Z' })
  ).id;
  await call('PATCH', `/secrets/${id}/metadata`, { expiration_date: '2026-02-01T00:00:00Z' });
  await call('PATCH', `/secrets/${other}/metadata`, { expiration_date: null });
  world.cloud.wait('P2D');
  expect((await call('GET', `/secrets/${id}`)).body).toMatchObject({
    state: 1,
    payload: 'first',
    expiration_date: '2026-02-01T00:00:00Z',
  });
  expect((await call('GET', `/secrets/${other}`)).body.state).toBe(1);
});

test('destroyed stays destroyed in a snapshot that is restored', async () => {
  world.cloud.wait('P1D');
  const snapshot = await world.platform.platform.snapshot();
  await world.platform.platform.restore(snapshot);
  expect(await state()).toEqual([5, 'destroyed', undefined]);
});
