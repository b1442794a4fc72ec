import { Validator } from '../../../mock-platform/kernel/validation';

const schema = {
  type: 'object',
  properties: {
    name: { type: 'string', maxLength: 5 },
    profile: {
      type: 'object',
      properties: { name: { enum: ['a', 'b'] } },
      required: ['name'],
      additionalProperties: false,
    },
    tags: { type: 'array', items: { type: 'string' } },
  },
  required: ['name'],
  additionalProperties: false,
};

test.each([
  ['a missing field', {}, [{ path: 'name', rule: 'is required' }]],
  ['a field that is unknown', { name: 'x', nmae: 'y' }, [{ path: 'nmae', rule: 'is not a known field' }]],
  [
    'a field of a nested object that is unknown',
    { name: 'x', profile: { name: 'a', size: 1 } },
    [{ path: 'profile.size', rule: 'is not a known field' }],
  ],
  ['a wrong type', { name: 7 }, [{ path: 'name', rule: 'must be string' }]],
  ['a wrong type in a list', { name: 'x', tags: ['a', 1] }, [{ path: 'tags.1', rule: 'must be string' }]],
  [
    'a text that is too long',
    { name: 'abcdef' },
    [{ path: 'name', rule: 'must NOT have more than 5 characters' }],
  ],
  [
    'a value outside its set',
    { name: 'x', profile: { name: 'c' } },
    [{ path: 'profile.name', rule: 'must be one of a, b' }],
  ],
  ['no object', [], [{ path: '', rule: 'must be object' }]],
])('%s is named by path and rule, never by value', (_case, value, violations) => {
  expect(new Validator({ lenient: false }).check(schema, value)).toEqual(violations);
});

test('lenient lets unknown fields through and nothing else', () => {
  const lenient = new Validator({ lenient: true });
  expect(lenient.check(schema, { name: 'x', nmae: 'y' })).toEqual([]);
  expect(lenient.check(schema, { nmae: 'y' })).toEqual([{ path: 'name', rule: 'is required' }]);
});
