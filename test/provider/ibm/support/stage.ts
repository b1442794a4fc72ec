/**
 * A platform of a test's own with our providers on it, and Terraform runs against both. Plans are read as JSON, so that a
 * test says what is planned for which address and why.
 */
import { endpointsOf } from '../../../../domain/endpoints';
import type { CreatePlatformOptions } from '../../../../mock-platform';
import { hostContext } from '../../../../provider/core/context';
import { serveProviders } from '../../../../provider/serve';
import { type Reply, startTestPlatform, type TestPlatform } from '../../../support/platform';
import { type TerraformRun, terraform, terraformOk, workspace, writeFiles } from '../../../support/terraform';
import { openFront, type Refuses } from './front';

export interface Stage {
  readonly platform: TestPlatform;
  readonly env: Readonly<Record<string, string>>;
  /** Something done to the platform by somebody else; throws unless it succeeds. */
  outside(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** What is live on the platform: `kind name`. */
  live(): Promise<readonly string[]>;
  close(): Promise<void>;
}

interface Graph {
  readonly nodes: readonly { readonly id: string; readonly kind: string; readonly name: string }[];
  readonly statuses: Readonly<Record<string, { readonly live: boolean }>>;
}

export interface StageSettings {
  /** Variables of the providers beyond those that lead to the platform. */
  readonly variables?: Readonly<Record<string, string>>;
  readonly platform?: CreatePlatformOptions;
  /** Whether a request of the providers is refused instead of reaching the platform. */
  readonly refuses?: Refuses;
}

export async function openStage(settings: StageSettings = {}): Promise<Stage> {
  const { variables, refuses } = settings;
  const platform = await startTestPlatform({ seed: 7, ...settings.platform });
  const front = refuses && (await openFront(platform.url, refuses));
  const url = front?.url ?? platform.url;
  const own = { IC_API_KEY: 'offline', IC_REGION: 'us-south', KEYQUAKE_URL: url, ...variables };
  const environment = { ...endpointsOf(url), ...own };
  const providers = await serveProviders({ context: hostContext(environment) });
  return {
    platform,
    env: { ...environment, ...providers.env },
    async outside(method, path, body, headers) {
      const reply = await platform.request(method, path, body, headers);
      if (reply.status < 400) return reply;
      throw new Error(`${method} ${path} answered ${reply.status}: ${JSON.stringify(reply.body)}`);
    },
    async live() {
      const { nodes, statuses } = (await platform.request('GET', '/_keyquake/graph')).body as Graph;
      return nodes.filter(({ id }) => statuses[id]?.live).map(({ kind, name }) => `${kind} ${name}`);
    },
    async close() {
      providers.close();
      await front?.close();
      await platform.close();
    },
  };
}

const required = `
terraform {
  required_providers {
    ibm = {
      source = "IBM-Cloud/ibm"
    }
    keyquake = {
      source = "keyquake/keyquake"
    }
  }
}
`;

export interface Change {
  readonly actions: readonly string[];
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
  readonly replace_paths?: readonly (readonly (string | number)[])[];
  readonly importing?: { readonly id: string };
}

export interface PlanJson {
  readonly resource_changes?: readonly { readonly address: string; readonly change: Change }[];
  readonly resource_drift?: readonly { readonly address: string; readonly change: Change }[];
}

export interface Diagnosed {
  readonly severity: string;
  readonly summary: string;
  readonly detail: string;
  readonly address?: string;
  /** The line of the configuration that it is about: an attribute's when it names one. */
  readonly code: string | undefined;
}

/** A folder with a configuration on a stage. */
export class Stack {
  private readonly folder: string;

  constructor(
    private readonly stage: Stage,
    configuration: string,
  ) {
    this.folder = workspace({ 'main.tf': required + configuration });
  }

  configure(configuration: string): void {
    writeFiles(this.folder, { 'main.tf': required + configuration });
  }

  run(...args: readonly string[]): Promise<TerraformRun> {
    return terraform(this.folder, args, this.stage.env);
  }

  /** Throws with what Terraform printed unless it exits with 0. */
  ok(...args: readonly string[]): Promise<TerraformRun> {
    return terraformOk(this.folder, args, this.stage.env);
  }

  init(): Promise<TerraformRun> {
    return this.ok('init');
  }

  apply(...args: readonly string[]): Promise<TerraformRun> {
    return this.ok('apply', '-auto-approve', ...args);
  }

  /** What `plan -detailed-exitcode` exits with: 0 when nothing is to be done. */
  async planStatus(): Promise<number | null> {
    return (await this.run('plan', '-detailed-exitcode')).status;
  }

  /** Plans into the file `planned`, which {@link applyPlan} takes. */
  async plan(...args: readonly string[]): Promise<PlanJson> {
    await this.ok('plan', '-out', 'planned', ...args);
    return JSON.parse((await this.ok('show', '-json', 'planned')).stdout) as PlanJson;
  }

  applyPlan(): Promise<TerraformRun> {
    return this.ok('apply', 'planned');
  }

  /** Attributes in state by address. */
  async state(): Promise<Readonly<Record<string, Readonly<Record<string, unknown>>>>> {
    const { stdout } = await this.ok('show', '-json');
    const shown = JSON.parse(stdout) as {
      values?: {
        root_module: { resources?: readonly { address: string; values: Record<string, unknown> }[] };
      };
    };
    const resources = shown.values?.root_module.resources ?? [];
    return Object.fromEntries(resources.map(({ address, values }) => [address, values]));
  }

  /** What a command that takes `-json` complains about. */
  async errors(command: string, ...args: readonly string[]): Promise<readonly Diagnosed[]> {
    return (await this.diagnostics(command, ...args)).filter(({ severity }) => severity === 'error');
  }

  async diagnostics(command: string, ...args: readonly string[]): Promise<readonly Diagnosed[]> {
    const { stdout } = await this.run(command, '-json', ...args);
    return stdout
      .split('\n')
      .filter((line) => line.includes('"type":"diagnostic"'))
      .map((line) => JSON.parse(line).diagnostic)
      .map(({ severity, summary, detail, address, snippet }) => ({
        severity,
        summary,
        detail,
        address,
        code: snippet?.code?.trim(),
      }));
  }
}

/** `{address: [action, …]}` of everything that a plan changes or reads anew. */
export function actionsOf(plan: PlanJson): Readonly<Record<string, string>> {
  const changes = (plan.resource_changes ?? []).filter(
    ({ change }) => !['no-op', 'read'].includes(change.actions.join()),
  );
  return Object.fromEntries(changes.map(({ address, change }) => [address, change.actions.join('+')]));
}

/** Attributes on whose account each object is replaced. */
export function replacePathsOf(plan: PlanJson): Readonly<Record<string, readonly string[]>> {
  const replaced = (plan.resource_changes ?? []).filter(({ change }) => change.replace_paths);
  return Object.fromEntries(
    replaced.map(({ address, change }) => [
      address,
      (change.replace_paths ?? []).map((path) => path.join('.')).sort(),
    ]),
  );
}

/** What was found changed outside, by address: `{attribute: [before, after]}`; null where it is gone. */
export function driftOf(plan: PlanJson): Readonly<Record<string, Readonly<Record<string, unknown>> | null>> {
  return Object.fromEntries(
    (plan.resource_drift ?? []).map(({ address, change: { before, after } }) => [
      address,
      after && before
        ? Object.fromEntries(
            Object.keys(after)
              .filter((name) => JSON.stringify(after[name]) !== JSON.stringify(before[name]))
              .map((name) => [name, [before[name], after[name]]]),
          )
        : null,
    ]),
  );
}

/** What a plan finds when it imports: `{address: action}`, of which `no-op` is an import and nothing else. */
export function importedBy(plan: PlanJson): Readonly<Record<string, string>> {
  const imported = (plan.resource_changes ?? []).filter(({ change }) => change.importing);
  return Object.fromEntries(imported.map(({ address, change }) => [address, change.actions.join('+')]));
}
