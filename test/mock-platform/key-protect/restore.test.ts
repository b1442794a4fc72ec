/**
 * A key that was away: what happened to its surroundings meanwhile (ibm-control-plane.md 6.1.4, 6.1.5, 6.1.8; Key
 * Protect restore-keys.md: all attributes and policies come back with the key).
 */
import { type KeyPlatform, startKeyPlatform } from './support/key-platform';
import { bucket, envelope, newKey, refusalOf, registerOn } from './support/keys';

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

const policyType = 'application/vnd.ibm.kms.policy+json';

// biome-ignore lint/suspicious/noExplicitAny: the body of a vendor API is asserted, not typed
async function shown(id: string): Promise<any> {
  return (await platform.call('GET', `/keys/${id}`)).body.resources[0];
}

async function outcome(method: string, path: string, body?: unknown): Promise<unknown> {
  const reply = await platform.call(method, path, body);
  return reply.status < 300 ? reply.status : refusalOf(reply);
}

async function remove(id: string): Promise<void> {
  expect((await platform.call('DELETE', `/keys/${id}?force=true`)).status).toBe(204);
}

const restore = (id: string) => outcome('POST', `/keys/${id}/restore`);

test('its ring was deleted: it comes back in default', async () => {
  await platform.call('POST', '/key_rings/short-lived');
  const { id } = await newKey(platform, { imported: true });
  await platform.call('PATCH', `/keys/${id}`, { keyRingID: 'short-lived' });
  await remove(id);
  expect(await outcome('DELETE', '/key_rings/short-lived?force=true')).toBe(204);
  platform.advance('PT1M');
  expect(await restore(id)).toBe(201);
  expect((await shown(id)).keyRingID).toBe('default');
  await platform.call('POST', '/key_rings/short-lived');
  const headers = { 'X-Kms-Key-Ring': 'short-lived' };
  expect((await platform.call('GET', '/keys', undefined, { headers })).body.resources).toEqual([]);
});

test('its aliases stay its own until they are deleted, and it is restored by one', async () => {
  const { id } = await newKey(platform, { imported: true, aliases: ['mine'] });
  const other = await newKey(platform);
  await remove(id);
  expect(await outcome('POST', `/keys/${other.id}/aliases/mine`)).toEqual([409, 'KEY_ALIAS_NOT_UNIQUE_ERR']);
  platform.advance('PT1M');
  expect(await restore('mine')).toBe(201);
  expect(await shown('mine')).toMatchObject({ id, state: 1, aliases: ['mine'] });
});

test('an alias that is deleted meanwhile is free for another key (create-key-alias.md)', async () => {
  const { id } = await newKey(platform, { imported: true, aliases: ['mine'] });
  const other = await newKey(platform);
  await remove(id);
  expect((await platform.call('DELETE', `/keys/${id}/aliases/mine`)).status).toBe(204);
  expect((await platform.call('POST', `/keys/${other.id}/aliases/mine`)).status).toBe(201);
  platform.advance('PT1M');
  expect(await restore(id)).toBe(201);
  expect((await shown(id)).aliases ?? []).toEqual([]);
  expect(await shown('mine')).toMatchObject({ id: other.id });
});

test('a resource let go of it: the other registration is still there', async () => {
  const key = await newKey(platform, { imported: true });
  await registerOn(platform, key, 'kept');
  await registerOn(platform, key, 'released');
  await remove(key.id);
  await platform.inSession(async ({ tx }) => {
    const stored = await tx.get({ kind: 'kms-registration' }, `${key.id}/${bucket('released')}`);
    if (stored) await tx.remove(stored);
  });
  platform.advance('PT1M');
  expect(await restore(key.id)).toBe(201);
  const { resources } = (await platform.call('GET', `/keys/${key.id}/registrations`)).body;
  expect(resources.map(({ resourceCrn }: { resourceCrn: string }) => resourceCrn)).toEqual([bucket('kept')]);
});

test('what was wrapped before reads again, under each version', async () => {
  const { id } = await newKey(platform, { imported: true });
  const first = (await platform.call('POST', `/keys/${id}/actions/wrap`, {})).body;
  await platform.call('POST', `/keys/${id}/actions/rotate`, {
    payload: Buffer.alloc(32, 9).toString('base64'),
  });
  const second = (await platform.call('POST', `/keys/${id}/actions/wrap`, {})).body;
  await remove(id);
  platform.advance('P29D');
  expect(await restore(id)).toBe(201);
  for (const { ciphertext, plaintext } of [first, second]) {
    const unwrapped = await platform.call('POST', `/keys/${id}/actions/unwrap`, { ciphertext });
    expect(unwrapped.body.plaintext).toBe(plaintext);
  }
  expect((await platform.call('GET', `/keys/${id}/versions`)).body.resources).toHaveLength(2);
});

test('dual authorization comes back, the consent to its deletion does not', async () => {
  const { id } = await newKey(platform, { imported: true });
  const dualAuth = { type: policyType, dualAuthDelete: { enabled: true } };
  await platform.call('PUT', `/keys/${id}/policies`, envelope(dualAuth, policyType));
  const as = async (user: 'anna' | 'ben') => ({ headers: await platform.as(user) });
  await platform.call('POST', `/keys/${id}/actions/setKeyForDeletion`, undefined, await as('anna'));
  expect((await platform.call('DELETE', `/keys/${id}`, undefined, await as('ben'))).status).toBe(204);
  platform.advance('PT1M');
  expect(await restore(id)).toBe(201);
  expect((await shown(id)).dualAuthDelete).toEqual({ enabled: true, keySetForDeletion: false });
  const again = await platform.call('DELETE', `/keys/${id}`, undefined, await as('ben'));
  expect(refusalOf(again)).toEqual([409, 'AUTHORIZATIONS_NOT_MET']);
});

test('a suspended key comes back active', async () => {
  const { id } = await newKey(platform, { imported: true });
  await platform.call('POST', `/keys/${id}/actions/disable`);
  await remove(id);
  platform.advance('PT30S');
  expect(await restore(id)).toBe(201);
  expect((await shown(id)).state).toBe(1);
});

test('the 90 days count from the last deletion', async () => {
  const { id } = await newKey(platform, { imported: true });
  await remove(id);
  platform.advance('P20D');
  expect(await restore(id)).toBe(201);
  platform.advance('P80D');
  expect((await shown(id)).state).toBe(1);
  await remove(id);
  platform.advance('P89DT23H59M59.999S');
  expect((await shown(id)).state).toBe(5);
  platform.advance('PT0.001S');
  expect(await outcome('GET', `/keys/${id}`)).toEqual([404, 'KEY_NOT_FOUND_ERR']);
});

test('restoring twice: the second one finds it active', async () => {
  const { id } = await newKey(platform, { imported: true });
  await remove(id);
  platform.advance('PT1M');
  expect([await restore(id), await restore(id)]).toEqual([201, [409, 'KEY_ACTION_INVALID_STATE_ERR']]);
});

test('a standard key is not restored, and says so before it is tried', async () => {
  const { id } = await newKey(platform, { imported: true, extractable: true });
  await remove(id);
  platform.advance('PT1M');
  expect((await shown(id)).restoreAllowed).toBe(false);
  expect(await restore(id)).toEqual([400, 'KEY_ROOT_REQ_ERR']);
});

describe('with restoreGeneratedKeys, the other reading', () => {
  test('rotations that fell due while the key was deleted are left out', async () => {
    await platform.close();
    platform = await startKeyPlatform({ restoreGeneratedKeys: true });
    const rotation = { type: policyType, rotation: { enabled: true, interval_month: 1 } };
    const { id } = await newKey(platform);
    await platform.call('PUT', `/keys/${id}/policies`, envelope(rotation, policyType));
    platform.advance('P20D');
    await remove(id);
    platform.advance('P20D');
    expect(await restore(id)).toBe(201);
    expect((await shown(id)).lastRotateDate).toBeUndefined();
    platform.advance('P20D');
    expect((await shown(id)).lastRotateDate).toBe('2026-03-16T10:00:00Z');
  });

  test('a standard key is not restored there either', async () => {
    await platform.close();
    platform = await startKeyPlatform({ restoreGeneratedKeys: true });
    const { id } = await newKey(platform, { extractable: true });
    await remove(id);
    platform.advance('PT1M');
    expect(await restore(id)).toEqual([400, 'KEY_ROOT_REQ_ERR']);
  });
});
