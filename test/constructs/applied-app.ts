/** Apps with real Terraform on a platform of their own: their stacks in the order that CDKTF derives, a state for each. */
import { join } from 'node:path';
import { type App, LocalBackend, TerraformStack } from 'cdktf';
import { openSession, type Session } from '../../cli/session';
import { IbmProvider } from '../../constructs';
import { synthesized } from '../../constructs/testing';
import { parseInstant } from '../../domain/time';
import { silentLogger } from '../../mock-platform';
import { stateValues, terraform, terraformOk, workspace, writeFiles } from '../support/terraform';
import { newApp } from './support';

type Values = Readonly<Record<string, unknown>>;

/** Fills an app; `stackOf` answers its stacks by name and makes those that are new. */
export type DefineApp = (stackOf: (id: string) => TerraformStack) => void;

export class AppliedApp {
  private constructor(
    private readonly folder: string,
    private readonly session: Session,
  ) {}

  static async open(): Promise<AppliedApp> {
    const settings = {
      create: { seed: 1, startAt: parseInstant('2026-01-15T10:00:00Z') },
      listen: { port: 0, host: '127.0.0.1' },
    };
    return new AppliedApp(workspace({}), await openSession({ settings, logger: silentLogger }, process.env));
  }

  /** Base URL of the platform. */
  get url(): string {
    return this.session.url;
  }

  /** Applies every stack; a second plan of each has to be empty. Answers the stacks in the order of their application. */
  async apply(define: DefineApp): Promise<readonly string[]> {
    const stacks = await this.written(define);
    for (const stack of stacks) await terraformOk(this.at(stack), ['apply', '-auto-approve'], this.env);
    for (const stack of stacks) {
      const { status, output } = await terraform(this.at(stack), ['plan', '-detailed-exitcode'], this.env);
      expect([stack, status, status === 0 ? '' : output]).toEqual([stack, 0, '']);
    }
    return stacks;
  }

  /** What Terraform says when the app's only stack cannot be applied. */
  async refusedApply(define: DefineApp): Promise<string> {
    const [stack = ''] = await this.written(define);
    const { status, output } = await terraform(this.at(stack), ['apply', '-auto-approve'], this.env);
    expect([status, output]).toEqual([1, expect.stringContaining('Error:')]);
    return output;
  }

  /** Destroys the stacks in that order; answers what Terraform printed. */
  async destroy(stacks: readonly string[]): Promise<string> {
    const printed: string[] = [];
    for (const stack of stacks) {
      const { output } = await terraform(this.at(stack), ['destroy', '-auto-approve'], this.env);
      printed.push(output);
    }
    return printed.join(' ');
  }

  /** Values of the resources of a type in a stack's state. */
  async valuesOf(type: string, stack = 'stack'): Promise<readonly Values[]> {
    const values = await stateValues(this.at(stack), this.env);
    return Object.entries(values).flatMap(([address, of]) => (address.startsWith(`${type}.`) ? [of] : []));
  }

  close(): Promise<void> {
    return this.session.close();
  }

  private at(stack: string): string {
    return join(this.folder, stack);
  }

  private get env(): NodeJS.ProcessEnv {
    return this.session.env;
  }

  private async written(define: DefineApp): Promise<readonly string[]> {
    const app = newApp();
    const stacks = new Map<string, TerraformStack>();
    define((id) => {
      const stack = stacks.get(id) ?? this.newStack(app, id);
      stacks.set(id, stack);
      return stack;
    });
    const ordered = inOrder([...stacks.values()]);
    for (const stack of ordered) {
      const folder = this.at(stack.node.id);
      writeFiles(folder, { 'cdk.tf.json': synthesized(stack).json });
      await terraformOk(folder, ['init'], this.env);
    }
    return ordered.map(({ node }) => node.id);
  }

  private newStack(app: App, id: string): TerraformStack {
    const stack = new TerraformStack(app, id);
    new LocalBackend(stack, { path: join(this.folder, `${id}.tfstate`) });
    new IbmProvider(stack, 'ibm', { region: 'us-south' });
    return stack;
  }
}

/** Every stack after those that it waits for. */
function inOrder(stacks: readonly TerraformStack[]): readonly TerraformStack[] {
  const ordered: TerraformStack[] = [];
  const add = (stack: TerraformStack): void => {
    if (ordered.includes(stack)) return;
    for (const dependency of stack.dependencies) add(dependency);
    ordered.push(stack);
  };
  for (const stack of stacks) add(stack);
  return ordered;
}
