/** How a dependant stands in a situation: what it sees of its key, and what follows from that. */
import { type Condition, conditionOf } from '../../domain/condition';
import type { Dispute } from '../../domain/dispute';
import { type DependentKind, type DependentOperation, effectOn } from '../../domain/effects';
import { effectiveInstanceState, reclamationEnds } from '../../domain/instances';
import { takesAlternative } from '../../domain/keys/readings';
import { keyTransitions } from '../../domain/keys/transitions';
import type { Instant } from '../../domain/time';
import { type UndoAction, undoOf } from '../../domain/undo';
import type { StandingName } from '../report/report';
import { isAuthorized } from './authorized';
import type { Dependant } from './dependants';
import type { Readings } from './question';
import { deletedHolderOf, keyStateIn, type Situation } from './situation';

export interface Standing {
  readonly name: StandingName;
  readonly status: string;
  readonly reasons: readonly string[];
  /** Permitted while the key is usable, refused now. */
  readonly breaks: readonly DependentOperation[];
  readonly interrupts: boolean;
  /** The data cannot be read whatever is done, unless what happened is undone. */
  readonly gone: boolean;
  readonly rule: string;
  readonly source: string;
  readonly disputed: readonly Dispute[];
  readonly undo: WayBack | undefined;
}

export type WayBack =
  | {
      readonly by: UndoAction | 'restore-instance';
      readonly from: Instant;
      readonly until?: Instant | undefined;
    }
  | { readonly by: 'none'; readonly reason: string };

export interface StandingOptions {
  readonly readings: Readings;
  /** Take it that an authorization outside the world lets the dependant reach its key. */
  readonly authorizedOutside?: boolean;
}

export function standingOf(dependant: Dependant, situation: Situation, options: StandingOptions): Standing {
  return reclaimed(dependant, situation) ?? ofKey(dependant, situation, options);
}

function ofKey(dependant: Dependant, situation: Situation, options: StandingOptions): Standing {
  const { row, use, keyPurged } = dependant;
  const { readings, authorizedOutside = false } = options;
  const keyState = use ? keyStateIn(situation, use.key.id) : keyPurged ? 'purged' : 'active';
  const authorized = use === undefined || authorizedOutside || isAuthorized(situation, use);
  const condition = conditionOf({ keyState, authorized });
  const { status, reasons, breaks, interrupts, source, disputed } = effectOn(row, condition, readings);
  const facts = use && situation.keys.get(use.key.id);
  const gone = condition === 'destroyed' || condition === 'purged';
  return {
    name: condition,
    status,
    reasons,
    breaks,
    interrupts,
    gone,
    rule: `${row}.${condition}`,
    source,
    disputed: [
      ...(disputed
        ? [{ reading: disputed.reading, alternative: disputed.alternative, source: disputed.source }]
        : []),
      ...(condition === 'destroyed' && facts && !facts.imported ? restoreDisputes(readings) : []),
    ],
    undo: wayBack(condition, dependant, situation, readings),
  };
}

/** A key in a deleted instance cannot be restored before the instance is. */
function wayBack(
  condition: Condition,
  { use }: Dependant,
  situation: Situation,
  readings: Readings,
): WayBack | undefined {
  const facts = use && situation.keys.get(use.key.id);
  const undo = undoOf(condition, facts ?? { imported: false }, situation.at, readings);
  const holder = use && deletedHolderOf(use.key.id, situation);
  const deletedAt = holder === undefined ? undefined : situation.deletedInstances.get(holder);
  return undo?.by === 'restore' && deletedAt !== undefined
    ? { by: 'restore-instance', from: situation.at, until: reclamationEnds(deletedAt) }
    : undo;
}

/** Whether a generated key can be restored is what decides between broken and lost, and the documents differ on it. */
function restoreDisputes(readings: Readings): readonly Dispute[] {
  return keyTransitions.destroyed.restore.disputed
    .filter(({ question }) => question === 'restore-generated-key')
    .map(({ reading, alternative, source }) =>
      takesAlternative(readings, 'restore-generated-key')
        ? { reading: alternative, alternative: reading, source }
        : { reading, alternative, source },
    );
}

/** An instance that awaits its reclamation is not deleted a second time (ibm-control-plane.md 6.4.1). */
function ofInstanceItself(row: DependentKind): readonly DependentOperation[] {
  return row === 'secrets-manager-instance' ? ['instance.delete'] : [];
}

/** Of something in an instance that has been deleted: disabled at once, gone when the reclamation ends. */
function reclaimed({ row, instance }: Dependant, { deletedInstances, at }: Situation): Standing | undefined {
  const deletedAt = instance === undefined ? undefined : deletedInstances.get(instance);
  if (deletedAt === undefined) return undefined;
  const state = effectiveInstanceState({ state: 'pending_reclamation', deletedAt }, at);
  const removed = state === 'removed';
  return {
    name: removed ? 'removed' : 'reclaimable',
    status: state,
    reasons: [],
    breaks: [...effectOn(row, 'destroyed').breaks, ...ofInstanceItself(row)],
    interrupts: true,
    gone: true,
    rule: `${row}.${removed ? 'removed' : 'reclaimable'}`,
    source: 'behaviour.md B5',
    disputed: [],
    undo: removed
      ? { by: 'none', reason: 'the 7 days to restore the instance are over' }
      : { by: 'restore-instance', from: at, until: reclamationEnds(deletedAt) },
  };
}
