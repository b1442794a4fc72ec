/**
 * The performance that follows from a volume's size. Source: ibm-cloud-docs/vpc block_storage_vpc_profiles.md
 * (throughput multipliers and limits, `sdp` table), block_storage_vpc_bandwidth.md (393 Mbps for 3,000 iops of 16 KiB).
 */
import {
  checkVolumeSize,
  defaultIops,
  type Range,
  type VolumeProfileName,
  type VolumeSizeObjection,
} from '../../../domain/vpc/profiles';

export interface VolumeSize {
  readonly profile: VolumeProfileName;
  /** Gigabytes. */
  readonly capacity: number;
  /** Only what was asked for; absent where it follows from the profile. */
  readonly iops?: number | undefined;
  /** Megabits per second; as `iops`. */
  readonly bandwidth?: number | undefined;
}

interface BandwidthBand extends Range {
  /** Gigabytes, included. */
  readonly upTo: number;
}

/** Megabits per second. */
type Bandwidth =
  /** So many KiB for each of the iops, up to a limit. */
  | { readonly kibibytes: number; readonly max: number }
  /** Chosen within the band of the capacity; its minimum where nothing is chosen. */
  | { readonly bands: readonly BandwidthBand[] };

const bandwidths = {
  'general-purpose': { kibibytes: 16, max: 5_360 },
  '5iops-tier': { kibibytes: 16, max: 6_144 },
  '10iops-tier': { kibibytes: 256, max: 8_192 },
  custom: { kibibytes: 256, max: 8_192 },
  sdp: {
    bands: [
      { upTo: 20, min: 1_000, max: 1_000 },
      { upTo: 50, min: 1_000, max: 4_096 },
      { upTo: 80, min: 1_000, max: 6_144 },
      { upTo: 32_000, min: 1_000, max: 8_192 },
    ],
  },
} as const satisfies Record<VolumeProfileName, Bandwidth>;

/** The bandwidths that can be chosen for that capacity; undefined for profiles where none can. */
function bandwidthRange({ profile, capacity }: VolumeSize): Range | undefined {
  const bandwidth: Bandwidth = bandwidths[profile];
  if ('kibibytes' in bandwidth) return undefined;
  const band = bandwidth.bands.find(({ upTo }) => capacity <= upTo);
  return band && { min: band.min, max: band.max };
}

/** Over all capacities; undefined for profiles where the bandwidth follows from the iops. */
export function bandwidthsOf(profile: VolumeProfileName): Range | undefined {
  const bandwidth: Bandwidth = bandwidths[profile];
  if ('kibibytes' in bandwidth) return undefined;
  const { bands } = bandwidth;
  return {
    min: Math.min(...bands.map(({ min }) => min)),
    max: Math.max(...bands.map(({ max }) => max)),
  };
}

export type SizeObjection =
  | VolumeSizeObjection
  | ({ readonly refusal: 'bandwidth-out-of-range' } & Range)
  | { readonly refusal: 'bandwidth-not-settable' };

/** What is wrong with a size; undefined when the profile takes it. */
export function sizeObjection(size: VolumeSize): SizeObjection | undefined {
  const objection = checkVolumeSize(size);
  if (objection !== undefined || size.bandwidth === undefined) return objection;
  const range = bandwidthRange(size);
  if (range === undefined) return { refusal: 'bandwidth-not-settable' };
  const { min, max } = range;
  return size.bandwidth < min || size.bandwidth > max
    ? { refusal: 'bandwidth-out-of-range', ...range }
    : undefined;
}

export function iopsOf({ profile, capacity, iops }: VolumeSize): number {
  return iops ?? defaultIops(profile, capacity);
}

/** Megabits per second. */
export function bandwidthOf(size: VolumeSize): number {
  const bandwidth: Bandwidth = bandwidths[size.profile];
  if ('bands' in bandwidth) return size.bandwidth ?? bandwidthRange(size)?.min ?? 0;
  const { kibibytes, max } = bandwidth;
  return Math.min(Math.floor((iopsOf(size) * kibibytes * 1_024 * 8) / 1_000_000), max);
}
