/**
 * What becomes of a dependant when the condition of its root key changes: status and reasons as its API shows them,
 * what is refused from then on, whether something running stops. The statuses are tables in `vpc/effects.ts` and
 * `secrets/effects.ts`; `breaks` follows from the operation tables beside them.
 */
import { type Condition, conditions } from './condition';
import type { Dispute } from './dispute';
import { type SecretStatus, secretStatuses } from './secrets/effects';
import { type SecretKind, type SecretOperation, secretBreaks, secretKinds } from './secrets/operations';
import { type OtherStatus, type ShownStatus, type VolumeQuestion, volumeStatuses } from './vpc/effects';
import { type VolumeKind, type VolumeOperation, volumeBreaks, volumeKinds } from './vpc/operations';

export type { Condition } from './condition';
export { type ConditionFacts, conditionOf, conditions, conditionsOf } from './condition';
export type { Dispute } from './dispute';
export { type Undo, type UndoAction, type UndoFacts, undoOf } from './undo';
export type { VolumeQuestion } from './vpc/effects';

export type DependentKind = VolumeKind | SecretKind;

export type DependentOperation = VolumeOperation | SecretOperation;

export const dependentKinds: readonly DependentKind[] = [...volumeKinds, ...secretKinds];

/** What follows for every kind of dependant, whatever its API shows. */
interface Consequence {
  /** Permitted while the key is usable, refused from now on. */
  readonly breaks: readonly DependentOperation[];
  /** Something that works now stops working now. */
  readonly interrupts: boolean;
  readonly source: string;
  readonly disputed?: Dispute;
}

export interface VolumeEffect extends Consequence, ShownStatus {
  /** What the alternative of `disputed` shows, when it can be chosen. */
  readonly otherwise?: OtherStatus;
}

export interface SecretEffect extends Consequence, Pick<SecretStatus, 'status' | 'reasons'> {
  readonly health?: never;
  readonly otherwise?: never;
}

export type Effect = VolumeEffect | SecretEffect;

export type EffectOf<Kind extends DependentKind> = Kind extends VolumeKind ? VolumeEffect : SecretEffect;

/** The side taken on disputed statuses, `cautious` (the table's own reading) for questions that are not named. */
export type EffectReadings = Readonly<Partial<Record<VolumeQuestion, 'cautious' | 'alternative'>>>;

export const effects: { readonly [Kind in DependentKind]: Readonly<Record<Condition, EffectOf<Kind>>> } = {
  'boot-volume': volumeEffects('boot-volume'),
  'data-volume-attached': volumeEffects('data-volume-attached'),
  'data-volume': volumeEffects('data-volume'),
  'secrets-manager-instance': secretEffects('secrets-manager-instance'),
  secret: secretEffects('secret'),
};

/** The other reading of a status changes what is shown, never what breaks; it is then the `reading` in dispute. */
export function effectOn<Kind extends DependentKind>(
  kind: Kind,
  condition: Condition,
  readings?: EffectReadings,
): EffectOf<Kind>;
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

function volumeEffects(kind: VolumeKind): Readonly<Record<Condition, VolumeEffect>> {
  return byCondition((condition) => ({
    ...volumeStatuses[kind][condition],
    breaks: volumeBreaks(kind, condition),
  }));
}

function secretEffects(kind: SecretKind): Readonly<Record<Condition, SecretEffect>> {
  return byCondition((condition) => ({
    ...secretStatuses[kind][condition],
    breaks: secretBreaks(kind, condition),
  }));
}

function byCondition<Shown>(effect: (condition: Condition) => Shown): Readonly<Record<Condition, Shown>> {
  const entries = conditions.map((condition) => [condition, effect(condition)]);
  return Object.fromEntries(entries) as Record<Condition, Shown>;
}
