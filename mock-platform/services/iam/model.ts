/**
 * Policies: one document behind both versions of the API. Authorization policies let a service use another one,
 * access policies let a person or service id do so. (ibm-control-plane.md 6.3.2)
 */
import type { AuthorizationPolicy, PolicyAttribute } from '../../../domain/iam/authorization';
import { parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { collection } from '../../kernel/store/store';

export type PolicyType = 'access' | 'authorization';

/** What the policy says, apart from who wrote it and when. */
export interface PolicyTerms {
  readonly subject: readonly PolicyAttribute[];
  readonly resource: readonly PolicyAttribute[];
  /** Role CRNs, in the order given. */
  readonly roles: readonly string[];
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
