/** What PATCH /volumes/{id} makes of a volume (ibm-vpc.md 3.1, rules). Nothing here stores anything. */
import type { VolumeOperation } from '../../../domain/vpc/operations';
import { type VolumeProfile, type VolumeProfileName, volumeProfiles } from '../../../domain/vpc/profiles';
import type { Session } from '../../kernel/operation';
import { notEmulated, updateRefused } from './errors';
import type { UpdateVolume } from './gen/update-volume';
import { type AttachmentState, attachmentStateOf, type VolumeDocument, type VolumeView } from './model';
import { checkName, checkProfile, checkSize, identityName } from './rules';

/** Operations of `domain/vpc/operations` that a patch amounts to; each must be permitted by the key's condition. */
export function operationsOf(patch: UpdateVolume): readonly VolumeOperation[] {
  const { capacity, ...rest } = patch;
  return [
    ...(capacity === undefined ? [] : (['resize'] as const)),
    ...(Object.keys(rest).length === 0 ? [] : (['update'] as const)),
  ];
}

/** The volume as it will be. Throws the vendor's refusal for anything that it cannot become now. */
export async function changed(
  session: Session,
  view: VolumeView,
  patch: UpdateVolume,
): Promise<VolumeDocument> {
  if (patch.allowed_use !== undefined) throw notEmulated('updateVolume with allowed_use');
  const { doc } = view.stored;
  const name =
    patch.name === undefined || patch.name === doc.name
      ? doc.name
      : await checkName(session, doc.region, patch.name);
  return { ...resized(view, patch), name, userTags: patch.user_tags ?? doc.userTags };
}

function resized(view: VolumeView, patch: UpdateVolume): VolumeDocument {
  const { doc } = view.stored;
  const profile = patch.profile === undefined ? doc.profile : checkProfile(identityName(patch.profile));
  const capacity = patch.capacity ?? doc.capacity;
  const iops = patch.iops ?? doc.iops;
  const bandwidth = patch.bandwidth ?? doc.bandwidth;
  if (profile !== doc.profile) checkProfileChange(view, profile);
  if (capacity !== doc.capacity) checkCapacityChange(view, capacity);
  if (patch.iops !== undefined && patch.iops !== doc.iops) checkIopsChange(view);
  checkSize({ profile, capacity, iops, bandwidth });
  return {
    ...doc,
    profile,
    capacity,
    ...(iops !== undefined && { iops }),
    ...(bandwidth !== undefined && { bandwidth }),
  };
}

function profileOf({ stored }: VolumeView): VolumeProfile {
  return volumeProfiles[stored.doc.profile];
}

function checkCapacityChange(view: VolumeView, capacity: number): void {
  const { doc } = view.stored;
  if (capacity < doc.capacity)
    throw updateRefused(
      `capacity is ${doc.capacity} GB and can only grow, not to ${capacity} GB`,
      'capacity',
    );
  mustBeIn(view, profileOf(view).adjustableCapacity, 'capacity');
}

/** Tiered profiles permit no iops of their own in any state; what is wrong with a value is for the size check. */
function checkIopsChange(view: VolumeView): void {
  const { adjustableIops } = profileOf(view);
  if (adjustableIops.length > 0) mustBeIn(view, adjustableIops, 'iops');
}

function checkProfileChange(view: VolumeView, name: VolumeProfileName): void {
  const { doc } = view.stored;
  const from = profileOf(view);
  const to: VolumeProfile = volumeProfiles[name];
  if (from.family !== to.family || from.storageGeneration !== to.storageGeneration)
    throw updateRefused(
      `profile ${doc.profile} (${from.family}, generation ${from.storageGeneration}) cannot become ${name} (${to.family}, generation ${to.storageGeneration})`,
      'profile',
      { remedy: 'create a volume with the other profile' },
    );
  mustBeIn(view, profileOf(view).adjustableCapacity, 'profile');
}

function mustBeIn(view: VolumeView, states: readonly AttachmentState[], field: string): void {
  const state = attachmentStateOf(view);
  if (states.includes(state)) return;
  const { id, profile } = view.stored.doc;
  throw updateRefused(
    `the ${field} of volume ${id} cannot change while it is ${state}; profile ${profile} permits it only ${states.join(' or ')}`,
    field,
    { remedy: 'attach the volume to an instance first' },
  );
}
