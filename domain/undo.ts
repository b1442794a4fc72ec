/** How a condition of a root key is undone, and until when. Source: behaviour.md A1, A3; ibm-control-plane.md 6.1.5. */
import type { Condition } from './condition';
import type { KeyState } from './keys/states';
import { enableAfterDisable, restoreAfterDelete, restoreWindow } from './keys/timing';
import { type KeyReadings, restorable } from './keys/transitions';
import type { Instant } from './time';

export interface UndoFacts {
  readonly imported: boolean;
  readonly state?: KeyState | undefined;
  readonly disabledAt?: Instant | undefined;
  readonly deletedAt?: Instant | undefined;
  readonly expiresAt?: Instant | undefined;
}

/** `until` absent: no limit, or none known; `none`: there is no way back, `reason` says why. */
export type Undo =
  | {
      readonly by: 'enable' | 'restore' | 'recreate-authorization';
      readonly from: Instant;
      readonly until?: Instant;
    }
  | { readonly by: 'none'; readonly reason: string };

/** Undefined when there is nothing to undo. `from` is never before `at`. */
export function undoOf(
  condition: Condition,
  key: UndoFacts,
  at: Instant,
  readings: KeyReadings = {},
): Undo | undefined {
  switch (condition) {
    case 'usable':
      return undefined;
    case 'suspended':
      return enabling(key, at);
    case 'deactivated':
      return none('an expired key cannot be made active again; it still unwraps until it is deleted');
    case 'destroyed':
      return restoring(key, at, readings);
    case 'purged':
      return none('the key material no longer exists');
    case 'unauthorized':
      return { by: 'recreate-authorization', from: at };
  }
}

function enabling(key: UndoFacts, at: Instant): Undo {
  const from = Math.max(at, (key.disabledAt ?? at - enableAfterDisable) + enableAfterDisable);
  if (key.expiresAt === undefined) return { by: 'enable', from };
  return key.expiresAt > from
    ? { by: 'enable', from, until: key.expiresAt }
    : none('the key expires before it could be enabled');
}

function restoring(key: UndoFacts, at: Instant, readings: KeyReadings): Undo {
  if (!restorable(key, readings)) return none('a key that the service generated cannot be restored');
  if (key.deletedAt === undefined) return { by: 'restore', from: at };
  const from = Math.max(at, key.deletedAt + restoreAfterDelete);
  const until = Math.min(key.deletedAt + restoreWindow, key.expiresAt ?? Number.POSITIVE_INFINITY);
  return until > from
    ? { by: 'restore', from, until }
    : none(
        at >= key.deletedAt + restoreWindow
          ? 'the 30 days to restore the key are over'
          : 'the key has expired',
      );
}

function none(reason: string): Undo {
  return { by: 'none', reason };
}
