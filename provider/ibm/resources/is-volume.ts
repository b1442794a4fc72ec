import type { Duration } from '../../../domain/time';
import { attributePath } from '../../core/path';
import { defineResource, importById, type ModifyPlanRequest } from '../../core/resource';
import type { Observed } from '../../core/state';
import { isGone, step, unlessGone } from '../client/failures';
import type { IbmSession } from '../client/session';
import { changeTags, readTags } from '../client/tags';
import { createVolume, deleteVolume, getVolume, patchVolume, type Volume } from '../client/volumes';
import { waitFor } from '../client/wait';
import facts from '../schema/resources/ibm_is_volume.json';

/** Source: ibm-vpc.md 2.6. */
export interface IsVolumeState {
  readonly id: string;
  readonly name: string;
  readonly profile: string;
  readonly zone: string;
  readonly encryption_key: string | null;
  readonly capacity: number | null;
  readonly iops: number | null;
  readonly bandwidth: number | null;
  readonly resource_group: string | null;
  readonly source_snapshot: string | null;
  readonly source_snapshot_crn: string | null;
  readonly tags: readonly string[] | null;
  readonly access_tags: readonly string[] | null;
  readonly crn: string | null;
  readonly status: string | null;
  readonly [computed: string]: unknown;
}

/** Sent when neither a capacity nor a snapshot is given (2.6, create). */
const defaultCapacity = 100;

function prototypeOf(plan: IsVolumeState, environmentTags: readonly string[]): object {
  const {
    name,
    zone,
    profile,
    encryption_key: key,
    resource_group: group,
    capacity,
    iops,
    bandwidth,
    tags,
  } = plan;
  const userTags = [...new Set([...(tags ?? []), ...environmentTags])];
  return {
    name,
    zone: { name: zone },
    profile: { name: profile },
    capacity: capacity ?? defaultCapacity,
    ...(iops === null ? {} : { iops }),
    ...(bandwidth === null ? {} : { bandwidth }),
    ...(key ? { encryption_key: { crn: key } } : {}),
    ...(group ? { resource_group: { id: group } } : {}),
    ...(userTags.length > 0 ? { user_tags: userTags } : {}),
  };
}

/** `more_info` shows the message: the vendor's provider fills it so (2.6, gotchas). */
function reasonsOf(reasons: Volume['status_reasons']): Readonly<Record<string, string | null>>[] {
  return reasons.flatMap(({ code, message, more_info }) =>
    code && message ? [{ code, message, more_info: more_info === undefined ? '' : message }] : [],
  );
}

async function stateOf(
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

async function observe(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<Observed<IsVolumeState> | null> {
  const answer = await unlessGone(getVolume(session, id, signal));
  return answer === undefined ? null : stateOf(session, answer.volume, signal);
}

interface Patience {
  readonly signal: AbortSignal;
  readonly timeout: Duration | undefined;
}

/** Ends on `available` alone, as the vendor's wait does; an unusable volume never gets there, which is said at once. */
function available(session: IbmSession, id: string, { signal, timeout }: Patience): Promise<Volume> {
  return waitFor({
    what: `volume ${id} to become available`,
    read: async () => (await step(`read volume ${id}`, getVolume(session, id, signal))).volume,
    done({ status, status_reasons: reasons }) {
      if (status === 'failed' || status === 'unusable') {
        throw new Error(
          `volume ${id} is ${status}: ${reasons.map(({ message }) => message).join('; ') || 'no reason given'}`,
        );
      }
      return status === 'available';
    },
    show: ({ status }) => status,
    signal,
    timeout,
  });
}

/** Attributes that an error code of the API is about (ibm-vpc.md section 5). */
const attributeOfCode: Readonly<Record<string, string>> = {
  volume_crn_invalid: 'encryption_key',
  volume_encryption_key_crn_invalid: 'encryption_key',
  volume_encryption_key_not_active: 'encryption_key',
  volume_encryption_key_not_authorized: 'encryption_key',
  volume_crn_account_id_mismatch: 'encryption_key',
  volume_crn_cname_mismatch: 'encryption_key',
  volume_name_duplicate: 'name',
  volume_name_invalid: 'name',
  volume_capacity_max: 'capacity',
  volume_profile_capacity_iops_invalid: 'iops',
  volume_profile_iops_invalid: 'iops',
  volume_profile_invalid: 'profile',
  volume_profile_not_found: 'profile',
  volume_resource_group_not_found: 'resource_group',
  invalid_zone: 'zone',
};

/** One PATCH per group of attributes, each followed by a wait, in the vendor's order (2.6, update). */
const patchGroups = ['name', 'bandwidth', 'profile', 'iops', 'capacity', 'tags'] as const;

function patchOf(group: (typeof patchGroups)[number], plan: IsVolumeState): object {
  if (group === 'profile') return { profile: { name: plan.profile } };
  if (group === 'tags') return { user_tags: plan.tags ?? [] };
  return { [group]: plan[group] };
}

/** What the vendor's CustomizeDiff checks (2.6, plan-time checks). */
function checkPlan({ prior, plan, diagnostics }: ModifyPlanRequest<IsVolumeState, IbmSession>): void {
  const { profile, capacity, iops } = plan;
  if (typeof profile !== 'string') return;
  const size = typeof capacity === 'number' ? capacity : defaultCapacity;
  const limit = { '5iops-tier': 9600, '10iops-tier': 4800 }[profile];
  if (limit !== undefined && size > limit) {
    diagnostics.error(
      'Capacity too large for the profile',
      `${profile} takes up to ${limit} GB, the plan asks for ${size}. Lower capacity, or choose another profile.`,
      attributePath('capacity'),
    );
  }
  if (prior && prior.capacity !== null && size < prior.capacity) {
    diagnostics.error(
      'A volume cannot shrink',
      `It has ${prior.capacity} GB, the plan asks for ${size}. Capacity may only grow.`,
      attributePath('capacity'),
    );
  }
  if (
    prior &&
    profile === prior.profile &&
    iops !== prior.iops &&
    !['custom', 'sdp'].includes(profile) &&
    typeof iops === 'number'
  ) {
    diagnostics.error(
      'IOPS are set by the profile',
      `${profile} derives its IOPS from the capacity; only the profiles custom and sdp take a value. Remove iops.`,
      attributePath('iops'),
    );
  }
}

export const isVolume = defineResource<IsVolumeState, IbmSession>({
  facts,
  notEmulated: ['source_snapshot', 'source_snapshot_crn', 'allowed_use', 'delete_all_snapshots'],
  async modifyPlan(request) {
    checkPlan(request);
    const { prior, plan } = request;
    const before = prior?.profile;
    const toOrFromCustom =
      before !== undefined && plan.profile !== before && (before === 'custom' || plan.profile === 'custom');
    return toOrFromCustom ? { requiresReplace: ['profile'] } : {};
  },
  async create({ client: session, plan, signal, timeout, saveState }) {
    const creation = createVolume(session, prototypeOf(plan, session.environmentTags), signal);
    const { id, crn } = await step(`create volume ${plan.name}`, creation, attributeOfCode);
    saveState({ id, crn });
    const volume = await available(session, id, { signal, timeout });
    const tags = { crn, kind: 'access_tags', before: [], after: plan.access_tags ?? [] } as const;
    await step(`tag volume ${plan.name}`, changeTags(session, tags, signal), 'access_tags');
    return { state: await stateOf(session, volume, signal) };
  },
  async read({ client: session, state, signal }) {
    return { state: await step(`read volume ${state.id}`, observe(session, state.id, signal)) };
  },
  async update({ client: session, plan, prior, changed, signal, timeout }) {
    if (changed('access_tags')) {
      const tags = {
        crn: String(prior.crn),
        kind: 'access_tags',
        before: prior.access_tags ?? [],
        after: plan.access_tags ?? [],
      } as const;
      await step(`tag volume ${plan.name}`, changeTags(session, tags, signal), 'access_tags');
    }
    for (const group of patchGroups.filter((name) => changed(name))) {
      const patching = patchVolume(session, prior.id, patchOf(group, plan), signal);
      await step(`change ${group} of volume ${plan.name}`, patching, { ...attributeOfCode });
      await available(session, prior.id, { signal, timeout });
    }
    return { state: (await observe(session, prior.id, signal)) ?? {} };
  },
  async delete({ client: session, state, signal, timeout }) {
    const { id, name } = state;
    await step(
      `delete volume ${name}`,
      deleteVolume(session, id, signal).catch((error) => (isGone(error) ? undefined : Promise.reject(error))),
    );
    await waitFor({
      what: `volume ${name} to be deleted`,
      read: () => unlessGone(getVolume(session, id, signal)),
      done: (answer) => answer === undefined,
      show: (answer) => answer?.volume.status ?? 'gone',
      signal,
      timeout,
    });
  },
  import: importById,
});
