/**
 * Volumes that an instance holds (ibm-vpc.md 3.1, 3.2, 4.2, 4.11). Instances are not emulated yet: the edge that one
 * would write is put into the platform's snapshot.
 */
import type { Platform } from '../../../mock-platform';
import { Encryption, type TestKey } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { account, refusalOf, type Vpc, vpcOf } from './support';

const instance = {
  id: '0717_e21b7391-0000-4000-8000-000000000001',
  crn: `crn:v1:bluemix:public:is:us-south-1:a/${account}::instance:0717_e21b7391-0000-4000-8000-000000000001`,
  name: 'vm-1',
};

const attachment = {
  id: '0717-f21b7391-0000-4000-8000-000000000002',
  name: 'disk',
  type: 'data',
  deviceId: '0717-f21b7391-0000-4000-8000-000000000002-abcde',
  deleteVolumeOnInstanceDelete: false,
  active: true,
  instance,
};

async function attach(platform: Platform, volumeCrn: string, changes: Partial<typeof attachment> = {}) {
  const snapshot = await platform.snapshot();
  const edge = { type: 'attaches', from: instance.crn, to: volumeCrn, data: { ...attachment, ...changes } };
  await platform.restore({ ...snapshot, edges: [...snapshot.edges, edge] });
}

let platform: TestPlatform;
let vpc: Vpc;
beforeEach(async () => {
  platform = await startTestPlatform();
  vpc = vpcOf(platform);
});
afterEach(() => platform.close());

async function attached(overrides: Record<string, unknown> = {}): Promise<string> {
  const { body } = await vpc.volume(overrides);
  await attach(platform.platform, body.crn);
  return `/volumes/${body.id}`;
}

test('shows its attachment', async () => {
  const { body } = await vpc.request('GET', await attached());
  expect([body.attachment_state, body.active, body.volume_attachments]).toEqual([
    'attached',
    true,
    [
      {
        id: attachment.id,
        name: 'disk',
        type: 'data',
        href: `${platform.url}/v1/instances/${instance.id}/volume_attachments/${attachment.id}`,
        delete_volume_on_instance_delete: false,
        device: { id: attachment.deviceId },
        instance: { ...instance, href: `${platform.url}/v1/instances/${instance.id}` },
      },
    ],
  ]);
  expect((await vpc.request('GET', '/volumes?attachment_state=attached')).body.total_count).toBe(1);
});

test('is not active while its instance is stopped', async () => {
  const { body } = await vpc.volume();
  await attach(platform.platform, body.crn, { active: false });
  const shown = (await vpc.request('GET', `/volumes/${body.id}`)).body;
  expect([shown.attachment_state, shown.active]).toEqual(['attached', false]);
});

test('cannot be deleted', async () => {
  const path = await attached();
  const refused = await vpc.request('DELETE', path);
  expect(refusalOf(refused)).toEqual([
    409,
    'volume_still_attached',
    `volume ${path.split('/').pop()} is attached to instance ${instance.id}`,
  ]);
  expect(refused.body.keyquake).toEqual({ remedy: 'delete the volume attachment first' });
  expect((await vpc.request('GET', path)).status).toBe(200);
});

test.each([
  ['the capacity of a tier, and with it its iops', {}, { capacity: 2_000 }, { capacity: 2_000, iops: 6_000 }],
  [
    'the profile within the tiers',
    {},
    { profile: { name: '10iops-tier' }, capacity: 4_800 },
    { capacity: 4_800, iops: 48_000, bandwidth: 8_192 },
  ],
  ['the iops of a custom volume', { profile: { name: 'custom' } }, { iops: 6_000 }, { iops: 6_000 }],
  [
    'capacity and iops of a custom volume together',
    { profile: { name: 'custom' } },
    { capacity: 10_000, iops: 48_000 },
    { capacity: 10_000, iops: 48_000 },
  ],
])('can change %s', async (_name, overrides, patch, expected) => {
  const path = await attached(overrides);
  const patched = await vpc.request('PATCH', path, patch);
  expect([patched.status, patched.body]).toMatchObject([200, expected]);
  expect((await vpc.request('GET', path)).body).toEqual(patched.body);
});

test.each([
  [
    'a tier that does not take the capacity',
    { capacity: 4_801 },
    { profile: { name: '10iops-tier' } },
    400,
    'volume_capacity_max',
    'capacity is 4801; profile 10iops-tier takes 10 to 4800',
  ],
  [
    'custom from a tier',
    {},
    { profile: { name: 'custom' } },
    409,
    'volume_update_invalid_request',
    'profile general-purpose (tiered, generation 1) cannot become custom (custom, generation 1)',
  ],
  [
    'iops for a tier',
    {},
    { iops: 4_000 },
    400,
    'volume_profile_iops_invalid',
    'iops is 4000; the iops of profile general-purpose follow from the capacity and cannot be set',
  ],
  [
    'less capacity',
    {},
    { capacity: 50 },
    409,
    'volume_update_invalid_request',
    'capacity is 100 GB and can only grow, not to 50 GB',
  ],
])('cannot take %s', async (_name, overrides, patch, status, code, message) => {
  const path = await attached(overrides);
  expect(refusalOf(await vpc.request('PATCH', path, patch))).toEqual([status, code, message]);
});

describe('with a root key', () => {
  let cloud: Encryption;
  let key: TestKey;
  beforeEach(async () => {
    cloud = new Encryption(platform);
    const { guid } = await cloud.instance({ service: 'kms' });
    key = await cloud.key(guid);
    await cloud.authorize('server-protect', guid);
  });

  test.each(['boot', 'data'])(
    'that is deleted: a %s volume is unusable, inactive, and stays attached',
    async (type) => {
      const { body } = await vpc.volume({ encryption_key: { crn: key.crn } });
      await attach(platform.platform, body.crn, { type });
      await cloud.forceDelete(key);
      expect((await vpc.request('GET', `/volumes/${body.id}`)).body).toMatchObject({
        status: 'unusable',
        health_state: 'inapplicable',
        active: false,
        attachment_state: 'attached',
      });
      const graph = (await platform.request('GET', '/_keyquake/graph')).body;
      expect(graph.nodes.find(({ id }: { id: string }) => id === body.crn).attached).toBe(true);
    },
  );

  test('that is disabled: it goes on, and can grow', async () => {
    const { body } = await vpc.volume({ encryption_key: { crn: key.crn } });
    await attach(platform.platform, body.crn);
    await cloud.disable(key);
    const patched = await vpc.request('PATCH', `/volumes/${body.id}`, { capacity: 200 });
    expect([patched.status, patched.body.status, patched.body.active]).toEqual([200, 'available', true]);
  });
});
