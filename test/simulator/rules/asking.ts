/** Asking a question of a small world and comparing the findings with hand-typed ones. */
import type { DependentOperation } from '../../../domain/effects';
import { parseInstant } from '../../../domain/time';
import type { World } from '../../../domain/world';
import {
  type Action,
  type Finding,
  type Question,
  type Report,
  type Severity,
  simulate,
} from '../../../simulator';
import { now } from '../worlds';

export const day = 24 * 60 * 60 * 1000;
export const start = parseInstant(now);

export function ask(world: World, action: Action, more: Partial<Question> = {}): Report {
  return simulate(world, { action, targets: ['key'], ...more });
}

export function finding(report: Report, id: string): Finding {
  const found = report.findings.find((one) => one.id === id);
  if (!found) throw new Error(`no finding for ${id}`);
  return found;
}

/** Everything inside a sealed instance, behaviour.md B4: nothing can be read or written. */
export const sealedInstance: readonly DependentOperation[] = [
  'secret.list',
  'secret.create',
  'secret.read',
  'secret.read-metadata',
  'secret.update-metadata',
  'secret.rotate',
  'secret.delete',
  'lock.list',
  'lock.create',
  'lock.delete',
];
export const sealedSecret = sealedInstance.filter(
  (operation) => operation !== 'secret.list' && operation !== 'secret.create',
);

export interface Expected {
  readonly severity: Severity;
  readonly status: readonly [before: string, after: string];
  readonly reasons: readonly string[];
  readonly lost: readonly DependentOperation[];
}

export type Row = readonly [dependant: string, expected: Expected];

export function check(report: Report, rows: readonly Row[]): void {
  const seen = report.findings.map(({ id, severity, before, after, reasons, operations_lost: lost }) => [
    id,
    { severity, status: [before, after], reasons, lost: [...lost].sort() },
  ]);
  const wanted = rows.map(([id, expected]) => [id, { ...expected, lost: [...expected.lost].sort() }]);
  expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(wanted));
}

export const goesOn = (status: string): Expected => ({
  severity: 'safe',
  status: [status, status],
  reasons: [],
  lost: [],
});
