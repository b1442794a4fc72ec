/** `hashicorp/null` as we serve it, both ways that Terraform can meet a provider (terraform-plugin-protocol.md 1). */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hostContext } from '../../provider/core/context';
import { type Installed, installProviders } from '../../provider/install';
import { type ServedHere, serveProviders } from '../../provider/serve';
import { bundleProvider } from '../support/provider-bundle';
import {
  describeWithTerraform,
  stateValues,
  terraform,
  terraformOk,
  terraformTimeout,
  workspace,
  writeFiles,
} from '../support/terraform';

const stack = (version: string): string => `
terraform {
  required_providers {
    null = {
      source  = "hashicorp/null"
      version = "~> 3.2"
    }
  }
}
resource "null_resource" "a" {
  triggers = {
    version = "${version}"
  }
}
data "null_data_source" "d" {
  inputs = {
    id = null_resource.a.id
  }
}
output "copied" {
  value = data.null_data_source.d.outputs["id"] == null_resource.a.id && data.null_data_source.d.has_computed_default == "default"
}
`;

/** Create, empty plan, replace, destroy: the same whichever way the provider is started. */
async function lifeCycle(folder: string, env: Readonly<Record<string, string>>): Promise<void> {
  const created = await terraform(folder, ['apply', '-auto-approve'], env);
  expect([created.status, created.output]).toEqual([0, expect.stringContaining('copied = true')]);
  const first = (await stateValues(folder, env))['null_resource.a'];
  expect(first).toEqual({ id: expect.stringMatching(/^\d+$/), triggers: { version: '1' } });
  expect((await terraform(folder, ['plan', '-detailed-exitcode'], env)).status).toBe(0);
  writeFiles(folder, { 'main.tf': stack('2') });
  const replaced = await terraform(folder, ['apply', '-auto-approve'], env);
  expect(replaced.output).toContain('Resources: 1 added, 0 changed, 1 destroyed.');
  expect((await stateValues(folder, env))['null_resource.a']?.id).not.toBe(first?.id);
  await terraformOk(folder, ['destroy', '-auto-approve'], env);
  expect(await stateValues(folder, env)).toEqual({});
}

describeWithTerraform('null, reattached', () => {
  let served: ServedHere;
  beforeAll(async () => {
    served = await serveProviders({ context: hostContext({}), names: ['null'] });
  });
  afterAll(() => served.close());

  test(
    'lives, and writes no lock file',
    async () => {
      const folder = workspace({ 'main.tf': stack('1') });
      await terraformOk(folder, ['init'], served.env);
      await lifeCycle(folder, served.env);
      expect(existsSync(join(folder, '.terraform.lock.hcl'))).toBe(false);
    },
    terraformTimeout,
  );
});

describeWithTerraform('null, managed', () => {
  let dir: string;
  let installed: Installed;
  let sockets: string;
  beforeAll(() => {
    const bundle = bundleProvider();
    dir = mkdtempSync(join(tmpdir(), 'keyquake-mirror-'));
    installed = installProviders({ dir, bundle: bundle.file });
    bundle.remove();
    sockets = mkdtempSync(join(tmpdir(), 'keyquake-sockets-'));
  });
  afterAll(() => {
    for (const folder of [dir, sockets]) rmSync(folder, { recursive: true, force: true });
  });

  test.each([
    ['with mutual TLS', {}],
    ['without TLS', { TF_DISABLE_PLUGIN_TLS: '1' }],
  ])(
    'is installed from the mirror, locked, and lives %s',
    async (_name, more) => {
      const env = { TF_CLI_CONFIG_FILE: installed.configFile, TMPDIR: sockets, ...more };
      const folder = workspace({ 'main.tf': stack('1') });
      const init = await terraformOk(folder, ['init'], env);
      expect(init.output).toMatch(/Installed hashicorp\/null v3\.2\.4/);
      const lock = readFileSync(join(folder, '.terraform.lock.hcl'), 'utf8');
      expect(lock).toMatch(
        /provider "registry\.\w+\.org|provider "registry\.terraform\.io\/hashicorp\/null"/,
      );
      expect(lock).toMatch(/version\s+= "3\.2\.4"/);
      expect(lock).toMatch(/"h1:[A-Za-z0-9+/=]{44}"/);
      await lifeCycle(folder, env);
      expect(readFileSync(join(folder, '.terraform.lock.hcl'), 'utf8')).toBe(lock);
      // Every plugin process ended in order: none left its socket behind.
      expect(readdirSync(sockets)).toEqual([]);
    },
    terraformTimeout,
  );

  test(
    'a package that was tampered with is refused',
    async () => {
      const env = { TF_CLI_CONFIG_FILE: installed.configFile };
      const folder = workspace({ 'main.tf': stack('1') });
      await terraformOk(folder, ['init'], env);
      const other = mkdtempSync(join(tmpdir(), 'keyquake-mirror-'));
      const bundle = join(other, 'bundle.js');
      writeFiles(other, { 'bundle.js': 'process.exit(1)' });
      const tampered = installProviders({ dir: other, bundle });
      rmSync(join(folder, '.terraform'), { recursive: true });
      const { status, output } = await terraform(folder, ['init'], {
        TF_CLI_CONFIG_FILE: tampered.configFile,
      });
      expect([status, output]).toEqual([1, expect.stringContaining('checksums')]);
      rmSync(other, { recursive: true });
    },
    terraformTimeout,
  );
});
