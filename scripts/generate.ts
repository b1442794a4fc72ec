/** Writes every generated file. `npm run generate`; also the first step of `npm run prepare`. */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { generators } from './generators';

const root = join(__dirname, '..');

function writeIfChanged(path: string, content: string): boolean {
  try {
    if (readFileSync(path, 'utf8') === content) return false;
  } catch {
    mkdirSync(dirname(path), { recursive: true });
  }
  writeFileSync(path, content);
  return true;
}

async function main(): Promise<void> {
  for (const generator of generators) {
    const files = await generator.files(root);
    const written = [...files].filter(([path, content]) => writeIfChanged(join(root, path), content));
    for (const stale of generator.present(root).filter((path) => !files.has(path))) rmSync(join(root, stale));
    console.error(`generated ${generator.name}: ${files.size} files, ${written.length} changed`);
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
