/** When two values of one type are the same value. Sets compare without order, numbers by their decimal value. */
import { compareNumbers, isNumber, numberText, parseNumber } from './numbers';
import { type CtyType, typeText } from './types';
import { DynamicValue, unknownValue, type Value, type ValueList, type ValueObject } from './values';

/** Two unknown values are the same: neither says anything. */
export function sameValue(type: CtyType, a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a === null || b === null || a === unknownValue || b === unknownValue) return false;
  if (isNumber(a) && isNumber(b)) return compareNumbers(a, b) === 0;
  if (a instanceof DynamicValue && b instanceof DynamicValue) {
    return typeText(a.type) === typeText(b.type) && sameValue(a.type, a.value, b.value);
  }
  if (typeof type === 'string' || typeof a !== 'object' || typeof b !== 'object') return false;
  return sameCompound(type, a as ValueList | ValueObject, b as ValueList | ValueObject);
}

function sameCompound(
  type: Exclude<CtyType, string>,
  a: ValueList | ValueObject,
  b: ValueList | ValueObject,
): boolean {
  switch (type[0]) {
    case 'set':
      return sameSet(type[1], a as ValueList, b as ValueList);
    case 'list':
    case 'tuple': {
      const [left, right] = [a as ValueList, b as ValueList];
      const element = (index: number): CtyType =>
        type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : type[1];
      return (
        left.length === right.length &&
        left.every((item, index) => sameValue(element(index), item, right[index] ?? null))
      );
    }
    case 'map': {
      const names = Object.keys(a);
      return (
        names.length === Object.keys(b).length &&
        names.every((name) => Object.hasOwn(b, name) && sameValue(type[1], member(a, name), member(b, name)))
      );
    }
    case 'object':
      return Object.entries(type[1]).every(([name, each]) =>
        sameValue(each, member(a, name), member(b, name)),
      );
  }
}

function member(object: ValueList | ValueObject, name: string): Value {
  return (object as ValueObject)[name] ?? null;
}

function sameSet(type: CtyType, a: ValueList, b: ValueList): boolean {
  const left = new Set(a.map((item) => valueKey(type, item)));
  const right = new Set(b.map((item) => valueKey(type, item)));
  return left.size === right.size && [...left].every((key) => right.has(key));
}

/** Text that is equal exactly when two values of the type are the same. */
export function valueKey(type: CtyType, value: Value): string {
  if (value === null) return 'null';
  if (value === unknownValue) return 'unknown';
  if (value instanceof DynamicValue) return `${typeText(value.type)}:${valueKey(value.type, value.value)}`;
  if (isNumber(value)) return numberText(parseNumber(numberText(value)));
  if (typeof type === 'string' || typeof value !== 'object') return JSON.stringify(value);
  if (type[0] === 'object') {
    const members = Object.entries(type[1]).map(([name, each]) => valueKey(each, member(value, name)));
    return `{${members.join()}}`;
  }
  if (type[0] === 'map') {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${valueKey(type[1], member(value, name))}`).join()}}`;
  }
  const items = (value as ValueList).map((item, index) =>
    valueKey(type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : type[1], item),
  );
  return `[${(type[0] === 'set' ? [...new Set(items)].sort() : items).join()}]`;
}
