/** Compiles to `dist/`, bundles what must start fast, and links the command into `node_modules/.bin`. */
import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'esbuild';

const root = join(__dirname, '..');
const dist = join(root, 'dist');

function compile(): void {
  rmSync(dist, { recursive: true, force: true });
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status } = spawnSync(process.execPath, [tsc, '-p', join(root, 'tsconfig.build.json')], {
    stdio: 'inherit',
  });
  if (status !== 0) process.exit(status ?? 1);
}

/** The managed provider in one file: Terraform starts it four times in one apply. */
async function bundleProvider(): Promise<void> {
  const entry = join(dist, 'provider/main.js');
  if (!existsSync(entry)) return;
  await build({
    entryPoints: [entry],
    outfile: join(dist, 'provider/bundle/provider.js'),
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    legalComments: 'none',
  });
}

/** npm links the commands of dependencies only; a checkout's own command is linked here. */
function linkCommand(): void {
  const command = join(dist, 'cli/main.js');
  if (!existsSync(command)) return;
  chmodSync(command, 0o755);
  const bin = join(root, 'node_modules/.bin');
  mkdirSync(bin, { recursive: true });
  const link = join(bin, 'keyquake');
  rmSync(link, { force: true });
  symlinkSync(relative(bin, command), link);
}

async function main(): Promise<void> {
  compile();
  await bundleProvider();
  linkCommand();
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
