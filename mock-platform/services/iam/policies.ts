/** Policies in the store: made, replaced, deleted, restored, with their ETags and the refusal of duplicates. */
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import type { PolicyDraft } from './drafts';
import { policyNotFound } from './errors';
import { isKept, type PolicyDocument, type PolicyTerms, policies, termsOf, withVersion } from './model';
import { forgetPermits } from './permits';

export type StoredPolicy = Stored<PolicyDocument>;

/** Deleted ones too: they can be read and restored for some days. Throws `policy_not_found`. */
export async function requirePolicy(session: Session, id: string): Promise<StoredPolicy> {
  const found = await session.tx.get(policies, id);
  if (found === undefined || !isKept(found.doc, session)) throw policyNotFound(id);
  return found;
}

/** Throws `policy_not_found` for a deleted one as well. */
export async function requireActivePolicy(session: Session, id: string): Promise<StoredPolicy> {
  const found = await requirePolicy(session, id);
  if (found.doc.state === 'deleted') throw policyNotFound(id);
  return found;
}

/** Orders attributes and roles, so that equal terms are equal text. */
function fingerprint({ subject, resource, tags = [], roles, time }: PolicyTerms): string {
  const ordered = (attributes: readonly PolicyAttribute[]): string[] =>
    attributes.map(({ key, operator, value }) => JSON.stringify([key, operator, value])).sort();
  const parts = [ordered(subject), ordered(resource), ordered(tags), [...new Set(roles)].sort(), time];
  return JSON.stringify(parts);
}

/** Another active policy of the type with identical attributes and roles. */
export async function findDuplicate(
  session: Session,
  { type, terms }: Pick<PolicyDraft, 'type' | 'terms'>,
  except?: string,
): Promise<StoredPolicy | undefined> {
  const wanted = fingerprint(terms);
  const candidates = await session.tx.list(policies, { scope: session.options.account, name: type });
  return candidates.find(
    ({ id, doc }) => id !== except && doc.state === 'active' && fingerprint(doc) === wanted,
  );
}

function asDocument(session: Session, { type, description, terms }: PolicyDraft): PolicyDocument {
  const now = formatInstant(session.now);
  const { iamId } = session.identity;
  return {
    id: session.context.ids.uuid(),
    account: session.options.account,
    type,
    ...(description === undefined ? {} : { description }),
    ...terms,
    state: 'active',
    versions: [{ from: now, terms }],
    createdAt: now,
    createdBy: iamId,
    lastModifiedAt: now,
    lastModifiedBy: iamId,
  };
}

export async function insertPolicy(
  session: Session,
  draft: PolicyDraft,
  origin: Pick<PolicyDocument, 'seeded'> = {},
): Promise<StoredPolicy> {
  const doc = { ...asDocument(session, draft), ...origin };
  return session.tx.insert(policies, { id: doc.id, scope: doc.account, name: doc.type, doc });
}

function touched(session: Session): Pick<PolicyDocument, 'lastModifiedAt' | 'lastModifiedBy'> {
  return { lastModifiedAt: formatInstant(session.now), lastModifiedBy: session.identity.iamId };
}

export async function rewritePolicy(
  session: Session,
  stored: StoredPolicy,
  { description, terms }: PolicyDraft,
): Promise<StoredPolicy> {
  const { description: _, tags: _tags, time: _time, ...kept } = stored.doc;
  const doc: PolicyDocument = {
    ...kept,
    ...(description === undefined ? {} : { description }),
    ...terms,
    ...touched(session),
    versions: withVersion(kept.versions, { from: formatInstant(session.now), terms }, session),
  };
  return session.tx.update(stored, { doc });
}

export async function setPolicyState(
  session: Session,
  stored: StoredPolicy,
  state: PolicyDocument['state'],
): Promise<StoredPolicy> {
  const terms = state === 'active' ? termsOf(stored.doc) : null;
  if (state === 'deleted') await forgetPermits(session, stored.id);
  const doc: PolicyDocument = {
    ...stored.doc,
    state,
    ...touched(session),
    versions: withVersion(stored.doc.versions, { from: formatInstant(session.now), terms }, session),
  };
  return session.tx.update(stored, { doc });
}

function namesInstance(attributes: readonly PolicyAttribute[], guid: string): boolean {
  return attributes.some(({ key, value }) => key === 'serviceInstance' && value === guid);
}

/**
 * Deletes the authorizations whose source or target is that one instance, as IAM does when the instance is gone for
 * good (behaviour.md B6). Answers the ids of the deleted ones.
 */
export async function removeAuthorizationsOf(session: Session, guid: string): Promise<readonly string[]> {
  const { account } = session.options;
  const candidates = await session.tx.list(policies, { scope: account, name: 'authorization' });
  const bound = candidates.filter(
    ({ doc }) =>
      doc.state === 'active' && (namesInstance(doc.subject, guid) || namesInstance(doc.resource, guid)),
  );
  for (const policy of bound) await setPolicyState(session, policy, 'deleted');
  return bound.map(({ id }) => id);
}

/**
 * Takes a role from every policy, as IAM does when a custom role is deleted (IBM Cloud IAM docs
 * `iam-roles-management.md`). A policy that granted nothing else is deleted with it: there is none without a role
 * (inferred).
 */
export async function withdrawRole(session: Session, crn: string): Promise<void> {
  for (const policy of await session.tx.list(policies, { scope: session.options.account })) {
    if (!policy.doc.roles.includes(crn) || policy.doc.state === 'deleted') continue;
    const roles = policy.doc.roles.filter((role) => role !== crn);
    const terms = { ...termsOf(policy.doc), roles };
    if (roles.length === 0) await setPolicyState(session, policy, 'deleted');
    else await rewritePolicy(session, policy, { ...policy.doc, terms });
  }
}
