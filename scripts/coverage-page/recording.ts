/** What the tests asked of each operation, and what it answered. */
import type { RecordedRequest } from '../../test/support/operation-recorder';
import { operationServing } from './routes';

/** A test by file and name, with the statuses that the operation answered in it. */
export interface TestOfOperation {
  readonly file: string;
  readonly test: string;
  readonly statuses: readonly number[];
}

export interface OperationCoverage {
  /** Tests in which it answered with a status below 400. */
  readonly answering: readonly TestOfOperation[];
  /** Tests in which it refused. */
  readonly refusing: readonly TestOfOperation[];
}

/** By operation key; only operations that some test asked. */
export function coverageOf(lines: readonly string[]): ReadonlyMap<string, OperationCoverage> {
  const tests = new Map<string, Map<string, TestOfOperation>>();
  for (const line of lines.filter((text) => text !== '')) {
    const { file, test, status, ...request } = JSON.parse(line) as RecordedRequest;
    const operation = operationServing(request);
    if (operation === undefined) continue;
    const known = tests.get(operation) ?? new Map<string, TestOfOperation>();
    const key = `${file} ${test}`;
    const statuses = new Set([...(known.get(key)?.statuses ?? []), status]);
    known.set(key, { file, test, statuses: [...statuses].sort((one, other) => one - other) });
    tests.set(operation, known);
  }
  return new Map([...tests].map(([operation, known]) => [operation, split([...known.values()])]));
}

function split(tests: readonly TestOfOperation[]): OperationCoverage {
  const having = (wanted: (status: number) => boolean): TestOfOperation[] =>
    tests
      .map((test) => ({ ...test, statuses: test.statuses.filter(wanted) }))
      .filter(({ statuses }) => statuses.length > 0)
      .sort((one, other) => byText(one.file, other.file) || byText(one.test, other.test));
  return { answering: having((status) => status < 400), refusing: having((status) => status >= 400) };
}

function byText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
