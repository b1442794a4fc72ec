/** The pages name files, folders and scripts that exist. docs/coverage.md is written by a program, and has a test of its own. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const root = join(__dirname, '..');
const pages = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true })
    .map((name) => `docs/${String(name)}`)
    .filter((name) => name.endsWith('.md') && name !== 'docs/coverage.md'),
];

/** Folders below which a short name may be meant, `kernel/http/dispatch.ts` for one. */
const bases = ['', 'domain', 'mock-platform', 'provider', 'constructs', 'simulator'];

/** `vpc/{effects,operations}.ts` as its two names. */
function alternatives(path: string): string[] {
  const [, before = '', middle = '', after = ''] = /^(.*)\{(.*)\}(.*)$/.exec(path) ?? [];
  return middle === '' ? [path] : middle.split(',').map((name) => `${before}${name}${after}`);
}

/** What stands in backticks and looks like a path; names with a placeholder stand for several. */
function pathsIn(markdown: string): string[] {
  const prose = markdown.replace(/^```[\s\S]*?^```$/gm, '');
  return [...prose.matchAll(/`([^`\s]+)`/g)]
    .map(([, text = '']) => text)
    .filter((text) => /^[\w.{},-]+(\/[\w.{},-]+)+\/?$/.test(text))
    .filter((text) => /\.(ts|json|md|txt|proto)$|\/$/.test(text))
    .flatMap(alternatives);
}

function exists(path: string): boolean {
  return bases.some((base) => existsSync(join(root, base, path)));
}

test.each(pages)('%s', (page) => {
  const markdown = readFileSync(join(root, page), 'utf8');
  expect(pathsIn(markdown).filter((path) => !exists(path))).toEqual([]);
  const links = [...markdown.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, target = '']) => target);
  expect(links.filter((target) => !existsSync(join(root, dirname(page), target)))).toEqual([]);
});

test('npm scripts that the pages name exist', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const named = pages.flatMap((page) =>
    [...readFileSync(join(root, page), 'utf8').matchAll(/npm run ([a-z]+)/g)].map(([, name]) => name),
  );
  expect(named.length).toBeGreaterThan(2);
  expect(Object.keys(scripts)).toEqual(expect.arrayContaining(named));
});

test('the pages do name files', () => {
  expect(pathsIn(readFileSync(join(root, 'docs/adding-a-resource.md'), 'utf8')).length).toBeGreaterThan(8);
});
