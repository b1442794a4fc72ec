/** The forms in which the vendor's provider keeps what the APIs say (ibm-control-plane.md 3.1, 4.0, 5.0). */
import { goTime, milliseconds, rfc3339, seconds } from '../../../../provider/ibm/state/dates';
import { flatten } from '../../../../provider/ibm/state/flatten';
import {
  goJson,
  isJsonObject,
  normalizedJson,
  parametersOf,
} from '../../../../provider/ibm/state/parameters';
import { withEnvironmentTags } from '../../../../provider/ibm/state/tags';

/** A complaint about a value, with this in its explanation. */
function saying(text: string | undefined) {
  return text && { summary: 'Invalid value', detail: expect.stringContaining(text) };
}

describe('times', () => {
  test.each([
    ['2021-04-20T18:15:24Z', '2021-04-20 18:15:24 +0000 UTC'],
    ['2021-04-20T18:15:20.500Z', '2021-04-20 18:15:20.5 +0000 UTC'],
    ['2021-04-20T20:15:24.123+02:00', '2021-04-20 18:15:24.123 +0000 UTC'],
    ['2021-04-20T18:00:00.000Z', '2021-04-20 18:00:00 +0000 UTC'],
  ])('%s as Go prints it: %s', (time, printed) => {
    expect(goTime(time)).toBe(printed);
  });

  test('without fraction, with milliseconds, not at all', () => {
    expect(seconds('2021-04-20T18:15:24.999Z')).toBe('2021-04-20T18:15:24Z');
    expect(seconds(undefined)).toBe('');
    expect(milliseconds('2021-04-20T18:15:24Z')).toBe('2021-04-20T18:15:24.000Z');
  });

  test.each([
    ['2030-01-01T00:00:00Z', undefined],
    ['', undefined],
    ['2030-01-01', "'2030-01-01' is not an RFC 3339 instant"],
  ])('configured as %j', (value, complaint) => {
    const subject = { name: 'expiration_date', key: 'expiration_date', shown: value };
    expect(rfc3339(value, subject)).toEqual(saying(complaint));
  });
});

test('an object in a map of text', () => {
  expect(
    flatten({ a: { b: 1, c: true }, list: ['x', { y: 'z' }], empty: {}, none: null, text: 't' }),
  ).toEqual({ 'a.b': '1', 'a.c': 'true', 'list.#': '2', 'list.0': 'x', 'list.1.y': 'z', text: 't' });
});

describe('parameters of an instance', () => {
  const none = { parameters: null, parameters_json: null, service_endpoints: null };

  test.each([
    ['true', true],
    ['false', false],
    ['10', '10'],
    ['', ''],
    ['[]', []],
    ['[a]', ['a']],
    // Taken apart at the commas; blanks are part of an item, quotes around it are not.
    ['["a", "b,c"]', ['a', ' "b', 'c']],
    ['[', '['],
  ])('%j is sent as %j', (text, sent) => {
    expect(parametersOf({ ...none, parameters: { p: text } })).toEqual({ p: sent });
  });

  test('of JSON are sent as they are', () => {
    const parameters_json = '{"n": 10, "service-endpoints": "private"}';
    expect(parametersOf({ ...none, parameters_json, service_endpoints: 'public' })).toEqual({
      n: 10,
      'service-endpoints': 'private',
    });
  });

  test('the endpoints are one of them', () => {
    expect(parametersOf({ ...none, service_endpoints: 'private' })).toEqual({
      'service-endpoints': 'private',
    });
    expect(parametersOf(none)).toEqual({});
  });

  test('JSON is stored with its members in order and its signs escaped', () => {
    expect(normalizedJson('{"b": [1, {"d": null, "c": "<&>"}], "a": "x"}')).toBe(
      '{"a":"x","b":[1,{"c":"\\u003c\\u0026\\u003e","d":null}]}',
    );
    expect(goJson([])).toBe('[]');
    expect(normalizedJson('')).toBe('');
    expect(normalizedJson(null)).toBeNull();
    expect(normalizedJson('{')).toBe('{');
  });

  test.each([
    ['{}', undefined],
    ['', undefined],
    ['{', 'must be a JSON object'],
    ['[]', 'must be a JSON object'],
    ['1', 'must be a JSON object'],
  ])('configured as %j', (value, complaint) => {
    const subject = { name: 'parameters_json', key: 'parameters_json', shown: value };
    expect(isJsonObject(value, subject)).toEqual(saying(complaint));
  });
});

describe('a plan that takes away the tags of the environment changes none', () => {
  const plan = (
    environment: readonly string[],
    before: readonly string[] | null,
    after: readonly string[] | null,
  ) => withEnvironmentTags(environment, before && { tags: before }, { tags: after });

  test.each([
    ['removes as many as the environment has', ['e'], ['a', 'e'], ['a'], { plan: { tags: ['a', 'e'] } }],
    ['removes fewer', ['e', 'f'], ['a', 'e'], ['a'], {}],
    ['adds one besides', ['e'], ['a', 'e'], ['a', 'b'], {}],
    ['no tags in the environment', [], ['a', 'e'], ['a'], {}],
    ['a new object', ['e'], null, ['a'], {}],
    ['tags that are not there any more', ['e'], ['e'], null, { plan: { tags: ['e'] } }],
  ])('%s', (_name, environment, before, after, expected) => {
    expect(plan(environment, before, after)).toEqual(expected);
  });
});
