/** Policies in the store: made, replaced, deleted, restored, with their ETags and the refusal of duplicates. */
import { createHash } from 'node:crypto';
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import type { PolicyDraft } from './drafts';
import { policyNotFound } from './errors';
import { type PolicyDocument, type PolicyTerms, policies, withVersion } from './model';

export type StoredPolicy = Stored<PolicyDocument>;

/** `{revision}-{32 hexadecimal digits}`, another one after every change. */
export function etagOf({ id, revision }: StoredPolicy): string {
  const digest = createHash('sha256').update(`${id}/${revision}`).digest('hex');
  return `${revision}-${digest.slice(0, 32)}`;
}

/** Deleted ones too: they can be read and restored. Throws `policy_not_found`. */
export async function requirePolicy(session: Session, id: string): Promise<StoredPolicy> {
  const found = await session.tx.get(policies, id);
  if (found === undefined) throw policyNotFound(id);
  return found;
}

/** Throws `policy_not_found` for a deleted one as well. */
export async function requireActivePolicy(session: Session, id: string): Promise<StoredPolicy> {
  const found = await requirePolicy(session, id);
  if (found.doc.state === 'deleted') throw policyNotFound(id);
  return found;
}

/** Orders attributes and roles, so that equal terms are equal text. */
function fingerprint({ subject, resource, roles }: PolicyTerms): string {
  const ordered = (attributes: readonly PolicyAttribute[]): string[] =>
    attributes.map(({ key, operator, value }) => JSON.stringify([key, operator, value])).sort();
  return JSON.stringify([ordered(subject), ordered(resource), [...new Set(roles)].sort()]);
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
  const { description: _, ...kept } = stored.doc;
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
  const { subject, resource, roles, versions } = stored.doc;
  const terms = state === 'active' ? { subject, resource, roles } : null;
  const doc: PolicyDocument = {
    ...stored.doc,
    state,
    ...touched(session),
    versions: withVersion(versions, { from: formatInstant(session.now), terms }, session),
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
