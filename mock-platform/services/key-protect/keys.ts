/**
 * Finding keys, asking what their life permits, and moving them between states. What holds now follows from the stored
 * facts and the time; what time itself brings about (rotations, purges) is done in `schedule.ts` before each request.
 */
import { type KeyOperation, permits } from '../../../domain/keys/operations';
import type { KeyState } from '../../../domain/keys/states';
import { effectiveState, ringTransferWithin } from '../../../domain/keys/timing';
import {
  type KeyAction,
  type KeyFacts,
  type KeyReadings,
  type KeyRequest,
  transition,
} from '../../../domain/keys/transitions';
import { formatInstant, type Instant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import { forgetAliases } from './aliases';
import { invalidState, keyNotFound } from './errors';
import { destroyMaterial } from './material';
import { aliases, inInstance, type KeyDocument, keys } from './model';
import { refusalError, remedyOf } from './refusals';
import { forgetRegistrations, registrationsOf } from './registrations';

export type StoredKey = Stored<KeyDocument>;

/** The instant of an optional member of a document. */
export function instantOf(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseInstant(text);
}

/** The state that was last written, by the rule that a key always has one. */
export function writtenState({ states }: KeyDocument): KeyState {
  return states[states.length - 1]?.state ?? 'active';
}

/** The state that held at an instant: of the entries written by then, or the oldest there is. */
export function stateAt(key: KeyDocument, at: Instant): KeyState | 'purged' {
  const entry = key.states.findLast(({ since }) => parseInstant(since) <= at) ?? key.states[0];
  const state = entry?.state ?? 'active';
  return effectiveState(
    { state, deletedAt: instantOf(key.deletion?.at), expiresAt: instantOf(key.expiresAt) },
    at,
  );
}

/** The facts that the rules of `domain/keys` look at. */
export async function factsOf(session: Session, key: KeyDocument): Promise<KeyFacts> {
  const standing = await registrationsOf(session, { instance: key.instance, keyId: key.id });
  const last = key.states[key.states.length - 1];
  const authorization = key.deletionAuthorization;
  return {
    service: key.service,
    state: writtenState(key),
    imported: key.imported,
    extractable: key.extractable,
    registrations: standing.length,
    preventsDeletion: standing.some(({ doc }) => doc.preventKeyDeletion),
    disabledAt: last?.state === 'suspended' ? parseInstant(last.since) : undefined,
    deletedAt: instantOf(key.deletion?.at),
    lastRotatedAt: instantOf(key.rotatedAt),
    expiresAt: instantOf(key.expiresAt),
    dualAuthDelete:
      key.dualAuthDelete?.enabled === true
        ? { authorizedUntil: instantOf(authorization?.until), authorizedBy: authorization?.by }
        : undefined,
  };
}

/** All keys of an instance, in order of creation. */
export async function keysOf(session: Session, instance: string): Promise<StoredKey[]> {
  return session.tx.list(keys, { scope: instance });
}

export interface KeyAddress {
  readonly instance: string;
  readonly idOrAlias: string;
  /** Restricts the search to one ring. */
  readonly ring?: string | undefined;
}

export async function findKey(session: Session, address: KeyAddress): Promise<StoredKey | undefined> {
  const { instance, idOrAlias, ring } = address;
  const alias = await session.tx.get(aliases, inInstance(instance, idOrAlias));
  const stored = await session.tx.get(keys, alias?.doc.keyId ?? idOrAlias);
  if (stored === undefined || stored.doc.instance !== instance) return undefined;
  return ring === undefined || seenRing(session, stored.doc) === ring ? stored : undefined;
}

/** The ring by which the key is found: a transfer takes as long to be noticed as other changes, 10 minutes at most. */
export function seenRing({ now, options }: Session, { ring, formerRing }: KeyDocument): string {
  if (formerRing === undefined) return ring;
  const noticedAt = parseInstant(formerRing.until) + Math.min(options.propagation, ringTransferWithin);
  return now < noticedAt ? formerRing.ring : ring;
}

/** Throws KEY_NOT_FOUND_ERR for a key that is unknown, in another ring, or purged. */
export async function requireKey(session: Session, address: KeyAddress): Promise<StoredKey> {
  const key = await findKey(session, address);
  if (key === undefined) throw keyNotFound(address.idOrAlias);
  return key;
}

/** Throws KEY_ACTION_INVALID_STATE_ERR when the key's state does not permit the operation (6.1.4). */
export function requirePermitted(session: Session, key: KeyDocument, operation: KeyOperation): void {
  const state = stateAt(key, session.now);
  if (permits(state, operation)) return;
  throw invalidState('The key is not in a state that permits the action', {
    cause: `a ${state} key refuses ${operation}`,
    remedy: remedyOf(state),
  });
}

export function readingsOf(session: Session): KeyReadings {
  return session.options.restoreGeneratedKeys ? { 'restore-generated-key': 'alternative' } : {};
}

/** Asks whether the action is permitted, and where it leads; throws the vendor's error when it is not. */
export async function decide(
  session: Session,
  key: KeyDocument,
  action: KeyAction,
  request: KeyRequest = {},
): Promise<KeyState | 'purged'> {
  const facts = await factsOf(session, key);
  const outcome = transition(facts, action, session.now, { ...request, readings: readingsOf(session) });
  if (!outcome.allowed) throw refusalError({ id: key.id, facts }, action, session.now, outcome);
  return outcome.to;
}

/** Writes a changed document. */
export async function save(
  session: Session,
  stored: StoredKey,
  change: Partial<KeyDocument>,
): Promise<StoredKey> {
  return session.tx.update(stored, {
    doc: { ...stored.doc, updatedAt: formatInstant(session.now), ...change },
  });
}

/** Removes the key with its material, registrations and aliases. */
export async function purge(session: Session, stored: StoredKey): Promise<void> {
  await destroyMaterial(session, stored.id);
  await forgetRegistrations(session, stored.doc);
  await forgetAliases(session, stored.doc);
  await session.tx.remove(stored);
}
