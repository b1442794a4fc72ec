import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildSync } from 'esbuild';

/** Bundles the managed provider from its sources, as `npm run build` does. `remove` takes the file away again. */
export function bundleProvider(): { readonly file: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-bundle-'));
  const outfile = join(folder, 'provider.js');
  buildSync({
    entryPoints: [join(__dirname, '../../provider/main.ts')],
    outfile,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
    logLevel: 'error',
  });
  return { file: outfile, remove: () => rmSync(folder, { recursive: true, force: true }) };
}
