/**
 * Checks of configurations. Rules: hashicorp/terraform-plugin-sdk v2 `helper/schema/schema.go` (validate),
 * IBM-Cloud/terraform-provider-ibm `ibm/validate`, design.md 4 rule 4.
 */
import type { AttributeFacts, ValidatorFacts, WireBlock } from '../../../provider/core/facts';
import { pathText } from '../../../provider/core/path';
import { fromFacts } from '../../../provider/core/schema';
import { type ValidationRules, validateConfig } from '../../../provider/core/validate';
import { unknownValue as unknown, type Value, type ValueObject } from '../../../provider/core/values';

const text = { type: 'string', optional: true } as const;
const number = { type: 'number', optional: true } as const;

interface Facts {
  readonly block: WireBlock;
  readonly attributes?: Readonly<Record<string, AttributeFacts>>;
  readonly validators?: readonly ValidatorFacts[];
}

/** Each complaint as `path: summary: detail`. */
function complaints(facts: Facts, config: ValueObject, more: Partial<ValidationRules> = {}): string[] {
  const { block, attributes = {}, validators = [] } = facts;
  const schema = fromFacts({
    type: 'test_type',
    wire: { version: 0, block },
    planning: { attributes, validators },
  });
  const rules = { schema, validators: {}, notEmulated: [], legacy: false, writeOnlyAllowed: true, ...more };
  return validateConfig(rules, config).items.map(
    ({ attribute = [], summary, detail }) => `${pathText(attribute)}: ${summary}: ${detail}`,
  );
}

describe('relations between attributes', () => {
  const block = {
    attributes: { a: text, b: text, c: text },
    block_types: { disk: { nesting_mode: 'list', block: { attributes: { x: text, y: text } } } },
  };
  const nothing = { a: null, b: null, c: null, disk: [] };
  const disk = (x: Value, y: Value): ValueObject => ({ disk: [{ x, y }] });

  test.each<[string, Readonly<Record<string, AttributeFacts>>, ValueObject, string[]]>([
    ['no conflict when one is missing', { a: { conflictsWith: ['b'] } }, { a: '1' }, []],
    [
      'a conflict',
      { a: { conflictsWith: ['b'] } },
      { a: '1', b: '2' },
      ['a: Conflicting configuration arguments: "a": conflicts with b'],
    ],
    [
      'no conflict with what may turn out to be null',
      { a: { conflictsWith: ['b'] } },
      { a: '1', b: unknown },
      [],
    ],
    [
      'no conflict of what may turn out to be null',
      { a: { conflictsWith: ['b'] } },
      { a: unknown, b: '2' },
      [],
    ],
    ['no conflict with an absent block', { a: { conflictsWith: ['disk'] } }, { a: '1' }, []],
    [
      'a conflict with a block',
      { a: { conflictsWith: ['disk'] } },
      { a: '1', ...disk('1', null) },
      ['a: Conflicting configuration arguments: "a": conflicts with disk'],
    ],
    [
      'a conflict with an attribute of a block',
      { a: { conflictsWith: ['disk.0.x'] } },
      { a: '1', ...disk('1', null) },
      ['a: Conflicting configuration arguments: "a": conflicts with disk.0.x'],
    ],
    [
      'no conflict with a null attribute of a block',
      { a: { conflictsWith: ['disk.0.x'] } },
      { a: '1', ...disk(null, '2') },
      [],
    ],
    [
      'a conflict within a block',
      { disk: { block: { x: { conflictsWith: ['disk.0.y'] } } } },
      disk('1', '2'),
      ['disk[0].x: Conflicting configuration arguments: "disk.0.x": conflicts with disk.0.y'],
    ],
    [
      'exactly one: none',
      { a: { exactlyOneOf: ['a', 'b'] } },
      {},
      ['a: Invalid combination of arguments: "a": one of `a,b` must be specified'],
    ],
    ['exactly one: one', { a: { exactlyOneOf: ['a', 'b'] } }, { b: '1' }, []],
    [
      'exactly one: two',
      { a: { exactlyOneOf: ['a', 'b', 'c'] } },
      { a: '1', b: '2' },
      [
        'a: Invalid combination of arguments: "a": only one of `a,b,c` can be specified, but `a,b` were specified.',
      ],
    ],
    ['exactly one: one that is not known yet', { a: { exactlyOneOf: ['a', 'b'] } }, { b: unknown }, []],
    [
      'at least one: none',
      { a: { atLeastOneOf: ['b', 'a'] } },
      {},
      ['a: Missing required argument: "a": one of `a,b` must be specified'],
    ],
    ['at least one: one that is not known yet', { a: { atLeastOneOf: ['a', 'b'] } }, { b: unknown }, []],
    ['with: not set itself', { a: { requiredWith: ['b'] } }, {}, []],
    [
      'with: companion missing',
      { a: { requiredWith: ['b', 'c'] } },
      { a: '1', c: '1' },
      ['a: Missing required argument: "a": all of `a,b,c` must be specified; `b` is missing'],
    ],
    ['with: companion not known yet', { a: { requiredWith: ['b'] } }, { a: '1', b: unknown }, []],
    [
      'required: missing',
      { a: { required: true } },
      {},
      ['a: Missing required argument: The argument "a" is required, but no definition was found.'],
    ],
    ['required: not known yet', { a: { required: true } }, { a: unknown }, []],
    [
      'required block: missing',
      { disk: { required: true } },
      {},
      ['disk: Missing required argument: The argument "disk" is required, but no definition was found.'],
    ],
    [
      'empty text is set',
      { a: { conflictsWith: ['b'] } },
      { a: '', b: '' },
      ['a: Conflicting configuration arguments: "a": conflicts with b'],
    ],
  ])('%s', (_name, attributes, config, expected) => {
    expect(complaints({ block, attributes }, { ...nothing, ...config })).toEqual(expected);
  });
});

describe('values', () => {
  const block = {
    attributes: {
      mode: text,
      password: { ...text, sensitive: true },
      token: { ...text, write_only: true },
      tags: { type: ['set', 'string'], optional: true },
      names: { type: ['list', 'string'], optional: true },
      labels: { type: ['map', 'string'], optional: true },
      size: number,
    },
    block_types: {
      disk: { nesting_mode: 'list', block: { attributes: { kind: text } } },
      rule: { nesting_mode: 'set', block: { attributes: { kind: text } } },
      timeouts: { nesting_mode: 'single', block: { attributes: { create: text } } },
    },
  };
  const nothing = {
    mode: null,
    password: null,
    token: null,
    tags: null,
    names: null,
    labels: null,
    size: null,
    disk: [],
    rule: [],
    timeouts: null,
  };
  const allowed = (attribute: string): ValidatorFacts => ({
    attribute,
    rule: 'ValidateAllowedStringValue',
    allowedValues: 'a, b',
  });

  test.each<[string, Omit<Facts, 'block'>, ValueObject, string[]]>([
    [
      'a value',
      { validators: [allowed('mode')] },
      { mode: 'c' },
      [
        'mode: "mode" must contain a value from []string{"a", "b"}, got "c": "mode" must be one of a, b; got "c"',
      ],
    ],
    ['null is not judged', { validators: [allowed('mode')] }, { mode: null }, []],
    ['unknown is not judged', { validators: [allowed('mode')] }, { mode: unknown }, []],
    [
      'a sensitive value is not shown',
      { validators: [allowed('password')] },
      { password: 'canary' },
      [
        'password: "password" must contain a value from []string{"a", "b"}, got a sensitive value: "password" must be one of a, b; got a sensitive value',
      ],
    ],
    [
      'a write-only value is not shown',
      { validators: [allowed('token')] },
      { token: 'canary' },
      [
        'token: "token" must contain a value from []string{"a", "b"}, got a sensitive value: "token" must be one of a, b; got a sensitive value',
      ],
    ],
    [
      'elements of a list',
      { validators: [allowed('names')] },
      { names: ['a', 'c', unknown] },
      [
        'names[1]: "names.1" must contain a value from []string{"a", "b"}, got "c": "names[1]" must be one of a, b; got "c"',
      ],
    ],
    [
      'elements of a set have no path',
      { validators: [allowed('tags')] },
      { tags: ['a', 'c'] },
      [
        'tags: "tags.1" must contain a value from []string{"a", "b"}, got "c": "tags" must be one of a, b; got "c"',
      ],
    ],
    [
      'elements of a map',
      { validators: [allowed('labels')] },
      { labels: { x: 'c' } },
      [
        'labels["x"]: "labels.x" must contain a value from []string{"a", "b"}, got "c": "labels[\\"x\\"]" must be one of a, b; got "c"',
      ],
    ],
    [
      'in a block',
      { validators: [allowed('disk.kind')] },
      { disk: [{ kind: 'a' }, { kind: 'c' }] },
      [
        'disk[1].kind: "disk.1.kind" must contain a value from []string{"a", "b"}, got "c": "disk[1].kind" must be one of a, b; got "c"',
      ],
    ],
    [
      'in a set of blocks',
      { validators: [allowed('rule.kind')] },
      { rule: [{ kind: 'c' }] },
      [
        'rule: "rule.0.kind" must contain a value from []string{"a", "b"}, got "c": "rule" must be one of a, b; got "c"',
      ],
    ],
    ['blocks that are not known yet', { validators: [allowed('disk.kind')] }, { disk: unknown }, []],
    ['a whole number', { attributes: { size: { type: 'int' } } }, { size: 5 }, []],
    [
      'a fraction',
      { attributes: { size: { type: 'int' } } },
      { size: 1.5 },
      [
        'size: Attribute must be a whole number, got 1.5: "size" must be a whole number within ±(2^53 - 1); got 1.5',
      ],
    ],
    [
      'a number that JavaScript would round',
      { attributes: { size: { type: 'int' } } },
      { size: 2n ** 60n },
      [
        'size: Attribute must be a whole number, got 1152921504606846976: "size" must be a whole number within ±(2^53 - 1); got 1152921504606846976',
      ],
    ],
    [
      'too many',
      { attributes: { names: { maxItems: 1 } } },
      { names: ['a', 'b'] },
      ['names: Too many list items: "names" takes at most 1 items; there are 2'],
    ],
    [
      'too few',
      { attributes: { names: { minItems: 1 } } },
      { names: [] },
      ['names: Not enough list items: "names" needs at least 1 items; there are 0'],
    ],
    ['not countable yet', { attributes: { names: { maxItems: 1 } } }, { names: ['a', unknown] }, []],
    ['a timeout', {}, { timeouts: { create: '1h30m' } }, []],
    [
      'no timeout',
      {},
      { timeouts: { create: 'soon' } },
      ["timeouts.create: Invalid timeout: 'soon' is not a duration; write it like 90s, 10m or 1h30m"],
    ],
  ])('%s', (_name, facts, config, expected) => {
    expect(complaints({ block, ...facts }, { ...nothing, ...config })).toEqual(expected);
  });

  test("the resource's own validators", () => {
    const validators = { 'disk.kind': () => ({ summary: 'Wrong kind', detail: 'no good' }) };
    expect(complaints({ block }, { ...nothing, disk: [{ kind: 'a' }] }, { validators })).toEqual([
      'disk[0].kind: Wrong kind: no good',
    ]);
  });

  test('a write-only value is refused where it would be stored', () => {
    const config = { ...nothing, token: 'canary', mode: 'x' };
    expect(complaints({ block }, config, { writeOnlyAllowed: false })).toEqual([
      'token: Write-only attribute is not possible here: "token" must not be written to a state, which this version of Terraform would do; use Terraform 1.11 or later',
    ]);
  });

  test('null in a list is refused where the SDK of the vendor refuses it', () => {
    expect(complaints({ block }, { ...nothing, names: ['a', null] })).toEqual([]);
    expect(complaints({ block }, { ...nothing, names: ['a', null] }, { legacy: true })).toEqual([
      'names[1]: Null value found in list: "names" takes no null elements',
    ]);
  });

  test.each<[string, ValueObject, string[]]>([
    ['not set', {}, []],
    ['set', { mode: 'x' }, ['mode']],
    ['not known yet', { mode: unknown }, []],
    ['a block', { disk: [{ kind: null }] }, ['disk']],
    ['in a block', { rule: [{ kind: 'x' }] }, ['rule']],
  ])('attributes that are not emulated are refused by name: %s', (_name, config, paths) => {
    const found = complaints(
      { block },
      { ...nothing, ...config },
      { notEmulated: ['mode', 'disk', 'rule.kind'] },
    );
    expect(found.map((each) => each.split(':')[0])).toEqual(paths);
    for (const each of found) {
      expect(each).toMatch(
        /Attribute is not emulated: "(mode|disk|rule\.kind)" of test_type has no effect here/,
      );
    }
  });
});
