/** The awkward provider behind a real gRPC server, and the requests of Terraform that tests repeat. */
import type { Value, ValueObject } from '../../provider';
import type { Diagnostic, ProviderClient } from '../../provider/protocol/gen/tfplugin6';
import { legacyFacts, providerFacts, thingFacts } from './awkward-facts';
import { AwkwardStore, awkwardProvider, fixedContext } from './awkward-provider';
import { call, codecOf, type ServedForTest, serveForTest } from './plugin-client';

export const thing = codecOf(thingFacts);
export const legacy = codecOf(legacyFacts);
export const providerConfig = codecOf({ type: 'awkward', wire: providerFacts.wire });
export const noBytes = Buffer.alloc(0);
export const capable = { deferralAllowed: false, writeOnlyAttributesAllowed: true };

/** A configuration that sets nothing. */
export const emptyThing: ValueObject = {
  id: null,
  name: null,
  note: null,
  size: null,
  big: null,
  secret: null,
  token: null,
  labels: null,
  tags: null,
  ports: null,
  anything: null,
  mode: null,
  created_at: null,
  revision: null,
  unsupported: null,
  settings: null,
  disk: [],
  rule: [],
  origin: null,
  zone: {},
  timeouts: null,
};

/** `error at disk.0.size: summary: detail` */
export function texts(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => {
    const path = attribute?.steps.map(({ selector }) => Object.values(selector ?? {}).at(-1)).join('.') ?? '';
    return `${['', 'error', 'warning'][severity]} at ${path}: ${summary}: ${detail}`;
  });
}

export interface PlanChange {
  readonly prior?: Value;
  readonly config: ValueObject;
  /** What Terraform proposes, where that is not the configuration. */
  readonly proposed?: ValueObject;
}

export interface ApplyChange {
  readonly prior?: Value;
  readonly planned: Value;
  readonly config?: ValueObject;
  readonly private?: Buffer;
  readonly typeName?: 'awkward_thing' | 'awkward_legacy';
}

export class AwkwardServer {
  store = new AwkwardStore();
  #served: ServedForTest | undefined;

  get served(): ServedForTest {
    if (!this.#served) throw new Error('serves while a test runs');
    return this.#served;
  }

  get client(): ProviderClient {
    return this.served.client;
  }

  async start(): Promise<void> {
    this.store = new AwkwardStore();
    this.#served = await serveForTest(awkwardProvider(this.store), fixedContext);
  }

  stop(): void {
    this.served.close();
    this.#served = undefined;
  }

  configure(values: ValueObject = { endpoint: null, password: null }, client = this.client) {
    return call(client, (c) => c.configureProvider, {
      terraformVersion: '1.11.4',
      config: providerConfig.encode(values),
      clientCapabilities: capable,
    });
  }

  plan(change: PlanChange) {
    return call(this.client, (c) => c.planResourceChange, {
      typeName: 'awkward_thing',
      priorState: thing.encode(change.prior ?? null),
      proposedNewState: thing.encode(change.proposed ?? change.config),
      config: thing.encode(change.config),
      priorPrivate: noBytes,
      providerMeta: undefined,
      clientCapabilities: capable,
    });
  }

  apply(change: ApplyChange) {
    const { typeName = 'awkward_thing' } = change;
    const codec = typeName === 'awkward_legacy' ? legacy : thing;
    return call(this.client, (c) => c.applyResourceChange, {
      typeName,
      priorState: codec.encode(change.prior ?? null),
      plannedState: codec.encode(change.planned),
      config: codec.encode(change.config ?? null),
      plannedPrivate: change.private ?? noBytes,
      providerMeta: undefined,
    });
  }

  /** Configures, plans and applies a creation that works. */
  async create(values: ValueObject): Promise<{ state: ValueObject; private: Buffer }> {
    await this.configure();
    const given = { ...emptyThing, ...values };
    const { plannedState } = await this.plan({ config: given });
    const applied = await this.apply({ planned: thing.decode(plannedState), config: given });
    if (applied.diagnostics.length > 0) throw new Error(texts(applied.diagnostics).join('\n'));
    return { state: thing.decode(applied.newState) as ValueObject, private: applied.private };
  }
}

/** A server for each test of the file, and an empty store. */
export function awkwardServer(): AwkwardServer {
  const server = new AwkwardServer();
  beforeEach(() => server.start());
  afterEach(() => server.stop());
  return server;
}
