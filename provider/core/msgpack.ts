/**
 * Values on the wire: MessagePack, decoded and encoded by type, never by guessing.
 *
 * Source: terraform-plugin-protocol.md 3.
 */
import { decode, ExtData, type ExtensionCodecType, encode } from '@msgpack/msgpack';
import { Decimal, fromFloat, isNumber, numberText, parseNumber } from './numbers';
import { type AttributePath, pathText } from './path';
import { type CtyType, type ObjectMembers, parseType, typeText } from './types';
import {
  DynamicValue,
  type TerraformNumber,
  unknownValue,
  type Value,
  type ValueList,
  type ValueObject,
} from './values';

/** A value that does not have the type that the schema gives it. */
export class ValueTypeError extends Error {
  override readonly name = 'ValueTypeError';

  constructor(
    readonly path: AttributePath,
    readonly expected: CtyType,
    found: unknown,
  ) {
    super(`${pathText(path) || 'the value'} must be ${typeText(expected)}, found ${describe(found)}`);
  }
}

/** Names the kind of a value without showing it: it may be a secret. */
function describe(found: unknown): string {
  if (found === null || found === undefined) return 'null';
  if (Array.isArray(found)) return 'a list';
  if (found instanceof DynamicValue) return `a value of type ${typeText(found.type)}`;
  if (isNumber(found)) return 'a number';
  return typeof found === 'object' ? 'an object' : `a ${typeof found}`;
}

/** Extension 0 is an unknown value, 12 one with refinements; every other code counts as unknown too. */
const unknowns: ExtensionCodecType<undefined> = {
  tryToEncode: (object) => (object === unknownValue ? new ExtData(0, new Uint8Array(1)) : null),
  decode: () => unknownValue,
} as ExtensionCodecType<undefined>;

/** 64-bit integers are read as `bigint`, so that none is rounded. */
const decoding = { extensionCodec: unknowns, useBigInt64: true } as const;
const encoding = { extensionCodec: unknowns } as const;

/** Throws {@link ValueTypeError} when the bytes hold something else than the type says. */
export function decodeValue(type: CtyType, bytes: Uint8Array): Value {
  return fromWire(type, decode(bytes, decoding), []);
}

/** Throws {@link ValueTypeError} naming the path of a value that does not fit the type. */
export function encodeValue(type: CtyType, value: Value): Uint8Array {
  return encode(toWire(type, value, []), encoding);
}

function fromWire(type: CtyType, wire: unknown, path: AttributePath): Value {
  if (wire === null || wire === undefined) return null;
  if (wire === unknownValue) return unknownValue;
  if (typeof type === 'string') {
    if (type === 'dynamic') return dynamicFromWire(wire, path);
    return type === 'number' ? numberFromWire(wire, path) : primitive(type, wire, path);
  }
  switch (type[0]) {
    case 'list':
    case 'set':
      return items(type, wire, path).map((item, index) => fromWire(type[1], item, [...path, { index }]));
    case 'tuple':
      return items(type, wire, path).map((item, index) =>
        fromWire(type[1][index] ?? 'dynamic', item, [...path, { index }]),
      );
    case 'map':
      return mapMembers(members(type, wire, path), (item, key) =>
        fromWire(type[1], item, [...path, { key }]),
      );
    case 'object': {
      const found = members(type, wire, path);
      return mapMembers(type[1], (member, attribute) =>
        fromWire(member, found[attribute], [...path, { attribute }]),
      );
    }
  }
}

function toWire(type: CtyType, value: Value | undefined, path: AttributePath): unknown {
  if (value === null || value === undefined) return null;
  if (value === unknownValue) return unknownValue;
  if (typeof type === 'string') {
    if (type === 'dynamic') return dynamicToWire(value, path);
    return type === 'number' ? numberToWire(value, path) : primitive(type, value, path);
  }
  switch (type[0]) {
    case 'list':
    case 'set':
      return items(type, value, path).map((item, index) =>
        toWire(type[1], item as Value, [...path, { index }]),
      );
    case 'tuple':
      return items(type, value, path).map((item, index) =>
        toWire(type[1][index] ?? 'dynamic', item as Value, [...path, { index }]),
      );
    case 'map':
      return mapMembers(members(type, value, path), (item, key) =>
        toWire(type[1], item as Value, [...path, { key }]),
      );
    case 'object':
      return objectToWire(type[1], type, members(type, value, path), path);
  }
}

function objectToWire(
  types: ObjectMembers,
  type: CtyType,
  value: Readonly<Record<string, unknown>>,
  path: AttributePath,
): Record<string, unknown> {
  for (const attribute of Object.keys(value)) {
    if (!Object.hasOwn(types, attribute)) {
      throw new ValueTypeError([...path, { attribute }], type, value[attribute]);
    }
  }
  return mapMembers(types, (member, attribute) =>
    toWire(member, value[attribute] as Value, [...path, { attribute }]),
  );
}

function primitive(
  type: 'string' | 'bool' | 'number',
  value: unknown,
  path: AttributePath,
): string | boolean {
  if (type === 'string' && typeof value === 'string') return value;
  if (type === 'bool' && typeof value === 'boolean') return value;
  throw new ValueTypeError(path, type, value);
}

function numberFromWire(wire: unknown, path: AttributePath): TerraformNumber {
  if (typeof wire === 'number') return fromFloat(wire);
  if (typeof wire === 'bigint') return parseNumber(wire.toString());
  if (typeof wire === 'string') return parseNumber(wire);
  throw new ValueTypeError(path, 'number', wire);
}

/** Whole numbers within 2^53 travel as integers, all others as decimal text, which Terraform reads exactly. */
function numberToWire(value: Value, path: AttributePath): number | string {
  if (typeof value === 'number' && Number.isSafeInteger(value)) return value;
  if (typeof value === 'bigint' || value instanceof Decimal) return numberText(value);
  if (typeof value === 'number' && Number.isFinite(value)) return numberText(value);
  throw new ValueTypeError(path, 'number', value);
}

function dynamicFromWire(wire: unknown, path: AttributePath): DynamicValue {
  if (!Array.isArray(wire) || !(wire[0] instanceof Uint8Array))
    throw new ValueTypeError(path, 'dynamic', wire);
  const type = parseType(JSON.parse(Buffer.from(wire[0]).toString()));
  return new DynamicValue(type, fromWire(type, wire[1], path));
}

function dynamicToWire(value: Value, path: AttributePath): unknown {
  if (!(value instanceof DynamicValue)) throw new ValueTypeError(path, 'dynamic', value);
  return [Buffer.from(JSON.stringify(value.type)), toWire(value.type, value.value, path)];
}

function items(type: CtyType, value: unknown, path: AttributePath): readonly unknown[] {
  if (!Array.isArray(value)) throw new ValueTypeError(path, type, value);
  if (type[0] === 'tuple' && value.length !== type[1].length) throw new ValueTypeError(path, type, value);
  return value as ValueList;
}

function members(type: CtyType, value: unknown, path: AttributePath): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || isNumber(value)) {
    throw new ValueTypeError(path, type, value);
  }
  if (value instanceof DynamicValue || value instanceof Uint8Array)
    throw new ValueTypeError(path, type, value);
  return value as ValueObject;
}

function mapMembers<T, R>(
  object: Readonly<Record<string, T>>,
  map: (item: T, name: string) => R,
): Record<string, R> {
  return Object.fromEntries(Object.entries(object).map(([name, item]) => [name, map(item, name)]));
}
