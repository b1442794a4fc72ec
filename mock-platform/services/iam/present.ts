/** Policies and roles as the two versions of the API show them. (ibm-control-plane.md 6.3.2) */
import { formatCrn } from '../../../domain/crn';
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import type { Role } from '../../../domain/iam/roles';
import type { Session } from '../../kernel/operation';
import type { Wire } from '../../kernel/wire';
import { type CustomRoleDocument, customRoleCrn } from './custom-roles';
import type * as v1 from './gen/policy-v1-list';
import type * as v2 from './gen/policy-v2-list';
import type { CustomRole, PresentedRole } from './gen/role-list';
import type { PolicyDocument } from './model';
import type { Permits } from './permits';

export type PresentedPolicy = Wire<v1.PresentedPolicyV1 | v2.PresentedPolicyV2>;

/** A role as a policy that grants it shows it. */
export interface GrantedRole {
  readonly displayName: string;
  /** Given where `format=display` asks for them. */
  readonly actions?: readonly string[];
}

export interface Presentation {
  readonly session: Pick<Session, 'baseUrl'>;
  /** By CRN; those that the platform does not know are left out. */
  readonly roles: ReadonlyMap<string, GrantedRole>;
  /** Given where `format=include_last_permit` asks for it. */
  readonly permits?: Permits;
  /** Whether version 2 shows more of roles than their CRNs: `format=display`. */
  readonly display: boolean;
}

type Provenance =
  | 'created_at'
  | 'created_by_id'
  | 'last_modified_at'
  | 'last_modified_by_id'
  | 'last_permit_at'
  | 'last_permit_frequency'
  | 'state';

function provenance(policy: PolicyDocument, { permits }: Presentation): Pick<PresentedPolicy, Provenance> {
  return {
    created_at: policy.createdAt,
    created_by_id: policy.createdBy,
    last_modified_at: policy.lastModifiedAt,
    last_modified_by_id: policy.lastModifiedBy,
    ...(permits === undefined
      ? {}
      : { last_permit_at: permits.lastAt, last_permit_frequency: permits.count }),
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

function namedRole(crn: string, { roles }: Presentation): v1.PolicyRole {
  const { displayName, actions } = roles.get(crn) ?? {};
  return {
    role_id: crn,
    ...(displayName === undefined ? {} : { display_name: displayName }),
    ...(actions === undefined
      ? {}
      : { actions: actions.map((id) => ({ id, display_name: id, description: '' })) }),
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
  if (policy.time !== undefined) return placeholder(policy, presentation);
  const { session } = presentation;
  const tags = policy.tags?.map(({ key, value, operator }) => ({ name: key, value, operator }));
  return {
    ...head(policy),
    subjects: [
      {
        attributes: policy.subject.map((attribute) => ({ name: attribute.key, value: textOf(attribute) })),
      },
    ],
    roles: policy.roles.map((crn) => namedRole(crn, presentation)),
    resources: [
      {
        attributes: policy.resource.map((attribute) => ({
          name: attribute.key,
          value: textOf(attribute),
          operator: operatorOf(attribute),
        })),
        ...(tags === undefined ? {} : { tags }),
      },
    ],
    href: `${session.baseUrl}/v1/policies/${policy.id}`,
    ...provenance(policy, presentation),
  };
}

const unsupported =
  '**This is a unsupported policy version placeholder, to view the full content, please call GET with provided href**';

/** What version 1 shows of a policy that it cannot express (IBM Cloud docs `known-issues.md`, placeholder-v2). */
function placeholder(policy: PolicyDocument, presentation: Presentation): Wire<v1.PresentedPolicyV1> {
  const { id, type, account } = policy;
  return {
    id,
    type,
    description: unsupported,
    subjects: [{ attributes: [{ name: 'iam_id', value: 'unsupported version' }] }],
    roles: [
      {
        role_id: 'crn:v1:bluemix:public:iam::::role:UnsupportedVersion',
        display_name: 'Unsupported Version',
        description: unsupported,
      },
    ],
    resources: [{ attributes: [{ name: 'accountId', value: account, operator: 'stringEquals' }] }],
    href: `${presentation.session.baseUrl}/v2/policies/${id}`,
    ...provenance(policy, presentation),
  };
}

export function presentV2(policy: PolicyDocument, presentation: Presentation): Wire<v2.PresentedPolicyV2> {
  const { session, display } = presentation;
  const { tags, time } = policy;
  const roles = policy.roles.map((crn) => (display ? namedRole(crn, presentation) : { role_id: crn }));
  return {
    ...head(policy),
    subject: { attributes: policy.subject.map(presentAttribute) },
    control: { grant: { roles } },
    resource: {
      attributes: policy.resource.map(presentAttribute),
      ...(tags === undefined ? {} : { tags }),
    },
    ...time,
    href: `${session.baseUrl}/v2/policies/${policy.id}`,
    ...provenance(policy, presentation),
  };
}

export function presentRole(role: Role, actions: readonly string[]): Wire<PresentedRole> {
  return { crn: role.crn, display_name: role.displayName, actions };
}

export function presentCustomRole(
  role: CustomRoleDocument,
  { baseUrl }: Pick<Session, 'baseUrl'>,
): Wire<CustomRole> {
  const { id, name, account, service, displayName, description, actions } = role;
  return {
    id,
    name,
    account_id: account,
    service_name: service,
    display_name: displayName,
    ...(description === undefined ? {} : { description }),
    actions,
    crn: customRoleCrn(role),
    created_at: role.createdAt,
    created_by_id: role.createdBy,
    last_modified_at: role.lastModifiedAt,
    last_modified_by_id: role.lastModifiedBy,
    href: `${baseUrl}/v2/roles/${id}`,
  };
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
