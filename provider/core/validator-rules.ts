/**
 * The rules by which the vendor validates attributes, as its facts name them.
 *
 * Source: `planning.validators` of the facts; what a rule does: IBM-Cloud/terraform-provider-ibm `ibm/validate`.
 */
import type { ValidatorFacts } from './facts';
import { parseNumber } from './numbers';
import { SchemaError } from './schema';
import { all, type Validator } from './validators';
import type { TerraformNumber } from './values';
import {
  acceptedCharacters,
  acceptedLength,
  allowedNumbers,
  allowedTexts,
  cidrAddress,
  expectedRange,
  noZeroValue,
} from './vendor-validators';

const nothing: Validator = () => undefined;

function allowedValues({ allowedValues: values = '' }: ValidatorFacts): readonly string[] {
  return values.split(',').map((value) => value.trim());
}

function patternAndLength({ regexp = '', minLength: min, maxLength: max }: ValidatorFacts): Validator {
  const isLimited = min !== undefined || max !== undefined;
  return all(acceptedCharacters(regexp), isLimited ? acceptedLength({ min, max }) : nothing);
}

function bounds(facts: ValidatorFacts): Validator {
  const number = (text: string | undefined): TerraformNumber | undefined =>
    text === undefined ? undefined : parseNumber(text);
  return expectedRange({ min: number(facts.minValue), max: number(facts.maxValue) });
}

const rules: Readonly<Record<string, (facts: ValidatorFacts) => Validator>> = {
  ValidateAllowedStringValue: (facts) => allowedTexts(...allowedValues(facts)),
  ValidateAllowedIntValue: (facts) => allowedNumbers(...allowedValues(facts)),
  ValidateRegexpLen: patternAndLength,
  IntBetween: bounds,
  IntAtLeast: bounds,
  IntAtMost: bounds,
  ValidateNoZeroValues: () => noZeroValue,
  ValidateCIDRAddress: () => cidrAddress,
  /** Asks the cloud whether the name exists, so it decides nothing here (ibm-control-plane.md 3.1, `location`). */
  ValidateCloudData: () => nothing,
};

/** Throws {@link SchemaError} for a rule that is not in the table. */
export function validatorFor(facts: ValidatorFacts): Validator {
  const rule = rules[facts.rule];
  if (!rule) {
    throw new SchemaError(
      `${facts.attribute}: there is no validator rule '${facts.rule}'; add it to the table`,
    );
  }
  return rule(facts);
}
