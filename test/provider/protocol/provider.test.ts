/** The provider as a whole, and one configuration for each connection: terraform-plugin-protocol.md 2. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { unknownValue as unknown } from '../../../provider';
import { ProviderService } from '../../../provider/protocol/gen/tfplugin6';
import {
  awkwardServer,
  capable,
  emptyThing,
  noBytes,
  providerConfig,
  texts,
  thing,
} from '../../support/awkward-server';
import { call, dial, jsonValue } from '../../support/plugin-client';

const server = awkwardServer();

describe('what the provider has', () => {
  test('GetMetadata names it', async () => {
    const metadata = await call(server.client, (c) => c.getMetadata, {});
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
    const schema = await call(server.client, (c) => c.getProviderSchema, {});
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
    expect(await call(server.client, (c) => c.getProviderSchema, {})).toEqual(schema);
  });

  test('GetFunctions describes the functions', async () => {
    const { functions } = await call(server.client, (c) => c.getFunctions, {});
    expect(functions.shout?.return?.type.toString()).toBe('["list","string"]');
  });
});

describe('the provider', () => {
  test('ValidateProviderConfig applies its rules', async () => {
    const both = providerConfig.encode({ endpoint: 'x', password: 'canary' });
    const { diagnostics } = await call(server.client, (c) => c.validateProviderConfig, { config: both });
    expect(texts(diagnostics)).toEqual([
      'error at endpoint: Conflicting configuration arguments: "endpoint": conflicts with password',
    ]);
  });

  test('ConfigureProvider reports what it cannot do, with the path', async () => {
    const { diagnostics } = await server.configure({ endpoint: 'nowhere', password: null });
    expect(texts(diagnostics)).toEqual([
      "error at endpoint: Cannot connect: there is nothing at 'nowhere'; name another endpoint",
    ]);
  });

  test('each connection has its own configuration', async () => {
    const other = dial(server.served.address);
    await server.configure({ endpoint: 'one', password: null });
    await server.configure({ endpoint: unknown, password: null }, other);
    const planned = { ...emptyThing, name: 'a' };
    for (const each of [server.client, other, server.client]) {
      await call(each, (c) => c.applyResourceChange, {
        typeName: 'awkward_thing',
        priorState: thing.encode(null),
        plannedState: thing.encode(planned),
        config: thing.encode(planned),
        plannedPrivate: noBytes,
        providerMeta: undefined,
      });
    }
    expect(server.store.calls).toEqual(['create a at one', 'create a at unknown', 'create a at one']);
    other.close();
  });

  test('StopProvider cancels what is under way, and nothing that comes later', async () => {
    await server.configure();
    const slow = { ...emptyThing, name: 'slow' };
    const running = server.apply({ planned: slow, config: slow });
    while (server.store.objects.size === 0) await call(server.client, (c) => c.getMetadata, {});
    expect(await call(server.client, (c) => c.stopProvider, {})).toEqual({ Error: '' });
    const { diagnostics, newState } = await running;
    expect(texts(diagnostics)).toEqual([
      'error at : Could not create awkward_thing: interrupted before it was done',
    ]);
    expect(thing.decode(newState)).toMatchObject({ id: 'id-1', name: 'slow' });
    expect((await server.create({ name: 'next' })).state).toMatchObject({ id: 'id-2' });
  });

  test.each([
    ['20ms', '0.02'],
    ['20.5ms', '0.0205'],
  ])('the timeout of an operation ends it: %s', async (create, shown) => {
    await server.configure();
    const slow = { ...emptyThing, name: 'slow', timeouts: { create } };
    const { diagnostics } = await server.apply({ planned: slow, config: slow });
    expect(texts(diagnostics)).toEqual([
      `error at : Could not create awkward_thing: not done after ${shown} s; allow more in the timeouts block`,
    ]);
  });
});

describe('nothing is thrown through gRPC', () => {
  test('an unknown type is a diagnostic', async () => {
    const { diagnostics } = await call(server.client, (c) => c.readDataSource, {
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
    const { diagnostics } = await call(server.client, (c) => c.validateResourceConfig, {
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
    const { state } = await server.create({ name: 'a', note });
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
