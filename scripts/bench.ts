/** `npm run bench`: what Keyquake costs, as ratios to a floor measured beside it in the same run. Prints a table and JSON. */
import { writeFileSync } from 'node:fs';
import { applyVolumes } from './bench/apply';
import { lists } from './bench/lists';
import type { Measurement } from './bench/measurement';
import { requests } from './bench/requests';
import { starts } from './bench/starts';

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(3)} s`;
const milliseconds = (value: number) => `${value.toFixed(3)} ms`;

function row({ name, value, floor, against, shown }: Measurement): string[] {
  const show = shown === 's' ? seconds : milliseconds;
  return [name, show(value), against, show(floor), `${(value / floor).toFixed(2)}×`];
}

function table(rows: readonly string[][]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((cells) => (cells[column] ?? '').length)),
  );
  return rows
    .map((cells) =>
      cells
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

async function main(): Promise<void> {
  const measured = [
    ...(await starts()),
    ...(await requests()),
    ...(await lists()),
    ...(await applyVolumes()),
  ];
  console.log(table([['what', 'took', 'against', 'took', 'ratio'], ...measured.map(row)]));
  const report = measured.map(({ shown: _, ...entry }) => ({
    ...entry,
    unit: 'ms',
    ratio: entry.value / entry.floor,
  }));
  const [, , file] = process.argv;
  const json = JSON.stringify({ node: process.version, measurements: report }, null, 2);
  if (file === undefined) console.log(json);
  else writeFileSync(file, `${json}\n`);
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
