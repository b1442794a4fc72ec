import { defineResource, importById } from '../../core/resource';
import type { Observed } from '../../core/state';
import { isGone, step, unlessGone } from '../client/failures';
import {
  type AuthorizationPolicy,
  createPolicy,
  deletePolicy,
  getPolicy,
  type PolicyAttribute,
  type PolicyServices,
  replacePolicy,
  roleIds,
  roleNames,
} from '../client/policies';
import type { IbmSession } from '../client/session';
import facts from '../schema/resources/ibm_iam_authorization_policy.json';

interface AttributeBlock {
  readonly name: string;
  readonly value: string;
  readonly operator: string | null;
}

/** Source: ibm-control-plane.md 3.4. */
export interface AuthorizationPolicyState {
  readonly id: string;
  readonly source_service_name: string | null;
  readonly source_service_account: string | null;
  readonly source_resource_instance_id: string | null;
  readonly source_resource_type: string | null;
  readonly source_resource_group_id: string | null;
  readonly target_service_name: string | null;
  readonly target_resource_instance_id: string | null;
  readonly target_resource_type: string | null;
  readonly target_resource_group_id: string | null;
  readonly roles: readonly string[];
  readonly description: string | null;
  readonly subject_attributes: readonly AttributeBlock[];
  readonly resource_attributes: readonly AttributeBlock[];
  readonly transaction_id: string | null;
  readonly version: string | null;
}

/** Arguments that are one policy attribute each, with the attribute's key. */
const subjectKeys = {
  source_service_name: 'serviceName',
  source_resource_instance_id: 'serviceInstance',
  source_resource_type: 'resourceType',
  source_resource_group_id: 'resourceGroupId',
} as const;

const resourceKeys = {
  target_service_name: 'serviceName',
  target_resource_instance_id: 'serviceInstance',
  target_resource_type: 'resourceType',
  target_resource_group_id: 'resourceGroupId',
} as const;

/** `*` for a resource group means any: the attribute exists. */
function attributeOf(key: string, value: string, operator: string | null): PolicyAttribute {
  if (!operator && key === 'resourceGroupId' && value === '*')
    return { key, operator: 'stringExists', value: true };
  if (operator === 'stringExists') return { key, operator, value: value === 'true' };
  return { key, operator: operator || 'stringEquals', value };
}

function argumentsOf(
  plan: AuthorizationPolicyState,
  keys: Readonly<Record<string, string>>,
): PolicyAttribute[] {
  const values = plan as unknown as Readonly<Record<string, string | null>>;
  return Object.entries(keys).flatMap(([argument, key]) => {
    const value = values[argument];
    return value ? [attributeOf(key, value, null)] : [];
  });
}

function subjectOf(plan: AuthorizationPolicyState, account: string): PolicyAttribute[] {
  if (plan.subject_attributes.length > 0) {
    return plan.subject_attributes.map(({ name, value, operator }) => attributeOf(name, value, operator));
  }
  const owner = attributeOf('accountId', plan.source_service_account || account, null);
  return [...argumentsOf(plan, subjectKeys), owner];
}

function resourceOf(
  plan: AuthorizationPolicyState,
  config: AuthorizationPolicyState,
  account: string,
): PolicyAttribute[] {
  const owner = attributeOf('accountId', account, null);
  // In state the block mirrors whatever the policy has; only a configured one says what is wanted.
  if (config.resource_attributes.length === 0) return [...argumentsOf(plan, resourceKeys), owner];
  const given = config.resource_attributes.map(({ name, value, operator }) =>
    attributeOf(name, value, operator),
  );
  return given.some(({ key }) => key === 'accountId') ? given : [...given, owner];
}

function attributeValue(attributes: readonly PolicyAttribute[], key: string): string {
  const value = attributes.find((attribute) => attribute.key === key)?.value;
  return value === undefined ? '' : String(value);
}

/** Whose roles are asked for (3.4, Read): the target service, or what stands for a target without one. */
function servicesOf(
  subject: readonly PolicyAttribute[],
  resource: readonly PolicyAttribute[],
): PolicyServices {
  const source = attributeValue(subject, 'serviceName');
  const fallback =
    attributeValue(resource, 'resourceType') === 'resource-group'
      ? 'resource-controller'
      : 'alliamserviceroles';
  return { target: attributeValue(resource, 'serviceName') || fallback, ...(source ? { source } : {}) };
}

interface Wish {
  readonly plan: AuthorizationPolicyState;
  readonly config: AuthorizationPolicyState;
}

async function draftOf(session: IbmSession, { plan, config }: Wish, signal: AbortSignal): Promise<object> {
  const { account } = await session.claims();
  const subject = subjectOf(plan, account);
  const resource = resourceOf(plan, config, account);
  const ids = await roleIds(session, servicesOf(subject, resource), plan.roles, signal);
  return {
    type: 'authorization',
    subject: { attributes: subject },
    resource: { attributes: resource },
    control: { grant: { roles: ids.map((role_id) => ({ role_id })) } },
    ...(plan.description ? { description: plan.description } : {}),
  };
}

/** A configured subject block keeps the form in which it was written (`*`, no operator). */
function subjectBlocks(policy: AuthorizationPolicy, prior: readonly AttributeBlock[]): AttributeBlock[] {
  if (prior.length === 0) return [];
  return policy.subject.attributes.map(({ key, operator, value }) => {
    const written = prior.find(({ name }) => name === key);
    if (written && !written.operator)
      return { name: key, value: value === true ? '*' : String(value), operator: written.operator };
    return { name: key, value: String(value), operator };
  });
}

async function observe(
  session: IbmSession,
  id: string,
  prior: readonly AttributeBlock[],
  signal: AbortSignal,
): Promise<Observed<AuthorizationPolicyState> | null> {
  const answer = await unlessGone(getPolicy(session, id, signal));
  if (answer === undefined || answer.policy.state === 'deleted') return null;
  const { policy, transactionId } = answer;
  const subject = policy.subject.attributes;
  const resource = policy.resource.attributes;
  const ids = policy.control.grant.roles.map(({ role_id }) => role_id);
  return {
    id,
    roles: await roleNames(session, servicesOf(subject, resource), ids, signal),
    ...(policy.description === undefined ? {} : { description: policy.description }),
    source_service_name: attributeValue(subject, 'serviceName'),
    source_service_account: attributeValue(subject, 'accountId'),
    source_resource_instance_id: attributeValue(subject, 'serviceInstance'),
    source_resource_type: attributeValue(subject, 'resourceType'),
    source_resource_group_id: attributeValue(subject, 'resourceGroupId'),
    target_service_name: attributeValue(resource, 'serviceName'),
    target_resource_instance_id: attributeValue(resource, 'serviceInstance'),
    target_resource_type: attributeValue(resource, 'resourceType'),
    target_resource_group_id: attributeValue(resource, 'resourceGroupId'),
    subject_attributes: subjectBlocks(policy, prior),
    resource_attributes: resource.map(({ key, operator, value }) => ({
      name: key,
      value: String(value),
      operator,
    })),
    ...(transactionId === undefined ? {} : { transaction_id: transactionId }),
  };
}

export const iamAuthorizationPolicy = defineResource<AuthorizationPolicyState, IbmSession>({
  facts,
  async create({ client: session, plan, config, signal, saveState }) {
    const draft = await draftOf(session, { plan, config }, signal);
    const creation = createPolicy(session, draft, plan.transaction_id ?? undefined, signal);
    const { id } = await step('create the authorization policy', creation, {
      policy_conflict_error: 'roles',
    });
    saveState({ id });
    const observed = await step(
      `read authorization policy ${id}`,
      observe(session, id, plan.subject_attributes, signal),
    );
    return { state: observed ?? {} };
  },
  async read({ client: session, state, signal }) {
    const { id, subject_attributes } = state;
    return {
      state: await step(`read authorization policy ${id}`, observe(session, id, subject_attributes, signal)),
    };
  },
  async update({ client: session, plan, config, prior, changed, signal }) {
    // The vendor does not send a description that changed alone (3.4).
    if (changed('roles')) {
      const draft = await draftOf(session, { plan, config }, signal);
      await step(
        `replace authorization policy ${prior.id}`,
        replacePolicy(session, prior.id, draft, signal),
        'roles',
      );
    }
    const observed = await step(
      `read authorization policy ${prior.id}`,
      observe(session, prior.id, plan.subject_attributes, signal),
    );
    return { state: { ...observed, description: plan.description } };
  },
  async delete({ client: session, state, signal }) {
    try {
      await deletePolicy(session, state.id, signal);
    } catch (error) {
      if (!isGone(error)) await step(`delete authorization policy ${state.id}`, Promise.reject(error));
    }
  },
  import: importById,
});
