/**
 * Validators of single values, for facts and for resources. A validator sees known, non-null values only; on a list, set
 * or map of primitive values it sees each of them.
 */
import { compareNumbers, isNumber, numberText } from './numbers';
import type { TerraformNumber, Value } from './values';

/** What a message may say of the value in question. */
export interface Subject {
  /** The attribute's path as the user writes it, in quotes. */
  readonly name: string;
  /** The value in quotes; of a sensitive attribute no more than that it is one. */
  readonly shown: string;
}

/** What is wrong with the value, or undefined. */
export type Validator = (value: Value, subject: Subject) => string | undefined;

/** One of these texts or numbers. */
export function oneOf(...allowed: readonly string[]): Validator {
  return (value, { name, shown }) =>
    allowed.includes(String(value))
      ? undefined
      : `${name} must be one of ${allowed.join(', ')}; got ${shown}`;
}

/** Bounds that are left out do not limit. */
export interface Bounds<T> {
  readonly min?: T | undefined;
  readonly max?: T | undefined;
}

function boundsText({ min, max }: Bounds<TerraformNumber>): string {
  if (min === undefined) return `at most ${max}`;
  return max === undefined ? `at least ${min}` : `between ${min} and ${max}`;
}

function within(value: TerraformNumber, { min, max }: Bounds<TerraformNumber>): boolean {
  return (
    (min === undefined || compareNumbers(value, min) >= 0) &&
    (max === undefined || compareNumbers(value, max) <= 0)
  );
}

/** A number within bounds, both included. */
export function between(bounds: Bounds<TerraformNumber>): Validator {
  return (value, { name, shown }) =>
    isNumber(value) && within(value, bounds)
      ? undefined
      : `${name} must be ${boundsText(bounds)}; got ${shown}`;
}

/** Text whose length, in bytes of UTF-8, is within bounds. */
export function lengthBetween(bounds: Bounds<number>): Validator {
  return (value, { name, shown }) => {
    const length = Buffer.byteLength(String(value));
    if (within(length, bounds)) return undefined;
    return `${name} must be ${boundsText(bounds)} characters long; ${shown} has ${numberText(length)}`;
  };
}

/** Text that the pattern matches somewhere; the pattern anchors itself where it wants to. */
export function matching(pattern: RegExp): Validator {
  return (value, { name, shown }) =>
    pattern.test(String(value)) ? undefined : `${name} must match ${pattern.source}; got ${shown}`;
}

/** Neither empty text nor zero. */
export const nonZero: Validator = (value, { name }) => {
  if (value === '') return `${name} must not be empty`;
  return isNumber(value) && compareNumbers(value, 0) === 0 ? `${name} must not be zero` : undefined;
};

const ipv4Range = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** An IPv4 range such as `10.240.0.0/24`. */
export const cidr: Validator = (value, { name, shown }) => {
  const numbers = ipv4Range.exec(String(value))?.slice(1).map(Number) ?? [];
  const valid = numbers.length === 5 && numbers.every((number, index) => number <= (index < 4 ? 255 : 32));
  return valid ? undefined : `${name} must be an address range such as 10.240.0.0/24; got ${shown}`;
};

/** The first complaint of several validators. */
export function all(...validators: readonly Validator[]): Validator {
  return (value, subject) => {
    for (const validator of validators) {
      const complaint = validator(value, subject);
      if (complaint) return complaint;
    }
    return undefined;
  };
}
