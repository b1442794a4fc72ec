/** The file that the quickstart leaves: what was predicted, what happened, what is left. */
import { type Report, render } from '../../simulator';
import type { ComparedRow, Comparison } from './compare';
import type { Left } from './left';
import type { Online } from './online';

export interface QuickstartReport {
  /** RFC 3339. */
  readonly at: string;
  /** `terraform 1.11.4`; null when there was none and only the offline half ran. */
  readonly engine: string | null;
  readonly predictions: readonly Report[];
  /** Null without Terraform. */
  readonly online: Online | null;
}

function comparisonTable(rows: readonly ComparedRow[]): string {
  const lines = rows.map(
    ({ address, predicted, observed, same }) =>
      `| \`${address}\` | ${predicted} | ${observed} | ${same ? 'yes' : '**no**'} |`,
  );
  return ['| resource | predicted | observed | same |', '| --- | --- | --- | --- |', ...lines].join('\n');
}

function comparisonSection({ rows, unpredicted, same }: Comparison, healed: boolean): string {
  return [
    '## What happened when the key was disabled',
    same ? 'The prediction was right.' : '**The prediction was wrong.**',
    'Compared are the status of every dependant, and whether the secret is given out.',
    comparisonTable([...rows, ...unpredicted]),
    healed
      ? 'Enabling the key brought everything back.'
      : '**Enabling the key did not bring everything back.**',
  ].join('\n\n');
}

function leftSection({ live, kept }: Left): string {
  return [
    '## What is left after `destroy`',
    live.length === 0 ? 'Nothing that is live.' : '**Something is still live:**',
    ...(live.length === 0 ? [] : [live.map(({ kind, name }) => `- ${kind} ${name}`).join('\n')]),
    ...(kept.length === 0 ? [] : ['Kept for a while, as the real services do:']),
    ...(kept.length === 0 ? [] : [kept.map(({ kind, name, why }) => `- ${kind} ${name}: ${why}`).join('\n')]),
  ].join('\n\n');
}

export function quickstartMarkdown({ at, engine, predictions, online }: QuickstartReport): string {
  const ran =
    engine === null
      ? 'Without Terraform: only the offline half ran.'
      : `With ${engine}, on the embedded platform.`;
  const sections = [
    '# Keyquake quickstart',
    `${at}. ${ran}`,
    '## What was predicted from the synthesized stack',
    ...predictions.map((report) => render(report, 'markdown').trimEnd()),
    ...(online === null
      ? []
      : [comparisonSection(online.comparison, online.healed), leftSection(online.left)]),
  ];
  return `${sections.join('\n\n')}\n`;
}

export function quickstartJson(report: QuickstartReport): string {
  return `${JSON.stringify(report, null, 2)}\n`;
}
