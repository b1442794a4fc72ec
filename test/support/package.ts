/** The package as a user gets it: packed from the checkout, installed in an empty folder elsewhere. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const root = join(__dirname, '../..');

function npm(folder: string, args: readonly string[]): string {
  return execFileSync('npm', [...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/** A new folder with the installed package, and others from the registry, in it. The checkout must be built. */
export function installedPackage(others: readonly string[] = []): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-install-'));
  // The build is what is tested; packing again would rebuild it under the feet of other tests.
  const [packed] = JSON.parse(
    npm(root, ['pack', '--json', '--ignore-scripts', '--pack-destination', folder]),
  ) as [{ filename: string }];
  writeFileSync(join(folder, 'package.json'), '{ "name": "user", "private": true }\n');
  npm(folder, [
    'install',
    '--no-audit',
    '--no-fund',
    '--prefer-offline',
    join(folder, packed.filename),
    ...others,
  ]);
  return folder;
}
