/** What importing the constructs costs: no server, no protocol, no binding that is not used; and the time of a synthesis. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '../..');

/** What a program prints that runs the TypeScript sources in a Node of its own. */
function run(program: string): string {
  return execFileSync(process.execPath, ['--import', 'tsx', '-e', program], { cwd: root, encoding: 'utf8' });
}

function loadedAfter(statement: string): readonly string[] {
  return JSON.parse(run(`${statement}; console.log(JSON.stringify(Object.keys(require.cache)))`)) as string[];
}

describe('importing the constructs', () => {
  let files: readonly string[];
  beforeAll(() => {
    files = loadedAfter(`require('./constructs')`);
  });

  test.each(['express', 'libsql', '@grpc', '@msgpack', 'commander'])('does not load %s', (name) => {
    expect(files.filter((file) => file.includes(`/node_modules/${name}/`))).toEqual([]);
  });

  test.each(['mock-platform', 'provider', 'simulator', 'cli'])('does not load the room %s', (room) => {
    expect(files.filter((file) => file.startsWith(join(root, room, '/')))).toEqual([]);
  });

  test('loads the bindings that they are made of, not the other hundred', () => {
    const loaded = files.filter((file) => file.startsWith(join(root, 'constructs/bindings/')));
    expect(loaded.length).toBeGreaterThan(5);
    expect(loaded.length).toBeLessThan(20);
  });
});

test('importing one binding from the index loads one binding', () => {
  const files = loadedAfter(`void require('./constructs/bindings/ibm').IsVolume`);
  const loaded = files.filter((file) => file.startsWith(join(root, 'constructs/bindings/')));
  expect(loaded.map((file) => file.slice(join(root, 'constructs/bindings/').length)).sort()).toEqual([
    'ibm/index.ts',
    'ibm/is-volume/index.ts',
  ]);
});

test('a stack of a hundred encrypted volumes is synthesized in less than two seconds', () => {
  const program = `
    const start = performance.now();
    const { App, TerraformStack } = require('cdktf');
    const { EncryptedVolume, IbmProvider, KeyProtectInstance, RootKey } = require('./constructs');
    const { mkdtempSync, rmSync } = require('node:fs');
    const outdir = mkdtempSync(require('node:path').join(require('node:os').tmpdir(), 'keyquake-synth-'));
    const app = new App({ outdir, stackTraces: false });
    const stack = new TerraformStack(app, 'stack');
    new IbmProvider(stack, 'ibm', { region: 'us-south' });
    const instance = new KeyProtectInstance(stack, 'kms', { location: 'us-south' });
    const encryptionKey = new RootKey(stack, 'key', { instance });
    for (let n = 0; n < 100; n++) new EncryptedVolume(stack, 'data-' + n, { encryptionKey, zone: 'us-south-1' });
    app.synth();
    rmSync(outdir, { recursive: true });
    console.log(performance.now() - start);`;
  expect(Number(run(program))).toBeLessThan(2_000);
});
