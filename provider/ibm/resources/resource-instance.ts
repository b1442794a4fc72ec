import { tryParseCrn } from '../../../domain/crn';
import type { Duration } from '../../../domain/time';
import { formatInstant, parseInstant } from '../../../domain/time';
import { defineResource, importById } from '../../core/resource';
import type { Observed } from '../../core/state';
import { oneOf } from '../../core/validators';
import { findDeployment, findPlan, findService, nameOf } from '../client/catalog';
import { step, unlessGone } from '../client/failures';
import { flatten } from '../client/flatten';
import {
  createInstance,
  deleteInstance,
  getInstance,
  isRemoved,
  patchInstance,
  pendingState,
  type ResourceInstance,
} from '../client/instances';
import { defaultResourceGroupId } from '../client/resource-groups';
import type { IbmSession } from '../client/session';
import { changeTags, readTags } from '../client/tags';
import { waitFor } from '../client/wait';
import facts from '../schema/resources/ibm_resource_instance.json';

/** Source: ibm-control-plane.md 3.1. */
export interface ResourceInstanceState {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly plan: string;
  readonly location: string;
  readonly resource_group_id: string | null;
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly parameters_json: string | null;
  readonly tags: readonly string[] | null;
  readonly service_endpoints: string | null;
  readonly extensions: Readonly<Record<string, string>> | null;
  readonly last_operation: Readonly<Record<string, string>> | null;
  readonly plan_history: readonly { readonly resource_plan_id: string; readonly start_date: string }[] | null;
  readonly onetime_credentials: boolean | null;
  readonly allow_cleanup: boolean | null;
  readonly locked: boolean | null;
  readonly [text: string]: unknown;
}

/** Texts that are copied under their own name. */
const copiedTexts = [
  'account_id',
  'crn',
  'dashboard_url',
  'guid',
  'resource_aliases_url',
  'resource_bindings_url',
  'resource_group_crn',
  'resource_group_id',
  'resource_id',
  'resource_keys_url',
  'resource_plan_id',
  'restored_by',
  'scheduled_reclaim_by',
  'deleted_by',
  'created_by',
  'state',
  'sub_type',
  'target_crn',
  'type',
] as const;

/** Times, with milliseconds: attribute → member. Two of them have other names in state. */
const times = {
  created_at: 'created_at',
  update_at: 'updated_at',
  deleted_at: 'deleted_at',
  restored_at: 'restored_at',
  scheduled_reclaim_at: 'scheduled_reclaim_at',
} as const;

/** `"true"` becomes a boolean, `"[a,b]"` a list of texts, the rest stays text (3.1, parameter conversion). */
function parameterOf(text: string): unknown {
  if (text === 'true' || text === 'false') return text === 'true';
  if (text.startsWith('[') && text.endsWith(']')) {
    return text
      .slice(1, -1)
      .split(',')
      .map((part) => part.trim().replace(/^"|"$/g, ''));
  }
  return text;
}

function parametersOf(plan: ResourceInstanceState): Record<string, unknown> {
  const { parameters, parameters_json: json, service_endpoints: endpoints } = plan;
  const given = json
    ? (JSON.parse(json) as Record<string, unknown>)
    : Object.fromEntries(Object.entries(parameters ?? {}).map(([name, value]) => [name, parameterOf(value)]));
  return { ...given, ...(endpoints ? { 'service-endpoints': endpoints } : {}) };
}

function textsOf(instance: ResourceInstance): Observed<ResourceInstanceState> {
  const texts = copiedTexts.map((name) => [name, instance[name] ?? null] as const);
  const dates = Object.entries(times).map(([attribute, member]) => {
    const time = instance[member];
    return [attribute, typeof time === 'string' ? formatInstant(parseInstant(time)) : null] as const;
  });
  return Object.fromEntries([...texts, ...dates]);
}

async function stateOf(
  session: IbmSession,
  instance: ResourceInstance,
  signal: AbortSignal,
): Promise<Observed<ResourceInstanceState>> {
  const {
    crn,
    name,
    state,
    parameters,
    extensions,
    last_operation: operation,
    plan_history: history,
  } = instance;
  const endpoints = parameters?.['service-endpoints'];
  return {
    ...textsOf(instance),
    id: instance.id,
    name,
    status: state,
    service: await nameOf(session, instance.resource_id, signal),
    plan: await nameOf(session, instance.resource_plan_id, signal),
    location: tryParseCrn(crn)?.location ?? '',
    tags: await readTags(session, crn, 'tags', signal),
    ...(typeof endpoints === 'string' ? { service_endpoints: endpoints } : {}),
    extensions: flatten(extensions ?? {}),
    last_operation: operation ? flatten(operation) : null,
    plan_history: (history ?? []).map(({ resource_plan_id, start_date }) => ({
      resource_plan_id,
      start_date: formatInstant(parseInstant(start_date)),
    })),
    onetime_credentials: instance['onetime_credentials'] === true,
    allow_cleanup: instance['allow_cleanup'] === true,
    locked: instance['locked'] === true,
    update_by: (instance['updated_by'] as string | undefined) ?? null,
    resource_name: name,
    resource_crn: crn,
    resource_status: state,
    resource_group_name: instance.resource_group_crn ?? null,
    resource_controller_url: `${await session.consoleUrl()}/services/`,
  };
}

async function observe(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<Observed<ResourceInstanceState> | null> {
  const instance = await unlessGone(getInstance(session, id, signal));
  return instance === undefined || isRemoved(instance) ? null : stateOf(session, instance, signal);
}

async function draftOf(
  session: IbmSession,
  plan: ResourceInstanceState,
  signal: AbortSignal,
): Promise<object> {
  const service = await findService(session, plan.service, signal);
  const servicePlan = await findPlan(session, service.id, plan.plan, signal);
  return {
    name: plan.name,
    target: await findDeployment(session, servicePlan.id, plan.location, signal),
    resource_plan_id: servicePlan.id,
    resource_group: plan.resource_group_id || (await defaultResourceGroupId(session, signal)),
    parameters: parametersOf(plan),
  };
}

interface Patience {
  readonly signal: AbortSignal;
  readonly timeout: Duration | undefined;
}

function ready(session: IbmSession, id: string, { signal, timeout }: Patience): Promise<ResourceInstance> {
  return waitFor({
    what: `instance ${id} to become active`,
    read: () => step(`read instance ${id}`, getInstance(session, id, signal)),
    done(instance) {
      const state = pendingState(instance);
      if (['failed', 'removed', 'pending_reclamation'].includes(state))
        throw new Error(`instance ${id} is ${state}`);
      return state === 'active' || state === 'succeeded';
    },
    show: pendingState,
    signal,
    timeout,
  });
}

function wishedTags(session: IbmSession, plan: ResourceInstanceState): readonly string[] {
  return [...new Set([...(plan.tags ?? []), ...session.environmentTags])];
}

export const resourceInstance = defineResource<ResourceInstanceState, IbmSession>({
  facts,
  stateFunc: {
    parameters_json: (value) =>
      typeof value === 'string' && value !== '' ? JSON.stringify(JSON.parse(value)) : value,
  },
  validators: {
    service_endpoints: oneOf('public', 'private', 'public-and-private'),
  },
  async create({ client: session, plan, signal, timeout, saveState }) {
    const draft = await step(`prepare instance ${plan.name}`, draftOf(session, plan, signal));
    const creation = step(
      `create instance ${plan.name}`,
      createInstance(session, draft, signal),
      'parameters',
    );
    const { id, crn } = await creation;
    saveState({ id, crn });
    await ready(session, id, { signal, timeout });
    await changeTags(session, { crn, kind: 'tags', before: [], after: wishedTags(session, plan) }, signal);
    return { state: (await observe(session, id, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await step(`read instance ${state.id}`, observe(session, state.id, signal)) };
  },
  async update({ client: session, plan, prior, changed, signal, timeout }) {
    const { id } = prior;
    const crn = String(prior['crn']);
    const service = changed('plan') ? await findService(session, plan.service, signal) : undefined;
    const change = {
      ...(changed('name') ? { name: plan.name } : {}),
      ...(service ? { resource_plan_id: (await findPlan(session, service.id, plan.plan, signal)).id } : {}),
      ...(changed('parameters', 'parameters_json', 'service_endpoints')
        ? { parameters: parametersOf(plan) }
        : {}),
    };
    if (Object.keys(change).length > 0) {
      await step(`update instance ${plan.name}`, patchInstance(session, id, change, signal), 'parameters');
      await ready(session, id, { signal, timeout });
    }
    if (changed('tags')) {
      const tags = { crn, kind: 'tags', before: prior.tags ?? [], after: wishedTags(session, plan) } as const;
      await step(`tag instance ${plan.name}`, changeTags(session, tags, signal), 'tags');
    }
    return { state: (await observe(session, id, signal)) ?? {} };
  },
  async delete({ client: session, state, signal, timeout }) {
    await step(`delete instance ${state.name}`, deleteInstance(session, state.id, signal));
    await waitFor({
      what: `instance ${state.name} to be deleted`,
      read: () => unlessGone(getInstance(session, state.id, signal)),
      done: (instance) => instance === undefined || isRemoved(instance),
      show: (instance) => instance?.state ?? 'gone',
      signal,
      timeout,
    });
  },
  import: importById,
});
