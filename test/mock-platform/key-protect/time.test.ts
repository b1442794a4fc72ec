/**
 * The time rules of ibm-control-plane.md 6.1.5 at their boundaries. Inferred for all of them: a wait is over at the exact
 * instant it ends, a window is closed at the exact instant it ends.
 */
import { type KeyPlatform, now, startKeyPlatform, unknownKey } from './support/key-platform';
import { envelope, material, newKey, refusalOf } from './support/keys';

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

const outcome = async (method: string, path: string): Promise<unknown[]> => {
  const reply = await platform.call(method, path);
  return reply.status < 300 ? [reply.status] : refusalOf(reply);
};

const tooEarly = [409, 'REQ_TOO_EARLY_ERR'];

test('enable waits 30 s after disable', async () => {
  const { id } = await newKey(platform);
  await platform.call('POST', `/keys/${id}/actions/disable`);
  platform.advance('PT29.999S');
  const early = await platform.call('POST', `/keys/${id}/actions/enable`);
  expect(refusalOf(early)).toEqual(tooEarly);
  expect(early.body.keyquake.remedy).toBe('try again at 2026-01-15T10:00:30Z or later');
  platform.advance('PT0.001S');
  expect(await outcome('POST', `/keys/${id}/actions/enable`)).toEqual([204]);
});

test('restore waits 30 s after delete', async () => {
  const { id } = await newKey(platform, { imported: true });
  await platform.call('DELETE', `/keys/${id}`);
  platform.advance('PT29.999S');
  expect(await outcome('POST', `/keys/${id}/restore`)).toEqual(tooEarly);
  platform.advance('PT0.001S');
  expect(await outcome('POST', `/keys/${id}/restore`)).toEqual([201]);
});

test.each([
  ['at the last millisecond of', 'P29DT23H59M59.999S', [201]],
  ['after', 'P30D', [400, 'KEY_RESTORE_EXPIRED']],
] as const)('restore %s 30 days', async (_name, after, expected) => {
  const { id } = await newKey(platform, { imported: true });
  await platform.call('DELETE', `/keys/${id}`);
  platform.advance(after);
  const shown = await platform.call('GET', `/keys/${id}`);
  expect(shown.body.resources[0].restoreAllowed).toBe(expected[0] === 201);
  expect(await outcome('POST', `/keys/${id}/restore`)).toEqual(expected);
});

test('purge waits 4 hours after delete', async () => {
  const { id } = await newKey(platform);
  await platform.call('DELETE', `/keys/${id}`);
  platform.advance('PT3H59M59.999S');
  expect(await outcome('DELETE', `/keys/${id}/purge`)).toEqual(tooEarly);
  expect((await platform.call('GET', `/keys/${id}`)).body.resources[0].purgeAllowed).toBe(false);
  platform.advance('PT0.001S');
  expect((await platform.call('GET', `/keys/${id}`)).body.resources[0].purgeAllowed).toBe(true);
  expect(await outcome('DELETE', `/keys/${id}/purge`)).toEqual([204]);
  expect(await outcome('GET', `/keys/${id}`)).toEqual([404, 'KEY_NOT_FOUND_ERR']);
});

describe('90 days after delete', () => {
  const calls = [
    ['GET', ''],
    ['GET', '/metadata'],
    ['GET', '/versions'],
    ['GET', '/policies'],
    ['GET', '/registrations'],
    ['PATCH', ''],
    ['DELETE', ''],
    ['DELETE', '/purge'],
    ['POST', '/restore'],
    ['POST', '/actions/wrap'],
    ['POST', '/actions/rotate'],
    ['POST', '/actions/enable'],
    ['POST', '/actions/disable'],
    ['POST', '/actions/sync'],
    ['POST', '/actions/setKeyForDeletion'],
    ['POST', '/aliases/another'],
  ] as const;

  test('the key is still there at the last millisecond', async () => {
    const { id } = await newKey(platform);
    await platform.call('DELETE', `/keys/${id}`);
    platform.advance('P89DT23H59M59.999S');
    expect(await outcome('GET', `/keys/${id}`)).toEqual([200]);
  });

  test.each(calls)('%s /keys/{id}%s answers 404', async (method, path) => {
    const { id } = await newKey(platform);
    await platform.call('DELETE', `/keys/${id}`);
    platform.advance('P90D');
    const body = method === 'PATCH' ? { keyRingID: 'default' } : undefined;
    const reply = await platform.call(method, `/keys/${id}${path}`, body);
    expect(refusalOf(reply)).toEqual([404, 'KEY_NOT_FOUND_ERR']);
  });

  test('its material, aliases and registrations are gone from the store, and the audit says so', async () => {
    const key = await newKey(platform, { aliases: ['going'] });
    const kept = await newKey(platform);
    await platform.call('DELETE', `/keys/${key.id}`);
    platform.advance('P90D');
    await platform.call('GET', '/keys');
    const { entities } = JSON.parse(await platform.storeText());
    const of = (id: string) =>
      entities.filter((entity: { kind: string }) => JSON.stringify(entity).includes(id)).length;
    expect([of(key.id), of(kept.id)]).toEqual([0, 2]);
    const events = await platform.request('GET', `/_keyquake/events?action=kms.secrets.purge`);
    expect(events.body.events).toMatchObject([
      { target: { id: key.crn }, outcome: 'success', eventTime: '2026-04-15T10:00:00.000Z' },
    ]);
    const reused = await newKey(platform, { aliases: ['going'] });
    expect(reused.aliases).toEqual(['going']);
  });
});

test('rotation on demand is permitted once an hour', async () => {
  const { id } = await newKey(platform);
  expect(await outcome('POST', `/keys/${id}/actions/rotate`)).toEqual([204]);
  platform.advance('PT59M59.999S');
  expect(await outcome('POST', `/keys/${id}/actions/rotate`)).toEqual([409, 'KEY_ROTATION_NOT_PERMITTED']);
  platform.advance('PT0.001S');
  expect(await outcome('POST', `/keys/${id}/actions/rotate`)).toEqual([204]);
  const versions = await platform.call('GET', `/keys/${id}/versions`);
  expect(versions.body.metadata.collectionTotal).toBe(3);
});

test('a key deactivates at its expiration date, and rotation does not change the date', async () => {
  const { id } = await newKey(platform, { expirationDate: '2026-01-16T10:00:00Z' });
  await platform.call('POST', `/keys/${id}/actions/rotate`);
  platform.advance('PT23H59M59.999S');
  expect((await platform.call('GET', `/keys/${id}`)).body.resources[0].state).toBe(1);
  platform.advance('PT0.001S');
  const expired = (await platform.call('GET', `/keys/${id}`)).body.resources[0];
  expect([expired.state, expired.expirationDate]).toEqual([3, '2026-01-16T10:00:00Z']);
  const events = await platform.request('GET', '/_keyquake/events?action=kms.secrets.expire');
  expect(events.body.events).toMatchObject([
    {
      eventTime: '2026-01-16T10:00:00.000Z',
      before: { state: 'active' },
      after: { state: 'deactivated' },
    },
  ]);
});

test('an expired key is not restored', async () => {
  const { id } = await newKey(platform, { imported: true, expirationDate: '2026-01-16T10:00:00Z' });
  await platform.call('DELETE', `/keys/${id}`);
  platform.advance('P1D');
  const reply = await platform.call('POST', `/keys/${id}/restore`, envelope({ payload: material }));
  expect(refusalOf(reply)).toEqual([400, 'KEY_EXPIRED_ERR']);
  expect((await platform.call('GET', `/keys/${id}`)).body.resources[0].restoreAllowed).toBe(false);
});

describe('rotation policy', () => {
  const policy = (rotation: object) => envelope({ type: 'application/vnd.ibm.kms.policy+json', rotation });

  async function versions(id: string): Promise<string[]> {
    const reply = await platform.call('GET', `/keys/${id}/versions`);
    return reply.body.resources.map((version: { creationDate: string }) => version.creationDate);
  }

  test('rotates every interval of 30-day months, at the due time, whoever looks when', async () => {
    const { id } = await newKey(platform);
    await platform.call('PUT', `/keys/${id}/policies`, policy({ enabled: true, interval_month: 2 }));
    platform.advance('P59DT23H59M59.999S');
    expect(await versions(id)).toHaveLength(1);
    platform.advance('PT0.001S');
    expect(await versions(id)).toEqual(['2026-03-16T10:00:00Z', '2026-01-15T10:00:00Z']);
    platform.advance('P121D');
    expect(await versions(id)).toEqual([
      '2026-07-14T10:00:00Z',
      '2026-05-15T10:00:00Z',
      '2026-03-16T10:00:00Z',
      '2026-01-15T10:00:00Z',
    ]);
    const events = await platform.request('GET', '/_keyquake/events?action=kms.secrets.rotate');
    expect(events.body.events.map((event: { eventTime: string }) => event.eventTime)).toEqual([
      '2026-03-16T10:00:00.000Z',
      '2026-05-15T10:00:00.000Z',
      '2026-07-14T10:00:00.000Z',
    ]);
  });

  test('of keys_with_policy_overrides takes place too', async () => {
    const resource = { type: 'application/vnd.ibm.kms.key+json', name: 'a-key', extractable: false };
    const overrides = { rotation: { enabled: true, interval_month: 2 } };
    const made = await platform.call(
      'POST',
      '/keys_with_policy_overrides',
      envelope({ ...resource, ...overrides }),
    );
    platform.advance('P130D');
    expect(await versions(made.body.resources[0].id)).toEqual([
      '2026-05-15T10:00:00Z',
      '2026-03-16T10:00:00Z',
      '2026-01-15T10:00:00Z',
    ]);
  });

  test('counts from the last rotation on demand', async () => {
    const { id } = await newKey(platform);
    await platform.call('PUT', `/keys/${id}/policies`, policy({ enabled: true, interval_month: 1 }));
    platform.advance('P20D');
    await platform.call('POST', `/keys/${id}/actions/rotate`);
    platform.advance('P29D');
    expect(await versions(id)).toHaveLength(2);
    platform.advance('P1D');
    expect(await versions(id)).toEqual([
      '2026-03-06T10:00:00Z',
      '2026-02-04T10:00:00Z',
      '2026-01-15T10:00:00Z',
    ]);
  });

  test('skips the times at which the key is suspended', async () => {
    const { id } = await newKey(platform);
    await platform.call('PUT', `/keys/${id}/policies`, policy({ enabled: true, interval_month: 1 }));
    platform.advance('P20D');
    await platform.call('POST', `/keys/${id}/actions/disable`);
    platform.advance('P20D');
    await platform.call('POST', `/keys/${id}/actions/enable`);
    expect(await versions(id)).toHaveLength(1);
    platform.advance('P20D');
    expect(await versions(id)).toEqual(['2026-03-16T10:00:00Z', '2026-01-15T10:00:00Z']);
  });

  test('rotates no more once it is disabled, and takes the interval up again when enabled', async () => {
    const { id } = await newKey(platform);
    await platform.call('PUT', `/keys/${id}/policies`, policy({ enabled: true, interval_month: 1 }));
    await platform.call('PUT', `/keys/${id}/policies?policy=rotation`, policy({ enabled: false }));
    platform.advance('P31D');
    expect(await versions(id)).toHaveLength(1);
    const shown = await platform.call('GET', `/keys/${id}/policies?policy=rotation`);
    expect(shown.body.resources[0].rotation).toEqual({ enabled: false, interval_month: 1 });
    await platform.call('PUT', `/keys/${id}/policies?policy=rotation`, policy({ enabled: true }));
    expect(await versions(id)).toHaveLength(2);
  });
});

describe('sync', () => {
  test('once an hour', async () => {
    const { id } = await newKey(platform);
    expect(await outcome('POST', `/keys/${id}/actions/sync`)).toEqual([204]);
    platform.advance('PT59M59.999S');
    expect(await outcome('POST', `/keys/${id}/actions/sync`)).toEqual(tooEarly);
    platform.advance('PT0.001S');
    expect(await outcome('POST', `/keys/${id}/actions/sync`)).toEqual([204]);
  });

  test('not within an hour of a change of the key', async () => {
    const { id } = await newKey(platform);
    await platform.call('POST', `/keys/${id}/actions/disable`);
    platform.advance('PT59M59.999S');
    expect(await outcome('POST', `/keys/${id}/actions/sync`)).toEqual(tooEarly);
    platform.advance('PT0.001S');
    expect(await outcome('POST', `/keys/${id}/actions/sync`)).toEqual([204]);
  });
});

test('a key moved to another ring is found in the old one until the move is noticed, 10 minutes at most', async () => {
  const slow = await startKeyPlatform({ propagation: 3_600_000 });
  await slow.call('POST', '/key_rings/new-ring');
  const { id } = await newKey(slow);
  await slow.call('PATCH', `/keys/${id}`, { keyRingID: 'new-ring' });
  const found = async (ring: string) =>
    (await slow.call('GET', `/keys/${id}`, undefined, { headers: { 'X-Kms-Key-Ring': ring } })).status;
  slow.advance('PT9M59.999S');
  expect([await found('default'), await found('new-ring')]).toEqual([200, 404]);
  slow.advance('PT0.001S');
  expect([await found('default'), await found('new-ring')]).toEqual([404, 200]);
  await slow.close();
});

test('a key that never was answers 404', async () => {
  expect(await outcome('GET', `/keys/${unknownKey}`)).toEqual([404, 'KEY_NOT_FOUND_ERR']);
  expect(now(platform)).toBe('2026-01-15T10:00:00Z');
});
