/** `docs/coverage.md`: the route tables with the tests of each operation; and the page read back. */
import type { Access, Operation, Service, UnemulatedOperation } from '../../mock-platform/kernel/operation';
import { neverRefuses } from './never-refuses';
import type { OperationCoverage, TestOfOperation } from './recording';
import { coveredServices, operationKey } from './routes';

export type Coverage = ReadonlyMap<string, OperationCoverage>;

export function coveragePage(coverage: Coverage): string {
  return `${[...introduction(), ...coveredServices.flatMap((service) => serviceSection(service, coverage))].join('\n')}\n`;
}

function introduction(): string[] {
  const rows = coveredServices.map(
    ({ title, operations, unemulated }) => `| ${title} | ${operations.length} | ${unemulated.length} |`,
  );
  return [
    '# Coverage of the emulated APIs',
    '',
    'Written by `npm run coverage` from the route tables of the platform and from what its tests asked of each operation',
    'and were answered (`test/mock-platform`, `test/contract`, two of `test/e2e`). Do not edit it. `answers` counts the',
    'tests in which the operation did what it was asked, also as a step of something else; `refuses` those in which it',
    'refused, with the statuses. Tests that run the platform in a process of its own, or Terraform, are not counted.',
    '',
    'Operations listed as not emulated answer 501 and name themselves; so does every other path of these APIs.',
    '',
    '| API | emulated | not emulated, by name |',
    '| --- | ---: | ---: |',
    ...rows,
    '',
  ];
}

function serviceSection(service: Service, coverage: Coverage): string[] {
  const rows = service.operations.map((operation) =>
    operationRow(service, operation, coverage.get(operationKey(service.name, operation.operation))),
  );
  return [
    `## ${service.title} (\`${service.name}\`)`,
    '',
    '| operation | request | needs | answers | refuses | tested in |',
    '| --- | --- | --- | ---: | --- | --- |',
    ...rows,
    '',
    ...refusals(service, coverage),
    ...notEmulated(service.unemulated),
  ];
}

function operationRow(
  service: Service,
  operation: Operation,
  covered: OperationCoverage | undefined,
): string {
  const { answering = [], refusing = [] } = covered ?? {};
  const files = [...new Set([...answering, ...refusing].map(({ file }) => file))].sort();
  const cells = [
    `\`${operation.operation}\``,
    `\`${operation.method} ${service.mount ?? ''}${operation.path}\``,
    needs(operation),
    String(answering.length),
    refusing.length === 0 ? '0' : `${refusing.length} (${statusesOf(refusing).join(', ')})`,
    files.length > filesShown
      ? `${files.slice(0, filesShown).map(link).join(', ')} and ${files.length - filesShown} more`
      : files.map(link).join(', '),
  ];
  return `| ${cells.join(' | ')} |`;
}

const filesShown = 4;

function needs({ access, accessCases }: Operation): string {
  const { parameter, cases } = accessCases ?? { parameter: '', cases: {} };
  const other = Object.entries(cases).map(([name, named]) => `with \`${parameter}=${name}\` ${need(named)}`);
  return [need(access), ...other].join('; ');
}

function need(access: Access): string {
  if (access === 'public') return 'nothing';
  return access === 'authenticated' ? 'a token' : `${access.role} (\`${access.action}\`)`;
}

function statusesOf(tests: readonly TestOfOperation[]): readonly number[] {
  return [...new Set(tests.flatMap(({ statuses }) => statuses))].sort((one, other) => one - other);
}

function link(file: string): string {
  const name = file.replace(/^test\//, '').replace(/\.test\.ts$/, '');
  return `[${name}](../${file})`;
}

function refusals(service: Service, coverage: Coverage): string[] {
  return service.operations.flatMap(({ operation }) => {
    const key = operationKey(service.name, operation);
    const { refusing = [] } = coverage.get(key) ?? {};
    const reason = neverRefuses[key];
    if (refusing.length === 0)
      return reason === undefined ? [] : [`\`${operation}\` refuses nothing: ${reason}.`, ''];
    const items = refusing.map(
      ({ test, statuses }) => `- ${statuses.join(', ')}: ${test.replace(/[<>|`*_[\]]/g, '\\$&')}`,
    );
    return [`<details><summary>Refusals of ${operation}</summary>`, '', ...items, '', '</details>', ''];
  });
}

function notEmulated(unemulated: readonly UnemulatedOperation[]): string[] {
  if (unemulated.length === 0) return [];
  const items = unemulated.map(({ operation, method, path }) => `\`${operation}\` (\`${method} ${path}\`)`);
  return [`Not emulated: ${items.join(', ')}.`, ''];
}

/** A row of the page: which operation it is of, and how many tests see it refuse. */
export interface PageRow {
  readonly operation: string;
  readonly request: string;
  readonly answers: number;
  readonly refuses: number;
}

/** The rows of a page that was written before. */
export function rowsOf(page: string): readonly PageRow[] {
  const rows: PageRow[] = [];
  let service = '';
  for (const line of page.split('\n')) {
    const [, heading] = /^## .* \(`(.+)`\)$/.exec(line) ?? [];
    if (heading !== undefined) service = heading;
    const cells = /^\| `(\w+)` \| `([^`]+)` \| [^|]+ \| (\d+) \| (\d+)/.exec(line);
    if (cells === null) continue;
    const [, operation = '', request = '', answers, refuses] = cells;
    rows.push({
      operation: operationKey(service, operation),
      request,
      answers: Number(answers),
      refuses: Number(refuses),
    });
  }
  return rows;
}
