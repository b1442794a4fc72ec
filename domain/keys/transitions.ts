/**
 * The life of a root key: `transition` answers whether an action is permitted now, where it leads and how it is
 * undone. It holds no rule of its own: states and actions are in `transition-table.ts`, conditions in `guards.ts`,
 * waits and windows in `timing.ts`.
 */
import type { Instant } from '../time';
import type { KeyAction, KeyFacts } from './facts';
import { type GuardName, guards, type KeyRequest } from './guards';
import { type KeyReadings, takesAlternative } from './readings';
import type { KeyRefusal } from './refusals';
import type { KeyState } from './states';
import { effectiveState, enablingWindow, restoringWindow, type Window } from './timing';
import { type Cell, type KeyOutcome, keyTransitions } from './transition-table';

export { type KeyAction, type KeyFacts, type KeyService, keyActions } from './facts';
export type { KeyRequest } from './guards';
export type { KeyQuestion, KeyReadings } from './readings';
export { type Explanation, explainRefusal, type KeyRefusal, type RefusalFacts } from './refusals';
export { type Cell, type KeyDispute, type KeyOutcome, keyTransitions } from './transition-table';

export interface TransitionOptions extends KeyRequest {
  readonly readings?: KeyReadings | undefined;
}

/** How a transition is undone: by which action, permitted from when, and until when (no `until`: no limit). */
export interface TransitionUndo extends Window {
  readonly by: KeyAction;
}

export type Transition =
  | { readonly allowed: true; readonly to: KeyState | 'purged'; readonly undo?: TransitionUndo }
  | { readonly allowed: false; readonly refusal: KeyRefusal; readonly earliest?: Instant };

/**
 * Actions that standard keys refuse whatever their state. Source: ibm-control-plane.md 6.1.2 (KEY_ROOT_REQ_ERR), and
 * the list under that code in Key Protect `error-messages.md`, which has restoring too.
 */
const rootKeysOnly: readonly KeyAction[] = ['disable', 'enable', 'restore', 'rotate'];

/**
 * Whether `action` is permitted on `key` at `at`. `earliest`, when present, is the first instant at which the
 * condition that refused would no longer do so.
 */
export function transition(
  key: KeyFacts,
  action: KeyAction,
  at: Instant,
  options: TransitionOptions = {},
): Transition {
  const readings = options.readings ?? {};
  const state = effectiveState(key, at);
  if (state === 'purged') return { allowed: false, refusal: 'purged' };
  if (key.extractable && rootKeysOnly.includes(action)) return { allowed: false, refusal: 'not-a-root-key' };

  const outcome = outcomeOf(keyTransitions[state][action], readings);
  if ('refused' in outcome) return { allowed: false, refusal: outcome.refused };
  if ('stays' in outcome) return { allowed: true, to: outcome.stays };
  for (const guard of outcome.guards) {
    const objection = guards[guard](key, at, options);
    if (objection) return { allowed: false, ...objection };
  }
  const undo = undoOfAction(key, action, at, readings);
  return { allowed: true, to: reached(outcome.to, key, at), ...(undo && { undo }) };
}

/** What a cell says under the chosen readings. */
export function outcomeOf(cell: Cell, readings: KeyReadings): KeyOutcome {
  const dropped: GuardName[] = [];
  for (const dispute of cell.disputed ?? []) {
    if (dispute.question === undefined || !takesAlternative(readings, dispute.question)) continue;
    if ('otherwise' in dispute) return dispute.otherwise;
    dropped.push(dispute.without);
  }
  if (!('to' in cell)) return cell;
  return { to: cell.to, guards: cell.guards.filter((guard) => !dropped.includes(guard)) };
}

/** Whether a deletion of the key can be undone at all, by the readings chosen. */
export function restorable(
  key: { readonly imported: boolean; readonly extractable?: boolean },
  readings: KeyReadings = {},
): boolean {
  return key.extractable !== true && (key.imported || takesAlternative(readings, 'restore-generated-key'));
}

/** A key that is active again after its expiration date is deactivated at once. */
function reached(to: KeyState | 'purged', key: KeyFacts, at: Instant): KeyState | 'purged' {
  return to === 'active' ? effectiveState({ state: to, expiresAt: key.expiresAt }, at) : to;
}

function undoOfAction(
  key: KeyFacts,
  action: KeyAction,
  at: Instant,
  readings: KeyReadings,
): TransitionUndo | undefined {
  switch (action) {
    case 'disable':
      return by('enable', enablingWindow(at, key.expiresAt));
    case 'delete':
    case 'force-delete':
      return restorable(key, readings)
        ? by('restore', restoringWindow(at, key.expiresAt, readings))
        : undefined;
    case 'enable':
      return by('disable', { from: at, ...(key.expiresAt !== undefined && { until: key.expiresAt }) });
    case 'restore':
      return by('delete', { from: at });
    case 'expire':
    case 'rotate':
    case 'purge':
      return undefined;
  }
}

function by(action: KeyAction, window: Window | undefined): TransitionUndo | undefined {
  return window && { by: action, ...window };
}
