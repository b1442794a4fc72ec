/**
 * A provider whose types have everything that is awkward about Terraform's values and plans, over a store in memory. The
 * names of objects make it misbehave: `fails-before`, `fails-after`, `fails-update`, `fails-delete`,
 * `mistyped`, `slow`, `warns`.
 */
import {
  type AnyProvider,
  attributePath,
  DiagnosticError,
  DynamicValue,
  defineDataSource,
  defineEphemeralResource,
  defineProvider,
  defineResource,
  FunctionArgumentError,
  type ProviderContext,
  type StateOf,
  unknownValue,
} from '../../provider';
import {
  ephemeralFacts,
  legacyFacts,
  providerFacts,
  renamedFacts,
  thingDataFacts,
  thingFacts,
} from './awkward-facts';

export interface AwkwardClient {
  readonly endpoint: string;
  readonly store: AwkwardStore;
}

/** Objects by id, and what was asked of the API, in order. */
export class AwkwardStore {
  readonly objects = new Map<string, Record<string, unknown>>();
  readonly calls: string[] = [];
  #next = 1;

  newId(): string {
    return `id-${this.#next++}`;
  }
}

type Thing = StateOf<typeof thingFacts>;

function mapping(id: string, plan: Thing, revision: number): Partial<Thing> {
  return {
    id,
    revision,
    created_at: '2026-01-02T03:04:05Z',
    disk: plan.disk.map((disk, index) => ({ ...disk, id: disk.id ?? `${id}-disk-${index}` })),
    rule: plan.rule.map((rule) => ({ ...rule, handle: rule.handle ?? `${rule.protocol}-${rule.port}` })),
    settings: plan.settings && {
      ...plan.settings,
      shade: plan.settings.shade ?? `${plan.settings.color}-ish`,
    },
    anything: plan.anything ?? new DynamicValue('string', 'nothing'),
  };
}

const thing = defineResource<Thing, AwkwardClient>({
  facts: thingFacts,
  async create({ plan, config, client, saveState, diagnostics, signal }) {
    const { store } = client;
    store.calls.push(`create ${plan.name} at ${client.endpoint}`);
    if (plan.name === 'fails-before') throw new Error('the API is not in the mood');
    const id = store.newId();
    store.objects.set(id, { name: plan.name, note: plan.note, token: config.token });
    saveState({ id, created_at: '2026-01-02T03:04:05Z' });
    if (plan.name === 'fails-after') {
      throw new DiagnosticError({
        summary: 'Half done',
        detail: 'the object exists and is not finished',
        attribute: attributePath('disk', 0, 'size'),
      });
    }
    if (plan.name === 'slow') {
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
      });
    }
    if (plan.name === 'mistyped') {
      const wrong = { id, revision: 'one', disk: [{ size: 'big' }], colour: 'red', mode: unknownValue };
      return { state: wrong as unknown as Thing };
    }
    if (plan.name === 'warns') diagnostics.warning('Beware', 'of the dog', attributePath('name'));
    return { state: mapping(id, plan, 1), private: { createdAs: plan.name } };
  },
  async read({ state, client, private: data }) {
    const { store } = client;
    store.calls.push(`read ${state.id} ${JSON.stringify(data ?? null)}`);
    const found = state.id === null ? undefined : store.objects.get(state.id);
    if (!found) return { state: null };
    return { state: { name: found.name as string, note: (found.note ?? null) as string | null } };
  },
  async update({ plan, prior, config, client, changed, private: data }) {
    const { store } = client;
    const id = prior.id ?? '';
    store.calls.push(
      `update ${id} note:${changed('note')} disk:${changed('disk')} ${JSON.stringify(data ?? null)}`,
    );
    if (plan.note === 'fails-update') throw new Error('no updates today');
    store.objects.set(id, { name: plan.name, note: plan.note, token: config.token });
    return { state: mapping(id, plan, (prior.revision ?? 0) + 1) };
  },
  async delete({ state, client }) {
    const { store } = client;
    store.calls.push(`delete ${state.id}`);
    if (state.note === 'fails-delete') throw new Error('it is protected');
    store.objects.delete(state.id ?? '');
  },
  async import({ id }) {
    return { state: { id } };
  },
  async validate({ config, diagnostics }) {
    if (config.name === 'forbidden') {
      diagnostics.error('Forbidden name', 'not this one', attributePath('name'));
    }
  },
  upgradeState: {
    0: (state) => ({ ...state, note: state.remark }),
  },
  notEmulated: ['unsupported', 'disk.cache'],
});

const renamed = defineResource<StateOf<typeof renamedFacts>, AwkwardClient>({
  facts: renamedFacts,
  create: async ({ plan, client }) => {
    const id = client.store.newId();
    client.store.objects.set(id, { name: plan.name });
    return { state: { id } };
  },
  read: async ({ state, client }) => ({ state: client.store.objects.has(state.id ?? '') ? {} : null }),
  delete: async ({ state, client }) => {
    client.store.objects.delete(state.id ?? '');
  },
  moveState: async ({ sourceTypeName, sourceState }) =>
    sourceTypeName === 'awkward_thing'
      ? { id: sourceState.id as string, name: sourceState.name as string }
      : null,
});

const legacy = defineResource<StateOf<typeof legacyFacts>, AwkwardClient>({
  facts: legacyFacts,
  legacyTypeSystem: true,
  create: async ({ plan, client }) => {
    const id = client.store.newId();
    const policy = plan.policy.length > 0 ? plan.policy : [{ interval: 3, mode: 'auto' }];
    client.store.objects.set(id, { policy });
    client.store.calls.push(`create legacy ${JSON.stringify(plan)}`);
    return { state: { id, policy: policy.map((each) => ({ ...each, interval: each.interval ?? 3 })) } };
  },
  read: async ({ state, client }) => ({ state: client.store.objects.has(state.id ?? '') ? {} : null }),
  update: async ({ prior, client }) => {
    client.store.calls.push(`update legacy ${prior.id}`);
    return { state: {} };
  },
  delete: async ({ state, client }) => {
    client.store.objects.delete(state.id ?? '');
  },
  diffSuppress: {
    url: ({ prior, planned }) => String(prior).toLowerCase() === String(planned).toLowerCase(),
  },
  stateFunc: { json: (value) => JSON.stringify(JSON.parse(String(value))) },
});

const thingData = defineDataSource<StateOf<typeof thingDataFacts>, AwkwardClient>({
  facts: thingDataFacts,
  async read({ config, client }) {
    const found = [...client.store.objects].find(([, object]) => object.name === config.name);
    if (!found) {
      throw new DiagnosticError({
        summary: 'No such thing',
        detail: `there is no thing named '${config.name}'`,
        attribute: attributePath('name'),
      });
    }
    return { state: { id: found[0], note: found[1].note as string, endpoint: client.endpoint } };
  },
});

const token = defineEphemeralResource<StateOf<typeof ephemeralFacts>, AwkwardClient>({
  facts: ephemeralFacts,
  async open({ config, client }) {
    client.store.calls.push(`open ${config.subject}`);
    return {
      result: { value: `token for ${config.subject}` },
      renewAt: Date.parse('2026-01-02T03:04:05.678Z'),
      private: { subject: config.subject },
    };
  },
  async renew({ private: data, client }) {
    client.store.calls.push(`renew ${data?.subject}`);
    return { private: { subject: data?.subject, renewed: true } };
  },
  async close({ private: data, client }) {
    client.store.calls.push(`close ${data?.subject}`);
  },
});

/** A new provider around a store; the store is what tests look into. */
export function awkwardProvider(store: AwkwardStore): AnyProvider {
  return defineProvider<AwkwardClient>({
    name: 'awkward',
    facts: providerFacts,
    async configure({ config, unknown }) {
      if (config.endpoint === 'nowhere') {
        throw new DiagnosticError({
          summary: 'Cannot connect',
          detail: "there is nothing at 'nowhere'; name another endpoint",
          attribute: attributePath('endpoint'),
        });
      }
      return { endpoint: unknown.includes('endpoint') ? 'unknown' : String(config.endpoint), store };
    },
    resources: [thing, renamed, legacy],
    dataSources: [thingData],
    ephemeralResources: [token],
    functions: [
      {
        name: 'shout',
        summary: 'Upper case, repeated.',
        parameters: [{ name: 'text', type: 'string' }],
        variadic: { name: 'times', type: 'number' },
        returns: ['list', 'string'],
        call(text, ...times) {
          if (text === '') throw new FunctionArgumentError(0, 'there is nothing to shout');
          return [String(text).toUpperCase(), ...times.map((each) => String(each))];
        },
      },
    ],
  });
}

/** The same moment and the same bytes at every run. */
export const fixedContext: ProviderContext = {
  now: () => Date.parse('2026-01-02T03:04:05Z'),
  entropy: (length) => Buffer.alloc(length, 7),
  environment: {},
};
