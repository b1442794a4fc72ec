import { TerraformVariable } from 'cdktf';
import { KeyProtectInstance, RootKey } from '../../../constructs';
import { keyProtect, refusal, synthesize } from '../support';

/** ibm-control-plane.md 6.1.3 (at most 5 of a key), 6.1.8. */
describe('the aliases of a root key are refused', () => {
  const cases: readonly (readonly [title: string, aliases: readonly string[], message: string])[] = [
    [
      'a sixth alias',
      ['a1', 'a2', 'a3', 'a4', 'a5', 'a6'],
      'stack/key: aliases has 6 entries, a key has at most 5; remove some',
    ],
    [
      'one of 1 character',
      ['a'],
      "stack/key: alias 'a' has a length of 1, outside of 2 to 90 characters; choose a text of such a length",
    ],
    [
      'one of 91 characters',
      ['a'.repeat(91)],
      `stack/key: alias '${'a'.repeat(60)}…' has a length of 91, outside of 2 to 90 characters; choose a text of such a length`,
    ],
    [
      'one with a space',
      ['my key'],
      "stack/key: alias 'my key' does not match ^[A-Za-z0-9_-]+$; use letters, digits, underscores and hyphens",
    ],
    [
      'one that is a word of the API',
      ['policies'],
      "stack/key: alias 'policies' is a word of the API or a UUID, neither of which can be an alias; choose another word",
    ],
    [
      'one that is a UUID',
      ['aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'],
      "stack/key: alias 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' is a word of the API or a UUID, neither of which can be an alias; choose another word",
    ],
    [
      'one that is given twice',
      ['orders', 'orders'],
      'stack/key: aliases orders, orders name one twice; name each once',
    ],
  ];

  test.each(cases)('with %s', (_title, aliases, message) => {
    expect(
      refusal((scope) => {
        new RootKey(scope, 'key', { instance: keyProtect(scope), aliases });
      }),
    ).toBe(message);
  });

  // ibm-control-plane.md 6.1.8: the reserved words.
  test.each([
    'allowed_ip',
    'key',
    'keys',
    'metadata',
    'policy',
    'policies',
    'registration',
    'registrations',
    'ring',
    'rings',
    'rotate',
    'wrap',
    'unwrap',
    'rewrap',
    'version',
    'versions',
  ])('with the reserved word %s', (alias) => {
    const message = refusal((scope) => {
      new RootKey(scope, 'key', { instance: keyProtect(scope), aliases: [alias] });
    });
    expect(message).toBe(
      `stack/key: alias '${alias}' is a word of the API or a UUID, neither of which can be an alias; choose another word`,
    );
  });
});

test('a list that only Terraform knows is refused: each alias is a resource', () => {
  const message = refusal((scope) => {
    const { listValue } = new TerraformVariable(scope, 'aliases', { type: 'list(string)' });
    new RootKey(scope, 'key', { instance: keyProtect(scope), aliases: listValue });
  });
  expect(message).toBe(
    'stack/key: aliases is a list that only Terraform knows, but each alias is a resource that the synthesis has to write; give a list of texts, each of which may be a token',
  );
});

test('an alias may have 2 and 90 characters', () => {
  const aliases = ['ab', 'A_1-'.padEnd(90, 'z')];
  const stack = synthesize((scope) => {
    new RootKey(scope, 'key', { instance: keyProtect(scope), aliases });
  });
  const given = stack.addresses('ibm_kms_key_alias').map((address) => stack.resource(address)['alias']);
  expect(given.sort()).toEqual([...aliases].sort());
});

/** ibm-control-plane.md 6.1.8: an alias is unique in its instance. */
describe('an alias', () => {
  test('of two keys of an instance is refused, naming both', () => {
    const message = refusal((scope) => {
      const instance = keyProtect(scope);
      for (const id of ['one', 'two']) new RootKey(scope, id, { instance, aliases: ['orders'] });
    });
    expect(message).toBe(
      "stack/two: declares the alias 'orders' in stack/kms, which stack/one declares already; an alias is unique in its instance, choose another",
    );
  });

  test('can be used once in each instance', () => {
    const stack = synthesize((scope) => {
      for (const id of ['east', 'west']) {
        const instance = new KeyProtectInstance(scope, `${id}-kms`, { location: 'us-south' });
        new RootKey(scope, id, { instance, aliases: ['orders'] });
      }
    });
    expect(stack.addresses('ibm_kms_key_alias')).toHaveLength(2);
  });
});
