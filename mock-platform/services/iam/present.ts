/** Policies and roles as the two versions of the API show them. (ibm-control-plane.md 6.3.2) */
import { formatCrn } from '../../../domain/crn';
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import { type Role, roleByCrn } from '../../../domain/iam/roles';
import type { Session } from '../../kernel/operation';
import type { Wire } from '../../kernel/wire';
import type * as v1 from './gen/policy-v1-list';
import type * as v2 from './gen/policy-v2-list';
import type { PresentedRole } from './gen/role-list';
import type { PolicyDocument } from './model';

export type PresentedPolicy = Wire<v1.PresentedPolicyV1 | v2.PresentedPolicyV2>;

export interface Presentation {
  readonly session: Session;
  /** Answers which actions a role permits on a service; given where `format=display` asks for them. */
  readonly actionsOf?: (role: Role, serviceName: string) => readonly string[];
}

type Provenance = 'created_at' | 'created_by_id' | 'last_modified_at' | 'last_modified_by_id' | 'state';

function provenance(policy: PolicyDocument): Pick<PresentedPolicy, Provenance> {
  return {
    created_at: policy.createdAt,
    created_by_id: policy.createdBy,
    last_modified_at: policy.lastModifiedAt,
    last_modified_by_id: policy.lastModifiedBy,
    state: policy.state,
  };
}

function head(policy: PolicyDocument): Pick<PresentedPolicy, 'id' | 'type' | 'description'> {
  const { id, type, description } = policy;
  return { id, type, ...(description === undefined ? {} : { description }) };
}

/** Version 1 knows text only: `*` stands for "exists", a list is joined by commas. */
function textOf({ value }: PolicyAttribute): string {
  if (typeof value === 'boolean') return '*';
  return [value].flat().join(',');
}

function serviceOf(policy: PolicyDocument): string {
  const name = policy.resource.find(({ key }) => key === 'serviceName')?.value;
  return typeof name === 'string' ? name : '';
}

function displayedActions(
  policy: PolicyDocument,
  crn: string,
  { actionsOf }: Presentation,
): Pick<v1.PolicyRole, 'actions'> {
  const role = roleByCrn(crn);
  if (actionsOf === undefined || role === undefined) return {};
  const actions = actionsOf(role, serviceOf(policy));
  return { actions: actions.map((id) => ({ id, display_name: id, description: '' })) };
}

function namedRole(policy: PolicyDocument, crn: string, presentation: Presentation): v1.PolicyRole {
  const name = roleByCrn(crn)?.displayName;
  return {
    role_id: crn,
    ...(name === undefined ? {} : { display_name: name }),
    ...displayedActions(policy, crn, presentation),
  };
}

/** Both versions have the same operators; the schemas of requests admit no others. */
function operatorOf({ operator }: PolicyAttribute): v1.Operator {
  return operator as v1.Operator;
}

function presentAttribute(attribute: PolicyAttribute): Wire<v2.PolicyAttribute> {
  return { ...attribute, operator: operatorOf(attribute) };
}

export function presentV1(policy: PolicyDocument, presentation: Presentation): Wire<v1.PresentedPolicyV1> {
  const { session } = presentation;
  return {
    ...head(policy),
    subjects: [
      {
        attributes: policy.subject.map((attribute) => ({ name: attribute.key, value: textOf(attribute) })),
      },
    ],
    roles: policy.roles.map((crn) => namedRole(policy, crn, presentation)),
    resources: [
      {
        attributes: policy.resource.map((attribute) => ({
          name: attribute.key,
          value: textOf(attribute),
          operator: operatorOf(attribute),
        })),
      },
    ],
    href: `${session.baseUrl}/v1/policies/${policy.id}`,
    ...provenance(policy),
  };
}

export function presentV2(policy: PolicyDocument, presentation: Presentation): Wire<v2.PresentedPolicyV2> {
  const { session, actionsOf } = presentation;
  const roles = policy.roles.map((crn) =>
    actionsOf === undefined ? { role_id: crn } : namedRole(policy, crn, presentation),
  );
  return {
    ...head(policy),
    subject: { attributes: policy.subject.map(presentAttribute) },
    control: { grant: { roles } },
    resource: { attributes: policy.resource.map(presentAttribute) },
    href: `${session.baseUrl}/v2/policies/${policy.id}`,
    ...provenance(policy),
  };
}

export function presentRole(role: Role, actions: readonly string[]): Wire<PresentedRole> {
  return { crn: role.crn, display_name: role.displayName, actions };
}

/** How audit events and the world name a policy. */
export function policyCrn({ account, id }: Pick<PolicyDocument, 'account' | 'id'>): string {
  return formatCrn({
    serviceName: 'iam-access-management',
    scope: `a/${account}`,
    resourceType: 'policy',
    resource: id,
  });
}
