/** Volume profiles and what capacity and iops they take. Source: ibm-vpc.md 2.6, 3.1, 3.13. */

export type VolumeProfileName = 'general-purpose' | '5iops-tier' | '10iops-tier' | 'custom' | 'sdp';

export interface VolumeProfile {
  readonly family: 'tiered' | 'custom' | 'defined_performance';
  readonly storageGeneration: 1 | 2;
  /** Gigabytes. */
  readonly capacity: { readonly min: number; readonly max: number };
  /** Gigabytes. */
  readonly bootCapacityMax: number;
  /** Tiered profiles: the iops follow from the capacity. */
  readonly iopsPerGigabyte?: number;
}

/** Gigabytes, when neither a capacity nor a snapshot is given. */
export const defaultCapacity = 100;

export const volumeProfiles = {
  'general-purpose': {
    family: 'tiered',
    storageGeneration: 1,
    capacity: { min: 10, max: 16_000 },
    bootCapacityMax: 250,
    iopsPerGigabyte: 3,
  },
  '5iops-tier': {
    family: 'tiered',
    storageGeneration: 1,
    capacity: { min: 10, max: 9_600 },
    bootCapacityMax: 250,
    iopsPerGigabyte: 5,
  },
  '10iops-tier': {
    family: 'tiered',
    storageGeneration: 1,
    capacity: { min: 10, max: 4_800 },
    bootCapacityMax: 250,
    iopsPerGigabyte: 10,
  },
  custom: {
    family: 'custom',
    storageGeneration: 1,
    capacity: { min: 10, max: 16_000 },
    bootCapacityMax: 250,
  },
  sdp: {
    family: 'defined_performance',
    storageGeneration: 2,
    capacity: { min: 1, max: 32_000 },
    bootCapacityMax: 32_000,
  },
} as const satisfies Record<VolumeProfileName, VolumeProfile>;

/** Gigabytes from and to (both included) → iops that the `custom` profile takes. */
export const customIops = [
  { from: 10, to: 39, min: 100, max: 1_000 },
  { from: 40, to: 79, min: 100, max: 2_000 },
  { from: 80, to: 99, min: 100, max: 4_000 },
  { from: 100, to: 499, min: 100, max: 6_000 },
  { from: 500, to: 999, min: 100, max: 10_000 },
  { from: 1_000, to: 1_999, min: 100, max: 20_000 },
  { from: 2_000, to: 3_999, min: 200, max: 40_000 },
  { from: 4_000, to: 7_999, min: 300, max: 40_000 },
  { from: 8_000, to: 9_999, min: 500, max: 48_000 },
  { from: 10_000, to: 16_000, min: 1_000, max: 48_000 },
] as const;

/** The least iops of a general-purpose volume (inferred, ibm-vpc.md 3.13). */
export const tieredIopsFloor = 3_000;

export function isVolumeProfile(name: string): name is VolumeProfileName {
  return Object.hasOwn(volumeProfiles, name);
}

export type VolumeSizeRefusal = 'capacity-out-of-range' | 'iops-not-settable' | 'iops-out-of-range';

export interface VolumeSizeObjection {
  readonly refusal: VolumeSizeRefusal;
  readonly min: number;
  readonly max: number;
}

/** What is wrong with a size; undefined when the profile takes it. */
export function checkVolumeSize(size: {
  readonly profile: VolumeProfileName;
  readonly capacity: number;
  readonly iops?: number | undefined;
}): VolumeSizeObjection | undefined {
  const profile: VolumeProfile = volumeProfiles[size.profile];
  const { min, max } = profile.capacity;
  if (size.capacity < min || size.capacity > max) return { refusal: 'capacity-out-of-range', min, max };
  if (size.iops === undefined) return undefined;
  if (profile.family === 'tiered') {
    const iops = defaultIops(size.profile, size.capacity);
    return size.iops === iops ? undefined : { refusal: 'iops-not-settable', min: iops, max: iops };
  }
  const range = iopsRange(size.profile, size.capacity);
  return range && (size.iops < range.min || size.iops > range.max)
    ? { refusal: 'iops-out-of-range', ...range }
    : undefined;
}

/** The iops of a volume whose request names none. */
export function defaultIops(name: VolumeProfileName, capacity: number): number {
  const profile: VolumeProfile = volumeProfiles[name];
  if (profile.iopsPerGigabyte !== undefined)
    return Math.max(tieredIopsFloor, profile.iopsPerGigabyte * capacity);
  return iopsRange(name, capacity)?.min ?? tieredIopsFloor;
}

function iopsRange(
  name: VolumeProfileName,
  capacity: number,
): { readonly min: number; readonly max: number } | undefined {
  if (name !== 'custom') return undefined;
  const row = customIops.find(({ from, to }) => capacity >= from && capacity <= to);
  return row && { min: row.min, max: row.max };
}
