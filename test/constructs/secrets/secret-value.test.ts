import { inspect } from 'node:util';
import { Fn, TerraformVariable, Token } from 'cdktf';
import { Secret, SecretsManagerInstance, SecretValue } from '../../../constructs';
import { keyProtect, newStack, reference, refusal, synthesize } from '../support';

const canary = 'canary-b41d9c0e "quoted" \\ back';

describe('a secret value', () => {
  test('from a new variable is a reference to it', () => {
    const stack = synthesize((scope) => {
      const value = SecretValue.variable(scope, 'token', { description: 'Token of the vendor' });
      const instance = new SecretsManagerInstance(scope, 'secrets', { location: 'us-south' });
      new Secret(scope, 'secret', { instance, value });
    });
    expect(stack.resource('ibm_sm_arbitrary_secret.secret')).toMatchObject({
      payload: reference('var.token'),
    });
    expect(JSON.parse(stack.json).variable).toEqual({
      token: { description: 'Token of the vendor', nullable: false, sensitive: true, type: 'string' },
    });
  });

  test('from a new variable with a fallback is computed while the variable is not set', () => {
    const stack = synthesize((scope) => {
      const instance = new SecretsManagerInstance(scope, 'secrets', { location: 'us-south' });
      const fallback = SecretValue.fromReference(Fn.sha256(instance.instanceGuid));
      new Secret(scope, 'secret', { instance, value: SecretValue.variable(scope, 'token', { fallback }) });
    });
    expect(stack.resource('ibm_sm_arbitrary_secret.secret')).toMatchObject({
      payload: reference('coalesce(var.token, sha256(ibm_resource_instance.secrets.guid))'),
    });
    expect(JSON.parse(stack.json).variable).toEqual({
      token: { default: '', nullable: false, sensitive: true, type: 'string' },
    });
  });

  test('from a variable that is there is a reference to it', () => {
    const stack = synthesize((scope) => {
      const variable = new TerraformVariable(scope, 'token', { type: 'string', sensitive: true });
      const instance = new SecretsManagerInstance(scope, 'secrets', { location: 'us-south' });
      new Secret(scope, 'secret', { instance, value: SecretValue.fromVariable(variable) });
    });
    expect(stack.resource('ibm_sm_arbitrary_secret.secret')).toMatchObject({
      payload: reference('var.token'),
    });
  });

  test('from an attribute is a reference to it', () => {
    const stack = newStack();
    const { instanceCrn } = keyProtect(stack);
    expect(Token.isUnresolved(SecretValue.fromReference(instanceCrn).unsafeUnwrap())).toBe(true);
  });
});

describe('a secret value refuses', () => {
  test('a variable that is not sensitive', () => {
    const stack = newStack();
    const variable = new TerraformVariable(stack, 'token', { type: 'string' });
    expect(() => SecretValue.fromVariable(variable)).toThrow(
      'stack/token: the variable is not sensitive, so Terraform would print its value; declare it with sensitive: true',
    );
  });

  test('a fallback of plain text, without repeating it', () => {
    const stack = newStack();
    const fallback = SecretValue.unsafePlainText(canary);
    expect(() => SecretValue.variable(stack, 'token', { fallback })).toThrow(
      'stack/token: the fallback is plain text, which is written into the synthesized JSON; pass SecretValue.fromReference(…) of something that Terraform computes, or leave the fallback out',
    );
  });

  test('a variable with a default, without repeating it', () => {
    const stack = newStack();
    const variable = new TerraformVariable(stack, 'token', { sensitive: true, default: canary });
    expect(() => SecretValue.fromVariable(variable)).toThrow(
      'stack/token: the variable has a default, which is written into the synthesized JSON; remove the default',
    );
  });

  test('plain text as a reference, without repeating it', () => {
    expect(() => SecretValue.fromReference(canary)).toThrow(
      new TypeError(
        'SecretValue.fromReference got plain text; pass an attribute of a resource, or say SecretValue.unsafePlainText if the text may be read by everyone who can read the stack',
      ),
    );
  });

  test.each([
    ['a string', canary],
    ['an object', { text: canary }],
    ['undefined', undefined],
  ])('to be %s', (_title, value) => {
    const message = refusal((scope) => {
      const instance = new SecretsManagerInstance(scope, 'secrets', { location: 'us-south' });
      new Secret(scope, 'secret', { instance, value: value as unknown as SecretValue });
    });
    expect(message).toBe(
      `stack/secret: value is of type ${typeof value}, a SecretValue is needed to keep it out of the synthesized JSON; pass SecretValue.variable(…) or SecretValue.fromVariable(…), or SecretValue.unsafePlainText(…) if everyone may read it`,
    );
    expect(message).not.toContain('canary');
  });
});

describe('plain text as a secret value', () => {
  const value = SecretValue.unsafePlainText(canary);

  test('is written into the stack, which warns of it', () => {
    const stack = synthesize((scope) => {
      const instance = new SecretsManagerInstance(scope, 'secrets', { location: 'us-south' });
      new Secret(scope, 'secret', { instance, value });
    });
    expect(stack).toMention(canary);
    expect(stack).toWarn(
      'stack/secret',
      'value is plain text: it is readable in the synthesized JSON, in plans and in the state',
    );
    expect(JSON.stringify(stack.annotations)).not.toContain('canary');
  });

  test('prints as nothing', () => {
    expect(inspect(value)).toBe('[SecretValue]');
    expect(inspect({ nested: [value] })).toBe('{ nested: [ [SecretValue] ] }');
    expect(JSON.stringify({ value })).toBe('{"value":"[SecretValue]"}');
    expect(Object.keys(value)).toEqual([]);
  });

  test('cannot be put into a text', () => {
    expect(() => `${value}`).toThrow(
      new TypeError('a SecretValue has no text; pass it to a property that takes a SecretValue'),
    );
  });
});

test('a secret of a variable leaves nothing but its name in the stack', () => {
  process.env['TF_VAR_token'] = canary;
  try {
    const stack = synthesize((scope) => {
      const instance = new SecretsManagerInstance(scope, 'secrets', { location: 'us-south' });
      new Secret(scope, 'secret', { instance, value: SecretValue.variable(scope, 'token') });
    });
    expect(stack).not.toMention(canary);
    expect(stack.annotations).toEqual([]);
  } finally {
    delete process.env['TF_VAR_token'];
  }
});
