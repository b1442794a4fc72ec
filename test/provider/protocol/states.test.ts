/** States that come from elsewhere: earlier versions, imports, other types, and types of the vendor. */
import { unknownValue as unknown, type Value, type ValueObject } from '../../../provider';
import { renamedFacts } from '../../support/awkward-facts';
import {
  awkwardServer,
  capable,
  emptyThing,
  legacy,
  noBytes,
  texts,
  thing,
} from '../../support/awkward-server';
import { call, codecOf } from '../../support/plugin-client';

const server = awkwardServer();

describe('resources', () => {
  describe('UpgradeResourceState', () => {
    const upgrade = (version: number, json: string, flatmap = {}) =>
      call(server.client, (c) => c.upgradeResourceState, {
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
      call(server.client, (c) => c.importResourceState, { typeName, id, clientCapabilities: capable });

    test('answers enough for a read', async () => {
      await server.create({ name: 'a' });
      const { importedResources, diagnostics } = await importing('awkward_thing', 'id-1');
      expect(diagnostics).toEqual([]);
      expect(importedResources.map(({ typeName, state }) => [typeName, thing.decode(state)])).toEqual([
        ['awkward_thing', { ...emptyThing, id: 'id-1' }],
      ]);
    });

    test('names the id when there is nothing', async () => {
      await server.configure();
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
      call(server.client, (c) => c.moveResourceState, {
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
      call(server.client, (c) => c.planResourceChange, {
        typeName: 'awkward_legacy',
        priorState: legacy.encode(prior),
        proposedNewState: legacy.encode(proposed),
        config: legacy.encode(given),
        priorPrivate: noBytes,
        providerMeta: undefined,
        clientCapabilities: capable,
      });

    test('asks Terraform to bear with it, and gets null for what is unknown', async () => {
      await server.configure();
      const planned = await planLegacy(null, { ...nothing, description: '' });
      expect(planned.legacyTypeSystem).toBe(true);
      expect(legacy.decode(planned.plannedState)).toMatchObject({
        policy: unknown,
        flag: false,
        description: '',
      });
      const applied = await server.apply({
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
      const seen = JSON.parse(server.store.calls[0]?.replace('create legacy ', '') ?? '') as unknown;
      expect(seen).toEqual({ ...nothing, description: '', flag: false });
    });
  });
});
