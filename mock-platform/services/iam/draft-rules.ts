/** The rules that a policy has to keep, whichever version of the API it comes through. (ibm-control-plane.md 6.3.2) */
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import { roleOf } from '../../../domain/iam/roles';
import type { Session } from '../../kernel/operation';
import { customRoleCrn, customRolesOf } from './custom-roles';
import type { PolicyDraft } from './drafts';
import { invalidBody } from './errors';
import type { PolicyType } from './model';

/** Attributes by which an authorization may name its source; what may name its target is each service's own matter. */
const authorizationSubjectKeys = [
  'serviceName',
  'serviceInstance',
  'region',
  'resourceType',
  'resource',
  'accountId',
  'resourceGroupId',
];
const accessSubjectKeys = ['iam_id', 'access_group_id'];
const accessScopeKeys = ['serviceType', 'serviceName', 'resourceGroupId', 'service_group_id'];

const quoted = (names: readonly string[]): string => names.join(', ');

interface Circumstances {
  readonly account: string;
  /** The account's custom roles for the service of the policy. */
  readonly customRoles: readonly string[];
}

/** A rule answers what is wrong with the draft, or nothing. */
type DraftRule = (draft: PolicyDraft, circumstances: Circumstances) => string | undefined;

function has(attributes: readonly PolicyAttribute[], keys: readonly string[]): boolean {
  return attributes.some(({ key }) => keys.includes(key));
}

const resourceNamesAccount: DraftRule = ({ terms }, { account }) =>
  terms.resource.some(({ key, value }) => key === 'accountId' && value === account)
    ? undefined
    : `resource must include the attribute accountId with the value ${account}`;

/** `stringExists` asks for a boolean, the `AnyOf` operators for a list, the others for one text. */
function valueFits({ operator, value }: PolicyAttribute): boolean {
  if (operator === 'stringExists') return typeof value === 'boolean';
  return operator.endsWith('AnyOf') ? Array.isArray(value) : typeof value === 'string';
}

const valuesFitOperators: DraftRule = ({ terms }) => {
  const wrong = [...terms.subject, ...terms.resource].find((attribute) => !valueFits(attribute));
  return wrong && `attribute ${wrong.key}: the operator ${wrong.operator} does not take such a value`;
};

function serviceOf({ terms }: PolicyDraft): string {
  const service = terms.resource.find(({ key }) => key === 'serviceName')?.value;
  return typeof service === 'string' ? service : '';
}

/** Custom roles are for people and service ids (IBM Cloud IAM docs `iam-roles-management.md`), not for services. */
const rolesExist: DraftRule = (draft, { customRoles }) => {
  const custom = draft.type === 'access' ? customRoles : [];
  const unknown = draft.terms.roles.find(
    (crn) => roleOf(serviceOf(draft), crn) === undefined && !custom.includes(crn),
  );
  return unknown && `role ${unknown} does not exist for the resource of the policy`;
};

/** A policy limited by access tags is one for all services and says nothing else (`known-issues.md`). */
const tagsStandAlone: DraftRule = ({ terms: { tags, resource } }) => {
  if (tags === undefined) return undefined;
  const typed = resource.some(({ key, value }) => key === 'serviceType' && value === 'service');
  return typed && resource.length === 2
    ? undefined
    : 'a resource with tags has the attributes accountId and serviceType service, and no other';
};

const onlyForAccess: DraftRule = ({ terms: { tags, time } }) => {
  if (time !== undefined) return 'rule is for policies of the type access';
  return tags && 'tags are for policies of the type access';
};

const rules: Readonly<Record<PolicyType, readonly DraftRule[]>> = {
  authorization: [
    ({ terms }) =>
      has(terms.subject, ['accountId']) ? undefined : 'subject must include the attribute accountId',
    ({ terms }) =>
      has(terms.subject, ['serviceName', 'resourceGroupId'])
        ? undefined
        : 'subject must include the attribute serviceName, resourceGroupId or both',
    ({ terms }) => {
      const other = terms.subject.find(({ key }) => !authorizationSubjectKeys.includes(key));
      return other && `subject attribute ${other.key} is not one of ${quoted(authorizationSubjectKeys)}`;
    },
    resourceNamesAccount,
    valuesFitOperators,
    rolesExist,
    onlyForAccess,
  ],
  access: [
    ({ terms }) =>
      terms.subject.length === 1 && has(terms.subject, accessSubjectKeys)
        ? undefined
        : `subject must have exactly one attribute, ${accessSubjectKeys.join(' or ')}`,
    resourceNamesAccount,
    ({ terms }) =>
      has(terms.resource, accessScopeKeys)
        ? undefined
        : `resource must include one of the attributes ${quoted(accessScopeKeys)}`,
    valuesFitOperators,
    rolesExist,
    tagsStandAlone,
  ],
};

/** Throws `invalid_body` naming the first rule that the draft breaks. */
export async function checkDraft(session: Session, draft: PolicyDraft): Promise<void> {
  const custom = await customRolesOf(session, serviceOf(draft));
  const circumstances = {
    account: session.options.account,
    customRoles: custom.map(({ doc }) => customRoleCrn(doc)),
  };
  for (const rule of rules[draft.type]) {
    const broken = rule(draft, circumstances);
    if (broken !== undefined) throw invalidBody(broken);
  }
}
