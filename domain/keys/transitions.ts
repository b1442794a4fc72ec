/**
 * The life of a root key: `transition` answers whether an action is permitted now, where it leads and how it is
 * undone. It holds no rule of its own: states and actions are in `transition-table.ts`, conditions in `guards.ts`,
 * waits and windows in `timing.ts`.
 */
import type { Instant } from '../time';
import type { KeyAction, KeyFacts } from './facts';
import { guards, type KeyRequest } from './guards';
import type { KeyRefusal } from './refusals';
import type { KeyState } from './states';
import { effectiveState, enableAfterDisable, restoreAfterDelete, restoreWindow } from './timing';
import { type Cell, type KeyOutcome, type KeyQuestion, keyTransitions } from './transition-table';

export type { KeyAction, KeyFacts, KeyService } from './facts';
export { keyActions } from './facts';
export type { KeyRequest } from './guards';
export type { Explanation, KeyRefusal, RefusalFacts } from './refusals';
export { explainRefusal } from './refusals';
export type { Cell, KeyDispute, KeyOutcome, KeyQuestion } from './transition-table';
export { keyTransitions } from './transition-table';

/** Which side of a disputed question to take; `cautious`, the table's own reading, where none is named. */
export type KeyReadings = Partial<Record<KeyQuestion, 'cautious' | 'alternative'>>;

export interface TransitionOptions extends KeyRequest {
  readonly readings?: KeyReadings;
}

/** How a transition is undone: by which action, permitted from when, and until when (no `until`: no limit). */
export interface TransitionUndo {
  readonly by: KeyAction;
  readonly from: Instant;
  readonly until?: Instant;
}

export type Transition =
  | { readonly allowed: true; readonly to: KeyState | 'purged'; readonly undo?: TransitionUndo }
  | { readonly allowed: false; readonly refusal: KeyRefusal; readonly earliest?: Instant };

/** Actions that standard keys refuse whatever their state. Source: ibm-control-plane.md 6.1.2 (KEY_ROOT_REQ_ERR). */
const rootKeysOnly: readonly KeyAction[] = ['disable', 'enable', 'rotate'];

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
  const state = effectiveState(key, at);
  if (state === 'purged') return { allowed: false, refusal: 'purged' };
  if (key.extractable && rootKeysOnly.includes(action)) return { allowed: false, refusal: 'not-a-root-key' };

  const outcome = outcomeOf(keyTransitions[state][action], options.readings ?? {});
  if ('refused' in outcome) return { allowed: false, refusal: outcome.refused };
  if ('stays' in outcome) return { allowed: true, to: outcome.stays };
  for (const guard of outcome.guards) {
    const objection = guards[guard](key, at, options);
    if (objection) return { allowed: false, ...objection };
  }
  const undo = undoOfAction(key, action, at, options.readings ?? {});
  return { allowed: true, to: outcome.to, ...(undo && { undo }) };
}

/** The outcome of a cell under the chosen readings. */
export function outcomeOf(cell: Cell, readings: KeyReadings): KeyOutcome {
  for (const dispute of cell.disputed ?? []) {
    if (dispute.question !== undefined && readings[dispute.question] === 'alternative')
      return dispute.otherwise;
  }
  return cell;
}

/** Whether deletions of this key can be undone at all, by the reading chosen. */
export function restorable(key: Pick<KeyFacts, 'imported'>, readings: KeyReadings = {}): boolean {
  return key.imported || readings['restore-generated-key'] === 'alternative';
}

function undoOfAction(
  key: KeyFacts,
  action: KeyAction,
  at: Instant,
  readings: KeyReadings,
): TransitionUndo | undefined {
  switch (action) {
    case 'disable':
      return reversal('enable', at + enableAfterDisable, key.expiresAt);
    case 'delete':
    case 'force-delete':
      return restorable(key, readings)
        ? reversal('restore', at + restoreAfterDelete, earlier(at + restoreWindow, key.expiresAt))
        : undefined;
    case 'enable':
      return reversal('disable', at, key.expiresAt);
    case 'restore':
      return reversal('delete', at, undefined);
    case 'expire':
    case 'rotate':
    case 'purge':
      return undefined;
  }
}

/** No reversal when its time is over before it begins. */
function reversal(by: KeyAction, from: Instant, until: Instant | undefined): TransitionUndo | undefined {
  if (until === undefined) return { by, from };
  return until > from ? { by, from, until } : undefined;
}

function earlier(one: Instant, other: Instant | undefined): Instant {
  return other === undefined ? one : Math.min(one, other);
}

/** When the undo of a past disable or deletion begins and ends; undefined when there is none. */
export function reversalOf(
  key: KeyFacts,
  action: 'disable' | 'delete',
  changedAt: Instant,
  readings: KeyReadings = {},
): TransitionUndo | undefined {
  return undoOfAction(key, action, changedAt, readings);
}
