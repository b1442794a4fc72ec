/** How a condition of a root key is undone, and until when. Source: behaviour.md A1, A3; ibm-control-plane.md 6.1.5. */
import type { Condition } from './condition';
import type { KeyReadings } from './keys/readings';
import {
  enableAfterDisable,
  enablingWindow,
  restoreAfterDelete,
  restoreWindow,
  restoringWindow,
} from './keys/timing';
import { restorable } from './keys/transitions';
import type { Instant } from './time';

/** Facts that are unknown do not limit the way back. */
export interface UndoFacts {
  readonly imported: boolean;
  readonly disabledAt?: Instant | undefined;
  readonly deletedAt?: Instant | undefined;
  readonly expiresAt?: Instant | undefined;
}

export type UndoAction = 'enable' | 'restore' | 'recreate-authorization';

/** `until` absent: no limit, or none known. `none`: there is no way back, and `reason` says why. */
export type Undo =
  | { readonly by: UndoAction; readonly from: Instant; readonly until?: Instant }
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
  const window = enablingWindow(key.disabledAt ?? at - enableAfterDisable, key.expiresAt);
  const from = Math.max(at, window?.from ?? at);
  if (!window || (window.until !== undefined && from >= window.until)) {
    return none('the key expires before it can be enabled');
  }
  return { by: 'enable', ...window, from };
}

function restoring(key: UndoFacts, at: Instant, readings: KeyReadings): Undo {
  if (!restorable(key, readings)) return none('a key that the service generated cannot be restored');
  if (key.deletedAt === undefined) return { by: 'restore', from: at };
  if (at >= key.deletedAt + restoreWindow) return none('the 30 days to restore the key are over');
  const window = restoringWindow(key.deletedAt, key.expiresAt, readings);
  const from = Math.max(at, key.deletedAt + restoreAfterDelete);
  if (!window?.until || from >= window.until) return none('the key expires before it can be restored');
  return { by: 'restore', from, until: window.until };
}

function none(reason: string): Undo {
  return { by: 'none', reason };
}
