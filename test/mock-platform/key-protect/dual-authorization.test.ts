/** Two people for a deletion (behaviour.md A1; ibm-control-plane.md 6.1.5: seven days). */
import { type KeyPlatform, startKeyPlatform, type User } from './support/key-platform';
import { envelope, newKey, refusalOf } from './support/keys';

let platform: KeyPlatform;
let id: string;
beforeEach(async () => {
  platform = await startKeyPlatform();
  const key = await newKey(platform);
  id = key.id;
  const policy = { type: 'application/vnd.ibm.kms.policy+json', dualAuthDelete: { enabled: true } };
  const reply = await platform.call('PUT', `/keys/${id}/policies?policy=dualAuthDelete`, envelope(policy));
  expect(reply.status).toBe(200);
});
afterEach(() => platform.close());

async function by(user: User, method: string, path: string): Promise<unknown[]> {
  const reply = await platform.call(method, `/keys/${id}${path}`, undefined, {
    headers: await platform.as(user),
  });
  return reply.status < 300 ? [reply.status] : refusalOf(reply);
}

const set = (user: User) => by(user, 'POST', '/actions/setKeyForDeletion');
const unset = (user: User) => by(user, 'POST', '/actions/unsetKeyForDeletion');
const remove = (user: User, query = '') => by(user, 'DELETE', query);

async function shown(): Promise<{ state: number; dualAuthDelete: object }> {
  const { state, dualAuthDelete } = (await platform.call('GET', `/keys/${id}/metadata`)).body.resources[0];
  return { state, dualAuthDelete };
}

const notMet = [409, 'AUTHORIZATIONS_NOT_MET'];

test('one person sets, another deletes', async () => {
  expect(await set('anna')).toEqual([204]);
  expect(await shown()).toEqual({
    state: 1,
    dualAuthDelete: { enabled: true, keySetForDeletion: true, authExpiration: '2026-01-22T10:00:00Z' },
  });
  expect(await remove('ben')).toEqual([204]);
  expect((await shown()).state).toBe(5);
});

test('without an authorization nobody deletes, not even with force', async () => {
  expect([await remove('anna'), await remove('anna', '?force=true')]).toEqual([notMet, notMet]);
});

test('the person who set does not delete, and the answer says why', async () => {
  await set('anna');
  const reply = await platform.call('DELETE', `/keys/${id}`, undefined, {
    headers: await platform.as('anna'),
  });
  expect(refusalOf(reply)).toEqual(notMet);
  expect(reply.body.keyquake.cause).toContain('the same identity');
  expect((await shown()).state).toBe(1);
});

test('the authorization can be withdrawn', async () => {
  await set('anna');
  expect(await unset('ben')).toEqual([204]);
  expect(await shown()).toEqual({ state: 1, dualAuthDelete: { enabled: true, keySetForDeletion: false } });
  expect(await remove('ben')).toEqual(notMet);
});

test('it lapses after seven days', async () => {
  await set('anna');
  platform.advance('P6DT23H59M59.999S');
  expect((await shown()).dualAuthDelete).toMatchObject({ keySetForDeletion: true });
  platform.advance('PT0.001S');
  expect((await shown()).dualAuthDelete).toEqual({ enabled: true, keySetForDeletion: false });
  expect(await remove('ben')).toEqual(notMet);
});

test('it holds up to its last millisecond', async () => {
  await set('anna');
  platform.advance('P6DT23H59M59.999S');
  expect(await remove('ben')).toEqual([204]);
});

test('set again by another person, the first one may delete', async () => {
  await set('anna');
  await set('ben');
  expect([await remove('ben'), await remove('anna')]).toEqual([notMet, [204]]);
});

test('the key keeps working while it is set for deletion', async () => {
  await set('anna');
  expect(await by('anna', 'POST', '/actions/wrap')).toEqual([200]);
});

test('a suspended key is not set for deletion', async () => {
  await platform.call('POST', `/keys/${id}/actions/disable`);
  expect([await set('anna'), await unset('anna')]).toEqual([
    [409, 'KEY_ACTION_INVALID_STATE_ERR'],
    [409, 'KEY_ACTION_INVALID_STATE_ERR'],
  ]);
});

test('on a key the policy is not taken back', async () => {
  const policy = { type: 'application/vnd.ibm.kms.policy+json', dualAuthDelete: { enabled: false } };
  const reply = await platform.call('PUT', `/keys/${id}/policies`, envelope(policy));
  expect(refusalOf(reply)).toEqual([400, 'INVALID_FIELD_ERR']);
  expect((await shown()).dualAuthDelete).toEqual({ enabled: true, keySetForDeletion: false });
});

test('two people race to delete: one does, the other finds it deleted', async () => {
  await set('anna');
  const [ben, owner] = [await platform.as('ben'), await platform.as('owner')];
  const replies = await Promise.all(
    [ben, owner].map((headers) => platform.call('DELETE', `/keys/${id}`, undefined, { headers })),
  );
  expect(replies.map(({ status }) => status).sort()).toEqual([204, 410]);
  const events = await platform.request('GET', '/_keyquake/events?action=kms.secrets.delete');
  expect(events.body.events.map((event: { outcome: string }) => event.outcome).sort()).toEqual([
    'failure',
    'success',
  ]);
});

test('delete and withdrawal race: whoever comes first wins, and the other is told', async () => {
  await set('anna');
  const [ben, anna] = [await platform.as('ben'), await platform.as('anna')];
  const [removed, withdrawn] = await Promise.all([
    platform.call('DELETE', `/keys/${id}`, undefined, { headers: ben }),
    platform.call('POST', `/keys/${id}/actions/unsetKeyForDeletion`, undefined, { headers: anna }),
  ]);
  const { state } = await shown();
  expect([
    { removed: 204, withdrawn: 409, state: 5 },
    { removed: 409, withdrawn: 204, state: 1 },
  ]).toContainEqual({ removed: removed?.status, withdrawn: withdrawn?.status, state });
});
