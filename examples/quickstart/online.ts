/** The half that needs Terraform: apply, disable, compare, enable, destroy, on a platform that ends with it. */
import { join } from 'node:path';
import { fetchToken } from '../../cli/access-token';
import { platformLogger } from '../../cli/embedded-platform';
import { KeyClient } from '../../cli/key-client';
import { type KeyReference, selectKey } from '../../cli/key-selector';
import { PlatformClient } from '../../cli/platform-client';
import { openSession, type Session } from '../../cli/session';
import { enableAfterDisable } from '../../domain/keys/timing';
import { second } from '../../domain/time';
import type { ProviderContext } from '../../provider/core/context';
import type { Report } from '../../simulator';
import { type Comparison, compare } from './compare';
import { type Left, whatIsLeft } from './left';
import { addressesIn, type Observed, Observer } from './observe';
import type { Progress } from './progress';
import { type Engine, engineEnvironment, Terraform } from './terraform';

export interface Online {
  readonly comparison: Comparison;
  /** Whether enabling the key brought every status back. */
  readonly healed: boolean;
  readonly left: Left;
}

export interface OnlineOptions {
  readonly engine: Engine;
  /** The synthesized `cdktf.out`. */
  readonly out: string;
  readonly stackName: string;
  readonly keyAddress: string;
  /** What is said to happen when the key is disabled. */
  readonly predicted: Report;
  readonly context: ProviderContext;
  readonly progress: Progress;
}

function printComparison({ rows, unpredicted, same }: Comparison, progress: Progress): void {
  for (const row of [...rows, ...unpredicted]) {
    progress.line(`${row.same ? 'same' : 'DIFFERENT'}: ${row.address}`);
    progress.line(`      predicted ${row.predicted}`);
    progress.line(`      observed  ${row.observed}`);
  }
  progress.line(same ? 'the prediction was right' : 'the prediction was WRONG');
}

const readings = new Map<boolean | undefined, string>([
  [true, ', can be read'],
  [false, ', cannot be read'],
]);

function printChanges(before: readonly Observed[], after: readonly Observed[], progress: Progress): void {
  for (const { address, status, readable } of after) {
    const was = before.find((thing) => thing.address === address);
    if (was === undefined || (was.status === status && was.readable === readable)) continue;
    progress.line(`${address}: ${was.status} → ${status}${readings.get(readable) ?? ''}`);
  }
}

function sameStatuses(one: readonly Observed[], other: readonly Observed[]): boolean {
  const told = (observed: readonly Observed[]): string =>
    JSON.stringify(observed.map(({ address, status, readable }) => [address, status, readable]).sort());
  return told(one) === told(other);
}

/** The platform through the eyes of the stack. */
class Scene {
  private constructor(
    private readonly platform: PlatformClient,
    private readonly observer: Observer,
    private readonly keys: KeyClient,
    private readonly key: KeyReference,
  ) {}

  static async open(
    session: Session,
    terraform: Terraform,
    { keyAddress, context }: OnlineOptions,
  ): Promise<Scene> {
    const platform = new PlatformClient(session.url);
    const addresses = addressesIn(await terraform.state(), context.now());
    const [crn = keyAddress] = [...addresses].find(([, address]) => address === keyAddress) ?? [];
    const observer = new Observer(session.url, await fetchToken(session.url), addresses);
    const key = selectKey(await platform.graph(), crn);
    return new Scene(platform, observer, await KeyClient.connect(session.url), key);
  }

  async observe(): Promise<readonly Observed[]> {
    return this.observer.observe(await this.platform.graph());
  }

  disable(): Promise<void> {
    return this.keys.act('disable', this.key);
  }

  async enable(progress: Progress): Promise<void> {
    const wait = `PT${enableAfterDisable / second}S`;
    progress.line(`the platform's clock is moved ahead by ${wait}: a disabled key cannot be enabled before`);
    await this.platform.advanceClock(wait);
    await this.keys.act('enable', this.key);
  }
}

async function disableAndEnable(
  scene: Scene,
  { predicted, progress }: OnlineOptions,
): Promise<Pick<Online, 'comparison' | 'healed'>> {
  const before = await scene.observe();
  progress.step('Disable the key on the platform: what changes');
  await scene.disable();
  const disabled = await scene.observe();
  printChanges(before, disabled, progress);

  progress.step('Hold the prediction against it: statuses, and whether the secret is given out');
  const comparison = compare(predicted, before, disabled);
  printComparison(comparison, progress);

  progress.step('Enable the key again: what changes back');
  await scene.enable(progress);
  const enabled = await scene.observe();
  printChanges(disabled, enabled, progress);
  const healed = sameStatuses(before, enabled);
  progress.line(healed ? 'everything is as it was before' : 'NOT everything is as it was before');
  return { comparison, healed };
}

async function destroy(session: Session, terraform: Terraform, progress: Progress): Promise<Left> {
  progress.step('Destroy');
  await terraform.run('destroy', '-auto-approve');
  progress.step('What is left on the platform');
  const left = await whatIsLeft(session.url);
  progress.line(left.live.length === 0 ? 'nothing that is live' : 'STILL LIVE:');
  for (const { kind, name } of left.live) progress.line(`  ${kind} ${name}`);
  if (left.kept.length > 0) progress.line('kept for a while, as the real services do:');
  for (const { kind, name, why } of left.kept) progress.line(`  ${kind} ${name}: ${why}`);
  return left;
}

/** Through the same code as `keyquake exec`: a platform and our providers in this process. */
export async function applyDisableDestroy(options: OnlineOptions): Promise<Online> {
  const { engine, out, stackName, context, progress } = options;
  const settings = { create: {}, listen: { port: 0, host: '127.0.0.1' } };
  const session = await openSession({ settings, logger: platformLogger(process, 'warn') }, process.env);
  try {
    progress.step(`Apply with ${engine.command} ${engine.version} on the embedded platform`);
    progress.line(`platform: ${session.url}`);
    const password = Buffer.from(context.entropy(18)).toString('base64url');
    const env = { TF_VAR_database_password: password, ...engineEnvironment(session.env) };
    const terraform = new Terraform(engine, join(out, 'stacks', stackName), env, progress);
    await terraform.run('init');
    await terraform.run('apply', '-auto-approve');
    const outcome = await disableAndEnable(await Scene.open(session, terraform, options), options);
    return { ...outcome, left: await destroy(session, terraform, progress) };
  } finally {
    await session.close();
  }
}
