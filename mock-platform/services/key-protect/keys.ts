/**
 * Finding keys, bringing them up to date with the clock, and moving them between states. What time alone brings about is
 * settled whenever a key is loaded: rotations that fell due, and the purge 90 days after a deletion.
 */
import { type KeyOperation, permits } from '../../../domain/keys/operations';
import type { KeyState } from '../../../domain/keys/states';
import { effectiveState, nextPolicyRotation } from '../../../domain/keys/timing';
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
import { invalidState, keyNotFound } from './errors';
import { recordByService } from './events';
import { addVersion, destroyMaterial } from './material';
import {
  type AliasDocument,
  aliases,
  inInstance,
  type KeyDocument,
  type KeyShelf,
  keys,
  type RotationPolicy,
} from './model';
import { refusalError } from './refusals';
import { forgetRegistrations, registrationsOf } from './registrations';

export type StoredKey = Stored<KeyDocument>;

const instantOf = (text: string | undefined): Instant | undefined =>
  text === undefined ? undefined : parseInstant(text);

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

/** The key's document as the clock has left it; undefined once it is purged. */
export async function settled(session: Session, stored: StoredKey): Promise<StoredKey | undefined> {
  if (stateAt(stored.doc, session.now) === 'purged') {
    await purge(session, stored);
    await recordByService(session, session.now, { action: 'kms.secrets.purge', target: stored.doc.crn });
    return undefined;
  }
  return rotateWhenDue(session, stored);
}

/** All keys of an instance, settled, in order of creation. */
export async function keysOf(session: Session, instance: string): Promise<StoredKey[]> {
  const found: StoredKey[] = [];
  for (const stored of await session.tx.list(keys, { scope: instance })) {
    const key = await settled(session, stored);
    if (key) found.push(key);
  }
  return found;
}

/** Destroys the material of the keys of an instance whose 90 days are over. */
export async function purgeOverdue(session: Session, instance: string): Promise<void> {
  const shelf: KeyShelf = 'destroyed';
  for (const stored of await session.tx.list(keys, { scope: instance, name: shelf })) {
    await settled(session, stored);
  }
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
  if (ring !== undefined && stored.doc.ring !== ring) return undefined;
  return settled(session, stored);
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
    remedy: 'see GET /api/v2/keys/{id} for the state of the key',
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

/** Writes a changed document; keeps the shelf in step with its state. */
export async function save(
  session: Session,
  stored: StoredKey,
  change: Partial<KeyDocument>,
): Promise<StoredKey> {
  const doc = { ...stored.doc, updatedAt: formatInstant(session.now), ...change };
  const shelf: KeyShelf = writtenState(doc) === 'destroyed' ? 'destroyed' : 'kept';
  return session.tx.update(stored, { doc, name: shelf });
}

/** The entries of a key that enters a state now. */
export function entering(session: Session, key: KeyDocument, state: KeyState): Pick<KeyDocument, 'states'> {
  return { states: [...key.states, { state, since: formatInstant(session.now) }] };
}

/** Removes the key with its material, registrations and aliases. */
export async function purge(session: Session, stored: StoredKey): Promise<void> {
  await destroyMaterial(session, stored.id);
  await forgetRegistrations(session, stored.doc);
  for (const alias of await aliasesOf(session, stored.doc)) await session.tx.remove(alias);
  await session.tx.remove(stored);
}

export async function aliasesOf(session: Session, key: KeyDocument): Promise<Stored<AliasDocument>[]> {
  return session.tx.list(aliases, { scope: key.instance, name: key.id });
}

/** Adds a version, which encrypts from now on, and starts the interval of a rotation policy anew. */
export async function addKeyVersion(
  session: Session,
  stored: StoredKey,
  rotation: { readonly at: Instant; readonly material?: Buffer; readonly envelope?: KeyDocument['envelope'] },
): Promise<StoredKey> {
  const { at, material, envelope } = rotation;
  const version = await addVersion(session, {
    keyId: stored.id,
    versionId: session.context.ids.uuid(),
    at,
    ...(material && { material }),
  });
  const { envelope: _, ...doc } = stored.doc;
  const next: KeyDocument = {
    ...doc,
    version,
    rotatedAt: formatInstant(at),
    updatedAt: formatInstant(at),
    ...(doc.rotation && { rotation: scheduled(doc.rotation, at, at) }),
    ...(envelope && { envelope }),
  };
  return session.tx.update(stored, { doc: next });
}

/** The policy with its next due time: one interval after the last rotation (or the creation), never in the past. */
export function scheduled(policy: RotationPolicy, since: Instant, now: Instant): RotationPolicy {
  const { nextAt: _, ...rest } = policy;
  if (!policy.enabled) return rest;
  return { ...rest, nextAt: formatInstant(Math.max(now, nextPolicyRotation(since, policy.intervalMonths))) };
}

/** Rotates at each due time that has passed, if the key was active then; a due time in another state is skipped. */
async function rotateWhenDue(session: Session, stored: StoredKey): Promise<StoredKey> {
  let key = stored;
  for (;;) {
    const policy = key.doc.rotation;
    const due = instantOf(policy?.nextAt);
    if (policy === undefined || due === undefined || due > session.now) return key;
    if (permits(stateAt(key.doc, due), 'rotate')) {
      key = await addKeyVersion(session, key, { at: due });
      await recordByService(session, due, {
        action: 'kms.secrets.rotate',
        target: key.doc.crn,
        after: { version: key.doc.version.id },
      });
    } else {
      key = await session.tx.update(key, { doc: { ...key.doc, rotation: scheduled(policy, due, due) } });
    }
  }
}
