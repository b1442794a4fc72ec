/**
 * What becomes of a dependant when the condition of its root key changes: status and reasons as its API shows them,
 * what is refused from then on, whether something running stops. The statuses are tables in `vpc/effects.ts` and
 * `secrets/effects.ts`; `breaks` follows from the operation tables beside them.
 */
import { type Condition, conditions } from './condition';
import type { Dispute } from './dispute';
import { type SecretStatus, secretStatuses } from './secrets/effects';
import { type SecretKind, type SecretOperation, secretBreaks, secretKinds } from './secrets/operations';
import { type OtherStatus, type VolumeQuestion, type VolumeStatus, volumeStatuses } from './vpc/effects';
import { type VolumeKind, type VolumeOperation, volumeBreaks, volumeKinds } from './vpc/operations';

export type { Condition } from './condition';
export { type ConditionFacts, conditionOf, conditions, conditionsOf } from './condition';
export type { Dispute } from './dispute';
export { type Undo, type UndoAction, type UndoFacts, undoOf } from './undo';
export type { VolumeQuestion } from './vpc/effects';

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
  /** What the alternative of `disputed` shows, when it can be chosen. */
  readonly otherwise?: OtherStatus;
}

/** The side taken on disputed statuses, `cautious` (the table's own reading) for questions that are not named. */
export type EffectReadings = Readonly<Partial<Record<VolumeQuestion, 'cautious' | 'alternative'>>>;

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

/** The other reading of a status changes what is shown, never what breaks; it is then the `reading` in dispute. */
export function effectOn(kind: DependentKind, condition: Condition, readings: EffectReadings = {}): Effect {
  const effect = effects[kind][condition];
  const { disputed, otherwise } = effect;
  if (!disputed || !otherwise || readings[otherwise.question] !== 'alternative') return effect;
  return {
    status: otherwise.status,
    reasons: otherwise.reasons,
    health: otherwise.health,
    breaks: effect.breaks,
    interrupts: effect.interrupts,
    source: effect.source,
    disputed: { reading: disputed.alternative, alternative: disputed.reading, source: disputed.source },
  };
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
