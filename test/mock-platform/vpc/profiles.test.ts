/** Volume profiles (ibm-vpc.md 3.1; quantities from block_storage_vpc_profiles.md). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { type Vpc, vpcOf } from './support';

let platform: TestPlatform;
let vpc: Vpc;
beforeAll(async () => {
  platform = await startTestPlatform();
  vpc = vpcOf(platform);
});
afterAll(() => platform.close());

const firstGeneration = {
  storage_generation: { type: 'fixed', value: 1 },
  boot_capacity: { type: 'dependent_range', min: 10, max: 250, step: 1 },
  bandwidth: { type: 'dependent' },
  adjustable_capacity_states: { type: 'enum', values: ['attached'] },
};

const tiered = {
  ...firstGeneration,
  family: 'tiered',
  iops: { type: 'dependent_range', min: 3_000, max: 48_000, step: 1 },
  adjustable_iops_states: { type: 'enum', values: [] },
};

const upTo = (max: number) => ({ type: 'range', min: 10, max, step: 1, default: 100 });

const expected = [
  { name: 'general-purpose', ...tiered, capacity: upTo(16_000) },
  { name: '5iops-tier', ...tiered, capacity: upTo(9_600) },
  { name: '10iops-tier', ...tiered, capacity: upTo(4_800) },
  {
    name: 'custom',
    family: 'custom',
    ...firstGeneration,
    capacity: upTo(16_000),
    iops: { type: 'dependent_range', min: 100, max: 48_000, step: 1 },
    adjustable_iops_states: { type: 'enum', values: ['attached'] },
  },
  {
    name: 'sdp',
    family: 'defined_performance',
    storage_generation: { type: 'fixed', value: 2 },
    capacity: { type: 'range', min: 1, max: 32_000, step: 1, default: 1 },
    boot_capacity: { type: 'dependent_range', min: 10, max: 32_000, step: 1 },
    iops: { type: 'range', min: 3_000, max: 64_000, step: 1, default: 3_000 },
    bandwidth: { type: 'range', min: 1_000, max: 8_192, step: 1, default: 1_000 },
    adjustable_capacity_states: { type: 'enum', values: ['attached', 'unattached'] },
    adjustable_iops_states: { type: 'enum', values: ['attached', 'unattached'] },
  },
];

test('the list holds all five', async () => {
  const { status, body } = await vpc.request('GET', '/volume/profiles');
  expect([status, body]).toEqual([
    200,
    {
      first: { href: `${platform.url}/v1/volume/profiles?limit=50` },
      limit: 50,
      total_count: 5,
      profiles: expected.map((profile) => ({
        ...profile,
        href: `${platform.url}/v1/volume/profiles/${profile.name}`,
      })),
    },
  ]);
});

test.each(expected.map((profile) => [profile.name, profile] as const))(
  '%s by name',
  async (name, profile) => {
    const { status, body } = await vpc.request('GET', `/volume/profiles/${name}`);
    expect([status, body]).toEqual([200, { ...profile, href: `${platform.url}/v1/volume/profiles/${name}` }]);
  },
);

test('pages', async () => {
  const seen: string[] = [];
  let start = '';
  do {
    const { body } = await vpc.request('GET', `/volume/profiles?limit=2${start}`);
    seen.push(...body.profiles.map(({ name }: { name: string }) => name));
    const next = body.next && new URL(body.next.href).searchParams.get('start');
    start = next ? `&start=${next}` : '';
  } while (start !== '');
  expect(seen).toEqual(['general-purpose', '5iops-tier', '10iops-tier', 'custom', 'sdp']);
});
