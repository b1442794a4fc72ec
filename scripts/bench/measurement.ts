/** One figure beside its floor, both in milliseconds. */
export interface Measurement {
  readonly name: string;
  readonly value: number;
  /** What the floor is. */
  readonly against: string;
  readonly floor: number;
  /** In which unit the table shows them. */
  readonly shown: 's' | 'ms';
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** Runs the tasks in turn, so that a busy machine weighs on all alike; the median of each in milliseconds. */
export async function inTurns(turns: number, tasks: readonly (() => Promise<void>)[]): Promise<number[]> {
  const taken = tasks.map(() => [] as number[]);
  for (let turn = 0; turn < turns; turn += 1) {
    for (const [at, task] of tasks.entries()) {
      const begun = performance.now();
      await task();
      taken[at]?.push(performance.now() - begun);
    }
  }
  return taken.map(median);
}
