/** The page of the constructs: every construct is on it, and its blocks are one program that compiles and runs. */
import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Construct } from 'constructs';
import * as constructs from '../../constructs';
import { codeBlocks } from '../support/readme';
import { workspace } from '../support/terraform';

const root = join(__dirname, '../..');
const page = readFileSync(join(root, 'constructs/README.md'), 'utf8');

/** In the place of the package, which the tests of `e2e/` install, its sources. */
const program = codeBlocks(page)
  .map(({ code }) => code)
  .join('\n')
  .replace(/'keyquake\//g, `'${root}/`);

const compilerOptions = { noEmit: true, types: ['node'], noUnusedLocals: true, rootDir: '/' };

let folder: string;
beforeAll(() => {
  folder = workspace({
    'stack.ts': program,
    'tsconfig.json': JSON.stringify({
      extends: join(root, 'tsconfig.json'),
      compilerOptions,
      include: [],
      files: ['stack.ts'],
    }),
  });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
});

test('all blocks are TypeScript', () => {
  expect(new Set(codeBlocks(page).map(({ language }) => language))).toEqual(new Set(['ts']));
});

test('every construct that is exported is in the table, with its ways to say what exists already', () => {
  const rows = page.split('\n').filter((line) => line.startsWith('| `'));
  const missing = Object.entries(constructs).flatMap(([name, exported]) => {
    const { prototype } = exported as { readonly prototype?: unknown };
    if (!(prototype instanceof Construct) || name.endsWith('Provider')) return [];
    if (name === 'ServiceInstance') return [];
    const row = rows.find((line) => line.startsWith(`| \`${name}\``)) ?? '';
    const statics = Object.getOwnPropertyNames(exported).filter((each) => each.startsWith('from'));
    return [...(row === '' ? [name] : []), ...statics.filter((each) => !row.includes(`\`${each}\``))];
  });
  expect(missing).toEqual([]);
});

test('the program uses every one of them', () => {
  const used = Object.keys(constructs).filter((name) => new RegExp(`\\b${name}\\b`).test(program));
  const unused = Object.keys(constructs).filter((name) => !used.includes(name));
  // A base class, an error, a list of what constructs say, and the provider that comes by itself.
  expect(unused.sort()).toEqual(['ConstructError', 'KeyquakeProvider', 'ServiceInstance', 'annotationsOf']);
});

test('the program compiles', () => {
  const tsc = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [tsc, '-p', folder], { encoding: 'utf8' });
  expect([stdout, status]).toEqual(['', 0]);
}, 60_000);

test('the program runs, and writes a stack with every type of the table', () => {
  execFileSync(process.execPath, ['--import', require.resolve('tsx'), join(folder, 'stack.ts')], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { resource, data } = JSON.parse(
    readFileSync(join(folder, 'cdktf.out/stacks/shop/cdk.tf.json'), 'utf8'),
  );
  const written = [...Object.keys(resource), ...Object.keys(data)];
  const named = new Set(page.match(/`(?:ibm|keyquake)_[a-z_]+`/g)?.map((type) => type.slice(1, -1)));
  expect([...named].filter((type) => !written.includes(type))).toEqual([]);
}, 60_000);
