/** Data sources, ephemeral resources and functions: terraform-plugin-protocol.md 2. */
import { unknownValue as unknown, type ValueObject } from '../../../provider';
import { decodeValue } from '../../../provider/core/msgpack';
import type { DynamicValue } from '../../../provider/protocol/gen/tfplugin6';
import { ephemeralFacts, thingDataFacts } from '../../support/awkward-facts';
import { awkwardServer, capable, noBytes, texts } from '../../support/awkward-server';
import { call, codecOf, jsonValue } from '../../support/plugin-client';

const server = awkwardServer();

describe('data sources', () => {
  const data = codecOf(thingDataFacts);

  test('ValidateDataResourceConfig accepts', async () => {
    const given = data.encode({ id: null, name: unknown, note: null, endpoint: null });
    const { diagnostics } = await call(server.client, (c) => c.validateDataResourceConfig, {
      typeName: 'awkward_thing',
      config: given,
    });
    expect(diagnostics).toEqual([]);
  });

  const read = (name: string, encode = (value: ValueObject): DynamicValue => data.encode(value)) =>
    call(server.client, (c) => c.readDataSource, {
      typeName: 'awkward_thing',
      config: encode({ name }),
      providerMeta: undefined,
      clientCapabilities: capable,
    });

  test('ReadDataSource finds', async () => {
    await server.create({ name: 'a', note: 'n' });
    const { state } = await read('a');
    expect(data.decode(state)).toEqual({ id: 'id-1', name: 'a', note: 'n', endpoint: 'home' });
  });

  test('ReadDataSource takes JSON as well', async () => {
    await server.create({ name: 'a' });
    expect(data.decode((await read('a', jsonValue)).state)).toMatchObject({ id: 'id-1' });
  });

  test('ReadDataSource reports what it does not find', async () => {
    await server.configure();
    const { state, diagnostics } = await read('b');
    expect(data.decode(state)).toBeNull();
    expect(texts(diagnostics)).toEqual(["error at name: No such thing: there is no thing named 'b'"]);
  });
});

describe('ephemeral resources', () => {
  const token = codecOf(ephemeralFacts);

  test('ValidateEphemeralResourceConfig, OpenEphemeralResource, Renew… and Close…', async () => {
    await server.configure();
    const typeName = 'awkward_token';
    const given = token.encode({ subject: 's', value: null });
    expect(
      await call(server.client, (c) => c.validateEphemeralResourceConfig, { typeName, config: given }),
    ).toEqual({ diagnostics: [] });
    const opened = await call(server.client, (c) => c.openEphemeralResource, {
      typeName,
      config: given,
      clientCapabilities: capable,
    });
    expect(token.decode(opened.result)).toEqual({ subject: 's', value: 'token for s' });
    expect(opened.renewAt).toEqual({ seconds: 1767323045, nanos: 678_000_000 });
    const renewed = await call(server.client, (c) => c.renewEphemeralResource, {
      typeName,
      private: opened.private,
    });
    expect(renewed.renewAt).toBeUndefined();
    expect(JSON.parse(String(renewed.private))).toEqual({ subject: 's', renewed: true });
    expect(
      await call(server.client, (c) => c.closeEphemeralResource, { typeName, private: renewed.private }),
    ).toEqual({ diagnostics: [] });
    expect(server.store.calls).toEqual(['open s', 'renew s', 'close s']);
  });
});

describe('functions', () => {
  const text = codecOf({
    type: 'x',
    wire: { version: 0, block: { attributes: { v: { type: 'string', optional: true } } } },
  });
  const callShout = (...args: string[]) =>
    call(server.client, (c) => c.callFunction, {
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
    const { error } = await call(server.client, (c) => c.callFunction, {
      name: 'shout',
      arguments: [text.encode({ v: 'x' })],
    });
    expect(error?.text).toBe('the value must be string, found an object');
    const missing = await call(server.client, (c) => c.callFunction, { name: 'whisper', arguments: [] });
    expect(missing.error?.text).toBe("the provider has no function 'whisper'");
  });
});
