/** The vendor's validator rules. Source: IBM-Cloud/terraform-provider-ibm `ibm/validate`. */
import type { ValidatorFacts } from '../../../provider/core/facts';
import { validatorFor } from '../../../provider/core/validator-rules';
import type { Value } from '../../../provider/core/values';

describe('validator rules of the facts', () => {
  const subject = { name: '"it"', shown: 'that' };
  const name = '^([a-z]|[a-z][-a-z0-9]*[a-z0-9])$';

  test.each<[string, Omit<ValidatorFacts, 'attribute'>, Value, string | undefined]>([
    ['allowed', { rule: 'ValidateAllowedStringValue', allowedValues: 'a, b' }, 'b', undefined],
    [
      'not allowed',
      { rule: 'ValidateAllowedStringValue', allowedValues: 'a, b' },
      'c',
      '"it" must be one of a, b; got that',
    ],
    ['allowed number', { rule: 'ValidateAllowedIntValue', allowedValues: '1, 2' }, 2, undefined],
    [
      'number that is not allowed',
      { rule: 'ValidateAllowedIntValue', allowedValues: '1, 2' },
      3,
      '"it" must be one of 1, 2; got that',
    ],
    ['name', { rule: 'ValidateRegexpLen', regexp: name, minLength: 1, maxLength: 63 }, 'a-1', undefined],
    [
      'wrong character',
      { rule: 'ValidateRegexpLen', regexp: name, minLength: 1, maxLength: 63 },
      'A',
      `"it" must match ${name}; got that`,
    ],
    [
      '63 characters',
      { rule: 'ValidateRegexpLen', regexp: name, minLength: 1, maxLength: 63 },
      'a'.repeat(63),
      undefined,
    ],
    [
      '64 characters',
      { rule: 'ValidateRegexpLen', regexp: name, minLength: 1, maxLength: 63 },
      'a'.repeat(64),
      '"it" must be between 1 and 63 characters long; that has 64',
    ],
    [
      'length in bytes',
      { rule: 'ValidateRegexpLen', regexp: '(.*?)', minLength: 1, maxLength: 2 },
      'é1',
      '"it" must be between 1 and 2 characters long; that has 3',
    ],
    ['pattern that matches anything', { rule: 'ValidateRegexpLen', regexp: '(.*?)' }, '', undefined],
    [
      'below',
      { rule: 'IntBetween', minValue: '10', maxValue: '64000' },
      9,
      '"it" must be between 10 and 64000; got that',
    ],
    ['lower bound', { rule: 'IntBetween', minValue: '10', maxValue: '64000' }, 10, undefined],
    ['upper bound', { rule: 'IntBetween', minValue: '10', maxValue: '64000' }, 64000, undefined],
    [
      'above',
      { rule: 'IntBetween', minValue: '10', maxValue: '64000' },
      64001,
      '"it" must be between 10 and 64000; got that',
    ],
    ['no upper bound', { rule: 'IntBetween', minValue: '10' }, 2n ** 70n, undefined],
    ['at least', { rule: 'IntAtLeast', minValue: '500' }, 499, '"it" must be at least 500; got that'],
    ['empty', { rule: 'ValidateNoZeroValues' }, '', '"it" must not be empty'],
    ['zero', { rule: 'ValidateNoZeroValues' }, 0, '"it" must not be zero'],
    ['false is no zero value here', { rule: 'ValidateNoZeroValues' }, false, undefined],
    ['range', { rule: 'ValidateCIDRAddress' }, '10.240.0.0/24', undefined],
    [
      'no range',
      { rule: 'ValidateCIDRAddress' },
      '10.240.0.0',
      '"it" must be an address range such as 10.240.0.0/24; got that',
    ],
    [
      'octet too large',
      { rule: 'ValidateCIDRAddress' },
      '10.256.0.0/24',
      '"it" must be an address range such as 10.240.0.0/24; got that',
    ],
    [
      'prefix too long',
      { rule: 'ValidateCIDRAddress' },
      '10.240.0.0/33',
      '"it" must be an address range such as 10.240.0.0/24; got that',
    ],
    ['asked of the cloud', { rule: 'ValidateCloudData' }, 'anything', undefined],
  ])('%s', (_name, facts, value, complaint) => {
    expect(validatorFor({ attribute: 'it', ...facts })(value, subject)).toBe(complaint);
  });

  test('an unknown rule is a mistake in the schema', () => {
    expect(() => validatorFor({ attribute: 'it', rule: 'ValidateMoon' })).toThrow(
      "it: there is no validator rule 'ValidateMoon'",
    );
  });
});
