/**
 * Terraform values as plain JavaScript.
 *
 * | Terraform | here |
 * |---|---|
 * | null | `null` |
 * | not known yet | {@link unknownValue} |
 * | string, bool | string, boolean |
 * | number | {@link TerraformNumber} |
 * | list, set, tuple | array; the order of a set means nothing |
 * | map, object, nested block | plain object |
 * | value of type `any` | {@link DynamicValue}, which carries its type |
 */
import type { Decimal } from './numbers';
import type { CtyType } from './types';

/** A value that only apply will know. It never reaches create, read, update or delete. */
export const unknownValue: unique symbol = Symbol('unknown');
export type Unknown = typeof unknownValue;

/**
 * `number` when the decimal value is exactly what the JavaScript number prints, `bigint` for whole numbers beyond
 * 2^53, {@link Decimal} for everything else. Never rounded.
 */
export type TerraformNumber = number | bigint | Decimal;

/** A value of an attribute of type `any`, with the type it has at the moment. */
export class DynamicValue {
  constructor(
    readonly type: CtyType,
    readonly value: Value,
  ) {}
}

export type Value =
  | Unknown
  | null
  | string
  | boolean
  | TerraformNumber
  | DynamicValue
  | ValueList
  | ValueObject;
export type ValueList = readonly Value[];
export type ValueObject = { readonly [name: string]: Value };
