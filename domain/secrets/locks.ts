/**
 * The rules of secret locks (behaviour.md C1, C2, C5 to C11; ibm-control-plane.md 6.2.6) as pure functions. Answers
 * are changes to versions: whoever stores the secret applies them, nothing here does.
 */
import type { Instant } from '../time';
import { lockLimits } from './limits';
import { type RefusedBySecret, refuse } from './refusals';
import {
  currentVersion,
  type LockableSecret,
  type LockableVersion,
  locksTotal,
  type NamedLock,
  previousVersion,
  type SecretState,
  type SecretType,
  secretTypeRules,
  type VersionAlias,
} from './types';

/** `remove_previous`: C8; `remove_previous_and_delete`: C9. */
export type LockMode = 'remove_previous' | 'remove_previous_and_delete';

/** Attributes by which a lock tells who holds it, in order of preference (behaviour.md C1: the consumer's id or CRN). */
export const lockConsumerAttributes = ['consumer', 'crn', 'resource'] as const;

/** What a version holds afterwards. Versions that are not listed do not change. */
export interface VersionChange<L extends NamedLock = NamedLock> {
  readonly versionId: string;
  readonly locks: readonly L[];
  /** False when the data is to be deleted. */
  readonly payloadAvailable: boolean;
}

export type LockChange<L extends NamedLock = NamedLock> =
  | { readonly allowed: true; readonly changes: readonly VersionChange<L>[] }
  | RefusedBySecret;

/** A version by alias or by id. */
export function findVersion<L extends NamedLock>(
  secret: LockableSecret<L>,
  version: VersionAlias | string,
): LockableVersion<L> | undefined {
  if (version === 'current') return currentVersion(secret);
  if (version === 'previous') return previousVersion(secret);
  return secret.versions.find((candidate) => candidate.id === version);
}

/**
 * Puts locks on a version (C1, C8, C9). A lock of the same name on that version is replaced, also by a later one of
 * the same request (inferred). The mode frees the previous version for locks on the current one; it says nothing on
 * locks on the previous version itself (inferred).
 */
export function createLocks<L extends NamedLock>(
  secret: LockableSecret<L>,
  request: {
    readonly version: VersionAlias | string;
    readonly locks: readonly L[];
    readonly mode?: LockMode | undefined;
  },
): LockChange<L> {
  const version = findVersion(secret, request.version);
  if (!version) return refuse('version-not-found');
  if (version.alias === undefined) return refuse('version-without-alias');
  if (!version.payloadAvailable) return refuse('no-payload');
  if (secret.taskPending) return refuse('task-pending');
  if (
    request.mode === 'remove_previous_and_delete' &&
    !secretTypeRules[secret.secretType].deletesPreviousOnLock
  ) {
    return refuse('mode-not-supported');
  }

  const byName = new Map([...version.locks, ...request.locks].map((lock) => [lock.name, lock]));
  const changes: VersionChange<L>[] = [
    { versionId: version.id, locks: [...byName.values()], payloadAvailable: true },
  ];
  const previous = previousVersion(secret);
  if (request.mode !== undefined && version.alias === 'current' && previous) {
    const names = new Set(request.locks.map((lock) => lock.name));
    changes.push(freed(previous, names, request.mode));
  }
  if (totalAfter(secret, changes) > lockLimits.perSecret) return refuse('too-many-locks');
  return { allowed: true, changes };
}

/** Takes locks off a version, by name or all of them (C10). Names that are not there change nothing. */
export function deleteLocks<L extends NamedLock>(
  secret: LockableSecret<L>,
  request: { readonly version: VersionAlias | string; readonly names: readonly string[] | '*' },
): LockChange<L> {
  const version = findVersion(secret, request.version);
  if (!version) return refuse('version-not-found');
  const { names } = request;
  const all = names === '*' || names.includes('*');
  const locks = all ? [] : version.locks.filter((lock) => !names.includes(lock.name));
  return {
    allowed: true,
    changes: [{ versionId: version.id, locks, payloadAvailable: version.payloadAvailable }],
  };
}

/** C2: the data of a locked version is neither changed nor deleted. */
export function deleteVersionData(
  secret: LockableSecret,
  version: VersionAlias | string,
): { readonly allowed: true; readonly versionId: string } | RefusedBySecret {
  const found = findVersion(secret, version);
  if (!found) return refuse('version-not-found');
  if (!found.payloadAvailable) return refuse('no-payload');
  if (found.locks.length > 0) return refuse('version-locked', namesOf(found));
  return { allowed: true, versionId: found.id };
}

/** C2, C11: a secret can be deleted once every lock on every version is gone. */
export function deleteSecret(secret: LockableSecret): { readonly allowed: true } | RefusedBySecret {
  return isLocked(secret) ? refuse('secret-locked', secret.versions.flatMap(namesOf)) : { allowed: true };
}

/** C7: a secret that is made anew when it is read cannot be read while it is locked. */
export function readSecret(secret: LockableSecret): { readonly allowed: true } | RefusedBySecret {
  const madeOnRead = secretTypeRules[secret.secretType].dynamic && !secret.reuseApiKey;
  return madeOnRead && isLocked(secret)
    ? refuse('dynamic-secret-locked', secret.versions.flatMap(namesOf))
    : { allowed: true };
}

/** C11 */
export function isLocked(secret: LockableSecret): boolean {
  return locksTotal(secret) > 0;
}

/**
 * C5, C6: what the expiration date makes of a secret. A locked one stays active until its last lock goes;
 * certificates are destroyed on their date, locked or not.
 */
export function effectiveSecretState(
  secret: {
    readonly state: SecretState;
    readonly secretType: SecretType;
    readonly expiresAt?: Instant | undefined;
    readonly locked: boolean;
  },
  at: Instant,
): SecretState {
  if (secret.state !== 'active' || secret.expiresAt === undefined || at < secret.expiresAt)
    return secret.state;
  const held = secret.locked && !secretTypeRules[secret.secretType].certificate;
  return held ? 'active' : 'destroyed';
}

function freed<L extends NamedLock>(
  previous: LockableVersion<L>,
  names: ReadonlySet<string>,
  mode: LockMode,
): VersionChange<L> {
  const locks = previous.locks.filter((lock) => !names.has(lock.name));
  const deletes = mode === 'remove_previous_and_delete' && locks.length === 0;
  return { versionId: previous.id, locks, payloadAvailable: previous.payloadAvailable && !deletes };
}

function totalAfter(secret: LockableSecret, changes: readonly VersionChange[]): number {
  return secret.versions.reduce((total, version) => {
    const change = changes.find(({ versionId }) => versionId === version.id);
    return total + (change?.locks ?? version.locks).length;
  }, 0);
}

function namesOf(version: LockableVersion): string[] {
  return version.locks.map((lock) => lock.name);
}
