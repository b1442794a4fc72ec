/** Holds a prediction against what happened. Pure, so that a wrong prediction can be tried in a test. */
import type { Report } from '../../simulator';
import type { Observed } from './observe';

/** One thing that was predicted, and what became of it. */
export interface ComparedRow {
  readonly address: string;
  /** `available → available`, `active → sealed; not readable`. */
  readonly predicted: string;
  /** The same of the platform, or that it is not there. */
  readonly observed: string;
  readonly same: boolean;
}

export interface Comparison {
  readonly rows: readonly ComparedRow[];
  /** What changed although the prediction does not name it. */
  readonly unpredicted: readonly ComparedRow[];
  readonly same: boolean;
}

type ByAddress = ReadonlyMap<string, Observed>;

function byAddress(observed: readonly Observed[]): ByAddress {
  return new Map(observed.map((thing) => [thing.address, thing]));
}

function change(before: string, after: string, readable: boolean | undefined): string {
  const status = before === after ? before : `${before} → ${after}`;
  return readable === undefined ? status : `${status}; ${readable ? 'readable' : 'not readable'}`;
}

const absent = 'not on the platform';

function observedChange(address: string, before: ByAddress, after: ByAddress): string {
  const [was, is] = [before.get(address), after.get(address)];
  return was === undefined || is === undefined ? absent : change(was.status, is.status, is.readable);
}

/** What the report says of each dependant and of the key itself, in the words of {@link change}. */
function predictedChanges({ findings, targets }: Report): [address: string, predicted: string][] {
  return [
    ...targets.map((target): [string, string] => [
      target.address,
      change(target.before, target.after, undefined),
    ]),
    ...findings.map(({ address, kind, before, after, operations_lost: lost }): [string, string] => [
      address,
      change(before, after, kind === 'secret' ? !lost.includes('secret.read') : undefined),
    ]),
  ];
}

/** `before` and `after` are the platform before and after the action that the report predicts. */
export function compare(report: Report, before: readonly Observed[], after: readonly Observed[]): Comparison {
  const [was, is] = [byAddress(before), byAddress(after)];
  const rows = predictedChanges(report).map(([address, predicted]) => {
    const observed = observedChange(address, was, is);
    return { address, predicted, observed, same: predicted === observed };
  });
  const named = new Set(rows.map(({ address }) => address));
  const unpredicted = [...is.values()]
    .filter(({ address, status }) => !named.has(address) && was.get(address)?.status !== status)
    .map(({ address }) => {
      const observed = observedChange(address, was, is);
      return { address, predicted: 'not named', observed, same: false };
    });
  return { rows, unpredicted, same: unpredicted.length === 0 && rows.every(({ same }) => same) };
}
