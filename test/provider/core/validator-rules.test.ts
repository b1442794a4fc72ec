/**
 * The vendor's validator rules: its message is the title. Sources: IBM-Cloud/terraform-provider-ibm 2.5.0
 * `ibm/validate/validators.go`, hashicorp/terraform-plugin-sdk v2.40.0 `helper/validation`.
 */
import type { ValidatorFacts } from '../../../provider/core/facts';
import { validatorFor } from '../../../provider/core/validator-rules';
import type { Value } from '../../../provider/core/values';
import { allowedPolicyTypes, allowedRange } from '../../../provider/core/vendor-validators';

type Rule = Omit<ValidatorFacts, 'attribute'>;

const name = '^([a-z]|[a-z][-a-z0-9]*[a-z0-9])$';
const letters: Rule = { rule: 'ValidateAllowedStringValue', allowedValues: 'a, b' };
const threads: Rule = { rule: 'ValidateAllowedIntValue', allowedValues: '1, 2' };
const named: Rule = { rule: 'ValidateRegexpLen', regexp: name, minLength: 1, maxLength: 63 };
const atMostTwo: Rule = { rule: 'ValidateRegexpLen', regexp: '(.*?)', maxLength: 2 };
const iops: Rule = { rule: 'IntBetween', minValue: '10', maxValue: '64000' };
const cidr: Rule = { rule: 'ValidateCIDRAddress' };
const long = 'a'.repeat(64);

function complaintOf(facts: Rule, value: Value, shown: string) {
  return validatorFor({ attribute: 'it', ...facts })(value, { name: '"it[0]"', key: 'it.0', shown });
}

describe('what a rule lets pass', () => {
  test.each<[string, Rule, Value]>([
    ['an allowed text', letters, 'b'],
    ['an allowed number', threads, 2],
    ['a name', named, 'a-1'],
    ['63 characters', named, 'a'.repeat(63)],
    ['what the pattern does not limit', { rule: 'ValidateRegexpLen', regexp: '(.*?)' }, ''],
    ['the lower bound', iops, 10],
    ['the upper bound', iops, 64000],
    ['what has no upper bound', { rule: 'IntBetween', minValue: '10' }, 2n ** 70n],
    ['false, which is no zero value here', { rule: 'ValidateNoZeroValues' }, false],
    ['an address range', cidr, '10.240.0.0/24'],
    ['what is asked of the cloud', { rule: 'ValidateCloudData' }, 'anything'],
  ])('%s', (_name, facts, value) => {
    expect(complaintOf(facts, value, JSON.stringify(value?.toString()))).toBeUndefined();
  });
});

describe('what a rule refuses', () => {
  test.each<[string, Rule, Value, string, summary: string, detail: string]>([
    [
      'a text',
      letters,
      'c',
      '"c"',
      '"it.0" must contain a value from []string{"a", "b"}, got "c"',
      '"it[0]" must be one of a, b; got "c"',
    ],
    [
      'a number',
      threads,
      3,
      '3',
      '"it.0" must contain a valid int value should in array []int{1, 2}, got 3',
      '"it[0]" must be one of 1, 2; got 3',
    ],
    [
      'a wrong character',
      named,
      'A',
      '"A"',
      `"it.0" ("A") should match regexp ${name} `,
      `"it[0]" must match ${name}; got "A"`,
    ],
    [
      'a wrong character before a wrong length',
      named,
      '',
      '""',
      `"it.0" ("") should match regexp ${name} `,
      `"it[0]" must match ${name}; got ""`,
    ],
    [
      '64 characters',
      named,
      long,
      `"${long}"`,
      `"it.0" ("${long}") must contain from 1 to 63 characters `,
      `"it[0]" must be between 1 and 63 characters long; "${long}" has 64`,
    ],
    [
      'three bytes',
      atMostTwo,
      'é1',
      '"é1"',
      '"it.0" ("é1") must contain from 0 to 2 characters ',
      '"it[0]" must be at most 2 characters long; "é1" has 3',
    ],
    [
      'a number below',
      iops,
      9,
      '9',
      'expected it.0 to be in the range (10 - 64000), got 9',
      '"it[0]" must be between 10 and 64000; got 9',
    ],
    [
      'a number above',
      iops,
      64001,
      '64001',
      'expected it.0 to be in the range (10 - 64000), got 64001',
      '"it[0]" must be between 10 and 64000; got 64001',
    ],
    [
      'fewer than at least',
      { rule: 'IntAtLeast', minValue: '500' },
      499,
      '499',
      'expected it.0 to be at least (500), got 499',
      '"it[0]" must be at least 500; got 499',
    ],
    [
      'more than at most',
      { rule: 'IntAtMost', maxValue: '5' },
      6,
      '6',
      'expected it.0 to be at most (5), got 6',
      '"it[0]" must be at most 5; got 6',
    ],
    [
      'an empty text',
      { rule: 'ValidateNoZeroValues' },
      '',
      '""',
      'it.0 value must not be empty.',
      '"it[0]" must not be empty',
    ],
    [
      'zero',
      { rule: 'ValidateNoZeroValues' },
      0,
      '0',
      'it.0 value must not be zero.',
      '"it[0]" must not be zero',
    ],
    ...['10.240.0.0', '10.256.0.0/24', '10.240.0.0/33'].map(
      (range): [string, Rule, Value, string, string, string] => [
        `the range ${range}`,
        cidr,
        range,
        `"${range}"`,
        '"it.0" must be a valid cidr address',
        `"it[0]" must be an address range such as 10.240.0.0/24; got "${range}"`,
      ],
    ),
  ])('%s', (_name, facts, value, shown, summary, detail) => {
    expect(complaintOf(facts, value, shown)).toEqual({ summary, detail });
  });

  test('a sensitive value is in neither text', () => {
    for (const facts of [letters, named, { ...named, regexp: '', maxLength: 2 }, cidr]) {
      const complaint = complaintOf(facts, 'CANARY', 'a sensitive value');
      expect(JSON.stringify(complaint)).not.toContain('CANARY');
      expect(complaint).toBeDefined();
    }
  });
});

describe('rules that the vendor writes where they are used', () => {
  const subject = { name: '"it"', key: 'it', shown: '13' };

  test('of a range', () => {
    expect(allowedRange(1, 12)(12, subject)).toBeUndefined();
    expect(allowedRange(1, 12)(13, subject)?.summary).toBe(
      '"it" must contain a valid int value should be in range(1, 12), got 13',
    );
  });

  test.each([
    ['"c\\""', 'c"'],
    ['a sensitive value', 'a sensitive value'],
  ])('of policy types, of which %s is none', (shown, told) => {
    expect(allowedPolicyTypes('a', 'b')('c"', { ...subject, shown })?.summary).toBe(
      `"it" must contain a valid policy type, the value should be exactly either of ([a b]), got ${told}`,
    );
  });
});

test('an unknown rule is a mistake in the schema', () => {
  expect(() => validatorFor({ attribute: 'it', rule: 'ValidateMoon' })).toThrow(
    "it: there is no validator rule 'ValidateMoon'",
  );
});
