/**
 * Policies: one document behind both versions of the API. Authorization policies let a service use another one,
 * access policies let a person or service id do so. (ibm-control-plane.md 6.3.2)
 */
import type { AuthorizationPolicy, PolicyAttribute } from '../../../domain/iam/authorization';
import type { PolicyRule } from '../../../domain/iam/conditions';
import { day, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { collection } from '../../kernel/store/store';

export type PolicyType = 'access' | 'authorization';

/** An access tag `key:value` that a resource has to carry; with `stringMatch` the value is a pattern. */
export interface TagCondition {
  readonly key: string;
  readonly operator: 'stringEquals' | 'stringMatch';
  readonly value: string;
}

/** What the policy says, apart from who wrote it and when. */
export interface PolicyTerms {
  readonly subject: readonly PolicyAttribute[];
  readonly resource: readonly PolicyAttribute[];
  readonly tags?: readonly TagCondition[];
  /** Role CRNs, in the order given. */
  readonly roles: readonly string[];
  /** When it holds, and the pattern that this follows; always, when absent. */
  readonly time?: { readonly pattern: string; readonly rule: PolicyRule };
}

/** The terms of a document, without the rest of it. */
export function termsOf({ subject, resource, tags, roles, time }: PolicyTerms): PolicyTerms {
  return {
    subject,
    resource,
    ...(tags === undefined ? {} : { tags }),
    roles,
    ...(time === undefined ? {} : { time }),
  };
}

/** The terms in force from an instant on; `null` when it was deleted then. */
export interface PolicyVersion {
  /** RFC 3339. */
  readonly from: string;
  readonly terms: PolicyTerms | null;
}

export interface PolicyDocument extends PolicyTerms {
  readonly id: string;
  readonly account: string;
  readonly type: PolicyType;
  readonly description?: string;
  readonly state: 'active' | 'deleted';
  /** Made from the platform's configuration, not by a request. */
  readonly seeded?: true;
  /** Ascending; as many as somebody who hears of changes late still has to know. */
  readonly versions: readonly PolicyVersion[];
  /** RFC 3339; persons are IAM ids. */
  readonly createdAt: string;
  readonly createdBy: string;
  readonly lastModifiedAt: string;
  readonly lastModifiedBy: string;
}

/** How long a deleted policy is kept, to be listed and restored (IBM Cloud IAM docs `iam-audit-policies.md`). */
const keptDeleted = 10 * day;

export function isKept({ state, lastModifiedAt }: PolicyDocument, session: Session): boolean {
  return state === 'active' || session.now < parseInstant(lastModifiedAt) + keptDeleted;
}

/** Scope: the account; name: the type. */
export const policies = collection<PolicyDocument>('iam-policy');

/** The terms that take effect at `session.now` for those who hear of changes after the propagation delay. */
export function noticedTerms(policy: PolicyDocument, session: Session): PolicyTerms | undefined {
  const heard = policy.versions.filter(
    ({ from }) => parseInstant(from) + session.options.propagation <= session.now,
  );
  return heard.at(-1)?.terms ?? undefined;
}

/** The versions with one more, without those that nobody can be acting on any longer. */
export function withVersion(
  versions: readonly PolicyVersion[],
  version: PolicyVersion,
  session: Session,
): readonly PolicyVersion[] {
  const heard = versions.filter(
    ({ from }) => parseInstant(from) + session.options.propagation <= session.now,
  ).length;
  return [...versions.slice(Math.max(heard - 1, 0)), version];
}

/** The policy as the rules of the domain read it. */
export function toAuthorization({ subject, resource, roles }: PolicyTerms): AuthorizationPolicy {
  return { subject: { attributes: subject }, resource: { attributes: resource }, roles };
}
