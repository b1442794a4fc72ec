/** `npm run coverage`: runs the tests that ask the platform directly and writes `docs/coverage.md` from what they asked. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { coveragePage } from './coverage-page/page';
import { coverageOf } from './coverage-page/recording';

const root = join(__dirname, '..');
const recordedTests = ['test/mock-platform', 'test/contract', 'test/e2e/determinism', 'test/e2e/canary'];
const recorder = join(root, 'test/support/operation-recorder.ts');

function recordTests(recording: string): void {
  writeFileSync(recording, '');
  const jest = join(root, 'node_modules/jest/bin/jest.js');
  const { status } = spawnSync(process.execPath, [jest, ...recordedTests, '--setupFilesAfterEnv', recorder], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, KEYQUAKE_COVERAGE_FILE: recording },
  });
  if (status !== 0) throw new Error('the page is not written, because tests failed');
}

const folder = mkdtempSync(join(tmpdir(), 'keyquake-coverage-'));
try {
  const recording = join(folder, 'requests.jsonl');
  recordTests(recording);
  const coverage = coverageOf(readFileSync(recording, 'utf8').split('\n'));
  writeFileSync(join(root, 'docs/coverage.md'), coveragePage(coverage));
  console.log(`docs/coverage.md: ${coverage.size} operations were asked`);
} finally {
  rmSync(folder, { recursive: true });
}
