/** Walking through what is under the name of a nested block (or of an attribute with described members). */
import type { Nesting } from './schema';
import { unknownValue, type Value, type ValueList, type ValueObject } from './values';

/** What a nested block is when there is none: empty, never null, unless it is a single one. */
export function emptyNested(nesting: Nesting): Value {
  if (nesting === 'list' || nesting === 'set') return [];
  return nesting === 'map' ? {} : null;
}

/** Applies `change` to each object. Null and unknown stay what they are. */
export function mapNested(nesting: Nesting, value: Value, change: (element: ValueObject) => Value): Value {
  return mapValues(nesting, value, (element) =>
    element === null || element === unknownValue ? element : change(element as ValueObject),
  );
}

function mapValues(nesting: Nesting, value: Value, change: (element: Value) => Value): Value {
  if (value === null || value === unknownValue) return value;
  if (nesting === 'list' || nesting === 'set') return (value as ValueList).map(change);
  if (nesting === 'map') {
    return Object.fromEntries(Object.entries(value as ValueObject).map(([key, item]) => [key, change(item)]));
  }
  return change(value);
}

/** Whether there is no nested block: null, or an empty collection. */
export function isAbsent(value: Value): boolean {
  if (value === null) return true;
  if (value === unknownValue || typeof value !== 'object') return false;
  return Array.isArray(value) ? value.length === 0 : Object.keys(value).length === 0;
}

/** The member of an object that may itself be null or unknown. */
export function memberOf(object: Value, name: string): Value {
  if (object === unknownValue) return unknownValue;
  if (object === null || typeof object !== 'object') return null;
  return (object as ValueObject)[name] ?? null;
}

/** The element of a list that may itself be null or unknown; null beyond its end. */
export function elementOf(list: Value, index: number): Value {
  if (list === unknownValue) return unknownValue;
  return Array.isArray(list) ? ((list as ValueList)[index] ?? null) : null;
}
