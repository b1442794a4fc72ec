/**
 * What a new version does to the ones before it. Source: ibm-control-plane.md 6.2.4; behaviour.md C4.
 */
import { secretLimits } from './limits';
import type { VersionChange } from './locks';
import { type RefusedBySecret, refuse } from './refusals';
import {
  currentVersion,
  type LockableSecret,
  type NamedLock,
  previousVersion,
  type VersionAlias,
} from './types';

export interface RotatedVersion<L extends NamedLock = NamedLock> extends VersionChange<L> {
  readonly alias?: VersionAlias;
}

export type SecretRotation<L extends NamedLock = NamedLock> =
  | {
      readonly allowed: true;
      /** The new version becomes `current`, without locks; these are the versions that change with it. */
      readonly changes: readonly RotatedVersion<L>[];
      /** Versions whose metadata is not kept any longer, oldest first. */
      readonly forgotten: readonly string[];
    }
  | RefusedBySecret;

/**
 * Rotation on demand or by schedule: the old current version becomes `previous` and keeps its locks and data, the old
 * previous one loses alias and data. Refused while the previous version is locked. `versions` is oldest first.
 */
export function rotateSecret<L extends NamedLock>(secret: LockableSecret<L>): SecretRotation<L> {
  const current = currentVersion(secret);
  const previous = previousVersion(secret);
  if (previous && previous.locks.length > 0) {
    return refuse(
      'previous-version-locked',
      previous.locks.map((lock) => lock.name),
    );
  }
  const changes: RotatedVersion<L>[] = [];
  if (current) {
    changes.push({
      versionId: current.id,
      alias: 'previous',
      locks: current.locks,
      payloadAvailable: current.payloadAvailable,
    });
  }
  if (previous) changes.push({ versionId: previous.id, locks: [], payloadAvailable: false });
  const surplus = Math.max(0, secret.versions.length + 1 - secretLimits.versions);
  return { allowed: true, changes, forgotten: secret.versions.slice(0, surplus).map(({ id }) => id) };
}
