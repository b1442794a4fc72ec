/** Values on the wire and as JSON. Expected bytes and rules: terraform-plugin-protocol.md 3. */
import { decode, ExtData, encode } from '@msgpack/msgpack';
import fc from 'fast-check';
import { sameValue, valueKey } from '../../../provider/core/equality';
import { fromJson, parseExactJson } from '../../../provider/core/json';
import { decodeValue, encodeValue, ValueTypeError } from '../../../provider/core/msgpack';
import { compareNumbers, Decimal, fromFloat, numberText, parseNumber } from '../../../provider/core/numbers';
import { type CtyType, parseType, TypeFormatError, typeText } from '../../../provider/core/types';
import { DynamicValue, unknownValue, type Value } from '../../../provider/core/values';

const primitiveTypes = fc.constantFrom<CtyType>('string', 'number', 'bool');

/** Any type, `any` among them, to a depth of three. */
const types: fc.Arbitrary<CtyType> = fc.letrec<{ type: CtyType }>((tie) => ({
  type: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    primitiveTypes,
    fc.constant<CtyType>('dynamic'),
    fc.tuple(fc.constantFrom('list' as const, 'map' as const), tie('type')) as fc.Arbitrary<CtyType>,
    fc.tuple(fc.constant('set' as const), primitiveTypes) as fc.Arbitrary<CtyType>,
    fc.tuple(fc.constant('tuple' as const), fc.array(tie('type'), { maxLength: 3 })),
    fc.tuple(
      fc.constant('object' as const),
      fc.dictionary(fc.stringMatching(/^[a-z_]{1,6}$/), tie('type'), { maxKeys: 3, noNullPrototype: true }),
    ),
  ),
})).type;

const numbers: fc.Arbitrary<Value> = fc.oneof(
  fc.integer(),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((each) => parseNumber(String(each))),
  fc.bigInt().map((each) => parseNumber(each.toString())),
  fc
    .tuple(fc.bigInt(), fc.integer({ min: 1, max: 400 }))
    .map(([digits, scale]) => parseNumber(`${digits}e-${scale}`)),
);

function knownValues(type: CtyType): fc.Arbitrary<Value> {
  if (type === 'string') return fc.string({ unit: 'grapheme' });
  if (type === 'bool') return fc.boolean();
  if (type === 'number') return numbers;
  if (type === 'dynamic') {
    return types
      .filter((inner) => inner !== 'dynamic')
      .chain((inner) => values(inner).map((value) => new DynamicValue(inner, value)));
  }
  switch (type[0]) {
    case 'list':
      return fc.array(values(type[1]), { maxLength: 3 });
    case 'set':
      return fc.uniqueArray<Value, string>(values(type[1]), {
        maxLength: 3,
        selector: (each) => valueKey(type[1], each),
      });
    case 'map':
      return fc.dictionary(
        fc.string().filter((key) => key !== '__proto__'),
        values(type[1]),
        {
          maxKeys: 3,
          noNullPrototype: true,
        },
      );
    case 'tuple':
      return fc.tuple(...type[1].map(values));
    case 'object':
      return fc.record(
        Object.fromEntries(Object.entries(type[1]).map(([name, each]) => [name, values(each)])),
        {
          noNullPrototype: true,
        },
      );
  }
}

function values(type: CtyType): fc.Arbitrary<Value> {
  return fc.oneof(
    { weight: 8, arbitrary: knownValues(type) },
    { weight: 1, arbitrary: fc.constant<Value>(null) },
    { weight: 1, arbitrary: fc.constant<Value>(unknownValue) },
  );
}

describe('round trip', () => {
  test('every value of every type comes back the same', () => {
    const typed: fc.Arbitrary<{ type: CtyType; value: Value }> = types.chain((type) =>
      values(type).map((value) => ({ type, value })),
    );
    fc.assert(
      fc.property(typed, ({ type, value }) => {
        expect(decodeValue(type, encodeValue(type, value))).toEqual(value);
      }),
      { numRuns: 500 },
    );
  });
});

describe('what is written', () => {
  test.each<[string, CtyType, Value, string]>([
    ['null', 'string', null, 'c0'],
    ['unknown as extension 0', 'string', unknownValue, 'd40000'],
    ['an empty list', ['list', 'string'], [], '90'],
    ['an integer', 'number', 5, '05'],
    ['2^53 - 1 as an integer', 'number', 9007199254740991, 'cf001fffffffffffff'],
    [
      '2^53 as decimal text',
      'number',
      9007199254740992n,
      `b0${Buffer.from('9007199254740992').toString('hex')}`,
    ],
    ['a fraction as decimal text', 'number', 0.1, `a3${Buffer.from('0.1').toString('hex')}`],
    [
      'any as type and value',
      'dynamic',
      new DynamicValue('bool', true),
      `92c406${Buffer.from('"bool"').toString('hex')}c3`,
    ],
  ])('%s', (_name, type, value, hex) => {
    expect(Buffer.from(encodeValue(type, value)).toString('hex')).toBe(hex);
  });

  test('every attribute of an object, those that were left out as null', () => {
    const type: CtyType = ['object', { a: 'string', b: ['list', 'bool'] }];
    expect(decode(encodeValue(type, { a: 'x' }))).toEqual({ a: 'x', b: null });
  });
});

describe('what is read', () => {
  test.each([0, 12, 1, 99])('extension %i is unknown', (code) => {
    const bytes = encode(new ExtData(code, Buffer.from([0x81, 1, 0xc2])));
    expect(decodeValue('string', bytes)).toBe(unknownValue);
    expect(decodeValue(['list', 'string'], bytes)).toBe(unknownValue);
  });

  test('an integer of 64 bits keeps every digit', () => {
    expect(decodeValue('number', encode(9223372036854775807n, { useBigInt64: true }))).toBe(
      9223372036854775807n,
    );
    expect(decodeValue('number', encode(7n, { useBigInt64: true }))).toBe(7);
  });

  test('decimal text keeps every digit', () => {
    const text = '3.14159265358979323846264338327950288';
    const value = decodeValue('number', encode(text));
    expect(value).toBeInstanceOf(Decimal);
    expect(decode(encodeValue('number', value))).toBe('0.314159265358979323846264338327950288e1');
  });

  test('a binary fraction is taken at its exact value, not at what JavaScript prints', () => {
    expect(decodeValue('number', encode(0.5))).toBe(0.5);
    expect(numberText(decodeValue('number', encode(0.1)) as Decimal)).toBe(
      '0.1000000000000000055511151231257827021181583404541015625e0',
    );
  });

  test('members that the type does not have are dropped, missing ones are null', () => {
    expect(decodeValue(['object', { a: 'string' }], encode({ b: 1 }))).toEqual({ a: null });
  });
});

describe('wrong types are refused with the path and without the value', () => {
  const type: CtyType = ['object', { disks: ['list', ['object', { size: 'number', name: 'string' }]] }];

  test.each<[string, Value, string]>([
    ['text for a number', { disks: [{ size: 'hunter2' }] }, 'disks[0].size must be number, found a string'],
    ['a number for text', { disks: [{ name: 7 }] }, 'disks[0].name must be string, found a number'],
    [
      'an object for a list',
      { disks: { name: 'hunter2' } },
      'disks must be list(object({ size = number, name = string })), found an object',
    ],
    [
      'a member too many',
      { disks: [{ colour: 'hunter2' }] },
      'disks[0].colour must be object({ size = number, name = string }), found a string',
    ],
    ['not a number', { disks: [{ size: Number.NaN }] }, 'disks[0].size must be number, found a number'],
  ])('%s', (_name, value, message) => {
    expect(() => encodeValue(type, value)).toThrow(ValueTypeError);
    expect(() => encodeValue(type, value)).toThrow(message);
  });
});

describe('JSON', () => {
  test('numbers that JavaScript would round are read exactly', () => {
    const json = parseExactJson(
      '{"n": 12345678901234567890, "s": "12345678901234567890.5", "f": 0.1, "e": 1e400}',
    );
    expect(json).toEqual({ n: '12345678901234567890', s: '12345678901234567890.5', f: 0.1, e: '1e400' });
    expect(fromJson(['object', { n: 'number', s: 'string' }], json)).toEqual({
      n: 12345678901234567890n,
      s: '12345678901234567890.5',
    });
  });

  test('digits within text are left alone', () => {
    expect(parseExactJson('["a \\" 12345678901234567890 b", 1]')).toEqual(['a " 12345678901234567890 b', 1]);
  });

  test.each<[string, CtyType, unknown, Value]>([
    ['a set', ['set', 'string'], ['a', 'b'], ['a', 'b']],
    ['a map', ['map', 'number'], { a: 1, b: '2.50' }, { a: 1, b: 2.5 }],
    ['a tuple', ['tuple', ['string', 'bool']], ['a', true], ['a', true]],
    [
      'any',
      'dynamic',
      { type: ['list', 'string'], value: ['a'] },
      new DynamicValue(['list', 'string'], ['a']),
    ],
    ['null', ['list', 'string'], null, null],
  ])('%s', (_name, type, json, value) => {
    expect(fromJson(type, json)).toEqual(value);
  });

  test('a wrong type names its path', () => {
    expect(() => fromJson(['object', { a: ['list', 'bool'] }], { a: [true, 'maybe'] })).toThrow(
      'a[1] must be bool, found a string',
    );
  });
});

describe('numbers', () => {
  test.each([
    ['1', 1],
    ['-0', 0],
    ['1.50', 1.5],
    ['1e3', 1000],
    ['9007199254740991', 9007199254740991],
    ['9007199254740993', 9007199254740993n],
    ['1e30', 10n ** 30n],
    ['1e999999', new Decimal('0.1e1000000')],
    ['0.12345678901234567890', new Decimal('0.1234567890123456789e0')],
  ])('%s', (text, value) => {
    expect(parseNumber(text)).toEqual(value);
  });

  test.each(['', '.', 'abc', '1,5', '0x10', 'NaN', '1e'])("'%s' is none", (text) => {
    expect(() => parseNumber(text)).toThrow(/is not a decimal number/);
  });

  test('compare as numbers', () => {
    const ascending = [
      '-1e400',
      '-12',
      '-0.5',
      '0',
      '1e-400',
      '0.1',
      '0.100000000000000000001',
      '2',
      '11',
      '1e400',
    ];
    for (const [index, text] of ascending.entries()) {
      for (const [other, against] of ascending.entries()) {
        expect(Math.sign(compareNumbers(parseNumber(text), parseNumber(against)))).toBe(
          Math.sign(index - other),
        );
      }
    }
  });

  test('no float is not a number', () => {
    expect(() => fromFloat(Number.POSITIVE_INFINITY)).toThrow('Infinity is not a finite number');
  });
});

describe('equality', () => {
  test.each<[string, CtyType, Value, Value, boolean]>([
    ['sets do not care about order', ['set', 'string'], ['a', 'b'], ['b', 'a'], true],
    ['sets do not care about repetition', ['set', 'number'], [1, 1, 2], [2, 1], true],
    ['sets of sets', ['set', ['set', 'string']], [['a', 'b'], ['c']], [['c'], ['b', 'a']], true],
    ['sets differ', ['set', 'string'], ['a'], ['b'], false],
    ['lists care about order', ['list', 'string'], ['a', 'b'], ['b', 'a'], false],
    ['null is not empty', ['list', 'string'], null, [], false],
    ['numbers of different forms', 'number', 5, 5n, true],
    ['a missing member is null', ['object', { a: 'string' }], {}, { a: null }, true],
    ['a null element is not a missing key', ['map', 'string'], { a: null }, {}, false],
    ['unknown is unknown', 'string', unknownValue, unknownValue, true],
    ['unknown is not known', 'string', unknownValue, 'a', false],
    [
      'any: the type counts',
      'dynamic',
      new DynamicValue('string', '1'),
      new DynamicValue('number', 1),
      false,
    ],
    [
      'any',
      'dynamic',
      new DynamicValue(['set', 'string'], ['a', 'b']),
      new DynamicValue(['set', 'string'], ['b', 'a']),
      true,
    ],
    ['members with commas', ['set', 'string'], ['a","b'], ['a', 'b'], false],
  ])('%s', (_name, type, a, b, same) => {
    expect(sameValue(type, a, b)).toBe(same);
    expect(sameValue(type, b, a)).toBe(same);
  });
});

describe('types', () => {
  test.each<[unknown, string]>([
    ['string', 'string'],
    ['dynamic', 'any'],
    [['map', ['set', 'number']], 'map(set(number))'],
    [
      ['object', { a: 'bool', b: ['tuple', ['string', 'number']] }],
      'object({ a = bool, b = tuple([string, number]) })',
    ],
  ])('%j', (json, text) => {
    expect(typeText(parseType(json))).toBe(text);
  });

  test.each<[unknown]>([['int'], [['list']], [['bag', 'string']], [null], [{ a: 'string' }]])(
    '%j is none',
    (json) => {
      expect(() => parseType(json)).toThrow(TypeFormatError);
    },
  );
});
