/**
 * What becomes of a dependant when the condition of its root key changes: status and reasons as its API shows them,
 * what is refused from then on, whether something running stops. The statuses are tables in `vpc/effects.ts` and
 * `secrets/effects.ts`; `breaks` follows from the operation tables beside them.
 */
import { type Condition, conditions } from './condition';
import type { Dispute } from './dispute';
import { type SecretStatus, secretStatuses } from './secrets/effects';
import { type SecretKind, type SecretOperation, secretBreaks, secretKinds } from './secrets/operations';
import { type VolumeStatus, volumeStatuses } from './vpc/effects';
import { type VolumeKind, type VolumeOperation, volumeBreaks, volumeKinds } from './vpc/operations';

export type { Condition } from './condition';
export { type ConditionFacts, conditionOf, conditions, conditionsOf } from './condition';
export type { Dispute } from './dispute';
export { type Undo, type UndoAction, type UndoFacts, undoOf } from './undo';

export type DependentKind = VolumeKind | SecretKind;

export type DependentOperation = VolumeOperation | SecretOperation;

export const dependentKinds: readonly DependentKind[] = [...volumeKinds, ...secretKinds];

export interface Effect {
  readonly status: string;
  readonly reasons: readonly string[];
  /** Volumes only: `health_state`. */
  readonly health?: string;
  /** Permitted while the key is usable, refused from now on. */
  readonly breaks: readonly DependentOperation[];
  /** Something that works now stops working now. */
  readonly interrupts: boolean;
  readonly source: string;
  readonly disputed?: Dispute;
}

export const effects: Readonly<Record<DependentKind, Readonly<Record<Condition, Effect>>>> = {
  'boot-volume': byCondition(volumeStatuses['boot-volume'], (c) => volumeBreaks('boot-volume', c)),
  'data-volume-attached': byCondition(volumeStatuses['data-volume-attached'], (c) =>
    volumeBreaks('data-volume-attached', c),
  ),
  'data-volume': byCondition(volumeStatuses['data-volume'], (c) => volumeBreaks('data-volume', c)),
  'secrets-manager-instance': byCondition(secretStatuses['secrets-manager-instance'], (c) =>
    secretBreaks('secrets-manager-instance', c),
  ),
  secret: byCondition(secretStatuses.secret, (c) => secretBreaks('secret', c)),
};

export function effectOn(kind: DependentKind, condition: Condition): Effect {
  return effects[kind][condition];
}

function byCondition(
  statuses: Readonly<Record<Condition, VolumeStatus | SecretStatus>>,
  breaks: (condition: Condition) => readonly DependentOperation[],
): Readonly<Record<Condition, Effect>> {
  const entries = conditions.map((condition) => [
    condition,
    { ...statuses[condition], breaks: breaks(condition) },
  ]);
  return Object.fromEntries(entries) as Record<Condition, Effect>;
}
