/** What a body of either version asks for, and the rules that it has to keep. (ibm-control-plane.md 6.3.2) */
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import { rolesOf } from '../../../domain/iam/roles';
import { invalidBody, notEmulated } from './errors';
import type { PolicyV1 } from './gen/policy-v1';
import type { PolicyV2 } from './gen/policy-v2';
import type { PolicyTerms, PolicyType } from './model';

export interface PolicyDraft {
  readonly type: PolicyType;
  readonly description?: string;
  readonly terms: PolicyTerms;
}

function described(description: string | undefined): { description?: string } {
  return description === undefined || description === '' ? {} : { description };
}

function refuseTags(tags: readonly unknown[] | undefined): void {
  if (tags !== undefined && tags.length > 0) throw notEmulated('a policy limited by access tags');
}

export function draftFromV1(body: PolicyV1): PolicyDraft {
  const [subject] = body.subjects;
  const [resource] = body.resources;
  refuseTags(resource.tags);
  return {
    type: body.type,
    ...described(body.description),
    terms: {
      subject: subject.attributes.map(({ name, value }) => ({ key: name, operator: 'stringEquals', value })),
      resource: resource.attributes.map(({ name, value, operator = 'stringEquals' }) => ({
        key: name,
        operator,
        value,
      })),
      roles: body.roles.map(({ role_id }) => role_id),
    },
  };
}

export function draftFromV2(body: PolicyV2): PolicyDraft {
  if (body.rule !== undefined || body.pattern !== undefined) {
    throw notEmulated('a policy with a rule (time-based or attribute-based conditions)');
  }
  refuseTags(body.resource?.tags);
  return {
    type: body.type,
    ...described(body.description),
    terms: {
      subject: body.subject?.attributes ?? [],
      resource: body.resource?.attributes ?? [],
      roles: body.control.grant.roles.map(({ role_id }) => role_id),
    },
  };
}

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

/** A rule answers what is wrong with the draft, or nothing. */
type DraftRule = (draft: PolicyDraft, account: string) => string | undefined;

function has(attributes: readonly PolicyAttribute[], keys: readonly string[]): boolean {
  return attributes.some(({ key }) => keys.includes(key));
}

const resourceNamesAccount: DraftRule = ({ terms }, account) =>
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

const rolesExist: DraftRule = ({ terms }) => {
  const service = terms.resource.find(({ key }) => key === 'serviceName')?.value;
  const known = typeof service === 'string' ? rolesOf(service) : rolesOf('');
  const unknown = terms.roles.find((crn) => !known.some((role) => role.crn === crn));
  return unknown && `role ${unknown} does not exist for the resource of the policy`;
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
  ],
};

/** Throws `invalid_body` naming the first rule that the draft breaks. */
export function checkDraft(draft: PolicyDraft, account: string): void {
  for (const rule of rules[draft.type]) {
    const broken = rule(draft, account);
    if (broken !== undefined) throw invalidBody(broken);
  }
}
