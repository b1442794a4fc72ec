import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { defineResource, importById } from '../../core/resource';
import type { Observed } from '../../core/state';
import { step, unlessGone } from '../client/failures';
import {
  type AuthorizationPolicy,
  createPolicy,
  deletePolicy,
  getPolicy,
  type PolicyAddress,
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

type Argument = keyof typeof subjectKeys | keyof typeof resourceKeys;

/** Any group: the attribute exists. Of a source only; the vendor sends a target's `*` as it is. */
const anyGroup: PolicyAttribute = { key: 'resourceGroupId', operator: 'stringExists', value: true };

function isAnyGroup({ name, value, operator }: AttributeBlock): boolean {
  return name === 'resourceGroupId' && value === '*' && !operator;
}

function attributeOf(
  block: AttributeBlock,
  from: 'subject_attributes' | 'resource_attributes',
): PolicyAttribute {
  const { name: key, value, operator } = block;
  if (from === 'subject_attributes' && isAnyGroup(block)) return anyGroup;
  if (operator !== 'stringExists') return { key, operator: operator || 'stringEquals', value };
  if (value === 'true' || value === 'false') return { key, operator, value: value === 'true' };
  throw new DiagnosticError({
    summary: `Invalid value of the attribute ${key}`,
    detail: `With the operator stringExists the value is true or false, not '${value}'.`,
    attribute: attributePath(from),
  });
}

function argumentsOf(
  plan: AuthorizationPolicyState,
  keys: Partial<Record<Argument, string>>,
): PolicyAttribute[] {
  return (Object.entries(keys) as [Argument, string][]).flatMap(([argument, key]) => {
    const value = plan[argument];
    return value ? [{ key, operator: 'stringEquals', value }] : [];
  });
}

function subjectOf(plan: AuthorizationPolicyState, account: string): PolicyAttribute[] {
  if (plan.subject_attributes.length > 0) {
    return plan.subject_attributes.map((block) => attributeOf(block, 'subject_attributes'));
  }
  const owner = { key: 'accountId', operator: 'stringEquals', value: plan.source_service_account || account };
  const given = argumentsOf(plan, subjectKeys).map((attribute) =>
    attribute.key === 'resourceGroupId' && attribute.value === '*' ? anyGroup : attribute,
  );
  return [...given, owner];
}

function resourceOf({ plan, config }: Wish, account: string): PolicyAttribute[] {
  // In state the block mirrors whatever the policy has; only a configured one says what is wanted.
  if (config.resource_attributes.length > 0) {
    return config.resource_attributes.map((block) => attributeOf(block, 'resource_attributes'));
  }
  const owner = { key: 'accountId', operator: 'stringEquals', value: account };
  return [...argumentsOf(plan, resourceKeys), owner];
}

/** Operators of attributes that have one value. */
const singleValued: readonly string[] = ['stringEquals', 'stringMatch'];

/** As the vendor shows it: `*` for any value of a target, nothing for any value of a source. */
function attributeValue(
  attributes: readonly PolicyAttribute[],
  key: string,
  anyValue: '' | '*' = '',
): string {
  const found = attributes.find((each) => each.key === key);
  if (found === undefined) return '';
  if (found.operator === 'stringExists' && found.value === true) return anyValue;
  return singleValued.includes(found.operator) ? String(found.value) : '';
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

async function draftOf(session: IbmSession, wish: Wish, signal: AbortSignal): Promise<object> {
  const { plan } = wish;
  const { account } = await session.claims();
  const subject = subjectOf(plan, account);
  const resource = resourceOf(wish, account);
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
      return { name: key, value: value === true ? '*' : String(value), operator: written.operator ?? '' };
    return { name: key, value: String(value), operator };
  });
}

type Known = Pick<AuthorizationPolicyState, 'id' | 'subject_attributes' | 'transaction_id'>;

/** An empty one is not sent (3.0, zero values). */
function addressOf({ id, transaction_id }: Pick<Known, 'id' | 'transaction_id'>): PolicyAddress {
  return { id, transactionId: transaction_id || undefined };
}

async function observe(
  session: IbmSession,
  known: Known,
  signal: AbortSignal,
): Promise<Observed<AuthorizationPolicyState> | null> {
  const { id, subject_attributes: prior } = known;
  const answer = await unlessGone(getPolicy(session, addressOf(known), signal));
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
    target_service_name: attributeValue(resource, 'serviceName', '*'),
    target_resource_instance_id: attributeValue(resource, 'serviceInstance', '*'),
    target_resource_type: attributeValue(resource, 'resourceType', '*'),
    target_resource_group_id: attributeValue(resource, 'resourceGroupId', '*'),
    subject_attributes: subjectBlocks(policy, prior),
    resource_attributes: resource.map(({ key, operator, value }) => ({
      name: key,
      value: String(value),
      operator,
    })),
    ...(transactionId === undefined ? {} : { transaction_id: transactionId }),
  };
}

function read(
  session: IbmSession,
  known: Known,
  signal: AbortSignal,
): Promise<Observed<AuthorizationPolicyState> | null> {
  return step({ says: '[ERROR] Error retrieving authorizationPolicy' }, observe(session, known, signal));
}

/** What an update sends. Members of the two sets of attributes change in place. */
const sent = ['roles', 'subject_attributes', 'resource_attributes'] as const;

export const iamAuthorizationPolicy = defineResource<AuthorizationPolicyState, IbmSession>({
  facts,
  async create({ client: session, plan, config, signal, saveState }) {
    const draft = await step('prepare the authorization policy', draftOf(session, { plan, config }, signal));
    const creation = createPolicy(session, draft, plan.transaction_id || undefined, signal);
    const { id } = await step({ says: '[ERROR] Error creating authorization policy' }, creation, {
      policy_conflict_error: 'roles',
    });
    saveState({ id });
    return { state: (await read(session, { ...plan, id }, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await read(session, state, signal) };
  },
  async update({ client: session, plan, config, prior, changed, signal, diagnostics }) {
    const { id } = prior;
    if (changed(...sent)) {
      const draft = await step(
        'prepare the authorization policy',
        draftOf(session, { plan, config }, signal),
      );
      const replacing = replacePolicy(session, addressOf({ ...plan, id }), draft, signal);
      await step({ says: '[ERROR] Error creating authorization policy' }, replacing, 'roles');
    } else if (changed('description')) {
      diagnostics.warning(
        'The new description is not sent',
        "The vendor's provider 2.5.0 sends the description only together with changed roles.",
        attributePath('description'),
      );
    }
    return { state: (await read(session, { ...plan, id }, signal)) ?? {} };
  },
  async delete({ client: session, state, signal }) {
    const deleting = unlessGone(deletePolicy(session, addressOf(state), signal));
    await step(
      { says: 'Error deleting authorization policy', doing: `delete authorization policy ${state.id}` },
      deleting,
    );
  },
  import: importById,
});
