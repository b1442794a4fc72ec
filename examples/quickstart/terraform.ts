/** Terraform, or OpenTofu, as the quickstart uses it: quiet while it works, complete when it fails. */
import { spawnSync } from 'node:child_process';
import { runChild } from '../../cli/child-process';
import { CliError } from '../../cli/errors';
import type { Progress } from './progress';

export interface Engine {
  readonly command: 'terraform' | 'tofu';
  /** `1.11.4` */
  readonly version: string;
}

/** Settings of the user's that would change what the quickstart runs, or where. */
const ignored = /^TF_(CLI_ARGS.*|DATA_DIR|WORKSPACE|LOG.*)$/;

export function engineEnvironment(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !ignored.test(name));
  return { ...Object.fromEntries(kept), TF_IN_AUTOMATION: '1', TF_INPUT: '0' };
}

/** Whichever is on the PATH, Terraform first; undefined when neither is. */
export function findEngine(env: NodeJS.ProcessEnv): Engine | undefined {
  for (const command of ['terraform', 'tofu'] as const) {
    const { status, stdout } = spawnSync(command, ['version', '-json'], { env, encoding: 'utf8' });
    if (status !== 0) continue;
    const { terraform_version: version } = JSON.parse(stdout) as { terraform_version: string };
    return { command, version };
  }
  return undefined;
}

export const missingEngine =
  'neither terraform nor tofu is on the PATH: install one (https://developer.hashicorp.com/terraform/install or ' +
  'https://opentofu.org/docs/intro/install) and run the quickstart again for the rest';

/** Lines that say what became of a resource, and the last one. */
const outcome = /(: (Creation|Destruction) complete|^(Apply|Destroy) complete!)/;

/** The engine in one folder. */
export class Terraform {
  constructor(
    private readonly engine: Engine,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
    private readonly progress: Progress,
  ) {}

  /** Runs a command and prints what became of each resource; throws with all that it said when it fails. */
  async run(...args: string[]): Promise<void> {
    this.progress.line(`$ ${this.engine.command} ${args.join(' ')}`);
    const said = await this.capture([...args, '-no-color']);
    for (const line of said.split('\n')) {
      if (outcome.test(line)) this.progress.line(line.replace(/ \[id=.*\]$/, ''));
    }
  }

  /** The state as `show -json` prints it. */
  state(): Promise<string> {
    return this.capture(['show', '-json']);
  }

  /** What it wrote to stdout. */
  private async capture(args: readonly string[]): Promise<string> {
    const { command } = this.engine;
    let stdout = '';
    let said = '';
    const onOutput = (text: string, stream: 'stdout' | 'stderr'): void => {
      said += text;
      if (stream === 'stdout') stdout += text;
    };
    const status = await runChild([command, ...args], { env: this.env, cwd: this.folder, onOutput });
    if (status === 0) return stdout;
    this.progress.block(said);
    throw new CliError({
      what: `'${command} ${args.join(' ')}' ended with status ${status}`,
      rule: 'what it said stands above',
    });
  }
}
