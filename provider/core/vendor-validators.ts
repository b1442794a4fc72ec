/**
 * Checks of single values as the vendor's provider makes them: a refusal has its message for a title, and what the rule
 * is, in our words, for an explanation.
 *
 * Source: IBM-Cloud/terraform-provider-ibm 2.5.0 `ibm/validate/validators.go`; hashicorp/terraform-plugin-sdk v2.40.0
 * `helper/validation`.
 */
import {
  type Bounds,
  between,
  cidr,
  lengthBetween,
  matching,
  nonZero,
  oneOf,
  type Subject,
  titled,
  type Validator,
} from './validators';
import type { TerraformNumber } from './values';

function quoted(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(', ');
}

/** Texts are shown in quotes; a sensitive value is shown without. */
function unquoted({ shown }: Subject): string {
  return shown.startsWith('"') ? String(JSON.parse(shown)) : shown;
}

/** `ValidateAllowedStringValues` */
export function allowedTexts(...allowed: readonly string[]): Validator {
  return titled(
    oneOf(...allowed),
    ({ key, shown }) => `"${key}" must contain a value from []string{${quoted(allowed)}}, got ${shown}`,
  );
}

/** `ValidateAllowedIntValues`; the numbers as text. */
export function allowedNumbers(...allowed: readonly string[]): Validator {
  return titled(
    oneOf(...allowed),
    ({ key, shown }) =>
      `"${key}" must contain a valid int value should in array []int{${allowed.join(', ')}}, got ${shown}`,
  );
}

/** `ValidateAllowedPolicyType` */
export function allowedPolicyTypes(...allowed: readonly string[]): Validator {
  return titled(
    oneOf(...allowed),
    (subject) =>
      `"${subject.key}" must contain a valid policy type, the value should be exactly either of ([${allowed.join(' ')}]), got ${unquoted(subject)}`,
  );
}

/** `ValidateAllowedRangeInt`: both bounds included. */
export function allowedRange(min: number, max: number): Validator {
  return titled(
    between({ min, max }),
    ({ key, shown }) =>
      `"${key}" must contain a valid int value should be in range(${min}, ${max}), got ${shown}`,
  );
}

/** `validateRegexpLen`, its half that looks at the characters. */
export function acceptedCharacters(regexp: string): Validator {
  return titled(
    matching(new RegExp(regexp)),
    ({ key, shown }) => `"${key}" (${shown}) should match regexp ${regexp} `,
  );
}

/** `validateRegexpLen`, its half that counts. */
export function acceptedLength(bounds: Bounds<number>): Validator {
  const { min = 0, max = 0 } = bounds;
  return titled(
    lengthBetween(bounds),
    ({ key, shown }) => `"${key}" (${shown}) must contain from ${min} to ${max} characters `,
  );
}

function rangeText({ min, max }: Bounds<TerraformNumber>): string {
  if (min === undefined) return `at most (${max})`;
  return max === undefined ? `at least (${min})` : `in the range (${min} - ${max})`;
}

/** `IntBetween`, `IntAtLeast` and `IntAtMost` of the SDK: bounds that are left out do not limit. */
export function expectedRange(bounds: Bounds<TerraformNumber>): Validator {
  return titled(
    between(bounds),
    ({ key, shown }) => `expected ${key} to be ${rangeText(bounds)}, got ${shown}`,
  );
}

/** `validateNoZeroValues`: neither empty text nor zero. */
export const noZeroValue: Validator = (value, subject) =>
  titled(nonZero, ({ key }) => `${key} value must not be ${value === '' ? 'empty' : 'zero'}.`)(
    value,
    subject,
  );

/** `validateCIDRAddress` */
export const cidrAddress: Validator = titled(cidr, ({ key }) => `"${key}" must be a valid cidr address`);
