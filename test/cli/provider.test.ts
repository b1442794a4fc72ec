/** `keyquake provider install`: for pipelines that run plain Terraform. What is installed comes from the build. */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWithTerraform, terraformCommand, terraformTimeout } from '../support/terraform';
import { keyquake, root, startKeyquake } from './support';

const folder = mkdtempSync(join(tmpdir(), "keyquake-test-it's-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** The built command, from which the providers are bundled. */
const built = join(root, 'dist/cli/main.js');

test('prints the variable that leads Terraform to the mirror, ready for eval', () => {
  const dir = join(folder, 'mirrored');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [built, 'provider', 'install', '--dir', dir],
    {
      encoding: 'utf8',
    },
  );
  expect([status, stderr]).toEqual([0, `wrote 6 provider addresses to ${join(dir, 'mirror')}\n`]);
  expect(execFileSync('sh', ['-c', `${stdout} printf %s "$TF_CLI_CONFIG_FILE"`], { encoding: 'utf8' })).toBe(
    join(dir, 'terraform.rc'),
  );
});

test('refuses a folder that cannot be written', () => {
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [built, 'provider', 'install', '--dir', file],
    {
      encoding: 'utf8',
    },
  );
  expect([status, stdout, stderr]).toEqual([
    1,
    '',
    `keyquake: the providers cannot be written to --dir ${file}; a part of its path is no folder; name a folder that is writable, or that can be created\n`,
  ]);
});

test('in a checkout that is not built, says what to do', async () => {
  // The sources hold no bundle: it is made by the build, beside the compiled provider.
  expect(await keyquake(['provider', 'install', '--dir', join(folder, 'unbuilt')])).toEqual({
    status: 1,
    stdout: '',
    stderr: `keyquake: '${join(root, 'provider/bundle/provider.js')}' does not exist; run \`npm run build\` in the checkout first\n`,
  });
});

describeWithTerraform('a pipeline without exec', () => {
  test(
    'installs, reads the variables of a platform, applies and destroys',
    async () => {
      execFileSync(process.execPath, [join(root, 'dist/examples/quickstart/main.js')], {
        cwd: folder,
        stdio: 'pipe',
      });
      const platform = startKeyquake(['up', '--port', '0']);
      const [, url = ''] = await platform.waitFor(/^ready (\S+)\n/);
      const script = `
        set -e
        eval "$("$NODE" "$KEYQUAKE" provider install --dir ../../../pipeline)"
        eval "$("$NODE" "$KEYQUAKE" env --url "$URL")"
        "$TF" init -no-color
        "$TF" apply -auto-approve -no-color
        "$TF" plan -detailed-exitcode -no-color
        "$TF" destroy -auto-approve -no-color`;
      const env = {
        PATH: process.env['PATH'],
        NODE: process.execPath,
        KEYQUAKE: built,
        URL: url,
        TF: terraformCommand(),
        TF_VAR_database_password: 'x',
      };
      const cwd = join(folder, 'cdktf.out/stacks/quickstart');
      const { status, stdout, stderr } = spawnSync('sh', ['-c', script], { cwd, env, encoding: 'utf8' });
      expect([status, stderr]).toEqual([0, expect.stringContaining('wrote 6 provider addresses')]);
      expect(stdout).toContain('Installed ibm-cloud/ibm v2.5.0');
      expect(stdout).toContain('Destroy complete! Resources: 10 destroyed.');
      platform.child.kill('SIGTERM');
      expect((await platform.ended).status).toBe(0);
    },
    terraformTimeout,
  );
});
