/** After `npm ci`: generates what is generated and builds, so that a checkout works at once. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

for (const script of ['generate.ts', 'build.ts']) {
  const { status } = spawnSync(process.execPath, ['--import', 'tsx', join(__dirname, script)], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}
