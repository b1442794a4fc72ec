import type { Duration } from '../../../domain/time';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { defineResource, importById, type UpdateRequest } from '../../core/resource';
import { allowedTexts } from '../../core/vendor-validators';
import { findDeployment, findPlan, findService } from '../client/catalog';
import { type AttributeOf, step, unlessGone } from '../client/failures';
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
import { changeTags, forgetTags } from '../client/tags';
import { waitFor } from '../client/wait';
import facts from '../schema/resources/ibm_resource_instance.json';
import { type InstanceState, instanceState } from '../state/instance';
import { isJsonObject, normalizedJson, parametersOf } from '../state/parameters';
import { withEnvironmentTags } from '../state/tags';

/** Source: ibm-control-plane.md 3.1. */
export interface ResourceInstanceState extends InstanceState {
  readonly parameters: Readonly<Record<string, string>> | null;
  readonly parameters_json: string | null;
}

/** Where an instance goes that names no group. */
async function defaultGroup(session: IbmSession, signal: AbortSignal): Promise<string> {
  const asking = defaultResourceGroupId(session, signal);
  const attribute = 'resource_group_id';
  const id = await step({ says: '[ERROR] Error retrieving resource group' }, asking, attribute);
  if (id !== undefined) return id;
  throw new DiagnosticError({
    summary:
      '[ERROR] The default resource group could not be found. Make sure you have required permissions to access the resource group',
    detail:
      'Without resource_group_id an instance goes to the default group of the account, and the API lists none to you.\n' +
      'Cause: you have no role on that group.\n' +
      'Remedy: set resource_group_id, or have the role Viewer granted on the default group.',
    attribute: attributePath(attribute),
  });
}

async function draftOf(
  session: IbmSession,
  plan: ResourceInstanceState,
  signal: AbortSignal,
): Promise<object> {
  const service = await findService(session, plan.service, signal);
  const servicePlan = await findPlan(session, service, plan.plan, signal);
  return {
    name: plan.name,
    target: await findDeployment(session, servicePlan, plan.location, signal),
    resource_plan_id: servicePlan.id,
    resource_group: plan.resource_group_id || (await defaultGroup(session, signal)),
    parameters: parametersOf(plan),
  };
}

interface Limits {
  readonly signal: AbortSignal;
  readonly timeout: Duration | undefined;
}

/** States that an instance does not leave by itself. */
const ended: readonly string[] = ['failed', 'removed', 'pending_reclamation'];

function failureOf(instance: ResourceInstance): DiagnosticError {
  const description = instance.last_operation?.['description'];
  const told =
    typeof description === 'string' && description !== '' ? ` The service says: ${description}` : '';
  return new DiagnosticError({
    summary: `Instance ${instance.name} is ${pendingState(instance)}`,
    detail: `${instance.crn} will not become active.${told} Terraform keeps it as tainted and replaces it with the next apply.`,
  });
}

function ready(session: IbmSession, id: string, { signal, timeout }: Limits): Promise<ResourceInstance> {
  return waitFor({
    what: `instance ${id} to become active`,
    read: () =>
      step({ says: '[ERROR] Error retrieving resource instance' }, getInstance(session, id, signal)),
    done(instance) {
      const state = pendingState(instance);
      if (ended.includes(state)) throw failureOf(instance);
      return state === 'active' || state === 'succeeded';
    },
    show: pendingState,
    signal,
    timeout,
  });
}

async function observe(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<Partial<ResourceInstanceState> | null> {
  const reading = async () => {
    const instance = await unlessGone(getInstance(session, id, signal));
    // The vendor knows an instance by its CRN alone, though the API answers for the GUID too.
    const isThere = instance !== undefined && instance.id === id && !isRemoved(instance);
    return isThere ? instanceState(session, instance, signal) : null;
  };
  return step({ says: '[ERROR] Error retrieving resource instance' }, reading());
}

/** Refusals of the service itself are about the parameters; those of the Resource Controller come without a code. */
function attributeOf({ parameters_json }: ResourceInstanceState): AttributeOf {
  return { 'RC-ServiceBrokerErrorResponse': parameters_json ? 'parameters_json' : 'parameters' };
}

type Update = UpdateRequest<ResourceInstanceState, IbmSession>;

async function changeOf({ client: session, plan, changed, signal }: Update): Promise<object> {
  const planId = async (): Promise<string> => {
    const service = await findService(session, plan.service, signal);
    return (await findPlan(session, service, plan.plan, signal)).id;
  };
  return {
    ...(changed('name') ? { name: plan.name } : {}),
    ...(changed('plan') ? { resource_plan_id: await planId() } : {}),
    ...(changed('parameters', 'parameters_json', 'service_endpoints')
      ? { parameters: parametersOf(plan) }
      : {}),
  };
}

async function changeOfTags({ client: session, plan, prior, signal }: Update): Promise<void> {
  const before = prior.tags ?? [];
  const after = [...new Set([...(plan.tags ?? []), ...session.environmentTags])];
  const change = { crn: prior.crn ?? '', kind: 'tags', before, after } as const;
  await changeTags(session, change, signal);
  await forgetTags(
    session,
    before.filter((tag) => !after.includes(tag)),
    signal,
  );
}

export const resourceInstance = defineResource<ResourceInstanceState, IbmSession>({
  facts,
  stateFunc: { parameters_json: normalizedJson },
  validators: {
    service_endpoints: allowedTexts('public', 'private', 'public-and-private'),
    parameters_json: isJsonObject,
  },
  async modifyPlan({ client: session, prior, plan }) {
    return withEnvironmentTags(session?.environmentTags ?? [], prior, plan);
  },
  async create({ client: session, plan, signal, timeout, saveState }) {
    const draft = await draftOf(session, plan, signal);
    const creation = createInstance(session, draft, signal);
    const { id, crn } = await step(
      { says: '[ERROR] Error when creating resource instance' },
      creation,
      attributeOf(plan),
    );
    saveState({ id, crn });
    await ready(session, id, { signal, timeout });
    const after = [...new Set([...(plan.tags ?? []), ...session.environmentTags])];
    const tagging = changeTags(session, { crn, kind: 'tags', before: [], after }, signal);
    await step(`tag instance ${plan.name}`, tagging, 'tags');
    return { state: (await observe(session, id, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await observe(session, state.id, signal) };
  },
  async update(request) {
    const { client: session, plan, prior, changed, signal, timeout } = request;
    const change = await changeOf(request);
    if (changed('tags')) await step(`tag instance ${plan.name}`, changeOfTags(request), 'tags');
    if (Object.keys(change).length > 0) {
      const patching = patchInstance(session, prior.id, change, signal);
      await step({ says: '[ERROR] Error updating resource instance' }, patching, attributeOf(plan));
      await ready(session, prior.id, { signal, timeout });
    }
    return { state: (await observe(session, prior.id, signal)) ?? {} };
  },
  async delete({ client: session, state, signal, timeout }) {
    await step(
      { says: '[ERROR] Error deleting resource instance', doing: `delete instance ${state.name}` },
      deleteInstance(session, state.id, signal),
    );
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
