/** Policies and roles as the two versions of the API show them. (ibm-control-plane.md 6.3.2) */
import { formatCrn } from '../../../domain/crn';
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import { type Role, roleByCrn } from '../../../domain/iam/roles';
import type { Session } from '../../kernel/operation';
import type { PolicyDocument } from './model';

export type PresentedPolicy = Readonly<Record<string, unknown>>;

export interface Presentation {
  readonly session: Session;
  /** Answers which actions a role permits on a service; given where `format=display` asks for them. */
  readonly actionsOf?: (role: Role, serviceName: string) => readonly string[];
}

function provenance(policy: PolicyDocument): PresentedPolicy {
  return {
    created_at: policy.createdAt,
    created_by_id: policy.createdBy,
    last_modified_at: policy.lastModifiedAt,
    last_modified_by_id: policy.lastModifiedBy,
    state: policy.state,
  };
}

function head(policy: PolicyDocument): PresentedPolicy {
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
): { readonly actions?: readonly object[] } {
  const role = roleByCrn(crn);
  if (actionsOf === undefined || role === undefined) return {};
  const actions = actionsOf(role, serviceOf(policy));
  return { actions: actions.map((id) => ({ id, display_name: id, description: '' })) };
}

function namedRole(policy: PolicyDocument, crn: string, presentation: Presentation): PresentedPolicy {
  const name = roleByCrn(crn)?.displayName;
  return {
    role_id: crn,
    ...(name === undefined ? {} : { display_name: name }),
    ...displayedActions(policy, crn, presentation),
  };
}

export function presentV1(policy: PolicyDocument, presentation: Presentation): PresentedPolicy {
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
          operator: attribute.operator,
        })),
      },
    ],
    href: `${session.baseUrl}/v1/policies/${policy.id}`,
    ...provenance(policy),
  };
}

export function presentV2(policy: PolicyDocument, presentation: Presentation): PresentedPolicy {
  const { session, actionsOf } = presentation;
  const roles = policy.roles.map((crn) =>
    actionsOf === undefined ? { role_id: crn } : namedRole(policy, crn, presentation),
  );
  return {
    ...head(policy),
    subject: { attributes: policy.subject },
    control: { grant: { roles } },
    resource: { attributes: policy.resource },
    href: `${session.baseUrl}/v2/policies/${policy.id}`,
    ...provenance(policy),
  };
}

export function presentRole(role: Role, actions: readonly string[]): PresentedPolicy {
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
