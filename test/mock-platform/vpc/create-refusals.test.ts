/** What createVolume refuses, and that a refusal makes nothing (ibm-vpc.md 2.6, 3.1, 5). Keys: see encryption.test.ts. */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { refusalOf, type Vpc, volumeCount, vpcOf } from './support';

let platform: TestPlatform;
let vpc: Vpc;
beforeAll(async () => {
  platform = await startTestPlatform();
  vpc = vpcOf(platform);
});
afterAll(() => platform.close());

const unknownGroup = 'f'.repeat(32);
test.each([
  ['no zone', { zone: undefined }, 400, 'validation_required_field', 'zone is required'],
  ['no profile', { profile: undefined }, 400, 'validation_required_field', 'profile is required'],
  ['an unknown field', { colour: 'red' }, 400, 'bad_field', 'colour is not a known field'],
  ['a capacity that is no number', { capacity: '100' }, 400, 'bad_field', 'capacity must be integer'],
  ['a broken capacity', { capacity: 1.5 }, 400, 'bad_field', 'capacity must be integer'],
  [
    'a bad tag',
    { user_tags: ['a/b'] },
    400,
    'bad_field',
    'user_tags.0 must match pattern "^[A-Za-z0-9:_ .-]+$"',
  ],
  [
    'an unknown zone',
    { zone: { name: 'us-south-4' } },
    400,
    'invalid_zone',
    expect.stringMatching(
      /^'us-south-4' is not a zone; it is one of us-south-1, us-south-2, us-south-3, us-east-1, /,
    ),
  ],
  ['an empty profile', { profile: {} }, 400, 'volume_profile_name_missing', 'profile.name is required'],
  [
    'an unknown profile',
    { profile: { name: 'turbo' } },
    404,
    'volume_profile_not_found',
    "there is no volume profile 'turbo'; the profiles are general-purpose, 5iops-tier, 10iops-tier, custom, sdp",
  ],
  [
    'no capacity',
    { capacity: undefined },
    400,
    'volume_capacity_missing',
    'capacity is required for a volume without a source',
  ],
  [
    'capacity 0',
    { capacity: 0 },
    400,
    'volume_capacity_zero_or_negative',
    'capacity is 0; it must be greater than 0',
  ],
  [
    'too small for the profile',
    { capacity: 9 },
    400,
    'volume_profile_capacity_iops_invalid',
    'capacity is 9; profile general-purpose takes 10 to 16000',
  ],
  [
    'too large for general-purpose',
    { capacity: 16_001 },
    400,
    'volume_capacity_max',
    'capacity is 16001; profile general-purpose takes 10 to 16000',
  ],
  [
    'too large for 5iops-tier',
    { profile: { name: '5iops-tier' }, capacity: 9_601 },
    400,
    'volume_capacity_max',
    'capacity is 9601; profile 5iops-tier takes 10 to 9600',
  ],
  [
    'too large for 10iops-tier',
    { profile: { name: '10iops-tier' }, capacity: 4_801 },
    400,
    'volume_capacity_max',
    'capacity is 4801; profile 10iops-tier takes 10 to 4800',
  ],
  [
    'too large for sdp',
    { profile: { name: 'sdp' }, capacity: 32_001 },
    400,
    'volume_capacity_max',
    'capacity is 32001; profile sdp takes 1 to 32000',
  ],
  [
    'iops of a tier',
    { iops: 3_000 },
    400,
    'volume_profile_iops_invalid',
    'iops is 3000; the iops of profile general-purpose follow from the capacity and cannot be set',
  ],
  [
    'iops 0',
    { profile: { name: 'custom' }, iops: 0 },
    400,
    'volume_iops_zero_or_negative',
    'iops is 0; it must be greater than 0',
  ],
  [
    'too many iops for custom of 499 GB',
    { profile: { name: 'custom' }, capacity: 499, iops: 6_001 },
    400,
    'volume_profile_capacity_iops_invalid',
    'iops is 6001; profile custom at 499 GB takes 100 to 6000',
  ],
  [
    'too few iops for custom of 10,000 GB',
    { profile: { name: 'custom' }, capacity: 10_000, iops: 999 },
    400,
    'volume_profile_capacity_iops_invalid',
    'iops is 999; profile custom at 10000 GB takes 1000 to 48000',
  ],
  [
    'too many iops for sdp of 20 GB',
    { profile: { name: 'sdp' }, capacity: 20, iops: 3_001 },
    400,
    'volume_profile_capacity_iops_invalid',
    'iops is 3001; profile sdp at 20 GB takes 3000 to 3000',
  ],
  [
    'a bandwidth of a tier',
    { bandwidth: 393 },
    400,
    'bad_field',
    'bandwidth is 393; the bandwidth of profile general-purpose follows from its iops and cannot be set',
  ],
  [
    'too much bandwidth for sdp of 50 GB',
    { profile: { name: 'sdp' }, capacity: 50, bandwidth: 4_097 },
    400,
    'validation_max_value',
    'bandwidth is 4097; profile sdp at 50 GB takes 1000 to 4096',
  ],
  [
    'too little bandwidth for sdp',
    { profile: { name: 'sdp' }, bandwidth: 999 },
    400,
    'validation_min_value',
    'bandwidth is 999; profile sdp at 100 GB takes 1000 to 8192',
  ],
  [
    'a name in capitals',
    { name: 'Data' },
    400,
    'volume_name_invalid',
    expect.stringMatching(/^'Data' is not a volume name: /),
  ],
  [
    'a name of 64',
    { name: 'a'.repeat(64) },
    400,
    'volume_name_invalid',
    expect.stringMatching(/is not a volume name/),
  ],
  [
    'a name ending in a hyphen',
    { name: 'data-' },
    400,
    'volume_name_invalid',
    expect.stringMatching(/is not a volume name/),
  ],
  [
    'a resource group that is no id',
    { resource_group: { id: 'Default' } },
    400,
    'volume_resource_group_id_invalid',
    "'Default' is not a resource group id: 32 hexadecimal digits",
  ],
  [
    'an unknown resource group',
    { resource_group: { id: unknownGroup } },
    404,
    'volume_resource_group_not_found',
    `the account has no resource group ${unknownGroup}`,
  ],
  [
    'a snapshot to restore',
    { source_snapshot: { id: 'r006-1' } },
    501,
    'not_implemented',
    'createVolume with source_snapshot is not emulated',
  ],
  [
    'allowed_use',
    { allowed_use: { instance: 'true' } },
    501,
    'not_implemented',
    'createVolume with allowed_use is not emulated',
  ],
])('%s', async (_name, overrides, status, code, message) => {
  expect(refusalOf(await vpc.volume(overrides))).toEqual([status, code, message]);
  expect(await volumeCount(vpc)).toBe(0);
});

test.each([
  ['no body', undefined, 'bad_request', 'the request needs a JSON body'],
  ['a body that is no JSON', '{"name":', 'bad_request', 'the body is not valid JSON'],
  ['a list', [], 'bad_field', 'the body must be object'],
])('%s', async (_name, body, code, message) => {
  expect(refusalOf(await vpc.request('POST', '/volumes', body))).toEqual([400, code, message]);
});

test('a name that is taken in the region', async () => {
  const { body } = await vpc.volume({ name: 'taken' });
  expect(refusalOf(await vpc.volume({ name: 'taken', zone: { name: 'us-south-3' } }))).toEqual([
    409,
    'volume_name_duplicate',
    'a volume named taken exists in us-south already',
  ]);
  await vpc.request('DELETE', `/volumes/${body.id}`);
});
