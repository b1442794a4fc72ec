import {
  checkVolumeSize,
  defaultCapacity,
  defaultIops,
  isVolumeProfile,
  type VolumeProfileName,
  volumeProfileNames,
  volumeProfiles,
} from '../../../domain/vpc/profiles';

const outOfRange = (min: number, max: number) => ({ refusal: 'capacity-out-of-range', min, max });

test('the profiles (ibm-vpc.md 3.1)', () => {
  expect(volumeProfileNames).toEqual(['general-purpose', '5iops-tier', '10iops-tier', 'custom', 'sdp']);
  expect(isVolumeProfile('sdp')).toBe(true);
  expect(isVolumeProfile('gold')).toBe(false);
  expect(isVolumeProfile('toString')).toBe(false);
  expect(defaultCapacity).toBe(100);
});

describe('family, generation and what can be adjusted while (un)attached', () => {
  test.each([
    ['general-purpose', 'tiered', 1, ['attached'], []],
    ['5iops-tier', 'tiered', 1, ['attached'], []],
    ['10iops-tier', 'tiered', 1, ['attached'], []],
    ['custom', 'custom', 1, ['attached'], ['attached']],
    ['sdp', 'defined_performance', 2, ['attached', 'unattached'], ['attached', 'unattached']],
  ] as const)('%s', (name, family, generation, capacity, iops) => {
    expect(volumeProfiles[name]).toMatchObject({
      family,
      storageGeneration: generation,
      adjustableCapacity: capacity,
      adjustableIops: iops,
    });
  });
});

describe('capacity (ibm-vpc.md 2.6; VPC block_storage_vpc_profiles.md)', () => {
  test.each<readonly [VolumeProfileName, number, number, number, number]>([
    ['general-purpose', 10, 16_000, 10, 250],
    ['5iops-tier', 10, 9_600, 10, 250],
    ['10iops-tier', 10, 4_800, 10, 250],
    ['custom', 10, 16_000, 10, 250],
    ['sdp', 1, 32_000, 10, 32_000],
  ])('%s', (profile, min, max, bootMin, bootMax) => {
    expect(checkVolumeSize({ profile, capacity: min })).toBeUndefined();
    expect(checkVolumeSize({ profile, capacity: max })).toBeUndefined();
    expect(checkVolumeSize({ profile, capacity: min - 1 })).toEqual(outOfRange(min, max));
    expect(checkVolumeSize({ profile, capacity: max + 1 })).toEqual(outOfRange(min, max));
    expect(checkVolumeSize({ profile, capacity: bootMax, use: 'boot' })).toBeUndefined();
    expect(checkVolumeSize({ profile, capacity: bootMax + 1, use: 'boot' })).toEqual(
      outOfRange(bootMin, bootMax),
    );
    expect(checkVolumeSize({ profile, capacity: bootMin - 1, use: 'boot' })).toEqual(
      outOfRange(bootMin, bootMax),
    );
  });
});

describe('iops of the custom profile (ibm-vpc.md 2.6)', () => {
  test.each([
    [10, 39, 100, 1_000],
    [40, 79, 100, 2_000],
    [80, 99, 100, 4_000],
    [100, 499, 100, 6_000],
    [500, 999, 100, 10_000],
    [1_000, 1_999, 100, 20_000],
    [2_000, 3_999, 200, 40_000],
    [4_000, 7_999, 300, 40_000],
    [8_000, 9_999, 500, 48_000],
    [10_000, 16_000, 1_000, 48_000],
  ])('%i to %i GB: %i to %i', (from, to, min, max) => {
    for (const capacity of [from, to]) {
      const refused = { refusal: 'iops-out-of-range', min, max };
      expect(checkVolumeSize({ profile: 'custom', capacity, iops: min })).toBeUndefined();
      expect(checkVolumeSize({ profile: 'custom', capacity, iops: max })).toBeUndefined();
      expect(checkVolumeSize({ profile: 'custom', capacity, iops: min - 1 })).toEqual(refused);
      expect(checkVolumeSize({ profile: 'custom', capacity, iops: max + 1 })).toEqual(refused);
      expect(defaultIops('custom', capacity)).toBe(min);
    }
  });
});

describe('iops of the sdp profile (VPC block_storage_vpc_profiles.md)', () => {
  test.each([
    [1, 20, 3_000],
    [21, 50, 5_000],
    [51, 80, 20_000],
    [81, 100, 30_000],
    [101, 130, 45_000],
    [131, 150, 60_000],
    [151, 32_000, 64_000],
  ])('%i to %i GB: 3000 to %i', (from, to, max) => {
    for (const capacity of [from, to]) {
      const refused = { refusal: 'iops-out-of-range', min: 3_000, max };
      expect(checkVolumeSize({ profile: 'sdp', capacity, iops: max })).toBeUndefined();
      expect(checkVolumeSize({ profile: 'sdp', capacity, iops: max + 1 })).toEqual(refused);
      expect(checkVolumeSize({ profile: 'sdp', capacity, iops: 2_999 })).toEqual(refused);
      expect(defaultIops('sdp', capacity)).toBe(3_000);
    }
  });
});

describe('iops of the tiers (ibm-vpc.md 2.6, 3.13)', () => {
  test.each([
    ['general-purpose', 100, 3_000],
    ['general-purpose', 1_000, 3_000],
    ['general-purpose', 1_001, 3_003],
    ['general-purpose', 16_000, 48_000],
    ['5iops-tier', 600, 3_000],
    ['5iops-tier', 601, 3_005],
    ['5iops-tier', 9_600, 48_000],
    ['10iops-tier', 300, 3_000],
    ['10iops-tier', 4_800, 48_000],
  ] as const)('%s of %i GB has %i and takes none', (profile, capacity, iops) => {
    expect(defaultIops(profile, capacity)).toBe(iops);
    expect(checkVolumeSize({ profile, capacity, iops })).toEqual({ refusal: 'iops-not-settable' });
  });
});
