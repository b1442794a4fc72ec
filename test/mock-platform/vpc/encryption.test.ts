/** Volumes with a root key of the customer's: creation, statuses, operations, registrations (ibm-vpc.md 4, 5). */
import { Encryption, type TestKey } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { account, refusalOf, type Vpc, volumeCount, vpcOf } from './support';

let platform: TestPlatform;
let vpc: Vpc;
let cloud: Encryption;
let kms: string;
let key: TestKey;
beforeEach(async () => {
  platform = await startTestPlatform();
  vpc = vpcOf(platform);
  cloud = new Encryption(platform);
  kms = (await cloud.instance({ service: 'kms' })).guid;
  key = await cloud.key(kms, { imported: true });
});
afterEach(() => platform.close());

const encrypted = (crn: string = key.crn, overrides: Record<string, unknown> = {}) =>
  vpc.volume({ encryption_key: { crn }, ...overrides });

async function statusOf(id: string): Promise<unknown> {
  const { status, status_reasons, health_state, attachment_state } = (
    await vpc.request('GET', `/volumes/${id}`)
  ).body;
  return { status, status_reasons, health_state, attachment_state };
}

const available = {
  status: 'available',
  status_reasons: [],
  health_state: 'ok',
  attachment_state: 'unattached',
};

// ibm-vpc.md 4.2, 4.11 (destroyed)
const unusable = {
  status: 'unusable',
  status_reasons: [
    {
      code: 'encryption_key_deleted',
      message: 'the root key that encrypts this volume has been deleted',
      more_info: 'https://cloud.ibm.com/docs/vpc?topic=vpc-vpc-encryption-managing',
    },
  ],
  health_state: 'inapplicable',
  attachment_state: 'unusable',
};

describe('with an active key and the authorization', () => {
  test('the volume is user_managed, shows its key, and is registered on it', async () => {
    await cloud.authorize('server-protect', kms);
    const { status, body } = await encrypted();
    expect([status, body.encryption, body.encryption_key, body.status]).toEqual([
      201,
      'user_managed',
      { crn: key.crn },
      'available',
    ]);
    expect(await cloud.registrations(key)).toEqual([body.crn]);
    const listed = await vpc.request('GET', '/volumes?encryption=user_managed');
    expect(listed.body.volumes).toEqual([body]);
  });

  test('deleting the volume releases the registration', async () => {
    await cloud.authorize('server-protect', kms);
    const { body } = await encrypted();
    expect((await vpc.request('DELETE', `/volumes/${body.id}`)).status).toBe(204);
    expect(await cloud.registrations(key)).toEqual([]);
  });

  test('the other spelling of the source service is as good (ibm-vpc.md 4.10)', async () => {
    await cloud.authorize('is.server-protect', kms);
    expect((await encrypted()).status).toBe(201);
  });
});

describe('creation is refused', () => {
  const cannot = 'the root key given by encryption_key.crn cannot be used for this volume';

  async function refusedWith(crn: string, code: string, message: string, plain: unknown): Promise<void> {
    const refused = await encrypted(crn);
    expect(refusalOf(refused)).toEqual([400, code, message]);
    expect(refused.body.errors[0].target).toEqual({ type: 'field', name: 'encryption_key.crn' });
    expect(refused.body.keyquake).toEqual(plain);
    expect(await volumeCount(vpc)).toBe(0);
    expect(await cloud.registrations(key)).toEqual([]);
  }

  // ibm-vpc.md 4.10, 5: what users see is volume_crn_invalid.
  test('without an authorization', async () => {
    await refusedWith(key.crn, 'volume_crn_invalid', cannot, {
      cause: `no authorization lets server-protect read keys of kms instance ${kms}`,
      remedy: `create one: source server-protect, target kms instance ${kms}, role Reader`,
    });
  });

  test('with an authorization of another service', async () => {
    await cloud.authorize('secrets-manager', kms);
    await refusedWith(key.crn, 'volume_crn_invalid', cannot, expect.anything());
  });

  test('after the authorization has been removed', async () => {
    await cloud.revoke(await cloud.authorize('server-protect', kms));
    await refusedWith(key.crn, 'volume_crn_invalid', cannot, expect.anything());
  });

  // ibm-vpc.md 4.3
  test('with a disabled key', async () => {
    await cloud.authorize('server-protect', kms);
    await cloud.disable(key);
    await refusedWith(key.crn, 'volume_encryption_key_not_active', 'the root key is not active', {
      cause: 'the key is suspended',
      remedy: 'enable the key, or use an active one',
    });
  });

  test('with a deleted key', async () => {
    await cloud.authorize('server-protect', kms);
    await cloud.forceDelete(key);
    const refused = await encrypted();
    expect(refusalOf(refused)).toEqual([
      400,
      'volume_encryption_key_not_active',
      'the root key is not active',
    ]);
    expect(refused.body.keyquake.cause).toBe('the key is destroyed');
    expect(await volumeCount(vpc)).toBe(0);
  });

  // ibm-vpc.md 4.5
  test('with an expired key', async () => {
    await cloud.authorize('server-protect', kms);
    const expiring = await cloud.key(kms, { expirationDate: '2026-01-16T10:00:00Z' });
    cloud.wait('P1D');
    const refused = await encrypted(expiring.crn);
    expect(refusalOf(refused)).toEqual([
      400,
      'volume_encryption_key_not_active',
      'the root key is not active',
    ]);
    expect(refused.body.keyquake.cause).toBe('the key is deactivated');
  });

  test('with a standard key', async () => {
    await cloud.authorize('server-protect', kms);
    const standard = await cloud.key(kms, { extractable: true });
    await refusedWith(
      standard.crn,
      'volume_encryption_key_crn_invalid',
      'encryption_key.crn names a standard key; a root key is needed',
      { cause: 'the key is a standard (extractable) key', remedy: 'use a root key' },
    );
  });

  test('with a key of another region', async () => {
    const elsewhere = (await cloud.instance({ service: 'kms', name: 'frankfurt', region: 'eu-de' })).guid;
    await cloud.authorize('server-protect', elsewhere);
    const foreign = await cloud.key(elsewhere);
    await refusedWith(
      foreign.crn,
      'volume_encryption_key_crn_invalid',
      'encryption_key.crn names a key of another region',
      {
        cause: 'the key is in region eu-de, the resource in us-south',
        remedy: 'use a key of an instance in us-south',
      },
    );
  });

  test.each([
    [
      'no CRN',
      () => 'my-key',
      'volume_encryption_key_crn_invalid',
      'encryption_key.crn is not the CRN of a root key',
    ],
    [
      'the CRN of something else',
      () => `crn:v1:bluemix:public:is:us-south:a/${account}::volume:r006-1`,
      'volume_encryption_key_crn_invalid',
      'encryption_key.crn is not the CRN of a root key',
    ],
    [
      'a key of another account',
      () => key.crn.replace(account, 'f'.repeat(32)),
      'volume_crn_account_id_mismatch',
      'encryption_key.crn names a key of another account',
    ],
    [
      'an unknown key',
      () => key.crn.replace(key.id, '00000000-0000-4000-8000-000000000000'),
      'volume_crn_invalid',
      cannot,
    ],
    [
      'a key of an unknown instance',
      () => key.crn.replace(kms, '00000000-0000-4000-8000-000000000000'),
      'volume_crn_invalid',
      cannot,
    ],
  ])('with %s', async (_name, crn, code, message) => {
    await cloud.authorize('server-protect', kms);
    await refusedWith(crn(), code, message, { cause: expect.any(String), remedy: expect.any(String) });
  });

  test('and leaves an audit event without success', async () => {
    await encrypted();
    const { body } = await platform.request('GET', '/_keyquake/events?action=is.volume.volume.create');
    expect(body.events).toHaveLength(1);
    expect(body.events[0]).toMatchObject({
      outcome: 'failure',
      reason: { reasonCode: 400, reasonType: 'volume_crn_invalid' },
    });
  });
});

describe('a volume whose key changes (ibm-vpc.md 4.2, 4.3, 4.7, 4.11)', () => {
  let id: string;
  let etag: string | null;
  let policy: string;
  beforeEach(async () => {
    policy = await cloud.authorize('server-protect', kms);
    const made = await encrypted(key.crn, { profile: { name: 'sdp' } });
    id = made.body.id;
    etag = made.headers.get('etag');
  });
  const patch = (body: unknown) => vpc.request('PATCH', `/volumes/${id}`, body);

  test('disabled: available, can be changed and deleted (4.8 item 1, table A)', async () => {
    await cloud.disable(key);
    expect(await statusOf(id)).toEqual(available);
    expect((await patch({ capacity: 200, name: 'still-here' })).status).toBe(200);
    expect((await vpc.request('DELETE', `/volumes/${id}`)).status).toBe(204);
  });

  test('deleted by force: unusable with its reason; changing it is refused, deleting it is not', async () => {
    await cloud.forceDelete(key);
    expect(await statusOf(id)).toEqual(unusable);
    for (const [change, operation] of [
      [{ capacity: 200 }, 'resize'],
      [{ name: 'other' }, 'update'],
      [{ user_tags: ['a'] }, 'update'],
    ] as const) {
      const refused = await patch(change);
      expect(refusalOf(refused)).toEqual([
        409,
        'volume_status_not_available',
        `volume ${id} is unusable; ${operation} is not possible`,
      ]);
      expect(refused.body.keyquake).toEqual({
        cause: `the root key ${key.crn} has been deleted`,
        remedy: 'restore the root key within 30 days of its deletion, if its material was imported',
      });
    }
    expect((await vpc.request('DELETE', `/volumes/${id}`)).status).toBe(204);
  });

  test('the key’s CRN and the ETag are the same in every state (6 items 16, 17)', async () => {
    await cloud.forceDelete(key);
    const shown = await vpc.request('GET', `/volumes/${id}`);
    expect([shown.body.encryption_key.crn, shown.headers.get('etag')]).toEqual([key.crn, etag]);
  });

  test('is found by its attachment state', async () => {
    await cloud.forceDelete(key);
    expect((await vpc.request('GET', '/volumes?attachment_state=unusable')).body.total_count).toBe(1);
    expect((await vpc.request('GET', '/volumes?attachment_state=unattached')).body.total_count).toBe(0);
  });

  test('restored: as before (4.7)', async () => {
    await cloud.forceDelete(key);
    await cloud.restore(key);
    expect(await statusOf(id)).toEqual(available);
    expect((await patch({ capacity: 200 })).status).toBe(200);
  });

  test('purged after 90 days: unusable for good (4.6)', async () => {
    await cloud.forceDelete(key);
    cloud.wait('P90D');
    expect(await statusOf(id)).toEqual(unusable);
    const refused = await patch({ capacity: 200 });
    expect(refused.body.keyquake.remedy).toBe('none: create the resource anew with another root key');
    expect((await vpc.request('DELETE', `/volumes/${id}`)).status).toBe(204);
  });

  test('rotated: no change at all (4.1)', async () => {
    const generated = await cloud.key(kms);
    const { body } = await encrypted(generated.crn, { name: 'rotating' });
    await cloud.rotate(generated);
    expect((await vpc.request('GET', `/volumes/${body.id}`)).body).toEqual(body);
  });

  test('expired: keeps working, nothing new is encrypted (4.5)', async () => {
    const expiring = await cloud.key(kms, { expirationDate: '2026-01-16T10:00:00Z' });
    const { body } = await encrypted(expiring.crn, { name: 'expiring', profile: { name: 'sdp' } });
    cloud.wait('P1D');
    expect(await statusOf(body.id)).toEqual(available);
    expect((await vpc.request('PATCH', `/volumes/${body.id}`, { capacity: 200 })).status).toBe(200);
  });

  test('unauthorized: status unchanged; deletion leaves the registration dangling (A2, A3)', async () => {
    await cloud.revoke(policy);
    expect(await statusOf(id)).toEqual(available);
    expect((await vpc.request('DELETE', `/volumes/${id}`)).status).toBe(204);
    expect(await cloud.registrations(key)).toHaveLength(1);
    const graph = (await platform.request('GET', '/_keyquake/graph')).body;
    expect(graph.statuses[key.crn].reasons).toEqual([
      expect.stringMatching(new RegExp(`^dangling_registration .*:volume:${id}$`)),
    ]);
  });

  test('an authorization that is put back releases as before', async () => {
    await cloud.revoke(policy);
    await cloud.authorize('server-protect', kms);
    await vpc.request('DELETE', `/volumes/${id}`);
    expect(await cloud.registrations(key)).toEqual([]);
  });

  test('the graph shows it with its key and status', async () => {
    const { body: plain } = await vpc.volume({ name: 'plain' });
    await cloud.forceDelete(key);
    const graph = (await platform.request('GET', '/_keyquake/graph')).body;
    const { body } = await vpc.request('GET', `/volumes/${id}`);
    expect(graph.nodes).toContainEqual({
      kind: 'volume',
      id: body.crn,
      crn: body.crn,
      name: 'data-1',
      zone: 'us-south-1',
      attached: false,
    });
    expect(graph.edges.filter(({ to }: { to: string }) => to === body.crn)).toEqual([
      { type: 'protects', from: key.crn, to: body.crn },
    ]);
    expect(graph.statuses[body.crn]).toEqual({
      status: 'unusable',
      reasons: ['encryption_key_deleted'],
      live: true,
    });
    expect(graph.statuses[plain.crn]).toEqual({ status: 'available', reasons: [], live: true });
  });
});

test('with a propagation delay a volume notices its key’s change late', async () => {
  const slow = await startTestPlatform({ propagation: 60_000 });
  try {
    const there = new Encryption(slow);
    const { guid } = await there.instance({ service: 'kms' });
    const root = await there.key(guid);
    await there.authorize('server-protect', guid);
    const volumes = vpcOf(slow);
    const early = await volumes.volume({ encryption_key: { crn: root.crn } });
    expect(refusalOf(early)[1]).toBe('volume_crn_invalid');
    there.wait('PT1M');
    const { body } = await volumes.volume({ encryption_key: { crn: root.crn } });
    await there.forceDelete(root);
    expect((await volumes.request('GET', `/volumes/${body.id}`)).body.status).toBe('available');
    there.wait('PT1M');
    expect((await volumes.request('GET', `/volumes/${body.id}`)).body.status).toBe('unusable');
  } finally {
    await slow.close();
  }
});
