import type { Duration } from '../../../domain/time';
import { defaultCapacity } from '../../../domain/vpc/profiles';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { defineResource, importById } from '../../core/resource';
import type { Observed } from '../../core/state';
import { validatorFor } from '../../core/validator-rules';
import { type AttributeOf, step, unlessGone } from '../client/failures';
import type { IbmSession } from '../client/session';
import { changeTags } from '../client/tags';
import { createVolume, deleteVolume, getVolume, patchVolume, type Volume } from '../client/volumes';
import { waitFor } from '../client/wait';
import { withRulesInUse } from '../rules-in-use';
import facts from '../schema/resources/ibm_is_volume.json';
import { withEnvironmentTags } from '../state/tags';
import { checkAccessTags, checkSize } from '../vpc/volume-checks';
import { type IsVolumeState, volumeState } from '../vpc/volume-state';

/** Source: ibm-vpc.md 2.6. */
function prototypeOf(plan: IsVolumeState, environmentTags: readonly string[]): object {
  const { capacity, iops, bandwidth, encryption_key: key, resource_group: group } = plan;
  const tags = plan.tags ?? [];
  return {
    name: plan.name,
    zone: { name: plan.zone },
    profile: { name: plan.profile },
    capacity: capacity || defaultCapacity,
    ...(iops ? { iops } : {}),
    ...(bandwidth ? { bandwidth } : {}),
    ...(key ? { encryption_key: { crn: key } } : {}),
    ...(group ? { resource_group: { id: group } } : {}),
    // Tags of the environment come along with the configured ones only.
    ...(tags.length > 0 ? { user_tags: [...new Set([...tags, ...environmentTags])] } : {}),
  };
}

async function observe(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<Observed<IsVolumeState> | null> {
  const reading = async () => {
    const answer = await unlessGone(getVolume(session, id, signal));
    return answer === undefined ? null : volumeState(session, answer.volume, signal);
  };
  return step(`read volume ${id}`, reading());
}

interface Limits {
  readonly signal: AbortSignal;
  readonly timeout: Duration | undefined;
}

/** Statuses that a volume does not leave by itself. */
const ended: readonly string[] = ['failed', 'unusable'];

function failureOf({ id, name, status, status_reasons: reasons }: Volume): DiagnosticError {
  const told = reasons.map(({ code, message }) => `${message ?? ''} (${code ?? 'no code'})`).join('; ');
  const isOfKey = reasons.some(({ code = '' }) => code.startsWith('encryption_key'));
  return new DiagnosticError({
    summary: `Volume ${name} is ${status}`,
    detail: `Volume ${id} will not become available: ${told || 'the API gives no reason'}.`,
    ...(isOfKey ? { attribute: attributePath('encryption_key') } : {}),
  });
}

/** Ends on `available` alone, as the vendor's wait does; an unusable volume never gets there, which is said at once. */
function available(session: IbmSession, id: string, { signal, timeout }: Limits): Promise<Volume> {
  return waitFor({
    what: `volume ${id} to become available`,
    read: async () => (await step(`read volume ${id}`, getVolume(session, id, signal))).volume,
    done(volume) {
      if (ended.includes(volume.status)) throw failureOf(volume);
      return volume.status === 'available';
    },
    show: ({ status }) => status,
    signal,
    timeout,
  });
}

/** Attributes that a refusal is about: the request's members, and codes that come without one (ibm-vpc.md section 5). */
const attributeOf: AttributeOf = {
  name: 'name',
  zone: 'zone',
  profile: 'profile',
  capacity: 'capacity',
  iops: 'iops',
  bandwidth: 'bandwidth',
  encryption_key: 'encryption_key',
  resource_group: 'resource_group',
  user_tags: 'tags',
  volume_crn_invalid: 'encryption_key',
  volume_encryption_key_crn_invalid: 'encryption_key',
  volume_encryption_key_not_active: 'encryption_key',
  volume_encryption_key_not_authorized: 'encryption_key',
  volume_crn_account_id_mismatch: 'encryption_key',
  volume_crn_cname_mismatch: 'encryption_key',
  volume_name_duplicate: 'name',
  volume_profile_not_found: 'profile',
  volume_resource_group_not_found: 'resource_group',
  zone_inconsistency: 'zone',
};

/** One PATCH per group of attributes, each followed by a wait, in the vendor's order (2.6, update). */
const patchGroups = ['name', 'bandwidth', 'profile', 'iops', 'capacity', 'tags'] as const;

function patchOf(group: (typeof patchGroups)[number], plan: IsVolumeState): object | undefined {
  const { tags, profile } = plan;
  if (group === 'profile') return { profile: { name: profile } };
  // An empty set is not sent, as by the vendor.
  if (group === 'tags') return tags && tags.length > 0 ? { user_tags: tags } : undefined;
  return { [group]: plan[group] };
}

const accessTagRule = facts.planning.validators.find(({ attribute }) => attribute === 'accesstag');

export const isVolume = defineResource<IsVolumeState, IbmSession>({
  facts: withRulesInUse(facts),
  notEmulated: ['source_snapshot', 'source_snapshot_crn', 'allowed_use', 'delete_all_snapshots'],
  validators: accessTagRule ? { access_tags: validatorFor(accessTagRule) } : {},
  async modifyPlan(request) {
    const { client: session, prior, plan } = request;
    checkSize(request);
    await checkAccessTags(request);
    const before = prior?.profile;
    const toOrFromCustom =
      before !== undefined && plan.profile !== before && (before === 'custom' || plan.profile === 'custom');
    return {
      ...withEnvironmentTags<IsVolumeState>(session?.environmentTags ?? [], prior, plan),
      ...(toOrFromCustom ? { requiresReplace: ['profile'] } : {}),
    };
  },
  async create({ client: session, plan, signal, timeout, saveState }) {
    const creation = createVolume(session, prototypeOf(plan, session.environmentTags), signal);
    const { id, crn } = await step(`create volume ${plan.name}`, creation, attributeOf);
    saveState({ id, crn });
    await available(session, id, { signal, timeout });
    const tags = { crn, kind: 'access_tags', before: [], after: plan.access_tags ?? [] } as const;
    await step(`tag volume ${plan.name}`, changeTags(session, tags, signal), 'access_tags');
    return { state: (await observe(session, id, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await observe(session, state.id, signal) };
  },
  async update({ client: session, plan, prior, changed, signal, timeout, diagnostics }) {
    if (changed('access_tags')) {
      const tags = {
        crn: prior.crn ?? '',
        kind: 'access_tags',
        before: prior.access_tags ?? [],
        after: plan.access_tags ?? [],
      } as const;
      await step(`tag volume ${plan.name}`, changeTags(session, tags, signal), 'access_tags');
    }
    for (const group of patchGroups.filter((name) => changed(name))) {
      const patch = patchOf(group, plan);
      if (patch === undefined) {
        diagnostics.warning(
          'The removal of all tags is not sent',
          "The vendor's provider 2.5.0 does not send an empty set of tags. Keep one, or remove them by other means.",
          attributePath('tags'),
        );
        continue;
      }
      const patching = patchVolume(session, prior.id, patch, signal);
      await step(`change ${group} of volume ${plan.name}`, patching, attributeOf);
      await available(session, prior.id, { signal, timeout });
    }
    return { state: (await observe(session, prior.id, signal)) ?? {} };
  },
  async delete({ client: session, state, signal, timeout }) {
    const { id, name } = state;
    await step(`delete volume ${name}`, unlessGone(deleteVolume(session, id, signal)));
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
