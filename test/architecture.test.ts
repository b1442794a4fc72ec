/** The rooms and what may enter them (design.md section 2), and where time and chance come from (rule 7). */
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';

const root = join(__dirname, '..');

/** Room → the rooms of ours that it may import, besides itself. */
const mayImport: Record<string, readonly string[]> = {
  domain: [],
  certificates: ['domain'],
  'mock-platform': ['domain', 'certificates'],
  provider: ['domain', 'certificates'],
  'provider/keyquake': ['domain', 'provider', 'simulator'],
  constructs: ['domain'],
  'constructs/testing': ['domain', 'constructs', 'simulator'],
  simulator: ['domain'],
  cli: ['domain', 'mock-platform', 'provider', 'constructs', 'simulator', 'examples'],
};

const rooms = [
  'domain',
  'certificates',
  'mock-platform',
  'provider',
  'constructs',
  'simulator',
  'cli',
  'examples',
];

/** The narrowest named room that holds the file. */
function roomOf(path: string): string | undefined {
  return Object.keys(mayImport)
    .filter((room) => path.startsWith(`${room}/`))
    .sort((left, right) => right.length - left.length)[0];
}

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory())
      return ['gen', 'bindings', 'node_modules'].includes(entry.name) ? [] : sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^\s*\/\/.*$/gm, '');
}

function importsOf(path: string): string[] {
  const text = withoutComments(readFileSync(join(root, path), 'utf8'));
  const found = [...text.matchAll(/(?:from|import|require\()\s*\(?\s*'([^']+)'/g)];
  return found.map((match) => match[1] ?? '');
}

const files = rooms.flatMap((room) => sources(room));

/** `{file} imports {file of another room}` for every import that the table does not allow. */
function forbiddenImports(): string[] {
  return files.flatMap((path) => {
    const room = roomOf(path);
    if (room === undefined) return [];
    const allowed = [room, ...(mayImport[room] ?? [])];
    return importsOf(path)
      .filter((specifier) => specifier.startsWith('.'))
      .map((specifier) => relative(root, resolve(root, dirname(path), specifier)))
      .filter((target) => rooms.some((name) => target.startsWith(`${name}/`)))
      .filter((target) => !allowed.some((name) => target.startsWith(`${name}/`)))
      .map((target) => `${path} imports ${target}`);
  });
}

const heavy: Record<string, readonly string[]> = {
  express: ['mock-platform'],
  libsql: ['mock-platform'],
  '@grpc/grpc-js': ['provider'],
  '@msgpack/msgpack': ['provider'],
  cdktf: ['constructs', 'examples'],
  commander: ['cli'],
};

/** The context modules: the only files that may touch the machine's clock or its source of chance. */
const worldSources = ['mock-platform/kernel/context.ts', 'provider/core/context.ts'];

const bannedGlobals: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['Date.now', /\bDate\.now\b/],
  ['new Date() without argument', /\bnew Date\(\s*\)/],
  ['Math.random', /\bMath\.random\b/],
  ['crypto.random*', /\brandom(?:Bytes|UUID|Int|Fill|FillSync)\b|\bgetRandomValues\b/],
];

test('there are files to look at in every room', () => {
  for (const room of ['domain', 'mock-platform', 'provider', 'constructs', 'simulator', 'cli']) {
    expect([room, files.filter((path) => path.startsWith(`${room}/`)).length > 3]).toEqual([room, true]);
  }
});

test('no room imports what its column does not name', () => {
  expect(forbiddenImports()).toEqual([]);
});

test('the platform and the provider framework do not know the simulator', () => {
  const aware = files.filter((path) => /^(mock-platform|provider\/(core|protocol|ibm|null))\//.test(path));
  expect(aware.filter((path) => importsOf(path).some((name) => name.includes('simulator')))).toEqual([]);
});

test.each(Object.entries(heavy))('%s is loaded only in its rooms', (dependency, allowed) => {
  const users = files.filter((path) =>
    importsOf(path).some((name) => name === dependency || name.startsWith(`${dependency}/`)),
  );
  expect(users.filter((path) => !allowed.some((room) => path.startsWith(`${room}/`)))).toEqual([]);
});

test.each(bannedGlobals)('%s is used in the context modules only', (_name, pattern) => {
  const users = files.filter((path) => pattern.test(withoutComments(readFileSync(join(root, path), 'utf8'))));
  expect(users.filter((path) => !worldSources.includes(path))).toEqual([]);
});

test('hand-written files stay under 400 lines', () => {
  const long = [...files, ...sources('test')].filter(
    (path) => readFileSync(join(root, path), 'utf8').split('\n').length > 401,
  );
  expect(long).toEqual([]);
});
