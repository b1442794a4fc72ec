/** `npm pack` makes a tarball that installs and runs in an empty folder, far from the checkout. */
import { execFileSync, spawn } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { installedPackage, root } from '../support/package';
import { describeWithTerraform, terraformCommand } from '../support/terraform';

let folder: string;
const bin = () => join(folder, 'node_modules/.bin/keyquake');
const run = (command: string, args: readonly string[]) =>
  execFileSync(command, [...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

beforeAll(() => {
  folder = installedPackage();
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the command answers with its version', () => {
  expect(run(bin(), ['--version'])).toBe('0.1.0\n');
});

test('`keyquake up` listens and answers', async () => {
  const up = spawn(bin(), ['up', '--port', '0'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  const exited = new Promise((resolve) => up.once('exit', resolve));
  const line = await new Promise<string>((resolve) => createInterface(up.stdout).once('line', resolve));
  expect(line).toMatch(/^ready http:\/\/127\.0\.0\.1:\d+$/);
  const health = await fetch(`${line.slice('ready '.length)}/_keyquake/health`);
  expect(await health.json()).toMatchObject({ status: 'ok', version: '0.1.0' });
  up.kill('SIGTERM');
  expect(await exited).toBe(0);
});

test('constructs are imported by name, and bring neither a server nor a protocol', () => {
  const script = `
    const { RootKey } = require('keyquake/constructs');
    const loaded = Object.keys(require.cache).filter((file) => /node_modules.(express|libsql|@grpc)./.test(file));
    console.log(typeof RootKey, loaded.length);`;
  expect(run('node', ['-e', script])).toBe('function 0\n');
});

test.each(['constructs', 'constructs/testing', 'mock-platform', 'provider', 'simulator'])(
  'keyquake/%s has types',
  (name) => {
    writeFileSync(
      join(folder, 'user.ts'),
      `import * as room from 'keyquake/${name}';\nexport const names: string[] = Object.keys(room);\n`,
    );
    const options = [
      '--noEmit',
      '--strict',
      '--skipLibCheck',
      '--module',
      'node16',
      '--types',
      '',
      'user.ts',
    ];
    run('node', [join(root, 'node_modules/typescript/bin/tsc'), ...options]);
  },
);

describeWithTerraform('with Terraform', () => {
  test('`keyquake exec` leads it to our providers', () => {
    expect(run(bin(), ['exec', '--', terraformCommand() ?? 'terraform', 'version'])).toMatch(/v\d+\.\d+/);
  });
});
