/**
 * Runs the real Terraform (or OpenTofu) of the machine in folders of its own, cut off from the network's registry, from
 * the user's configuration and from this process's `TF_*` variables.
 *
 * ```ts
 * describeWithTerraform('null_resource', () => {
 *   test('is created', async () => {
 *     const stack = workspace({ 'main.tf': 'resource "null_resource" "a" {}' });
 *     const run = await terraform(stack, ['apply', '-auto-approve'], { TF_REATTACH_PROVIDERS: … });
 *     expect(run).toMatchObject({ status: 0 });
 *   });
 * });
 * ```
 */
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { devNull, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export interface TerraformRun {
  /** Exit status; null when it was killed. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both, without frames, and with one blank for every run of white space. */
  readonly output: string;
}

type Environment = Readonly<Record<string, string | undefined>>;

const candidates = ['terraform', 'tofu'];

let detected: { readonly command: string | undefined } | undefined;

/** `terraform` or `tofu`, whichever is on the PATH first; undefined when neither is. */
export function terraformCommand(): string | undefined {
  detected ??= {
    command: candidates.find((name) => spawnSync(name, ['version'], { env: isolated({}) }).status === 0),
  };
  return detected.command;
}

/** `describe`, or `describe.skip` where there is no Terraform: the tests then report themselves as skipped. */
export const describeWithTerraform: jest.Describe =
  terraformCommand() === undefined ? describe.skip : describe;

/** Terraform commands are slow next to everything else that is tested. */
export const terraformTimeout = 120_000;

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A new folder with these files, removed when the test file is done. */
export function workspace(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-test-'));
  folders.push(folder);
  writeFiles(folder, files);
  return folder;
}

/** Adds files to a workspace, or replaces them. */
export function writeFiles(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  }
}

/**
 * Runs one command in `folder`. Never rejects because of the exit status: tests assert it. Does not block this process,
 * so that providers and platforms that run in it can answer.
 */
export function terraform(
  folder: string,
  args: readonly string[],
  env: Environment = {},
): Promise<TerraformRun> {
  const command = terraformCommand();
  if (command === undefined) return Promise.reject(new Error('neither terraform nor tofu is on the PATH'));
  return new Promise((resolve, reject) => {
    const child = spawn(command, [...args], {
      cwd: folder,
      env: isolated(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (status) => {
      const [out, err] = [Buffer.concat(stdout).toString(), Buffer.concat(stderr).toString()];
      resolve({ status, stdout: out, stderr: err, output: unframed(`${out}\n${err}`) });
    });
  });
}

/** Runs a command and throws, with what it printed, unless it exits with 0. For steps that a test takes for granted. */
export async function terraformOk(
  folder: string,
  args: readonly string[],
  env: Environment = {},
): Promise<TerraformRun> {
  const run = await terraform(folder, args, env);
  if (run.status !== 0)
    throw new Error(`terraform ${args.join(' ')} exited with ${run.status}\n${run.output}`);
  return run;
}

/** The state as `terraform show -json` prints it: values by resource address, `{}` when there is none. */
export async function stateValues(
  folder: string,
  env: Environment = {},
): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
  const { stdout } = await terraformOk(folder, ['show', '-json'], env);
  const shown = JSON.parse(stdout) as { values?: { root_module: ShownModule } };
  return shown.values ? Object.fromEntries(resourcesIn(shown.values.root_module)) : {};
}

interface ShownModule {
  readonly resources?: readonly {
    readonly address: string;
    readonly values: Readonly<Record<string, unknown>>;
  }[];
  readonly child_modules?: readonly ShownModule[];
}

function resourcesIn(module: ShownModule): [string, Readonly<Record<string, unknown>>][] {
  return [
    ...(module.resources ?? []).map(({ address, values }): [string, typeof values] => [address, values]),
    ...(module.child_modules ?? []).flatMap(resourcesIn),
  ];
}

/** The state file as it is on disk. */
export function stateFile(folder: string): string {
  return readFileSync(join(folder, 'terraform.tfstate'), 'utf8');
}

/** What Terraform gets to see of this process's environment. */
function isolated(env: Environment): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !/^(TF_|PLUGIN_|KEYQUAKE_)/.test(name));
  return {
    ...Object.fromEntries(own),
    CHECKPOINT_DISABLE: '1',
    TF_CLI_CONFIG_FILE: devNull,
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_CLI_ARGS: '-no-color',
    ...env,
  };
}

/** Terraform draws a frame around its messages and breaks their lines to a width of its choice. */
function unframed(text: string): string {
  return text
    .replace(/^[│╷╵]/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}
