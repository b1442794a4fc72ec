/** Validate, plan, apply and read of resources: terraform-plugin-protocol.md 2, 4. */
import { unknownValue as unknown, type ValueObject } from '../../../provider';
import { renamedFacts } from '../../support/awkward-facts';
import { awkwardServer, capable, emptyThing, noBytes, texts, thing } from '../../support/awkward-server';
import { call, codecOf } from '../../support/plugin-client';

const server = awkwardServer();

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
    const { diagnostics } = await call(server.client, (c) => c.validateResourceConfig, {
      typeName: 'awkward_thing',
      config: thing.encode(wrong),
      clientCapabilities: capable,
    });
    expect(texts(diagnostics)).toEqual([
      'error at size: Attribute must be a whole number, got 1.5: "size" must be a whole number within ±(2^53 - 1); got 1.5',
      'error at mode: "mode" must contain a value from []string{"plain", "fancy"}, got "odd": "mode" must be one of plain, fancy; got "odd"',
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
    const planned = await server.plan({ config: given });
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
    const { state } = await server.create({
      name: 'a',
      disk: [{ id: null, name: 'd', size: 1, cache: null }],
    });
    const given = { ...emptyThing, name: 'b', disk: [{ id: null, name: 'd', size: 2, cache: null }] };
    const proposed = { ...state, name: 'b', disk: [{ id: 'id-1-disk-0', name: 'd', size: 2, cache: null }] };
    const { requiresReplace, plannedState } = await server.plan({ prior: state, config: given, proposed });
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
    const { state, private: data } = await server.create({
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
    expect(server.store.objects.get('id-1')).toEqual({ name: 'a', note: 'n', token: 'canary' });
  });

  test('ApplyResourceChange updates, with private data and knowledge of what changed', async () => {
    const { state, private: data } = await server.create({ name: 'a' });
    const planned: ValueObject = { ...state, note: 'new', revision: unknown };
    const { newState, private: kept } = await server.apply({
      prior: state,
      planned,
      config: { ...emptyThing, name: 'a', note: 'new' },
      private: data,
    });
    expect(thing.decode(newState)).toEqual({ ...state, note: 'new', revision: 2 });
    expect(server.store.calls.at(-1)).toBe('update id-1 note:true disk:false {"createdAs":"a"}');
    expect(kept).toEqual(data);
  });

  test('ApplyResourceChange deletes', async () => {
    const { state } = await server.create({ name: 'a' });
    const { newState, diagnostics } = await server.apply({ prior: state, planned: null });
    expect([thing.decode(newState), diagnostics, server.store.objects.size]).toEqual([null, [], 0]);
  });

  test('a warning does not end the operation', async () => {
    await server.configure();
    const planned = { ...emptyThing, name: 'warns' };
    const { newState, diagnostics } = await server.apply({ planned, config: planned });
    expect(texts(diagnostics)).toEqual(['warning at name: Beware: of the dog']);
    expect(thing.decode(newState)).toMatchObject({ id: 'id-1' });
  });

  describe('failure never invents state (terraform-plugin-protocol.md 4.8)', () => {
    test('create that failed before the object exists leaves none', async () => {
      await server.configure();
      const planned = { ...emptyThing, name: 'fails-before' };
      const { newState, diagnostics } = await server.apply({ planned, config: planned });
      expect(thing.decode(newState)).toBeNull();
      expect(texts(diagnostics)).toEqual([
        'error at : Could not create awkward_thing: the API is not in the mood',
      ]);
    });

    test('create that failed afterwards leaves what was saved, without unknowns', async () => {
      await server.configure();
      const planned: ValueObject = {
        ...emptyThing,
        name: 'fails-after',
        id: unknown,
        revision: unknown,
        anything: unknown,
      };
      const { newState, diagnostics } = await server.apply({
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
      const { state } = await server.create({ name: 'a' });
      const planned: ValueObject = { ...state, note: 'fails-update', revision: unknown };
      const { newState, diagnostics } = await server.apply({
        prior: state,
        planned,
        config: { ...emptyThing, name: 'a' },
      });
      expect(thing.decode(newState)).toEqual(state);
      expect(texts(diagnostics)).toEqual(['error at : Could not update awkward_thing: no updates today']);
    });

    test('delete that failed leaves the prior state', async () => {
      const { state } = await server.create({ name: 'a', note: 'fails-delete' });
      const { newState, diagnostics } = await server.apply({ prior: state, planned: null });
      expect(thing.decode(newState)).toEqual(state);
      expect(texts(diagnostics)).toEqual(['error at : Could not delete awkward_thing: it is protected']);
    });

    test('a wrong value does not lose the object', async () => {
      await server.configure();
      const planned = { ...emptyThing, name: 'mistyped' };
      const { newState, diagnostics } = await server.apply({ planned, config: planned });
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
      await server.configure();
      const codec = codecOf(renamedFacts);
      const { diagnostics } = await call(server.client, (c) => c.applyResourceChange, {
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
    const { state, private: data } = await server.create({ name: 'a', secret: 's' });
    server.store.objects.set('id-1', { name: 'drifted', note: 'x' });
    const read = await call(server.client, (c) => c.readResource, {
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
    await server.configure();
    const read = await call(server.client, (c) => c.readResource, {
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
    const read = await call(server.client, (c) => c.readResource, {
      typeName: 'awkward_thing',
      currentState: thing.encode(state),
      private: noBytes,
      providerMeta: undefined,
      clientCapabilities: capable,
    });
    expect(thing.decode(read.newState)).toEqual(state);
    expect(texts(read.diagnostics)[0]).toMatch(/^error at : Could not read awkward_thing: /);
  });
});
