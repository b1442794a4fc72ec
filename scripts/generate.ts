/**
 * Writes every generated file: `npm run generate`, also the first step of `npm run prepare`. With `--check` it writes nothing,
 * names what is stale, missing or without a source, and ends with 1 when there is any.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Generator, generators } from './generators';

const root = join(__dirname, '..');

function onDisk(path: string): string | undefined {
  try {
    return readFileSync(join(root, path), 'utf8');
  } catch {
    return undefined;
  }
}

interface Difference {
  /** Path → content that is not on disk so. */
  readonly stale: ReadonlyMap<string, string>;
  /** On disk, and no source says so. */
  readonly orphaned: readonly string[];
  readonly total: number;
}

async function differenceOf(generator: Generator): Promise<Difference> {
  const files = await generator.files(root);
  const stale = new Map([...files].filter(([path, content]) => onDisk(path) !== content));
  return { stale, orphaned: generator.present(root).filter((path) => !files.has(path)), total: files.size };
}

function apply({ stale, orphaned }: Difference): void {
  for (const [path, content] of stale) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  for (const path of orphaned) rmSync(join(root, path));
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  for (const generator of generators) {
    const difference = await differenceOf(generator);
    const { stale, orphaned, total } = difference;
    if (!check) {
      apply(difference);
      console.error(`generated ${generator.name}: ${total} files, ${stale.size} changed`);
      continue;
    }
    console.log(`checked ${generator.name}: ${total} files`);
    for (const path of [...stale.keys(), ...orphaned]) {
      console.log(`stale: ${path}`);
      process.exitCode = 1;
    }
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
