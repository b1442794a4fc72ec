/** For a terminal: at most 100 columns, nothing cut off, escape sequences only when colour is asked for. */
import type { RenderOptions } from './render';
import type { Finding, Report, Severity, Target } from './report';
import {
  countsOf,
  disputesOf,
  harmless,
  lostWords,
  named,
  notesOf,
  outcomeOf,
  titleOf,
  undoWords,
} from './text';

const width = 100;
const gap = '  ';

const columns = [
  { title: 'SEVERITY', width: 8 },
  { title: 'DEPENDANT', width: 31 },
  { title: 'STATUS', width: 13 },
  { title: 'LOSES', width: 20 },
  { title: 'UNDO', width: 20 },
] as const;

export function renderTable(report: Report, { color = false }: RenderOptions = {}): string {
  const notes = disputesOf(report);
  const sections = [
    heading(report, color),
    report.targets.flatMap((target) => refusalOf(target)),
    report.findings.length === 0 ? ['nothing depends on it'] : findingsTable(report, notes, color),
    notes.flatMap(({ reading, alternative, source }, index) =>
      hanging(`[${index + 1}] `, `the documents differ: ${reading}; or ${alternative} (${source})`),
    ),
    report.unmapped.length === 0
      ? []
      : [
          'unmapped: no finding speaks about these',
          ...report.unmapped.flatMap(({ address, reason }) => hanging('  ', `${address}: ${reason}`)),
        ],
  ];
  return `${sections
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n')}\n`;
}

function heading(report: Report, color: boolean): readonly string[] {
  const { targets, verdict, at, acted_at: actedAt } = report;
  const time = at === actedAt ? `at ${at}` : `done at ${actedAt}, seen at ${at}`;
  return [
    ...wrapped(`${titleOf(report)}: ${verdict}`, width).map((line) =>
      line.replace(verdict, paint(verdict, verdict, color)),
    ),
    ...wrapped(`${countsOf(report)}; ${time}`, width),
    ...targets.flatMap((target) =>
      hanging('', targets.length === 1 ? outcomeOf(target) : `${named(target)}: ${outcomeOf(target)}`),
    ),
  ];
}

function refusalOf({ refusal, id }: Target): readonly string[] {
  if (!refusal) return [];
  const { because, remedy, earliest } = refusal;
  return [
    ...hanging('', `${id}: ${remedy}${earliest === null ? '' : ` (from ${earliest} on)`}`),
    ...because.flatMap((id) => hanging('  ', `because of ${id}`)),
  ];
}

function findingsTable(
  report: Report,
  notes: ReturnType<typeof disputesOf>,
  color: boolean,
): readonly string[] {
  const header = row(columns.map(({ title }) => [title]));
  const rows = report.findings.flatMap((finding) => {
    const lines = row(cellsOf(finding, notes));
    return lines.map((line, index) =>
      index === 0 ? line.replace(finding.severity, paint(finding.severity, finding.severity, color)) : line,
    );
  });
  return [...header, ...rows];
}

function cellsOf(finding: Finding, notes: ReturnType<typeof disputesOf>): readonly (readonly string[])[] {
  const { severity, before, after, operations_lost: lost, disputed, undo, consumers } = finding;
  const used = consumers.length === 0 ? [] : [`used by ${consumers.join(', ')}`];
  const status = before === after ? before : `${before} → ${after}`;
  return [
    [`${severity}`, ...(disputed.length > 0 ? [notesOf(disputed, notes)] : [])],
    [named(finding), ...used],
    [status],
    [lostWords(lost)],
    [undoWords(undo)],
  ];
}

/** The lines of one row: every cell is a list of paragraphs. */
function row(cells: readonly (readonly string[])[]): readonly string[] {
  const blocks = columns.map((column, index) =>
    (cells[index] ?? []).flatMap((paragraph) => wrapped(paragraph, column.width)),
  );
  const height = Math.max(...blocks.map((lines) => lines.length));
  return Array.from({ length: height }, (_, line) =>
    columns
      .map((column, index) => pad(blocks[index]?.[line] ?? '', column.width))
      .join(gap)
      .trimEnd(),
  );
}

function hanging(lead: string, text: string): readonly string[] {
  const indent = ' '.repeat(lead.trim() === '' ? lead.length + 2 : lead.length);
  return wrapped(text, width - indent.length).map((line, index) => `${index === 0 ? lead : indent}${line}`);
}

/** Broken at spaces, else after punctuation, else anywhere. */
function wrapped(text: string, limit: number): readonly string[] {
  const lines: string[] = [];
  let rest = [...harmless(text)];
  while (rest.length > limit) {
    const at = breakIn(rest, limit);
    lines.push(rest.slice(0, at).join('').trimEnd());
    rest = [...rest.slice(at).join('').trimStart()];
  }
  return [...lines, rest.join('')];
}

function breakIn(characters: readonly string[], limit: number): number {
  const space = characters.slice(0, limit + 1).lastIndexOf(' ');
  if (space > 0) return space;
  const mark = characters.slice(0, limit).findLastIndex((character) => /[.:_\-/\]]/.test(character));
  return mark > 0 ? mark + 1 : limit;
}

function pad(text: string, to: number): string {
  return text + ' '.repeat(Math.max(0, to - [...text].length));
}

const colors: Readonly<Record<Severity, number>> = { lost: 35, breaks: 31, latent: 33, safe: 32 };

function paint(text: string, severity: Severity, color: boolean): string {
  return color ? `\u001b[${colors[severity]}m${text}\u001b[0m` : text;
}
