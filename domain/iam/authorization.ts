/**
 * Matching of service-to-service authorizations. Source: ibm-control-plane.md 3.4, 6.3.2 (attributes, operators);
 * behaviour.md A3.
 */
import { implies } from './roles';

export type AttributeOperator =
  | 'stringEquals'
  | 'stringExists'
  | 'stringMatch'
  | 'stringEqualsAnyOf'
  | 'stringMatchAnyOf';

/** An attribute as the v2 API writes it; `stringExists` has a boolean value, the `AnyOf` operators a list. */
export interface PolicyAttribute {
  readonly key: string;
  readonly operator: string;
  readonly value: string | boolean | readonly string[];
}

export interface AuthorizationPolicy {
  readonly subject: { readonly attributes: readonly PolicyAttribute[] };
  readonly resource: { readonly attributes: readonly PolicyAttribute[] };
  /** Role CRNs. */
  readonly roles: readonly string[];
}

/** A source service asks to use a target. Members left out are facts that the source or target does not have. */
export interface AuthorizationRequest {
  readonly account: string;
  /** Account of the source when it is another one. */
  readonly sourceAccount?: string | undefined;
  readonly sourceService: string;
  /** GUID. */
  readonly sourceInstance?: string | undefined;
  readonly sourceResourceType?: string | undefined;
  readonly sourceResource?: string | undefined;
  readonly sourceResourceGroup?: string | undefined;
  readonly sourceRegion?: string | undefined;
  readonly targetService: string;
  /** GUID. */
  readonly targetInstance?: string | undefined;
  readonly targetResourceType?: string | undefined;
  readonly targetResource?: string | undefined;
  /** Key ring that the target key is in. */
  readonly targetKeyRing?: string | undefined;
  readonly targetResourceGroup?: string | undefined;
  readonly targetRegion?: string | undefined;
  /** CRN of a role that is enough. */
  readonly role: string;
}

type Facts = Readonly<Record<string, string | undefined>>;

/** Whether the policy permits the request: every attribute agrees and some role carries the one asked for. */
export function matches(policy: AuthorizationPolicy, request: AuthorizationRequest): boolean {
  return (
    policy.subject.attributes.every((attribute) => agrees(attribute, subjectFacts(request))) &&
    covers(policy.resource.attributes, request) &&
    policy.roles.some((held) => implies(held, request.role))
  );
}

/** What is asked for, without who asks and for which role. */
export type AuthorizationTarget = Pick<
  AuthorizationRequest,
  | 'account'
  | 'targetService'
  | 'targetInstance'
  | 'targetResourceType'
  | 'targetResource'
  | 'targetKeyRing'
  | 'targetResourceGroup'
  | 'targetRegion'
>;

/** Whether every attribute of a policy's resource agrees with the target. */
export function covers(attributes: readonly PolicyAttribute[], target: AuthorizationTarget): boolean {
  return attributes.every((attribute) => agrees(attribute, resourceFacts(target)));
}

/** Whether the policy opens every instance of the target service in the account (behaviour.md A3: too wide). */
export function isAccountWide(policy: AuthorizationPolicy): boolean {
  return !policy.resource.attributes.some(
    (attribute) => narrowingKeys.includes(attribute.key) && narrows(attribute),
  );
}

/** Keys of which a value singles out some instances of the service, or something in them. */
const narrowingKeys: readonly string[] = ['serviceInstance', 'resourceGroupId', 'resource'];

function narrows(attribute: PolicyAttribute): boolean {
  return attribute.operator !== 'stringExists' && ![attribute.value].flat().includes('*');
}

function subjectFacts(request: AuthorizationRequest): Facts {
  return {
    accountId: request.sourceAccount ?? request.account,
    serviceName: canonicalService(request.sourceService),
    serviceInstance: request.sourceInstance,
    resourceType: request.sourceResourceType,
    resource: request.sourceResource,
    resourceGroupId: request.sourceResourceGroup,
    region: request.sourceRegion,
  };
}

function resourceFacts(request: AuthorizationTarget): Facts {
  return {
    accountId: request.account,
    serviceName: canonicalService(request.targetService),
    serviceInstance: request.targetInstance,
    resourceType: request.targetResourceType,
    resource: request.targetResource,
    keyRing: request.targetKeyRing,
    resourceGroupId: request.targetResourceGroup,
    region: request.targetRegion,
  };
}

/** `is.server-protect` is another spelling of `server-protect` (ibm-vpc.md 4.10). */
export function canonicalService(service: string): string {
  return service === 'is.server-protect' ? 'server-protect' : service;
}

/** An attribute of another key or operator than the known ones agrees with nothing. */
function agrees(attribute: PolicyAttribute, facts: Facts): boolean {
  if (!Object.hasOwn(facts, attribute.key)) return false;
  const fact = facts[attribute.key];
  const expected = (value: string): string =>
    attribute.key === 'serviceName' ? canonicalService(value) : value;
  const values = typeof attribute.value === 'boolean' ? [] : [attribute.value].flat().map(expected);
  switch (attribute.operator) {
    case 'stringExists':
      return (fact !== undefined) === (String(attribute.value) === 'true');
    case 'stringEquals':
    case 'stringEqualsAnyOf':
      return fact !== undefined && values.some((value) => value === fact || anyGroup(attribute.key, value));
    case 'stringMatch':
    case 'stringMatchAnyOf':
      return fact !== undefined && values.some((value) => wildcard(value).test(fact));
    default:
      return false;
  }
}

/** `*` as a resource group means every group (ibm-control-plane.md 3.4); of other keys it is a literal. */
function anyGroup(key: string, value: string): boolean {
  return key === 'resourceGroupId' && value === '*';
}

/** Whether the text matches the pattern: `*` stands for any run of characters, `?` for one. */
export function matchesPattern(pattern: string, text: string): boolean {
  return wildcard(pattern).test(text);
}

function wildcard(pattern: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, 's');
}
