/** What can be asked of a world. */
import type { EffectReadings } from '../../domain/effects';
import { type KeyAction, type KeyReadings, keyActions } from '../../domain/keys/transitions';
import type { Instant } from '../../domain/time';
import type { NodeKind } from '../../domain/world';

export type Action = KeyAction | 'revoke-authorization' | 'delete-instance';

export const actions: readonly Action[] = [...keyActions, 'revoke-authorization', 'delete-instance'];

export function isAction(text: string): text is Action {
  return (actions as readonly string[]).includes(text);
}

/** Which side to take where the documents differ; the cautious one for questions that are not named. */
export type Readings = KeyReadings & EffectReadings;

export interface Question {
  readonly action: Action;
  /** Ids of the nodes it is done to, all at once; see `selectTargets`. */
  readonly targets: readonly string[];
  /**
   * When one looks; the world's own time when left out, and never before it. What takes something away is done at the
   * world's time and looked at then: `delete` 31 days later shows that the way back is closed. What gives something
   * back or has to wait is done then: `restore` 31 days later is refused. {@link actsLater} says which is which.
   */
  readonly at?: Instant | undefined;
  readonly readings?: Readings | undefined;
}

export const actsLater: Readonly<Record<Action, boolean>> = {
  disable: false,
  enable: true,
  expire: false,
  delete: false,
  'force-delete': false,
  restore: true,
  rotate: true,
  purge: true,
  'revoke-authorization': false,
  'delete-instance': false,
};

const keysOnly: readonly NodeKind[] = ['root-key'];

/**
 * What each action can be done to. Revoking names an authorization, or a key for all authorizations towards the instance
 * that holds it.
 */
export const targetKinds: Readonly<Record<Action, readonly NodeKind[]>> = {
  disable: keysOnly,
  enable: keysOnly,
  expire: keysOnly,
  delete: keysOnly,
  'force-delete': keysOnly,
  restore: keysOnly,
  rotate: keysOnly,
  purge: keysOnly,
  'revoke-authorization': ['authorization', 'root-key'],
  'delete-instance': ['kms-instance', 'secrets-manager-instance'],
};

/** The question cannot be asked of this world. */
export class QuestionError extends Error {
  override readonly name = 'QuestionError';
}
