/** What a body of either version asks for. (ibm-control-plane.md 6.3.2) */
import { type Condition, type PolicyRule, problemOfRule, timePatterns } from '../../../domain/iam/conditions';
import { invalidBody, notEmulated } from './errors';
import type { PolicyV1 } from './gen/policy-v1';
import type { PolicyV2, Rule } from './gen/policy-v2';
import type { PolicyTerms, PolicyType, TagCondition } from './model';

export interface PolicyDraft {
  readonly type: PolicyType;
  readonly description?: string;
  readonly terms: PolicyTerms;
}

function described(description: string | undefined): { description?: string } {
  return description === undefined || description === '' ? {} : { description };
}

function tagged(tags: readonly TagCondition[] | undefined): { tags?: readonly TagCondition[] } {
  return tags === undefined || tags.length === 0 ? {} : { tags };
}

export function draftFromV1(body: PolicyV1): PolicyDraft {
  const [subject] = body.subjects;
  const [resource] = body.resources;
  const tags = resource.tags?.map(({ name, value, operator = 'stringEquals' }) => ({
    key: name,
    operator,
    value,
  }));
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
      ...tagged(tags),
      roles: body.roles.map(({ role_id }) => role_id),
    },
  };
}

/** Throws `invalid_body` for a rule that cannot be used, 501 for one of resource attributes. */
export function draftFromV2(body: PolicyV2): PolicyDraft {
  return {
    type: body.type,
    ...described(body.description),
    terms: {
      subject: body.subject?.attributes ?? [],
      resource: body.resource?.attributes ?? [],
      ...tagged(body.resource?.tags),
      roles: body.control.grant.roles.map(({ role_id }) => role_id),
      ...timed(body),
    },
  };
}

const attributePattern = 'attribute-based-condition:';

function timed({ pattern, rule }: PolicyV2): Pick<PolicyTerms, 'time'> {
  if (pattern === undefined && rule === undefined) return {};
  if (pattern?.startsWith(attributePattern)) {
    throw notEmulated('a policy with conditions on resource attributes');
  }
  if (pattern === undefined) throw invalidBody('pattern is required with a rule');
  if (rule === undefined) throw invalidBody('rule is required with a pattern');
  if (!timePatterns.includes(pattern)) {
    throw invalidBody(`pattern ${pattern} is not one of ${timePatterns.join(', ')}`);
  }
  const asked = asRule(rule);
  const problem = problemOfRule(pattern, asked);
  if (problem !== undefined) throw invalidBody(problem);
  return { time: { pattern, rule: asked } };
}

function asRule({ conditions, ...rest }: Rule): PolicyRule {
  if (conditions === undefined) return asCondition(rest);
  if (rest.key !== undefined || rest.value !== undefined) {
    throw invalidBody('rule has either conditions, or a key and a value');
  }
  return { operator: rest.operator, conditions: conditions.map(asCondition) };
}

/** The vendor's API names them, and no document of the vendor's says what they compare. */
const unemulatedOperators: readonly string[] = [
  'dateLessThan',
  'dateLessThanOrEquals',
  'dateGreaterThan',
  'dateGreaterThanOrEquals',
];

function asCondition({ key, operator, value, conditions }: Rule): Condition {
  if (unemulatedOperators.includes(operator)) throw notEmulated(`a condition with the operator ${operator}`);
  if (conditions !== undefined) throw invalidBody('conditions of a time-based rule are not nested');
  if (key === undefined || value === undefined || typeof value === 'boolean') {
    throw invalidBody(`rule operator ${operator} needs a key and a value`);
  }
  return { key, operator, value };
}
