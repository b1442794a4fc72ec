/** An example as its user runs it: synthesized in a folder of its own, applied on a platform of its own. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { PlatformClient } from '../../../cli/platform-client';
import { openSession, type Session } from '../../../cli/session';
import { parseInstant } from '../../../domain/time';
import type { ObservedStatus, WorldNode } from '../../../domain/world';
import { silentLogger } from '../../../mock-platform';
import { offlineApiKey } from '../../../mock-platform/kernel/identity';
import { type Action, actions, type Report, readWorld, simulate, type World } from '../../../simulator';
import { targetKinds } from '../../../simulator/rules/question';
import { root } from '../../support/package';
import { terraform, terraformOk, workspace } from '../../support/terraform';

const begins = '2026-01-15T10:00:00Z';

/** Somebody besides the account's owner, for what takes two people. */
export const secondPerson = 'second-person';

const identities = {
  ownerApiKeys: [offlineApiKey],
  users: [
    { id: 'IBMid-second', name: 'Second Person', apiKeys: [secondPerson], access: [{ roles: ['Manager'] }] },
  ],
};

export interface Example {
  /** Folder below `examples/`. */
  readonly name: string;
  /** In the order in which they are applied. */
  readonly stacks: readonly string[];
  /** Terraform variables that the user has to set. */
  readonly variables?: Readonly<Record<string, string>>;
}

export class AppliedExample {
  private constructor(
    private readonly example: Example,
    private readonly folder: string,
    private readonly session: Session,
  ) {}

  static async open(example: Example): Promise<AppliedExample> {
    const folder = workspace({});
    const program = join(root, 'examples', example.name, 'main.ts');
    await promisify(execFile)(process.execPath, ['--import', require.resolve('tsx'), program], {
      cwd: folder,
    });
    const session = await openSession(
      {
        settings: {
          create: { seed: 1, startAt: parseInstant(begins), identities },
          listen: { port: 0, host: '127.0.0.1' },
        },
        logger: silentLogger,
      },
      process.env,
    );
    return new AppliedExample(example, folder, session);
  }

  get url(): string {
    return this.session.url;
  }

  get platform(): PlatformClient {
    return new PlatformClient(this.url);
  }

  async apply(): Promise<void> {
    for (const stack of this.example.stacks) {
      await terraformOk(this.stackFolder(stack), ['init'], this.env);
      await terraformOk(this.stackFolder(stack), ['apply', '-auto-approve'], this.env);
    }
  }

  /** Exit status of a second plan, by stack: 0 when there is nothing to do, 2 when there is. */
  async plannedAgain(): Promise<Readonly<Record<string, number | null>>> {
    const outcomes: Record<string, number | null> = {};
    for (const stack of this.example.stacks) {
      const { status } = await terraform(this.stackFolder(stack), ['plan', '-detailed-exitcode'], this.env);
      outcomes[stack] = status;
    }
    return outcomes;
  }

  /** Last applied, first destroyed. Answers what Terraform printed. */
  async destroy(stacks: readonly string[] = this.example.stacks): Promise<string> {
    const printed: string[] = [];
    for (const stack of [...stacks].reverse()) {
      const { output } = await terraform(this.stackFolder(stack), ['destroy', '-auto-approve'], this.env);
      printed.push(output);
    }
    return printed.join(' ');
  }

  /** Addresses that the states of the stacks still hold. */
  async managed(): Promise<readonly string[]> {
    const addresses: string[] = [];
    for (const stack of this.example.stacks) {
      const { stdout } = await terraformOk(this.stackFolder(stack), ['state', 'list'], this.env);
      addresses.push(...stdout.split('\n').filter((line) => line !== '' && !line.startsWith('data.')));
    }
    return addresses;
  }

  /**
   * Both views of the example, at the platform's time: what was synthesized, and what is there. The time is moved ahead
   * by a day first, past the waits that only the platform knows of (ibm-control-plane.md 6.1.5).
   */
  async worlds(): Promise<readonly [synthesized: World, platform: World]> {
    await this.platform.advanceClock('P1D');
    const platform = await readWorld(this.url, { at: 0 });
    const at = parseInstant(platform.at);
    return [await readWorld(join(this.folder, 'cdktf.out'), { at }), platform];
  }

  /** Status that the platform shows of the thing with that name. */
  async statusOf(name: string): Promise<ObservedStatus | undefined> {
    const { nodes, statuses } = await this.platform.graph();
    return statuses[nodes.find((node) => node.name === name)?.id ?? ''];
  }

  async close(): Promise<void> {
    await this.session.close();
  }

  private stackFolder(stack: string): string {
    return join(this.folder, 'cdktf.out/stacks', stack);
  }

  private get env(): NodeJS.ProcessEnv {
    const variables = Object.entries(this.example.variables ?? {}).map(([name, value]) => [
      `TF_VAR_${name}`,
      value,
    ]);
    return { ...this.session.env, ...Object.fromEntries(variables) };
  }
}

/** A question of the simulator: what is done, and to which thing, as {@link meaning} names it. */
export type Asked = readonly [action: Action, thing: string];

/** Every action on everything that it can be done to. */
export function questionsAbout({ nodes }: World): readonly Asked[] {
  return actions.flatMap((action) =>
    nodes
      .filter(({ kind }) => targetKinds[action].includes(kind))
      .map((node): Asked => [action, meaning(node)]),
  );
}

/** What every source calls a thing alike; authorizations have no name of their own. */
function meaning(node: WorldNode): string {
  return node.kind === 'authorization' ? `${node.sourceService} to ${node.targetService}` : node.name;
}

/** The answer without what depends on how a source names things: ids, addresses, paths, lock holders. */
export function answer(world: World, [action, thing]: Asked): unknown {
  const targets = world.nodes
    .filter((node) => targetKinds[action].includes(node.kind) && meaning(node) === thing)
    .map(({ id }) => id);
  const report = simulate(world, { action, targets });
  return { verdict: report.verdict, targets: targetsOf(report, world), findings: findingsOf(report) };
}

function targetsOf({ targets }: Report, { nodes }: World): unknown {
  return targets.map(({ id, kind, before, after, refusal }) => [
    kind,
    nodes.filter((node) => node.id === id).map(meaning),
    before,
    after,
    refusal?.reason,
  ]);
}

function findingsOf({ findings }: Report): unknown {
  return findings
    .map(({ id: _id, address: _address, path, consumers, ...rest }) => ({
      ...rest,
      steps: path.length,
      consumers: consumers.length,
    }))
    .sort((one, other) => (one.name < other.name ? -1 : 1));
}
