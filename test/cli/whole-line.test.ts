/** Every command on one platform, as a user goes through them with the quickstart's stack and real Terraform. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ObservedWorld } from '../../domain/world';
import { describeWithTerraform, terraformCommand, terraformTimeout } from '../support/terraform';
import { type Result, type RunningCli, root, spawnKeyquake, startKeyquake } from './support';

const canary = 'canary-7be214';

describeWithTerraform('the whole line through the command line', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
  const stack = join(folder, 'cdktf.out/stacks/quickstart');
  const store = join(folder, 'platform.db');
  const environment = {
    TF_VAR_database_password: canary,
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: '/dev/null',
  };
  let platform: RunningCli;
  let url: string;

  beforeAll(async () => {
    const loader = join(root, 'node_modules/tsx/dist/loader.mjs');
    const main = join(root, 'examples/quickstart/main.ts');
    execFileSync(process.execPath, ['--import', loader, main], { cwd: folder, stdio: 'pipe' });
    platform = startKeyquake(['up', '--port', '0', '--store', store]);
    [, url = ''] = await platform.waitFor(/^ready (\S+)\n/);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A shell command in the stack's folder, `$TF` being Terraform. */
  function exec(script: string): Promise<Result> {
    const env = { ...environment, TF: terraformCommand() ?? '' };
    return spawnKeyquake(['exec', '--url', url, '--', 'sh', '-c', script], { cwd: stack, env });
  }

  function keyquake(...args: string[]): Promise<Result> {
    return spawnKeyquake([...args, '--url', url]);
  }

  async function graph(): Promise<ObservedWorld> {
    const answer = await fetch(`${url}/_keyquake/graph`, { headers: { connection: 'close' } });
    return (await answer.json()) as ObservedWorld;
  }

  async function statuses(): Promise<string[]> {
    const { nodes, statuses: shown } = await graph();
    return nodes
      .filter(({ kind }) => kind !== 'authorization')
      .map(({ id, name }) => `${name}: ${shown[id]?.status}`)
      .sort();
  }

  test(
    'applies, and the next plan is empty',
    async () => {
      const plan = '$TF plan -out plan.bin && $TF show -json plan.bin >plan.json';
      const apply = '$TF apply -auto-approve && $TF plan -detailed-exitcode && $TF show -json >state.json';
      const { status, stdout, stderr } = await exec(`$TF init && ${plan} && ${apply}`);
      expect([status, stderr]).toEqual([0, '']);
      expect(stdout).toContain('10 added, 0 changed, 0 destroyed');
    },
    terraformTimeout,
  );

  test('the secret is in no file of the store while the store holds it', () => {
    const files = readdirSync(folder).filter((name) => name.startsWith('platform.db'));
    expect(files).toContain('platform.db');
    const kept = Buffer.concat(files.map((file) => readFileSync(join(folder, file))));
    expect(kept.includes('quickstart-password')).toBe(true);
    expect([kept.includes(canary), kept.includes(Buffer.from(canary).toString('base64'))]).toEqual([
      false,
      false,
    ]);
  });

  const sources: [string, () => string, string][] = [
    ['the stack', () => join(folder, 'cdktf.out'), 'ibm_kms_key.key'],
    ['the plan', () => join(stack, 'plan.json'), 'ibm_kms_key.key'],
    ['the state', () => join(stack, 'state.json'), 'ibm_kms_key.key'],
    ['the platform', () => url, 'quickstart-key'],
  ];

  test.each(sources)('impact finds the same in %s', async (_name, source, key) => {
    const args = ['impact', source(), '--key', key, '--action', 'disable', '--format', 'json'];
    const { status, stdout, stderr } = await spawnKeyquake(args);
    expect([status, stderr]).toEqual([2, '']);
    const report = JSON.parse(stdout);
    const found = report.findings.map(
      ({ name, severity, before, after }: Record<string, string>) =>
        `${severity} ${name}: ${before} → ${after}`,
    );
    expect(found.sort()).toEqual([
      'breaks quickstart-password: active → sealed',
      'breaks quickstart-secrets: active → sealed',
      'latent quickstart-data: available → available',
      'latent quickstart-logs: available → available',
    ]);
    expect(report.unmapped).toEqual([]);
    expect(stdout).not.toContain(canary);
  });

  test('the secret is in the plan as JSON, which Terraform makes so, and not in the plan file as it lies there', () => {
    expect(readFileSync(join(stack, 'plan.json'), 'utf8')).toContain(canary);
    expect(readFileSync(join(stack, 'plan.bin')).includes(canary)).toBe(false);
  });

  test('key delete is refused while the key protects something, and nothing changes', async () => {
    const before = await statuses();
    const { status, stdout, stderr } = await keyquake('key', 'delete', 'quickstart-key');
    expect([status, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(
      /^keyquake: the platform refused to delete the key quickstart-key with status 409 PROTECTED_RESOURCE_ERR; .*\n$/,
    );
    expect(await statuses()).toEqual(before);
  });

  test('key disable shows before and after, and the statuses follow', async () => {
    const { status, stdout, stderr } = await keyquake('key', 'disable', 'quickstart-key');
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^quickstart-key \([0-9a-f-]{36}\): active → suspended\n$/);
    expect(await statuses()).toEqual([
      'quickstart-data: available',
      'quickstart-key: suspended',
      'quickstart-kms: active',
      'quickstart-logs: available',
      'quickstart-password-in-use: active',
      'quickstart-password: sealed',
      'quickstart-secrets: sealed',
    ]);
  });

  test('key disable a second time is refused with the vendor’s code (6.1.10)', async () => {
    const { status, stderr } = await keyquake('key', 'disable', 'quickstart-key');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^keyquake: .* with status 409 KEY_ACTION_INVALID_STATE_ERR; .*\n$/);
  });

  test('key enable has to wait 30 seconds (6.1.5), which clock advance makes pass', async () => {
    const early = await keyquake('key', 'enable', 'quickstart-key');
    expect(early.status).toBe(1);
    expect(early.stderr).toMatch(/ with status 409 REQ_TOO_EARLY_ERR; /);
    expect((await keyquake('clock', 'advance', 'PT30S')).stdout).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]+Z\n$/);
    expect((await keyquake('key', 'enable', 'quickstart-key')).stdout).toMatch(/: suspended → active\n$/);
    expect(await statuses()).toContain('quickstart-password: active');
  });

  test('key rotate gives a new version', async () => {
    expect((await keyquake('key', 'rotate', 'quickstart-key')).stdout).toMatch(
      /: active → active, version [0-9a-f-]{36} → [0-9a-f-]{36}\n$/,
    );
  });

  test('key show names what the key protects', async () => {
    const { stdout } = await keyquake('key', 'show', 'quickstart-key');
    expect(stdout).toMatch(/^state +active$/m);
    expect(stdout).toMatch(/^origin +generated$/m);
    expect(stdout.match(/^protects .*$/gm)?.sort()).toEqual([
      'protects          secrets-manager-instance quickstart-secrets: active',
      'protects          volume quickstart-data: available',
      'protects          volume quickstart-logs: available',
    ]);
  });

  test('clock set never goes back', async () => {
    const { status, stderr } = await keyquake('clock', 'set', '2020-01-01T00:00:00Z');
    expect(status).toBe(1);
    expect(stderr).toMatch(
      /^keyquake: the platform refused to set its clock to 2020-01-01T00:00:00Z; .* is before .* \(status 409\)\n$/,
    );
  });

  test('env leads other tools to the platform', async () => {
    const { stdout } = await keyquake('env', '--format', 'json');
    expect(JSON.parse(stdout)).toMatchObject({ KEYQUAKE_URL: url, IBMCLOUD_IS_NG_API_ENDPOINT: `${url}/v1` });
  });

  test(
    'destroy leaves nothing live',
    async () => {
      const { status, stdout } = await exec('$TF destroy -auto-approve');
      expect([status, stdout]).toEqual([
        0,
        expect.stringContaining('Destroy complete! Resources: 10 destroyed.'),
      ]);
      const { statuses: shown } = await graph();
      expect(Object.values(shown).filter(({ live }) => live)).toEqual([]);
    },
    terraformTimeout,
  );

  test('the secret is in no audit event, and reset forgets everything', async () => {
    const events = await (
      await fetch(`${url}/_keyquake/events`, { headers: { connection: 'close' } })
    ).text();
    expect(events.length).toBeGreaterThan(1000);
    expect(events).not.toContain(canary);
    expect((await keyquake('reset')).stdout).toBe(`reset ${url}\n`);
    expect((await graph()).nodes).toEqual([]);
  });

  test('the secret is in no log', async () => {
    platform.child.kill('SIGTERM');
    const { status, stdout, stderr } = await platform.ended;
    expect([status, stdout]).toEqual([0, `ready ${url}\n`]);
    expect(stderr).toContain('SIGTERM: finishing');
    expect(stderr).not.toContain(canary);
  });
});
