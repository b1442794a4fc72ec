/**
 * Volume profiles and what capacity and iops they take. Source: ibm-vpc.md 2.6, 3.1, 3.13; for `sdp`, the ranges of
 * the tiers and the boot volumes, the VPC documentation (`block_storage_vpc_profiles.md`, `block_storage_vpc_about.md`).
 */

export type VolumeProfileName = 'general-purpose' | '5iops-tier' | '10iops-tier' | 'custom' | 'sdp';

export interface Range {
  readonly min: number;
  readonly max: number;
}

/** Capacities of a volume (gigabytes, both ends included) and the iops that they permit. */
export interface IopsBand extends Range {
  readonly from: number;
  readonly to: number;
}

export type AttachmentState = 'attached' | 'unattached';

export interface VolumeProfile {
  readonly family: 'tiered' | 'custom' | 'defined_performance';
  readonly storageGeneration: 1 | 2;
  /** Gigabytes, of data volumes. */
  readonly capacity: Range;
  /** Gigabytes, of boot volumes. */
  readonly bootCapacity: Range;
  /** `adjustable_capacity_states`. */
  readonly adjustableCapacity: readonly AttachmentState[];
  /** `adjustable_iops_states`. */
  readonly adjustableIops: readonly AttachmentState[];
  readonly iops: /** They follow from the capacity and cannot be chosen. */
    | { readonly perGigabyte: number; readonly range: Range }
    /** They can be chosen within the band of the capacity. */
    | { readonly bands: readonly IopsBand[] };
}

/** Gigabytes, when neither a capacity nor a snapshot is given. */
export const defaultCapacity = 100;

const tieredIops: Range = { min: 3_000, max: 48_000 };
const firstGenerationBoot: Range = { min: 10, max: 250 };
const tiered = {
  family: 'tiered',
  storageGeneration: 1,
  bootCapacity: firstGenerationBoot,
  adjustableCapacity: ['attached'],
  adjustableIops: [],
} as const;

export const volumeProfiles = {
  'general-purpose': {
    ...tiered,
    capacity: { min: 10, max: 16_000 },
    iops: { perGigabyte: 3, range: tieredIops },
  },
  '5iops-tier': {
    ...tiered,
    capacity: { min: 10, max: 9_600 },
    iops: { perGigabyte: 5, range: tieredIops },
  },
  '10iops-tier': {
    ...tiered,
    capacity: { min: 10, max: 4_800 },
    iops: { perGigabyte: 10, range: tieredIops },
  },
  custom: {
    family: 'custom',
    storageGeneration: 1,
    capacity: { min: 10, max: 16_000 },
    bootCapacity: firstGenerationBoot,
    adjustableCapacity: ['attached'],
    adjustableIops: ['attached'],
    iops: {
      bands: [
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
      ],
    },
  },
  sdp: {
    family: 'defined_performance',
    storageGeneration: 2,
    capacity: { min: 1, max: 32_000 },
    bootCapacity: { min: 10, max: 32_000 },
    adjustableCapacity: ['attached', 'unattached'],
    adjustableIops: ['attached', 'unattached'],
    iops: {
      bands: [
        { from: 1, to: 20, min: 3_000, max: 3_000 },
        { from: 21, to: 50, min: 3_000, max: 5_000 },
        { from: 51, to: 80, min: 3_000, max: 20_000 },
        { from: 81, to: 100, min: 3_000, max: 30_000 },
        { from: 101, to: 130, min: 3_000, max: 45_000 },
        { from: 131, to: 150, min: 3_000, max: 60_000 },
        { from: 151, to: 32_000, min: 3_000, max: 64_000 },
      ],
    },
  },
} as const satisfies Record<VolumeProfileName, VolumeProfile>;

export const volumeProfileNames = Object.keys(volumeProfiles) as readonly VolumeProfileName[];

export function isVolumeProfile(name: string): name is VolumeProfileName {
  return Object.hasOwn(volumeProfiles, name);
}

export interface VolumeSize {
  readonly profile: VolumeProfileName;
  /** Gigabytes. */
  readonly capacity: number;
  readonly iops?: number | undefined;
  /** What the volume is for; `data` when left out. */
  readonly use?: 'boot' | 'data' | undefined;
}

export type VolumeSizeObjection =
  /** `min` and `max` are what the profile takes. */
  | {
      readonly refusal: 'capacity-out-of-range' | 'iops-out-of-range';
      readonly min: number;
      readonly max: number;
    }
  | { readonly refusal: 'iops-not-settable' };

/** What is wrong with a size; undefined when the profile takes it. */
export function checkVolumeSize(size: VolumeSize): VolumeSizeObjection | undefined {
  const profile: VolumeProfile = volumeProfiles[size.profile];
  const capacity = size.use === 'boot' ? profile.bootCapacity : profile.capacity;
  if (!within(size.capacity, capacity)) return { refusal: 'capacity-out-of-range', ...capacity };
  if (size.iops === undefined) return undefined;
  if ('perGigabyte' in profile.iops) return { refusal: 'iops-not-settable' };
  const range = iopsRange(profile.iops.bands, size.capacity);
  return within(size.iops, range) ? undefined : { refusal: 'iops-out-of-range', ...range };
}

/** The iops of a volume whose request names none: of a tier by its capacity, else the least of the band (inferred). */
export function defaultIops(name: VolumeProfileName, capacity: number): number {
  const { iops }: VolumeProfile = volumeProfiles[name];
  if ('bands' in iops) return iopsRange(iops.bands, capacity).min;
  return Math.min(Math.max(iops.perGigabyte * capacity, iops.range.min), iops.range.max);
}

/** The band of a capacity; of one outside all bands, nothing. */
function iopsRange(bands: readonly IopsBand[], capacity: number): Range {
  const band = bands.find(({ from, to }) => capacity >= from && capacity <= to);
  return { min: band?.min ?? 0, max: band?.max ?? 0 };
}

function within(number: number, { min, max }: Range): boolean {
  return number >= min && number <= max;
}
