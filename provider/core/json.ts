/**
 * Values as JSON: states of earlier versions, and the JSON form of a DynamicValue. Numbers that JavaScript would round
 * are read as text, and text stands for a number wherever the type says number.
 *
 * Source: terraform-plugin-protocol.md 2 (RawState, DynamicValue), 3.
 */
import { ValueTypeError } from './msgpack';
import { parseNumber } from './numbers';
import type { AttributePath } from './path';
import { type CtyType, parseType } from './types';
import { DynamicValue, type Value } from './values';

const stringOrNumber = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** `JSON.parse` that turns numbers it would round into their text. */
export function parseExactJson(text: string): unknown {
  return JSON.parse(
    text.replace(stringOrNumber, (token) => {
      if (token.startsWith('"') || typeof parseNumber(token) === 'number') return token;
      return JSON.stringify(token);
    }),
  );
}

/**
 * Reads parsed JSON as a value. Members that an object's type does not have are dropped and missing ones are null: a
 * state outlives attributes of the schema. Throws {@link ValueTypeError}.
 */
export function fromJson(type: CtyType, json: unknown, path: AttributePath = []): Value {
  if (json === null || json === undefined) return null;
  if (typeof type === 'string') return primitiveFromJson(type, json, path);
  if (type[0] === 'map' || type[0] === 'object') {
    if (typeof json !== 'object' || Array.isArray(json)) throw new ValueTypeError(path, type, json);
    return type[0] === 'map' ? mapFromJson(type[1], json, path) : objectFromJson(type[1], json, path);
  }
  if (!Array.isArray(json)) throw new ValueTypeError(path, type, json);
  if (type[0] === 'tuple' && json.length !== type[1].length) throw new ValueTypeError(path, type, json);
  return json.map((item, index) => {
    const element = type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : type[1];
    return fromJson(element, item, [...path, { index }]);
  });
}

function mapFromJson(element: CtyType, json: object, path: AttributePath): Value {
  return Object.fromEntries(
    Object.entries(json).map(([key, item]) => [key, fromJson(element, item, [...path, { key }])]),
  );
}

function objectFromJson(
  types: { readonly [name: string]: CtyType },
  json: object,
  path: AttributePath,
): Value {
  const found = new Map<string, unknown>(Object.entries(json));
  return Object.fromEntries(
    Object.entries(types).map(([attribute, type]) => [
      attribute,
      fromJson(type, found.get(attribute), [...path, { attribute }]),
    ]),
  );
}

function primitiveFromJson(type: CtyType, json: unknown, path: AttributePath): Value {
  if (type === 'string' && typeof json === 'string') return json;
  if (type === 'string' && (typeof json === 'number' || typeof json === 'boolean')) return String(json);
  if (type === 'bool' && typeof json === 'boolean') return json;
  if (type === 'bool' && (json === 'true' || json === 'false')) return json === 'true';
  if (type === 'number' && (typeof json === 'number' || typeof json === 'string'))
    return parseNumber(String(json));
  if (type === 'dynamic' && typeof json === 'object' && json !== null && 'type' in json && 'value' in json) {
    const actual = parseType(json.type);
    return new DynamicValue(actual, fromJson(actual, json.value, path));
  }
  throw new ValueTypeError(path, type, json);
}
