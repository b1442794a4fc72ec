/**
 * Which differences the SDK of the vendor's provider does not see: it cannot tell "not set" from the zero value of a
 * type. Applies to types with `legacyTypeSystem` only.
 *
 * Source: hashicorp/terraform-plugin-sdk v2, `internal/configs/hcl2shim/values_equiv.go`, `helper/schema/schema.go`
 * (diffString, diffList, diffMap); ibm-control-plane.md 3.0 (zero values).
 */
import { hasUnknown } from './complete';
import { sameValue } from './equality';
import { memberOf } from './nested';
import { compareNumbers, isNumber } from './numbers';
import type { CtyType } from './types';
import { unknownValue, type Value, type ValueList } from './values';

/** Null, `""`, `0`, `false` and empty collections. */
export function isZero(value: Value): boolean {
  if (value === null || value === '' || value === false) return true;
  if (value === unknownValue || typeof value !== 'object')
    return isNumber(value) && compareNumbers(value, 0) === 0;
  return Array.isArray(value) ? value.length === 0 : !isNumber(value) && Object.keys(value).length === 0;
}

/** Null, `""` and empty collections: what a configuration can say without the SDK noticing anything. */
export function isBlank(value: Value): boolean {
  return value !== false && !isNumber(value) && isZero(value);
}

/** Whether setting `planned` where `prior` is would be no change for the SDK. */
export function sdkUnchanged(type: CtyType, prior: Value, planned: Value): boolean {
  if (sameValue(type, prior, planned)) return true;
  return (planned === null && isZero(prior)) || (prior === null && isBlank(planned));
}

/** Whether the SDK would say that a whole plan changes nothing. */
export function sdkEquivalent(type: CtyType, a: Value, b: Value): boolean {
  if (sameValue(type, a, b)) return true;
  if (a === unknownValue || b === unknownValue) return false;
  if (isZero(a) || isZero(b)) return isZero(a) && isZero(b);
  if (typeof type === 'string' || typeof a !== 'object' || typeof b !== 'object') return false;
  switch (type[0]) {
    case 'object':
      return Object.entries(type[1]).every(([name, member]) =>
        sdkEquivalent(member, memberOf(a, name), memberOf(b, name)),
      );
    case 'map': {
      const names = Object.keys(a as object);
      return (
        names.length === Object.keys(b as object).length &&
        names.every(
          (name) =>
            Object.hasOwn(b as object, name) && sdkEquivalent(type[1], memberOf(a, name), memberOf(b, name)),
        )
      );
    }
    case 'set':
      return sdkEquivalentSets(type[1], a as ValueList, b as ValueList);
    default: {
      const [left, right] = [a as ValueList, b as ValueList];
      const element = (index: number): CtyType =>
        type[0] === 'tuple' ? (type[1][index] ?? 'dynamic') : type[1];
      return (
        left.length === right.length &&
        left.every((item, index) => sdkEquivalent(element(index), item, right[index] ?? null))
      );
    }
  }
}

function sdkEquivalentSets(type: CtyType, a: ValueList, b: ValueList): boolean {
  const covers = (these: ValueList, those: ValueList): boolean =>
    these.every((item) => those.some((other) => sdkEquivalent(type, item, other)));
  return a.length === b.length && covers(a, b) && covers(b, a);
}

/**
 * What the SDK makes of a state that a resource returned: blank values stay as they were planned (or, when reading, as
 * they were in the prior state), and after an apply a set stays as planned.
 *
 * Source: hashicorp/terraform-plugin-sdk v2, `helper/schema/grpc_provider.go` (normalizeNullValues).
 */
export function sdkSettledState(type: CtyType, before: Value, state: Value, when: 'apply' | 'read'): Value {
  if (before === unknownValue || state === unknownValue) return state;
  if (when === 'apply' && isCollection(type) && (before === null || state === null)) {
    return isBlank(before) && isBlank(state) ? before : state;
  }
  if (type === 'string') return state === null && before === '' ? before : state;
  if (before === null || state === null || typeof type === 'string') return state;
  const settle = (member: CtyType, was: Value, is: Value): Value => sdkSettledState(member, was, is, when);
  switch (type[0]) {
    case 'set':
      return when === 'apply' && !hasUnknown(before) ? before : state;
    case 'object':
      return Object.fromEntries(
        Object.entries(state).map(([name, is]) => [
          name,
          settle(type[1][name] ?? 'dynamic', memberOf(before, name), is),
        ]),
      );
    case 'map':
      return Object.fromEntries(
        Object.entries(state).map(([name, is]) => [name, settle(type[1], memberOf(before, name), is)]),
      );
    case 'list': {
      const [was, is] = [before as ValueList, state as ValueList];
      return was.length === is.length
        ? is.map((item, index) => settle(type[1], was[index] ?? null, item))
        : state;
    }
    default:
      return state;
  }
}

function isCollection(type: CtyType): boolean {
  return type[0] === 'list' || type[0] === 'set' || type[0] === 'map';
}
