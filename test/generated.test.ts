/** Generated files are what their sources say: nobody edited them, nobody forgot `npm run generate`. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..');

/** In a process of its own: the formatter that the generators use cannot be loaded inside Jest. */
function check(): { status: number | null; lines: string[] } {
  const script = join(root, 'scripts/generate.ts');
  const { status, stdout } = spawnSync(process.execPath, ['--import', 'tsx', script, '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, lines: stdout.trim().split('\n') };
}

test('nothing that is generated is stale, missing or without a source', () => {
  const { status, lines } = check();
  expect(lines.filter((line) => line.startsWith('stale'))).toEqual([]);
  const counted = lines.map((line) => /^checked (.*): (\d+) files$/.exec(line)?.slice(1));
  expect(counted.map((entry) => entry?.[0])).toEqual(['API types', 'protocol messages', 'bindings']);
  expect(counted.every((entry) => Number(entry?.[1]) > 0)).toBe(true);
  expect(status).toBe(0);
}, 120_000);
