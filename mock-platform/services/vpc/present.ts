/** Volumes and volume profiles as the VPC API shows them (ibm-vpc.md 3.1). */
import type { VolumeEffect } from '../../../domain/effects';
import { formatSeconds, parseInstant } from '../../../domain/time';
import {
  defaultCapacity,
  type Range,
  type VolumeProfile,
  type VolumeProfileName,
  volumeProfiles,
} from '../../../domain/vpc/profiles';
import type { Session } from '../../kernel/operation';
import type { Wire } from '../../kernel/wire';
import { findResourceGroup } from '../resource-controller/instances';
import type { Volume, VolumeAttachment } from './gen/volume-list';
import type { PresentedProfile } from './gen/volume-profile-list';
import { type Attachment, attachmentStateOf, type VolumeView } from './model';
import { bandwidthOf, bandwidthsOf, iopsOf } from './performance';

type Reason = Volume['status_reasons'][number]['code'];

const reasonMessages: Readonly<Record<Reason, string>> = {
  encryption_key_deleted: 'the root key that encrypts this volume has been deleted',
};

const reasonInfo = 'https://cloud.ibm.com/docs/vpc?topic=vpc-vpc-encryption-managing';

/** Resource groups live in the Resource Controller, whatever host the request came to (ibm-vpc.md 1.8). */
const resourceGroupsHref = 'https://resource-controller.cloud.ibm.com/v2/resource_groups';

export function vpcHref({ baseUrl }: Session, path: string): string {
  return `${baseUrl}/v1${path}`;
}

export async function presentVolume(session: Session, view: VolumeView): Promise<Wire<Volume>> {
  const { doc } = view.stored;
  const { attachments, effect } = view;
  const profile: VolumeProfile = volumeProfiles[doc.profile];
  const group = await findResourceGroup(session, doc.resourceGroupId);
  return {
    id: doc.id,
    crn: doc.crn,
    href: vpcHref(session, `/volumes/${doc.id}`),
    name: doc.name,
    resource_type: 'volume',
    created_at: formatSeconds(parseInstant(doc.createdAt)),
    ...presentEffect(effect),
    active: effect.status !== 'unusable' && attachments.some(({ active }) => active),
    busy: false,
    attachment_state: attachmentStateOf(view),
    adjustable_capacity_states: profile.adjustableCapacity,
    adjustable_iops_states: profile.adjustableIops,
    capacity: doc.capacity,
    iops: iopsOf(doc),
    bandwidth: bandwidthOf(doc),
    storage_generation: profile.storageGeneration,
    ...presentEncryption(doc.encryptionKey),
    profile: { name: doc.profile, href: vpcHref(session, `/volume/profiles/${doc.profile}`) },
    resource_group: {
      id: doc.resourceGroupId,
      name: group?.name ?? '',
      href: `${resourceGroupsHref}/${doc.resourceGroupId}`,
    },
    user_tags: doc.userTags,
    // Required by clients newer than the fact sheet's; only volumes from catalog images have any.
    software_attachments: [],
    volume_attachments: attachments.map((attachment) => presentAttachment(session, attachment)),
    zone: { name: doc.zone, href: vpcHref(session, `/regions/${doc.region}/zones/${doc.zone}`) },
  };
}

/** Status, reasons and health of volumes are one table of the domain, in the vendor's words. */
function presentEffect({ status, reasons, health }: VolumeEffect): Wire<Pick<Volume, EffectMember>> {
  return {
    status,
    // The platform takes the tables' own reading, and that one has no reason that the API lacks.
    status_reasons: (reasons as readonly Reason[]).map((code) => ({
      code,
      message: reasonMessages[code],
      more_info: reasonInfo,
    })),
    health_state: health,
    health_reasons: [],
  };
}

type EffectMember = 'status' | 'status_reasons' | 'health_state' | 'health_reasons';

function presentEncryption(encryptionKey: string | undefined): Pick<Volume, 'encryption' | 'encryption_key'> {
  return encryptionKey === undefined
    ? { encryption: 'provider_managed' }
    : { encryption: 'user_managed', encryption_key: { crn: encryptionKey } };
}

function presentAttachment(session: Session, attachment: Attachment): VolumeAttachment {
  const { id, name, type, deviceId, deleteVolumeOnInstanceDelete, instance } = attachment;
  return {
    id,
    name,
    type,
    href: vpcHref(session, `/instances/${instance.id}/volume_attachments/${id}`),
    delete_volume_on_instance_delete: deleteVolumeOnInstanceDelete,
    device: { id: deviceId },
    instance: { ...instance, href: vpcHref(session, `/instances/${instance.id}`) },
  };
}

export function presentProfile(session: Session, name: VolumeProfileName): Wire<PresentedProfile> {
  const profile: VolumeProfile = volumeProfiles[name];
  const { family, storageGeneration, capacity, bootCapacity, adjustableCapacity, adjustableIops } = profile;
  const chosen = family === 'defined_performance';
  const bandwidth = bandwidthsOf(name);
  const range = (values: Range) => ({ type: 'range' as const, ...values, step: 1, default: values.min });
  return {
    name,
    href: vpcHref(session, `/volume/profiles/${name}`),
    family,
    storage_generation: { type: 'fixed', value: storageGeneration },
    capacity: { ...range(capacity), ...(!chosen && { default: defaultCapacity }) },
    boot_capacity: { type: 'dependent_range', ...bootCapacity, step: 1 },
    iops: chosen
      ? range(iopsRangeOf(profile))
      : { type: 'dependent_range', ...iopsRangeOf(profile), step: 1 },
    bandwidth: bandwidth === undefined ? { type: 'dependent' } : range(bandwidth),
    adjustable_capacity_states: { type: 'enum', values: adjustableCapacity },
    adjustable_iops_states: { type: 'enum', values: adjustableIops },
  };
}

/** Over all capacities. */
function iopsRangeOf({ iops }: VolumeProfile): Range {
  if ('perGigabyte' in iops) return iops.range;
  return {
    min: Math.min(...iops.bands.map(({ min }) => min)),
    max: Math.max(...iops.bands.map(({ max }) => max)),
  };
}
