/**
 * Validators of single values, for facts and for resources. A validator sees known, non-null values only; on a list, set
 * or map of primitive values it sees each of them.
 */
import { type Complaint, invalidValue } from './complaint';
import { compareNumbers, isNumber, numberText } from './numbers';
import type { TerraformNumber, Value } from './values';

/** What a message may say of the value in question. */
export interface Subject {
  /** The attribute's path as the user writes it, in quotes: `"rotation[0].interval_month"`. */
  readonly name: string;
  /** The same path as facts write it: `rotation.0.interval_month`. */
  readonly key: string;
  /** The value, text in quotes; of a sensitive attribute no more than that it is one. */
  readonly shown: string;
}

/** What is wrong with the value, or undefined. */
export type Validator = (value: Value, subject: Subject) => Complaint | undefined;

/** The same check, of which a refusal has another title. It is made of the subject alone, so that it tells no secret. */
export function titled(validator: Validator, title: (subject: Subject) => string): Validator {
  return (value, subject) => {
    const complaint = validator(value, subject);
    return complaint && { ...complaint, summary: title(subject) };
  };
}

/** One of these texts or numbers. */
export function oneOf(...allowed: readonly string[]): Validator {
  return (value, { name, shown }) =>
    allowed.includes(String(value))
      ? undefined
      : invalidValue(`${name} must be one of ${allowed.join(', ')}; got ${shown}`);
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
      : invalidValue(`${name} must be ${boundsText(bounds)}; got ${shown}`);
}

/** Text whose length, in bytes of UTF-8, is within bounds. */
export function lengthBetween(bounds: Bounds<number>): Validator {
  return (value, { name, shown }) => {
    const length = Buffer.byteLength(String(value));
    if (within(length, bounds)) return undefined;
    return invalidValue(
      `${name} must be ${boundsText(bounds)} characters long; ${shown} has ${numberText(length)}`,
    );
  };
}

/** Text that the pattern matches somewhere; the pattern anchors itself where it wants to. */
export function matching(pattern: RegExp): Validator {
  return (value, { name, shown }) =>
    pattern.test(String(value))
      ? undefined
      : invalidValue(`${name} must match ${pattern.source}; got ${shown}`);
}

/** Neither empty text nor zero. */
export const nonZero: Validator = (value, { name }) => {
  if (value === '') return invalidValue(`${name} must not be empty`);
  const isZero = isNumber(value) && compareNumbers(value, 0) === 0;
  return isZero ? invalidValue(`${name} must not be zero`) : undefined;
};

const ipv4Range = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/;

/** An IPv4 range such as `10.240.0.0/24`. */
export const cidr: Validator = (value, { name, shown }) => {
  const numbers = ipv4Range.exec(String(value))?.slice(1).map(Number) ?? [];
  const valid = numbers.length === 5 && numbers.every((number, index) => number <= (index < 4 ? 255 : 32));
  return valid
    ? undefined
    : invalidValue(`${name} must be an address range such as 10.240.0.0/24; got ${shown}`);
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
