/** Every vendor fact file and every schema of ours becomes a schema, and what Terraform gets is what the file says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseGoDuration } from '../../../provider/core/durations';
import type { TypeFacts, WireBlock } from '../../../provider/core/facts';
import { fromFacts, lookup, SchemaError } from '../../../provider/core/schema';
import { Types } from '../../../provider/core/server/catalog';
import { validatorFor } from '../../../provider/core/validator-rules';
import { encodeSchema } from '../../../provider/protocol/convert-schema';
import type { Schema_Block } from '../../../provider/protocol/gen/tfplugin6';

const folders = ['ibm', 'keyquake'].flatMap((name) =>
  ['resources', 'data-sources'].map((kind) => join(__dirname, '../../../provider', name, 'schema', kind)),
);

const files = folders.flatMap((folder) =>
  readdirSync(folder).map((name): [string, TypeFacts] => [
    `${folder.split('/').slice(-3).join('/')}/${name}`,
    JSON.parse(readFileSync(join(folder, name), 'utf8')) as TypeFacts,
  ]),
);

const modes = ['', 'single', 'list', 'set', 'map', 'group'];

/** A block of the protocol in the form of `terraform providers schema -json`, as the facts have it. */
function asFacts(block: Schema_Block): WireBlock {
  const flags = ['required', 'optional', 'computed', 'sensitive', 'deprecated'] as const;
  const attributes = block.attributes.map((each) => [
    each.name,
    {
      type: JSON.parse(each.type.toString()) as unknown,
      ...Object.fromEntries(flags.filter((flag) => each[flag]).map((flag) => [flag, true])),
      ...(each.description !== '' && { description: each.description }),
    },
  ]);
  const nested = block.blockTypes.map((each) => [
    each.typeName,
    {
      block: asFacts(each.block as Schema_Block),
      nesting_mode: modes[each.nesting],
      ...(each.minItems > 0 && { min_items: each.minItems }),
      ...(each.maxItems > 0 && { max_items: each.maxItems }),
    },
  ]);
  return {
    ...(attributes.length > 0 && { attributes: Object.fromEntries(attributes) }),
    ...(nested.length > 0 && { block_types: Object.fromEntries(nested) }),
    ...(block.description !== '' && { description: block.description }),
  };
}

describe.each(files)('%s', (_name, facts) => {
  test('is emitted as it is written', () => {
    const emitted = encodeSchema(fromFacts(facts));
    expect({ version: emitted.version, block: asFacts(emitted.block as Schema_Block) }).toEqual(facts.wire);
  });

  test('has rules that are known and name attributes', () => {
    const schema = fromFacts(facts);
    for (const rule of schema.validators) expect(validatorFor(rule)).toBeInstanceOf(Function);
    for (const [name, planning] of Object.entries(facts.planning?.attributes ?? {})) {
      const { conflictsWith = [], exactlyOneOf = [], atLeastOneOf = [], requiredWith = [] } = planning;
      for (const other of [...conflictsWith, ...exactlyOneOf, ...atLeastOneOf, ...requiredWith]) {
        const plain = other.replace(/\.\d+(?=\.|$)/g, '');
        expect([name, other, lookup(schema.block, plain) !== undefined]).toEqual([name, other, true]);
      }
    }
  });
});

test('the vendor has 51 resources and 78 data sources', () => {
  const counted = (kind: string) => files.filter(([name]) => name.includes(`schema/${kind}`)).length;
  const ours = (kind: string) =>
    readdirSync(join(__dirname, '../../../provider/keyquake/schema', kind)).length;
  expect(counted('resources') - ours('resources')).toBe(51);
  expect(counted('data-sources') - ours('data-sources')).toBe(78);
});

describe('mistakes in a schema', () => {
  const withBlock = (block: WireBlock, more: Partial<TypeFacts> = {}): TypeFacts => ({
    type: 'test_type',
    wire: { version: 0, block },
    ...more,
  });
  const text = { type: 'string', optional: true } as const;

  test.each<[string, () => unknown, string]>([
    [
      'a nesting that there is not',
      () => fromFacts(withBlock({ block_types: { a: { nesting_mode: 'bag', block: {} } } })),
      "test_type.a: 'bag' is not one of single, list, set, map, group",
    ],
    [
      'a type that there is not',
      () => fromFacts(withBlock({ attributes: { a: { type: 'int' } } })),
      '"int" is not a Terraform type',
    ],
    [
      'any in a nested block',
      () =>
        fromFacts(
          withBlock({
            block_types: { a: { nesting_mode: 'list', block: { attributes: { b: { type: 'dynamic' } } } } },
          }),
        ),
      'test_type.a: attributes of type "dynamic" inside nested blocks are not supported',
    ],
    [
      'a timeout that is no duration',
      () => fromFacts(withBlock({}, { planning: { timeouts: { create: 'soon' } } })),
      "'soon' is not a duration",
    ],
    [
      'a default that Terraform would refuse',
      () =>
        served({
          facts: withBlock(
            { attributes: { a: text } },
            { planning: { attributes: { a: { default: 'x' } } } },
          ),
        }),
      'test_type.a has a default and so must be computed as well as optional',
    ],
    [
      'a hook for nothing',
      () => served({ facts: withBlock({ attributes: { a: text } }), notEmulated: ['a', 'b.c'] }),
      'test_type has hooks for b.c, which its schema does not have',
    ],
  ])('%s', (_name, build, message) => {
    expect(build).toThrow(message);
  });

  function served(definition: { facts: TypeFacts; notEmulated?: string[] }) {
    return new Types('resource', [definition], () => false).get('test_type');
  }

  test('a default of a type of the vendor needs no computed attribute', () => {
    const facts = withBlock(
      { attributes: { a: text } },
      { planning: { attributes: { a: { default: 'x' } } } },
    );
    expect(new Types('resource', [{ facts }], () => true).get('test_type').legacy).toBe(true);
  });

  test('a type that there is not', () => {
    expect(() => new Types('resource', [], () => false).get('x_y')).toThrow(
      "the provider has no resource 'x_y'",
    );
    expect(SchemaError.name).toBe('SchemaError');
  });
});

describe('durations', () => {
  test.each([
    ['0', 0],
    ['90s', 90_000],
    ['10m0s', 600_000],
    ['1h30m', 5_400_000],
    ['1.5h', 5_400_000],
    ['250ms', 250],
  ])('%s', (text, milliseconds) => {
    expect(parseGoDuration(text)).toBe(milliseconds);
  });

  test.each(['', '10', '10 m', 'm', '-5m', '1d'])("'%s' is none", (text) => {
    expect(() => parseGoDuration(text)).toThrow(/is not a duration; write it like/);
  });
});
