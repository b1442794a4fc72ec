/** What the vendor checks of a volume while planning (ibm-vpc.md 2.6, plan-time checks). */
import { defaultCapacity, volumeProfiles } from '../../../domain/vpc/profiles';
import type { Diagnostics } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import type { ModifyPlanRequest } from '../../core/resource';
import { step } from '../client/failures';
import type { IbmSession } from '../client/session';
import { accessTagNames } from '../client/tags';
import type { IsVolumeState } from './volume-state';

type PlanRequest = ModifyPlanRequest<IsVolumeState, IbmSession>;

/** The part of a plan that decides about the size; what is not known yet is undefined. */
interface PlannedSize {
  readonly profile: string;
  readonly capacity: number;
  /** Null: the profile decides. */
  readonly iops: number | null | undefined;
}

function sizeOf({ plan, config }: PlanRequest): PlannedSize | undefined {
  const { profile, capacity, iops } = plan;
  if (typeof profile !== 'string' || typeof config.capacity === 'symbol') return undefined;
  const unset = config.iops === null && typeof iops === 'symbol' ? null : undefined;
  return {
    profile,
    capacity: typeof capacity === 'number' ? capacity : defaultCapacity,
    iops: typeof iops === 'symbol' ? unset : iops,
  };
}

function checkCapacity({ profile, capacity }: PlannedSize, diagnostics: Diagnostics): void {
  if (profile !== '5iops-tier' && profile !== '10iops-tier') return;
  const { max } = volumeProfiles[profile].capacity;
  if (capacity <= max) return;
  diagnostics.error(
    'Capacity too large for the profile',
    `${profile} takes up to ${max} GB, the plan asks for ${capacity}. Lower capacity, or choose another profile.`,
    attributePath('capacity'),
  );
}

function checkGrowth({ capacity }: PlannedSize, { prior, diagnostics }: PlanRequest): void {
  if (!prior || prior.capacity === null || capacity >= prior.capacity) return;
  diagnostics.error(
    'A volume cannot shrink',
    `It has ${prior.capacity} GB, the plan asks for ${capacity}. Capacity may only grow.`,
    attributePath('capacity'),
  );
}

function checkIops({ profile, capacity, iops }: PlannedSize, { prior, diagnostics }: PlanRequest): void {
  if (profile === 'custom') {
    const band = volumeProfiles.custom.iops.bands.find(({ from, to }) => capacity >= from && capacity <= to);
    if (!band || iops === undefined || (iops !== null && iops >= band.min && iops <= band.max)) return;
    diagnostics.error(
      'IOPS outside of the range of the profile',
      `custom takes ${band.min} to ${band.max} IOPS at ${capacity} GB, the plan ${iops === null ? 'sets none' : `asks for ${iops}`}. Set iops within the range.`,
      attributePath('iops'),
    );
  } else if (profile !== 'sdp' && typeof iops === 'number' && iops !== prior?.iops) {
    diagnostics.error(
      'IOPS are set by the profile',
      `${profile} derives its IOPS from the capacity; only the profiles custom and sdp take a value. Remove iops.`,
      attributePath('iops'),
    );
  }
}

export function checkSize(request: PlanRequest): void {
  const size = sizeOf(request);
  if (size === undefined) return;
  checkCapacity(size, request.diagnostics);
  checkGrowth(size, request);
  checkIops(size, request);
}

/** An access tag exists before it is attached: asks for their names when the plan brings new ones. */
export async function checkAccessTags(request: PlanRequest): Promise<void> {
  const { client: session, prior, plan, signal, diagnostics } = request;
  if (!session || !Array.isArray(plan.access_tags)) return;
  const wanted = (plan.access_tags as readonly unknown[]).filter((tag) => typeof tag === 'string');
  const added = wanted.filter((tag) => !prior?.access_tags?.includes(tag));
  if (added.length === 0) return;
  const known = await step('list the access tags', accessTagNames(session, signal), 'access_tags');
  const missing = added.filter((tag) => !known.includes(tag));
  if (missing.length === 0) return;
  diagnostics.error(
    'Access tag does not exist',
    `The account has no access tag ${missing.join(', ')}. Let an administrator create it first.`,
    attributePath('access_tags'),
  );
}
