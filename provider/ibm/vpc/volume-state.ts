/** A volume as `ibm_is_volume` shows it (ibm-vpc.md 2.6). */
import type { Observed } from '../../core/state';
import type { IbmSession } from '../client/session';
import { readTags } from '../client/tags';
import type { Reason, Volume } from '../client/volumes';

interface ReasonState {
  readonly code: string;
  readonly message: string;
  readonly more_info: string;
}

interface AllowedUse {
  readonly api_version: string | null;
  readonly bare_metal_server: string | null;
  readonly instance: string | null;
}

interface OperatingSystem {
  readonly architecture: string;
  readonly dedicated_host_only: boolean;
  readonly display_name: string;
  readonly family: string;
  readonly href: string;
  readonly name: string;
  readonly vendor: string;
  readonly version: string;
}

interface CatalogOffering {
  readonly plan_crn: string;
  readonly version_crn: string;
  readonly deleted: readonly { readonly more_info: string }[];
}

export interface IsVolumeState {
  readonly id: string;
  readonly name: string;
  readonly profile: string;
  readonly zone: string;
  readonly encryption_key: string | null;
  readonly encryption_type: string | null;
  readonly capacity: number | null;
  readonly iops: number | null;
  readonly bandwidth: number | null;
  readonly storage_generation: number | null;
  readonly resource_group: string | null;
  readonly source_snapshot: string | null;
  readonly source_snapshot_crn: string | null;
  readonly delete_all_snapshots: boolean | null;
  readonly tags: readonly string[] | null;
  readonly access_tags: readonly string[] | null;
  readonly crn: string | null;
  readonly status: string | null;
  readonly status_reasons: readonly ReasonState[] | null;
  readonly health_state: string | null;
  readonly health_reasons: readonly ReasonState[] | null;
  readonly adjustable_capacity_states: readonly string[] | null;
  readonly adjustable_iops_states: readonly string[] | null;
  readonly allowed_use: readonly AllowedUse[];
  readonly operating_system: readonly OperatingSystem[] | null;
  readonly catalog_offering: readonly CatalogOffering[] | null;
  readonly resource_controller_url: string | null;
  readonly resource_crn: string | null;
  readonly resource_group_name: string | null;
  readonly resource_name: string | null;
  readonly resource_status: string | null;
}

/** `more_info` shows the message: the vendor's provider fills it so (2.6, gotchas). */
function reasonsOf(reasons: readonly Reason[]): ReasonState[] {
  return reasons.flatMap(({ code, message, more_info }) =>
    code && message ? [{ code, message, more_info: more_info === undefined ? '' : message }] : [],
  );
}

export async function volumeState(
  session: IbmSession,
  volume: Volume,
  signal: AbortSignal,
): Promise<Observed<IsVolumeState>> {
  const { source_snapshot: snapshot, encryption_key: key } = volume;
  return {
    id: volume.id,
    crn: volume.crn,
    name: volume.name,
    profile: volume.profile.name,
    zone: volume.zone.name,
    ...(key ? { encryption_key: key.crn } : {}),
    encryption_type: volume.encryption,
    capacity: volume.capacity,
    iops: volume.iops,
    bandwidth: volume.bandwidth,
    storage_generation: volume.storage_generation,
    source_snapshot: snapshot?.id ?? null,
    source_snapshot_crn: snapshot?.crn ?? null,
    status: volume.status,
    status_reasons: reasonsOf(volume.status_reasons),
    health_state: volume.health_state,
    health_reasons: reasonsOf(volume.health_reasons),
    resource_group: volume.resource_group.id,
    tags: volume.user_tags ?? [],
    access_tags: await readTags(session, volume.crn, 'access_tags', signal),
    adjustable_capacity_states: volume.adjustable_capacity_states ?? [],
    adjustable_iops_states: volume.adjustable_iops_states ?? [],
    operating_system: [],
    catalog_offering: [],
    resource_controller_url: `${await session.consoleUrl()}/vpc-ext/storage/storageVolumes`,
    resource_crn: volume.crn,
    resource_group_name: volume.resource_group.name,
    resource_name: volume.name,
    resource_status: volume.status,
  };
}
