/** Every procedure of the protocol through a real gRPC connection. Messages: terraform-plugin-protocol.md 2. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unknownValue as unknown, type Value, type ValueObject } from '../../../provider';
import { decodeValue } from '../../../provider/core/msgpack';
import {
  type Diagnostic,
  type DynamicValue,
  type ProviderClient,
  ProviderService,
} from '../../../provider/protocol/gen/tfplugin6';
import {
  ephemeralFacts,
  legacyFacts,
  providerFacts,
  renamedFacts,
  thingDataFacts,
  thingFacts,
} from '../../support/awkward-facts';
import { AwkwardStore, awkwardProvider, fixedContext } from '../../support/awkward-provider';
import {
  call,
  codecOf,
  dial,
  jsonValue,
  type ServedForTest,
  serveForTest,
} from '../../support/plugin-client';

const thing = codecOf(thingFacts);
const legacy = codecOf(legacyFacts);
const config = codecOf({ type: 'awkward', wire: providerFacts.wire });
const noBytes = Buffer.alloc(0);
const capable = { deferralAllowed: false, writeOnlyAttributesAllowed: true };

const emptyThing: ValueObject = {
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

let store: AwkwardStore;
let served: ServedForTest;
let client: ProviderClient;

beforeEach(async () => {
  store = new AwkwardStore();
  served = await serveForTest(awkwardProvider(store), fixedContext);
  client = served.client;
});
afterEach(() => served.close());

function texts(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ severity, summary, detail, attribute }) => {
    const path = attribute?.steps.map(({ selector }) => Object.values(selector ?? {}).at(-1)).join('.') ?? '';
    return `${['', 'error', 'warning'][severity]} at ${path}: ${summary}: ${detail}`;
  });
}

function configure(of: ProviderClient, values: ValueObject = { endpoint: null, password: null }) {
  return call(of, (c) => c.configureProvider, {
    terraformVersion: '1.11.4',
    config: config.encode(values),
    clientCapabilities: capable,
  });
}

function plan(change: { prior?: Value; config: ValueObject; proposed?: ValueObject }) {
  return call(client, (c) => c.planResourceChange, {
    typeName: 'awkward_thing',
    priorState: thing.encode(change.prior ?? null),
    proposedNewState: thing.encode(change.proposed ?? change.config),
    config: thing.encode(change.config),
    priorPrivate: noBytes,
    providerMeta: undefined,
    clientCapabilities: capable,
  });
}

function apply(change: {
  prior?: Value;
  planned: Value;
  config?: ValueObject;
  private?: Buffer;
  typeName?: string;
}) {
  const codec = change.typeName === 'awkward_legacy' ? legacy : thing;
  return call(client, (c) => c.applyResourceChange, {
    typeName: change.typeName ?? 'awkward_thing',
    priorState: codec.encode(change.prior ?? null),
    plannedState: codec.encode(change.planned),
    config: codec.encode(change.config ?? null),
    plannedPrivate: change.private ?? noBytes,
    providerMeta: undefined,
  });
}

async function create(values: ValueObject): Promise<{ state: ValueObject; private: Buffer }> {
  await configure(client);
  const given = { ...emptyThing, ...values };
  const { plannedState } = await plan({ config: given });
  const applied = await apply({ planned: thing.decode(plannedState), config: given });
  expect(texts(applied.diagnostics)).toEqual([]);
  return { state: thing.decode(applied.newState) as ValueObject, private: applied.private };
}

describe('what the provider has', () => {
  test('GetMetadata names it', async () => {
    const metadata = await call(client, (c) => c.getMetadata, {});
    expect(metadata).toEqual({
      serverCapabilities: { planDestroy: false, getProviderSchemaOptional: true, moveResourceState: true },
      diagnostics: [],
      dataSources: [{ typeName: 'awkward_thing' }],
      resources: [
        { typeName: 'awkward_legacy' },
        { typeName: 'awkward_renamed' },
        { typeName: 'awkward_thing' },
      ],
      functions: [{ name: 'shout' }],
      ephemeralResources: [{ typeName: 'awkward_token' }],
    });
  });

  test('GetProviderSchema describes it', async () => {
    const schema = await call(client, (c) => c.getProviderSchema, {});
    expect(Object.keys(schema.resourceSchemas)).toEqual([
      'awkward_legacy',
      'awkward_renamed',
      'awkward_thing',
    ]);
    const { block, version } = schema.resourceSchemas.awkward_thing ?? {};
    expect(version).toBe(1);
    const attribute = (name: string) => block?.attributes.find((each) => each.name === name);
    expect(attribute('token')).toMatchObject({ optional: true, writeOnly: true, computed: false });
    expect(attribute('secret')).toMatchObject({ sensitive: true });
    expect(attribute('labels')?.type.toString()).toBe('["map","string"]');
    expect(attribute('settings')?.nestedType).toMatchObject({
      nesting: 1,
      attributes: [{ name: 'color' }, { name: 'shade' }],
    });
    expect(block?.blockTypes.map(({ typeName, nesting }) => [typeName, nesting])).toEqual([
      ['disk', 2],
      ['rule', 3],
      ['origin', 1],
      ['zone', 4],
      ['timeouts', 1],
    ]);
    expect(schema.resourceSchemas.awkward_legacy?.block?.blockTypes[0]).toMatchObject({ maxItems: 1 });
    expect(schema.provider?.block?.attributes.map(({ name }) => name)).toEqual(['endpoint', 'password']);
    expect(schema.functions.shout).toMatchObject({
      parameters: [{ name: 'text' }],
      variadicParameter: { name: 'times' },
    });
    expect(await call(client, (c) => c.getProviderSchema, {})).toEqual(schema);
  });

  test('GetFunctions describes the functions', async () => {
    const { functions } = await call(client, (c) => c.getFunctions, {});
    expect(functions.shout?.return?.type.toString()).toBe('["list","string"]');
  });
});

describe('the provider', () => {
  test('ValidateProviderConfig applies its rules', async () => {
    const both = config.encode({ endpoint: 'x', password: 'canary' });
    const { diagnostics } = await call(client, (c) => c.validateProviderConfig, { config: both });
    expect(texts(diagnostics)).toEqual([
      'error at endpoint: Conflicting configuration arguments: "endpoint": conflicts with password',
    ]);
  });

  test('ConfigureProvider reports what it cannot do, with the path', async () => {
    const { diagnostics } = await configure(client, { endpoint: 'nowhere', password: null });
    expect(texts(diagnostics)).toEqual([
      "error at endpoint: Cannot connect: there is nothing at 'nowhere'; name another endpoint",
    ]);
  });

  test('each connection has its own configuration', async () => {
    const other = dial(served.address);
    await configure(client, { endpoint: 'one', password: null });
    await configure(other, { endpoint: unknown, password: null });
    const planned = { ...emptyThing, name: 'a' };
    for (const each of [client, other, client]) {
      await call(each, (c) => c.applyResourceChange, {
        typeName: 'awkward_thing',
        priorState: thing.encode(null),
        plannedState: thing.encode(planned),
        config: thing.encode(planned),
        plannedPrivate: noBytes,
        providerMeta: undefined,
      });
    }
    expect(store.calls).toEqual(['create a at one', 'create a at unknown', 'create a at one']);
    other.close();
  });

  test('StopProvider cancels what is under way, and nothing that comes later', async () => {
    await configure(client);
    const slow = { ...emptyThing, name: 'slow' };
    const running = apply({ planned: slow, config: slow });
    while (store.objects.size === 0) await call(client, (c) => c.getMetadata, {});
    expect(await call(client, (c) => c.stopProvider, {})).toEqual({ Error: '' });
    const { diagnostics, newState } = await running;
    expect(texts(diagnostics)).toEqual([
      'error at : Could not create awkward_thing: interrupted before it was done',
    ]);
    expect(thing.decode(newState)).toMatchObject({ id: 'id-1', name: 'slow' });
    expect((await create({ name: 'next' })).state).toMatchObject({ id: 'id-2' });
  });

  test('the timeout of an operation ends it', async () => {
    await configure(client);
    const slow = { ...emptyThing, name: 'slow', timeouts: { create: '20ms' } };
    const { diagnostics } = await apply({ planned: slow, config: slow });
    expect(texts(diagnostics)).toEqual([
      'error at : Could not create awkward_thing: not done after 0.02 s; allow more in the timeouts block',
    ]);
  });
});

describe('resources', () => {
  test('ValidateResourceConfig reports rules, validators, what is not emulated, and the own check', async () => {
    const wrong = {
      ...emptyThing,
      name: 'forbidden',
      mode: 'odd',
      size: 1.5,
      unsupported: 'x',
      disk: [{ id: null, name: 'd', size: null, cache: 'x' }],
    };
    const { diagnostics } = await call(client, (c) => c.validateResourceConfig, {
      typeName: 'awkward_thing',
      config: thing.encode(wrong),
      clientCapabilities: capable,
    });
    expect(texts(diagnostics)).toEqual([
      'error at size: Invalid value: "size" must be a whole number within ±(2^53 - 1); got 1.5',
      'error at mode: Invalid value: "mode" must be one of plain, fancy; got "odd"',
      'error at unsupported: Attribute is not emulated: "unsupported" of awkward_thing has no effect here, so it is refused instead of being ignored. Leave it out for runs against the platform.',
      'error at disk.0.cache: Attribute is not emulated: "disk.cache" of awkward_thing has no effect here, so it is refused instead of being ignored. Leave it out for runs against the platform.',
      'error at name: Forbidden name: not this one',
    ]);
  });

  test('PlanResourceChange plans a creation', async () => {
    const given = {
      ...emptyThing,
      name: 'a',
      token: 'canary',
      big: 12345678901234567890n,
      disk: [{ id: null, name: 'd', size: 1, cache: null }],
      rule: [{ port: 80, protocol: null, handle: null }],
      settings: { color: 'red', shade: null },
    };
    const planned = await plan({ config: given });
    expect(thing.decode(planned.plannedState)).toEqual({
      ...given,
      id: unknown,
      token: null,
      anything: unknown,
      mode: 'plain',
      created_at: unknown,
      revision: unknown,
      disk: [{ id: unknown, name: 'd', size: 1, cache: null }],
      rule: [{ port: 80, protocol: 'tcp', handle: unknown }],
      settings: { color: 'red', shade: unknown },
    });
    expect(planned).toMatchObject({ requiresReplace: [], diagnostics: [], legacyTypeSystem: false });
    expect(planned.plannedState?.msgpack.includes('canary')).toBe(false);
  });

  test('PlanResourceChange names what requires a replacement', async () => {
    const { state } = await create({ name: 'a', disk: [{ id: null, name: 'd', size: 1, cache: null }] });
    const given = { ...emptyThing, name: 'b', disk: [{ id: null, name: 'd', size: 2, cache: null }] };
    const proposed = { ...state, name: 'b', disk: [{ id: 'id-1-disk-0', name: 'd', size: 2, cache: null }] };
    const { requiresReplace, plannedState } = await plan({ prior: state, config: given, proposed });
    expect(
      requiresReplace.map(({ steps }) => steps.map(({ selector }) => Object.values(selector ?? {}).at(-1))),
    ).toEqual([['name'], ['disk', 0, 'size']]);
    expect(thing.decode(plannedState)).toMatchObject({
      id: 'id-1',
      revision: unknown,
      created_at: '2026-01-02T03:04:05Z',
    });
  });

  test('ApplyResourceChange creates, and keeps what the resource said nothing about', async () => {
    const { state, private: data } = await create({
      name: 'a',
      note: 'n',
      token: 'canary',
      tags: ['y', 'x'],
    });
    expect(state).toMatchObject({
      id: 'id-1',
      name: 'a',
      note: 'n',
      tags: ['y', 'x'],
      revision: 1,
      token: null,
    });
    expect(JSON.parse(data.toString())).toEqual({ createdAs: 'a' });
    expect(store.objects.get('id-1')).toEqual({ name: 'a', note: 'n', token: 'canary' });
  });

  test('ApplyResourceChange updates, with private data and knowledge of what changed', async () => {
    const { state, private: data } = await create({ name: 'a' });
    const planned: ValueObject = { ...state, note: 'new', revision: unknown };
    const { newState, private: kept } = await apply({
      prior: state,
      planned,
      config: { ...emptyThing, name: 'a', note: 'new' },
      private: data,
    });
    expect(thing.decode(newState)).toEqual({ ...state, note: 'new', revision: 2 });
    expect(store.calls.at(-1)).toBe('update id-1 note:true disk:false {"createdAs":"a"}');
    expect(kept).toEqual(data);
  });

  test('ApplyResourceChange deletes', async () => {
    const { state } = await create({ name: 'a' });
    const { newState, diagnostics } = await apply({ prior: state, planned: null });
    expect([thing.decode(newState), diagnostics, store.objects.size]).toEqual([null, [], 0]);
  });

  test('a warning does not end the operation', async () => {
    await configure(client);
    const planned = { ...emptyThing, name: 'warns' };
    const { newState, diagnostics } = await apply({ planned, config: planned });
    expect(texts(diagnostics)).toEqual(['warning at name: Beware: of the dog']);
    expect(thing.decode(newState)).toMatchObject({ id: 'id-1' });
  });

  describe('failure never invents state (terraform-plugin-protocol.md 4.8)', () => {
    test('create that failed before the object exists leaves none', async () => {
      await configure(client);
      const planned = { ...emptyThing, name: 'fails-before' };
      const { newState, diagnostics } = await apply({ planned, config: planned });
      expect(thing.decode(newState)).toBeNull();
      expect(texts(diagnostics)).toEqual([
        'error at : Could not create awkward_thing: the API is not in the mood',
      ]);
    });

    test('create that failed afterwards leaves what was saved, without unknowns', async () => {
      await configure(client);
      const planned: ValueObject = {
        ...emptyThing,
        name: 'fails-after',
        id: unknown,
        revision: unknown,
        anything: unknown,
      };
      const { newState, diagnostics } = await apply({
        planned,
        config: { ...emptyThing, name: 'fails-after' },
      });
      expect(thing.decode(newState)).toEqual({
        ...emptyThing,
        name: 'fails-after',
        id: 'id-1',
        created_at: '2026-01-02T03:04:05Z',
      });
      expect(texts(diagnostics)).toEqual([
        'error at disk.0.size: Half done: the object exists and is not finished',
      ]);
    });

    test('update that failed leaves the prior state', async () => {
      const { state } = await create({ name: 'a' });
      const planned: ValueObject = { ...state, note: 'fails-update', revision: unknown };
      const { newState, diagnostics } = await apply({
        prior: state,
        planned,
        config: { ...emptyThing, name: 'a' },
      });
      expect(thing.decode(newState)).toEqual(state);
      expect(texts(diagnostics)).toEqual(['error at : Could not update awkward_thing: no updates today']);
    });

    test('delete that failed leaves the prior state', async () => {
      const { state } = await create({ name: 'a', note: 'fails-delete' });
      const { newState, diagnostics } = await apply({ prior: state, planned: null });
      expect(thing.decode(newState)).toEqual(state);
      expect(texts(diagnostics)).toEqual(['error at : Could not delete awkward_thing: it is protected']);
    });

    test('a wrong value does not lose the object', async () => {
      await configure(client);
      const planned = { ...emptyThing, name: 'mistyped' };
      const { newState, diagnostics } = await apply({ planned, config: planned });
      expect(thing.decode(newState)).toMatchObject({ id: 'id-1', name: 'mistyped', revision: null });
      const mistake = 'Provider returned a wrong value: awkward_thing:';
      expect(texts(diagnostics)).toEqual([
        `error at revision: ${mistake} revision must be number, found a string. This is a mistake in the provider.`,
        `error at disk: ${mistake} disk[0].size must be number, found a string. This is a mistake in the provider.`,
        `error at colour: ${mistake} colour is not in the schema. This is a mistake in the provider.`,
        `error at mode: ${mistake} mode is not known. This is a mistake in the provider.`,
      ]);
    });

    test('a type without update says so', async () => {
      await configure(client);
      const codec = codecOf(renamedFacts);
      const { diagnostics } = await call(client, (c) => c.applyResourceChange, {
        typeName: 'awkward_renamed',
        priorState: codec.encode({ id: '1', name: 'a' }),
        plannedState: codec.encode({ id: '1', name: 'b' }),
        config: codec.encode({ id: null, name: 'b' }),
        plannedPrivate: noBytes,
        providerMeta: undefined,
      });
      expect(texts(diagnostics)).toEqual([
        'error at : Could not update awkward_renamed: objects of this type cannot be changed, only replaced',
      ]);
    });
  });

  test('ReadResource takes over what it is told and keeps the rest', async () => {
    const { state, private: data } = await create({ name: 'a', secret: 's' });
    store.objects.set('id-1', { name: 'drifted', note: 'x' });
    const read = await call(client, (c) => c.readResource, {
      typeName: 'awkward_thing',
      currentState: thing.encode(state),
      private: data,
      providerMeta: undefined,
      clientCapabilities: capable,
    });
    expect(thing.decode(read.newState)).toEqual({ ...state, name: 'drifted', note: 'x' });
    expect(read.private).toEqual(data);
  });

  test('ReadResource says when the object is gone', async () => {
    await configure(client);
    const read = await call(client, (c) => c.readResource, {
      typeName: 'awkward_thing',
      currentState: thing.encode({ ...emptyThing, id: 'gone', name: 'a' }),
      private: noBytes,
      providerMeta: undefined,
      clientCapabilities: capable,
    });
    expect(thing.decode(read.newState)).toBeNull();
    expect(read.diagnostics).toEqual([]);
  });

  test('a read that failed keeps the state and the error', async () => {
    // Not configured: there is no client.
    const state = { ...emptyThing, id: 'x', name: 'a' };
    const read = await call(client, (c) => c.readResource, {
      typeName: 'awkward_thing',
      currentState: thing.encode(state),
      private: noBytes,
      providerMeta: undefined,
      clientCapabilities: capable,
    });
    expect(thing.decode(read.newState)).toEqual(state);
    expect(texts(read.diagnostics)[0]).toMatch(/^error at : Could not read awkward_thing: /);
  });

  describe('UpgradeResourceState', () => {
    const upgrade = (version: number, json: string, flatmap = {}) =>
      call(client, (c) => c.upgradeResourceState, {
        typeName: 'awkward_thing',
        version,
        rawState: { json: Buffer.from(json), flatmap },
      });

    test('reads a state of the same version, drops what the schema no longer has, keeps big numbers', async () => {
      const { upgradedState } = await upgrade(
        1,
        '{"id":"1","name":"a","big":12345678901234567890,"gone":true}',
      );
      expect(thing.decode(upgradedState)).toEqual({
        ...emptyThing,
        id: '1',
        name: 'a',
        big: 12345678901234567890n,
      });
    });

    test('brings an older state up', async () => {
      const { upgradedState } = await upgrade(0, '{"id":"1","name":"a","remark":"r"}');
      expect(thing.decode(upgradedState)).toMatchObject({ note: 'r' });
    });

    test.each<[string, number, string, string]>([
      [
        'a version that nobody knows',
        7,
        '{}',
        'The state of this awkward_thing has schema version 7; this provider has version 1',
      ],
      ['a state of Terraform 0.11', 0, '', 'was written by Terraform 0.11 or earlier'],
      ['a state of a wrong type', 1, '{"name":["a"]}', 'name must be string, found a list'],
    ])('refuses %s', async (_name, version, json, message) => {
      const { upgradedState, diagnostics } = await upgrade(version, json);
      expect(upgradedState).toBeUndefined();
      expect(texts(diagnostics)).toHaveLength(1);
      expect(texts(diagnostics)[0]).toContain(message);
    });
  });

  describe('ImportResourceState', () => {
    const importing = (typeName: string, id: string) =>
      call(client, (c) => c.importResourceState, { typeName, id, clientCapabilities: capable });

    test('answers enough for a read', async () => {
      await create({ name: 'a' });
      const { importedResources, diagnostics } = await importing('awkward_thing', 'id-1');
      expect(diagnostics).toEqual([]);
      expect(importedResources.map(({ typeName, state }) => [typeName, thing.decode(state)])).toEqual([
        ['awkward_thing', { ...emptyThing, id: 'id-1' }],
      ]);
    });

    test('names the id when there is nothing', async () => {
      await configure(client);
      const { importedResources, diagnostics } = await importing('awkward_thing', 'id-9');
      expect(importedResources).toEqual([]);
      expect(texts(diagnostics)).toEqual([
        "error at : Nothing to import: There is no awkward_thing with the import id 'id-9'. Check the id and the account and region it is in.",
      ]);
    });

    test('says which types cannot be imported', async () => {
      const { diagnostics } = await importing('awkward_renamed', 'x');
      expect(texts(diagnostics)).toEqual([
        'error at : Could not import awkward_renamed: awkward_renamed cannot be imported',
      ]);
    });
  });

  describe('MoveResourceState', () => {
    const move = (sourceTypeName: string) =>
      call(client, (c) => c.moveResourceState, {
        sourceProviderAddress: 'registry.terraform.io/example/awkward',
        sourceTypeName,
        sourceSchemaVersion: 1,
        sourceState: { json: Buffer.from('{"id":"id-1","name":"a"}'), flatmap: {} },
        targetTypeName: 'awkward_renamed',
        sourcePrivate: noBytes,
      });

    test('takes over from a type that the target knows', async () => {
      const { targetState, diagnostics } = await move('awkward_thing');
      expect(diagnostics).toEqual([]);
      expect(codecOf(renamedFacts).decode(targetState)).toEqual({ id: 'id-1', name: 'a' });
    });

    test('refuses any other', async () => {
      const { targetState, diagnostics } = await move('null_resource');
      expect(targetState).toBeUndefined();
      expect(texts(diagnostics)).toEqual([
        'error at : Cannot move: awkward_renamed does not take over objects of type null_resource of registry.terraform.io/example/awkward. Remove the moved block, or import the object as awkward_renamed.',
      ]);
    });
  });

  describe('a type of the vendor', () => {
    const nothing = {
      id: null,
      name: 'a',
      description: null,
      flag: null,
      url: null,
      json: null,
      status: null,
      policy: [],
      timeouts: null,
    };
    const planLegacy = (prior: Value, given: ValueObject, proposed = given) =>
      call(client, (c) => c.planResourceChange, {
        typeName: 'awkward_legacy',
        priorState: legacy.encode(prior),
        proposedNewState: legacy.encode(proposed),
        config: legacy.encode(given),
        priorPrivate: noBytes,
        providerMeta: undefined,
        clientCapabilities: capable,
      });

    test('asks Terraform to bear with it, and gets null for what is unknown', async () => {
      await configure(client);
      const planned = await planLegacy(null, { ...nothing, description: '' });
      expect(planned.legacyTypeSystem).toBe(true);
      expect(legacy.decode(planned.plannedState)).toMatchObject({
        policy: unknown,
        flag: false,
        description: '',
      });
      const applied = await apply({
        typeName: 'awkward_legacy',
        planned: legacy.decode(planned.plannedState),
        config: nothing,
      });
      expect(applied.legacyTypeSystem).toBe(true);
      expect(legacy.decode(applied.newState)).toEqual({
        ...nothing,
        id: 'id-1',
        description: '',
        flag: false,
        policy: [{ interval: 3, mode: 'auto' }],
      });
      const seen = JSON.parse(store.calls[0]?.replace('create legacy ', '') ?? '') as unknown;
      expect(seen).toEqual({ ...nothing, description: '', flag: false });
    });
  });
});

describe('data sources', () => {
  const data = codecOf(thingDataFacts);

  test('ValidateDataResourceConfig accepts', async () => {
    const given = data.encode({ id: null, name: unknown, note: null, endpoint: null });
    const { diagnostics } = await call(client, (c) => c.validateDataResourceConfig, {
      typeName: 'awkward_thing',
      config: given,
    });
    expect(diagnostics).toEqual([]);
  });

  const read = (name: string, encode = (value: ValueObject): DynamicValue => data.encode(value)) =>
    call(client, (c) => c.readDataSource, {
      typeName: 'awkward_thing',
      config: encode({ name }),
      providerMeta: undefined,
      clientCapabilities: capable,
    });

  test('ReadDataSource finds', async () => {
    await create({ name: 'a', note: 'n' });
    const { state } = await read('a');
    expect(data.decode(state)).toEqual({ id: 'id-1', name: 'a', note: 'n', endpoint: 'home' });
  });

  test('ReadDataSource takes JSON as well', async () => {
    await create({ name: 'a' });
    expect(data.decode((await read('a', jsonValue)).state)).toMatchObject({ id: 'id-1' });
  });

  test('ReadDataSource reports what it does not find', async () => {
    await configure(client);
    const { state, diagnostics } = await read('b');
    expect(data.decode(state)).toBeNull();
    expect(texts(diagnostics)).toEqual(["error at name: No such thing: there is no thing named 'b'"]);
  });
});

describe('ephemeral resources', () => {
  const token = codecOf(ephemeralFacts);

  test('ValidateEphemeralResourceConfig, OpenEphemeralResource, Renew… and Close…', async () => {
    await configure(client);
    const typeName = 'awkward_token';
    const given = token.encode({ subject: 's', value: null });
    expect(await call(client, (c) => c.validateEphemeralResourceConfig, { typeName, config: given })).toEqual(
      { diagnostics: [] },
    );
    const opened = await call(client, (c) => c.openEphemeralResource, {
      typeName,
      config: given,
      clientCapabilities: capable,
    });
    expect(token.decode(opened.result)).toEqual({ subject: 's', value: 'token for s' });
    expect(opened.renewAt).toEqual({ seconds: 1767323045, nanos: 678_000_000 });
    const renewed = await call(client, (c) => c.renewEphemeralResource, {
      typeName,
      private: opened.private,
    });
    expect(renewed.renewAt).toBeUndefined();
    expect(JSON.parse(String(renewed.private))).toEqual({ subject: 's', renewed: true });
    expect(
      await call(client, (c) => c.closeEphemeralResource, { typeName, private: renewed.private }),
    ).toEqual({ diagnostics: [] });
    expect(store.calls).toEqual(['open s', 'renew s', 'close s']);
  });
});

describe('functions', () => {
  const text = codecOf({
    type: 'x',
    wire: { version: 0, block: { attributes: { v: { type: 'string', optional: true } } } },
  });
  const callShout = (...args: string[]) =>
    call(client, (c) => c.callFunction, {
      name: 'shout',
      arguments: args.map((each) => jsonValue(each)),
    });

  test('CallFunction answers', async () => {
    const { result, error } = await callShout('hey', '12345678901234567890');
    expect(error).toBeUndefined();
    expect(decodeValue(['list', 'string'], result?.msgpack ?? noBytes)).toEqual([
      'HEY',
      '12345678901234567890',
    ]);
  });

  test('CallFunction points at the argument that is wrong', async () => {
    expect((await callShout('')).error).toEqual({ text: 'there is nothing to shout', functionArgument: 0 });
  });

  test('CallFunction refuses an argument of a wrong type and an unknown function', async () => {
    const { error } = await call(client, (c) => c.callFunction, {
      name: 'shout',
      arguments: [text.encode({ v: 'x' })],
    });
    expect(error?.text).toBe('the value must be string, found an object');
    const missing = await call(client, (c) => c.callFunction, { name: 'whisper', arguments: [] });
    expect(missing.error?.text).toBe("the provider has no function 'whisper'");
  });
});

describe('nothing is thrown through gRPC', () => {
  test('an unknown type is a diagnostic', async () => {
    const { diagnostics } = await call(client, (c) => c.readDataSource, {
      typeName: 'awkward_nothing',
      config: undefined,
      providerMeta: undefined,
      clientCapabilities: capable,
    });
    expect(texts(diagnostics)).toEqual([
      "error at : Could not answer ReadDataSource: the provider has no data source 'awkward_nothing'",
    ]);
  });

  test('a value of a wrong type is a diagnostic', async () => {
    const { diagnostics } = await call(client, (c) => c.validateResourceConfig, {
      typeName: 'awkward_thing',
      config: jsonValue({ name: ['canary'] }),
      clientCapabilities: capable,
    });
    expect(texts(diagnostics)).toEqual([
      'error at : Could not answer ValidateResourceConfig: name must be string, found a list',
    ]);
  });

  test('states of any size pass', async () => {
    const note = 'x'.repeat(8 * 1024 * 1024);
    const { state } = await create({ name: 'a', note });
    expect(state.note).toBe(note);
  });

  test('every declared procedure is served', async () => {
    const proto = readFileSync(join(__dirname, '../../../provider/proto/tfplugin6.proto'), 'utf8');
    const declared = [...proto.matchAll(/^ {2}rpc (\w+)\(/gm)].map(
      ([, name]) => `/tfplugin6.Provider/${name}`,
    );
    expect(Object.values(ProviderService).map(({ path }) => path)).toEqual(declared);
    expect(declared).toHaveLength(20);
  });
});
