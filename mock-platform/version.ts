import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The version of this package, from its manifest: one level up in the sources, two in the build. */
export function version(): string {
  for (const manifest of [join(__dirname, '../package.json'), join(__dirname, '../../package.json')]) {
    try {
      const { name, version: found } = JSON.parse(readFileSync(manifest, 'utf8')) as {
        name?: string;
        version?: string;
      };
      if (name === 'keyquake' && found !== undefined) return found;
    } catch {
      // Not at this level.
    }
  }
  throw new Error("keyquake's package.json was not found beside its code");
}
