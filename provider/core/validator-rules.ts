/**
 * The rules by which the vendor validates attributes, as its facts name them.
 *
 * Source: `planning.validators` of the facts; what a rule does: IBM-Cloud/terraform-provider-ibm `ibm/validate`.
 */
import type { ValidatorFacts } from './facts';
import { parseNumber } from './numbers';
import { SchemaError } from './schema';
import { all, between, cidr, lengthBetween, matching, nonZero, oneOf, type Validator } from './validators';
import type { TerraformNumber } from './values';

const nothing: Validator = () => undefined;

function allowedValues(facts: ValidatorFacts): Validator {
  return oneOf(...(facts.allowedValues ?? '').split(',').map((value) => value.trim()));
}

function patternAndLength(facts: ValidatorFacts): Validator {
  const { regexp, minLength: min, maxLength: max } = facts;
  return all(
    min === undefined && max === undefined ? nothing : lengthBetween({ min, max }),
    regexp === undefined ? nothing : matching(new RegExp(regexp)),
  );
}

function bounds(facts: ValidatorFacts): Validator {
  const number = (text: string | undefined): TerraformNumber | undefined =>
    text === undefined ? undefined : parseNumber(text);
  return between({ min: number(facts.minValue), max: number(facts.maxValue) });
}

const rules: Readonly<Record<string, (facts: ValidatorFacts) => Validator>> = {
  ValidateAllowedStringValue: allowedValues,
  ValidateAllowedIntValue: allowedValues,
  ValidateRegexpLen: patternAndLength,
  ValidateRegexp: patternAndLength,
  StringLenBetween: patternAndLength,
  IntBetween: bounds,
  IntAtLeast: bounds,
  IntAtMost: bounds,
  ValidateNoZeroValues: () => nonZero,
  ValidateCIDRAddress: () => cidr,
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
