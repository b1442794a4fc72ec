/** Generated files are what their sources say: nobody edited them, nobody forgot `npm run generate`. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generators } from '../scripts/generators';

const root = join(__dirname, '..');

describe.each(generators.map((generator) => [generator.name, generator] as const))(
  '%s',
  (_name, generator) => {
    let fresh: ReadonlyMap<string, string>;
    beforeAll(async () => {
      fresh = await generator.files(root);
    }, 120_000);

    test('are generated from something', () => {
      expect(fresh.size).toBeGreaterThan(0);
    });

    test('are on disk, and nothing else is', () => {
      expect([...generator.present(root)].sort()).toEqual([...fresh.keys()].sort());
    });

    test('are not stale', () => {
      const stale = [...fresh].filter(
        ([path, content]) => readFileSync(join(root, path), 'utf8') !== content,
      );
      expect(stale.map(([path]) => path)).toEqual([]);
    });
  },
);
