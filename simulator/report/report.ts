/**
 * The report: a public format, whose JSON Schema is `schema.json`. Members are named as they stand in the JSON. Times
 * are RFC 3339 texts; node ids are Terraform addresses, or CRNs when the world is a platform's.
 */

import type { Condition } from '../../domain/condition';
import type { Dispute } from '../../domain/dispute';
import type { DependentOperation } from '../../domain/effects';
import type { KeyState } from '../../domain/keys/states';
import type { KeyRefusal } from '../../domain/keys/transitions';
import type { NodeKind, Unmapped } from '../../domain/world';
import type { Action } from '../rules/question';

/** Worst first: cannot be undone; stops now; stops at the next stop, attach, restore or rotate; goes on. */
export const severities = ['lost', 'breaks', 'latent', 'safe'] as const;

export type Severity = (typeof severities)[number];

export interface Report {
  readonly action: Action;
  /** When the action is done. */
  readonly acted_at: string;
  /** The time for which `after` and everything that follows from it holds. */
  readonly at: string;
  /** The worst severity among the findings; `safe` when there are none. */
  readonly verdict: Severity;
  readonly targets: readonly Target[];
  /** Worst first, then by id. */
  readonly findings: readonly Finding[];
  /** What the source holds and no finding speaks about. */
  readonly unmapped: readonly Unmapped[];
  readonly counts: Readonly<Record<Severity | 'unmapped', number>>;
}

/** What the action is done to. */
export interface Target {
  readonly id: string;
  readonly address: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly crn: string | null;
  readonly before: TargetState;
  readonly after: TargetState;
  /** Why it is not done; null when it is. A refused action changes nothing. */
  readonly refusal: Refusal | null;
  /** Where the documents differ on whether or how the action works on it, with the reading that is taken. */
  readonly disputed: readonly Dispute[];
}

export type TargetState = KeyState | 'purged' | 'present' | 'removed' | 'pending_reclamation';

export interface Refusal {
  readonly reason: KeyRefusal | 'holds-live-keys' | 'instance-deleted' | 'no-authorization';
  /** One sentence. */
  readonly explanation: string;
  /** Node ids of what stands in the way. */
  readonly because: readonly string[];
  readonly remedy: string;
  /** From when on waiting is enough. */
  readonly earliest: string | null;
}

export interface Finding {
  readonly id: string;
  readonly address: string;
  readonly kind: NodeKind;
  readonly name: string;
  readonly severity: Severity;
  /** Status as its API shows it, now and at the time of the report. */
  readonly before: string;
  readonly after: string;
  /** Reason codes beside the status afterwards. */
  readonly reasons: readonly string[];
  /** What it sees of its root key, or of the instance that holds it. */
  readonly condition: { readonly before: StandingName; readonly after: StandingName };
  /** Permitted before, refused afterwards. */
  readonly operations_lost: readonly DependentOperation[];
  /** Node ids from the target to the dependant. */
  readonly path: readonly string[];
  /** Row and column of the effects table: `data-volume.suspended`. */
  readonly rule: string;
  readonly source: string;
  /** Where the documents differ, with the reading that is taken. */
  readonly disputed: readonly Dispute[];
  /** Null when nothing has to be undone. */
  readonly undo: Undo | null;
  /** Who is known to use it. */
  readonly consumers: readonly string[];
}

export type StandingName = Condition | 'reclaimable' | 'removed';

export interface Undo {
  readonly by: 'enable' | 'restore' | 'recreate-authorization' | 'restore-instance' | 'none';
  /** The first time at which it is permitted. */
  readonly from: string | null;
  /** The time from which on it is too late; null when there is no such time. */
  readonly until: string | null;
  /** Why there is no way back. */
  readonly reason: string | null;
}

/** Whether the verdict is at the threshold or worse. */
export function verdictReaches(report: Pick<Report, 'verdict'>, threshold: Severity): boolean {
  return severities.indexOf(report.verdict) <= severities.indexOf(threshold);
}
