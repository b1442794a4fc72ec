/** Brings values into the full form of a block: every attribute there, absent blocks as empty collections. */
import { emptyNested, mapNested } from './nested';
import type { Attribute, Block } from './schema';
import { DynamicValue, unknownValue, type Value, type ValueList, type ValueObject } from './values';

/** Fills in what is missing and makes write-only attributes null: the form in which plans and states are kept. */
export function complete(block: Block, value: ValueObject): ValueObject {
  return mapBlock(block, value, (attribute, found) => (attribute.writeOnly ? null : found));
}

/** Null in place of every unknown value, an empty collection in place of unknown blocks. */
export function withoutUnknowns(block: Block, value: ValueObject): ValueObject {
  const known = mapBlock(block, value, (_, found) => found);
  return Object.fromEntries(
    Object.entries(known).map(([name, member]) => {
      const nested = block.blocks.get(name);
      return [name, member === unknownValue && nested ? emptyNested(nested.nesting) : knownParts(member)];
    }),
  );
}

/** `observed` on top of `base`, name by name at the top level; undefined keeps what `base` has. */
export function overlay(block: Block, base: ValueObject, observed: object): ValueObject {
  const told = Object.entries(observed).filter(([, value]) => value !== undefined);
  return complete(block, { ...base, ...Object.fromEntries(told) });
}

/** Members that the block does not have are left in: encoding refuses them by name. */
function mapBlock(
  block: Block,
  value: ValueObject,
  change: (attribute: Attribute, found: Value) => Value,
): ValueObject {
  const attributes = [...block.attributes.values()].map((attribute) => {
    const { nested } = attribute;
    const found = change(attribute, value[attribute.name] ?? null);
    const mapped = nested
      ? mapNested(nested.nesting, found, (element) => mapBlock(nested.block, element, change))
      : found;
    return [attribute.name, mapped] as const;
  });
  const blocks = [...block.blocks.values()].map((nested) => {
    const found = value[nested.name] ?? emptyNested(nested.nesting);
    return [
      nested.name,
      mapNested(nested.nesting, found, (element) => mapBlock(nested.block, element, change)),
    ] as const;
  });
  return { ...value, ...Object.fromEntries([...attributes, ...blocks]) };
}

function knownParts(value: Value): Value {
  if (value === unknownValue) return null;
  if (value instanceof DynamicValue) return new DynamicValue(value.type, knownParts(value.value));
  if (Array.isArray(value)) return (value as ValueList).map(knownParts);
  if (isPlainObject(value)) {
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, knownParts(member)]));
  }
  return value;
}

/** Whether any part of it is unknown. */
export function hasUnknown(value: Value): boolean {
  if (value === unknownValue) return true;
  if (value instanceof DynamicValue) return hasUnknown(value.value);
  if (Array.isArray(value)) return (value as ValueList).some(hasUnknown);
  return isPlainObject(value) && Object.values(value).some(hasUnknown);
}

function isPlainObject(value: Value): value is ValueObject {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
