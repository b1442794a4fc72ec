/** For a review comment: GitHub-flavoured Markdown. Text of the source is escaped, so that it cannot format or link. */
import type { Finding, Report, Target } from './report';
import {
  counted,
  countsOf,
  disputesOf,
  harmless,
  kindsOf,
  lostWords,
  notesOf,
  outcomeOf,
  shortAddress,
  undoWords,
} from './text';

export function renderMarkdown(report: Report): string {
  const { targets, findings, unmapped, at, acted_at: actedAt, verdict } = report;
  const notes = disputesOf(report);
  const worrying = findings.filter(({ severity }) => severity !== 'safe');
  const safe = findings.filter(({ severity }) => severity === 'safe');
  const blocks = [
    `### Keyquake: ${report.action} of ${whatOf(targets)}: **${verdict}**`,
    `${countsOf(report)}. ${at === actedAt ? `At ${at}.` : `Done at ${actedAt}, seen at ${at}.`}`,
    targets.map(targetLine).join('\n'),
    ...(worrying.length > 0 ? [table(worrying, notes)] : []),
    ...(findings.length === 0 ? ['Nothing depends on it.'] : []),
    ...(safe.length > 0
      ? [folded(counted(safe.length, 'dependant is', 'dependants are') + ' safe', table(safe, notes))]
      : []),
    ...(unmapped.length > 0
      ? [
          folded(
            `${unmapped.length} unmapped: no finding speaks about ${unmapped.length === 1 ? 'it' : 'these'}`,
            unmapped.map(({ address, reason }) => `- ${code(address)}: ${escaped(reason)}`).join('\n'),
          ),
        ]
      : []),
    ...(notes.length > 0
      ? [
          notes
            .map(
              ({ reading, alternative, source }, index) =>
                `\\[${index + 1}\\] The documents differ: ${escaped(reading)}; or ${escaped(alternative)} (${escaped(source)}).`,
            )
            .join('  \n'),
        ]
      : []),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function whatOf(targets: readonly Target[]): string {
  const [only] = targets;
  return targets.length === 1 && only ? code(shortAddress(only.id)) : kindsOf(targets);
}

function targetLine(target: Target): string {
  const { refusal } = target;
  const line = `- ${code(shortAddress(target.id))} (${escaped(target.name)}): ${escaped(outcomeOf(target))}`;
  if (!refusal) return line;
  const because = refusal.because.length === 0 ? '' : ` Because of ${refusal.because.map(code).join(', ')}.`;
  return `${line}.${because} Remedy: ${escaped(refusal.remedy)}.`;
}

function table(findings: readonly Finding[], notes: ReturnType<typeof disputesOf>): string {
  const rows = findings.map((finding) => {
    const { severity, before, after, operations_lost: lost, disputed, undo, consumers } = finding;
    const used = consumers.length === 0 ? '' : `<br>used by ${consumers.map(code).join(', ')}`;
    const cells = [
      `${severity} ${escaped(notesOf(disputed, notes))}`.trim(),
      `${code(shortAddress(finding.id))}<br>${escaped(finding.name)}${used}`,
      before === after ? escaped(before) : `${escaped(before)} → ${escaped(after)}`,
      escaped(lostWords(lost)),
      escaped(undoWords(undo)),
    ];
    return `| ${cells.join(' | ')} |`;
  });
  return [
    '| severity | dependant | status | loses | undo |',
    '| --- | --- | --- | --- | --- |',
    ...rows,
  ].join('\n');
}

function folded(summary: string, content: string): string {
  return `<details>\n<summary>${escaped(summary)}</summary>\n\n${content}\n\n</details>`;
}

/** A code span. Backticks and bars have no escape that holds in a table, so they become look-alikes. */
function code(text: string): string {
  return `\`${harmless(text).replaceAll('`', 'ˋ').replaceAll('|', '¦')}\``;
}

function escaped(text: string): string {
  return harmless(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replace(/([\\`*_{}[\]()#|~@!])/g, '\\$1');
}
