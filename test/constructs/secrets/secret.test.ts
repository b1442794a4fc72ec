import type { TerraformStack } from 'cdktf';
import {
  Secret,
  SecretGroup,
  type SecretGroupProps,
  SecretLock,
  type SecretLockProps,
  type SecretProps,
  SecretsManagerInstance,
  SecretValue,
} from '../../../constructs';
import { reference, refusal, synthesize } from '../support';

function secretsManager(scope: TerraformStack): SecretsManagerInstance {
  return new SecretsManagerInstance(scope, 'secrets', { location: 'us-south', serviceEndpoints: 'public' });
}

function secret(scope: TerraformStack, props: Partial<SecretProps> = {}): Secret {
  const value = SecretValue.variable(scope, 'value');
  return new Secret(scope, 'secret', { instance: secretsManager(scope), value, ...props });
}

function lock(scope: TerraformStack, props: Partial<SecretLockProps> = {}): SecretLock {
  return new SecretLock(scope, 'lock', { secret: secret(scope), consumer: 'billing', ...props });
}

describe('a secret', () => {
  test('is named by its path and is in the default group', () => {
    expect(synthesize((scope) => void secret(scope)).resource('ibm_sm_arbitrary_secret.secret')).toEqual({
      instance_id: reference('ibm_resource_instance.secrets.guid'),
      region: 'us-south',
      name: 'stack-secret',
      payload: reference('var.value'),
    });
  });

  test('takes group, description, labels, expiration and metadata', () => {
    const stack = synthesize((scope) => {
      const instance = secretsManager(scope);
      new Secret(scope, 'secret', {
        instance,
        value: SecretValue.variable(scope, 'value'),
        name: 'db.password',
        group: new SecretGroup(scope, 'group', { instance, name: 'databases' }),
        description: 'Password of the database',
        labels: ['production'],
        expiration: '2030-01-31T00:00:00Z',
        customMetadata: { owner: 'billing' },
      });
    });
    expect(stack.resource('ibm_sm_arbitrary_secret.secret')).toMatchObject({
      name: 'db.password',
      secret_group_id: reference('ibm_sm_secret_group.group.secret_group_id'),
      description: 'Password of the database',
      labels: ['production'],
      expiration_date: '2030-01-31T00:00:00Z',
      custom_metadata: { owner: 'billing' },
    });
  });

  test('in an existing group names it by its id', () => {
    const stack = synthesize((scope) => {
      secret(scope, { group: SecretGroup.fromSecretGroupId(scope, 'group', 'a1b2') });
    });
    expect(stack.resource('ibm_sm_arbitrary_secret.secret')).toMatchObject({ secret_group_id: 'a1b2' });
  });

  test('warns of an e-mail address in a label', () => {
    const stack = synthesize((scope) => void secret(scope, { labels: ['jane@example.com'] }));
    expect(stack).toWarn('stack/secret', "label 'jane@example.com' holds an e-mail address");
  });

  /** ibm-control-plane.md 6.2.8. */
  const cases: readonly (readonly [title: string, props: Partial<SecretProps>, message: string])[] = [
    [
      'a name of 1 character',
      { name: 's' },
      "name 's' has a length of 1, outside of 2 to 256 characters; choose a text of such a length",
    ],
    [
      'a name that ends with a hyphen',
      { name: 'password-' },
      "name 'password-' does not match ^[A-Za-z0-9](?:[A-Za-z0-9_.-]*[A-Za-z0-9])?$; use letters, digits, hyphens, underscores and dots, with a letter or digit at both ends",
    ],
    [
      'a description of 1 character',
      { description: 'd' },
      "description 'd' has a length of 1, outside of 2 to 1024 characters; choose a text of such a length",
    ],
    [
      'a label of 65 characters',
      { labels: ['l'.repeat(65)] },
      `label '${'l'.repeat(60)}…' has a length of 65, outside of 2 to 64 characters; choose a text of such a length`,
    ],
    [
      '31 labels',
      { labels: Array.from({ length: 31 }, (_, index) => `label-${index}`) },
      'labels has 31 entries, a secret has at most 30; remove some',
    ],
    [
      'an expiration that is no time',
      { expiration: 'tomorrow' },
      "expiration 'tomorrow' is not an RFC 3339 time; write it like 2030-01-31T00:00:00Z",
    ],
    [
      'plain text of more than a mebibyte, without repeating it',
      { value: SecretValue.unsafePlainText('é'.repeat(600_000)) },
      'value has 1200000 bytes, an arbitrary secret holds at most 1048576; store something that long elsewhere and a key to it here',
    ],
  ];

  test.each(cases)('refuses %s', (_title, props, message) => {
    expect(refusal((scope) => void secret(scope, props))).toBe(`stack/secret: ${message}`);
  });
});

describe('a secret group', () => {
  const group = (props: Partial<SecretGroupProps>) => (scope: TerraformStack) => {
    new SecretGroup(scope, 'group', { instance: secretsManager(scope), ...props });
  };

  test('is named by its path', () => {
    expect(synthesize(group({ description: 'Databases' })).resource('ibm_sm_secret_group.group')).toEqual({
      instance_id: reference('ibm_resource_instance.secrets.guid'),
      region: 'us-south',
      name: 'stack-group',
      description: 'Databases',
    });
  });

  /** ibm-control-plane.md 5.1. */
  test.each([
    ['g', "name 'g' has a length of 1, outside of 2 to 64 characters; choose a text of such a length"],
    [
      'my group',
      "name 'my group' does not match ^[A-Za-z0-9][A-Za-z0-9]*(?:_*-*\\.*[A-Za-z0-9]+)*$; use letters and digits, with hyphens, underscores and dots between them",
    ],
  ])('refuses the name %s', (name, message) => {
    expect(refusal(group({ name }))).toBe(`stack/group: ${message}`);
  });

  test('refuses a description of 1,025 characters', () => {
    expect(refusal(group({ description: 'd'.repeat(1025) }))).toBe(
      `stack/group: description '${'d'.repeat(60)}…' has a length of 1025, outside of 0 to 1024 characters; choose a text of such a length`,
    );
  });
});

describe('a secret lock', () => {
  test('names its consumer among its attributes and locks the current version', () => {
    const stack = synthesize((scope) => void lock(scope, { attributes: { ticket: '42' } }));
    expect(stack.resource('keyquake_secret_lock.lock')).toEqual({
      instance_id: reference('ibm_resource_instance.secrets.guid'),
      region: 'us-south',
      secret_id: reference('ibm_sm_arbitrary_secret.secret.secret_id'),
      name: 'stack-lock',
      attributes: { consumer: 'billing', ticket: '42' },
    });
    expect(stack).toLock('ibm_sm_arbitrary_secret.secret', { consumer: 'billing' });
  });

  test('brings our provider along', () => {
    const stack = synthesize((scope) => void lock(scope));
    expect(JSON.parse(stack.json).provider.keyquake).toEqual([{ region: 'us-south' }]);
  });

  test('takes version, description and mode', () => {
    const stack = synthesize((scope) => {
      lock(scope, {
        name: 'billing',
        version: 'current',
        description: 'Billing reads it at start',
        mode: 'remove_previous_and_delete',
      });
    });
    expect(stack.resource('keyquake_secret_lock.lock')).toMatchObject({
      name: 'billing',
      version: 'current',
      description: 'Billing reads it at start',
      mode: 'remove_previous_and_delete',
    });
  });

  test('sits on an existing secret', () => {
    const stack = synthesize((scope) => {
      const instance = secretsManager(scope);
      const known = Secret.fromSecretAttributes(scope, 'secret', { secretId: '3333', instance });
      new SecretLock(scope, 'lock', { secret: known, consumer: 'billing' });
    });
    expect(stack.resource('keyquake_secret_lock.lock')).toMatchObject({ secret_id: '3333' });
  });

  /** behaviour.md C1, C8, C9; ibm-control-plane.md 6.2.6. */
  const cases: readonly (readonly [title: string, props: Partial<SecretLockProps>, message: string])[] = [
    [
      'a name of 1 character',
      { name: 'l' },
      "name 'l' has a length of 1, outside of 2 to 256 characters; choose a text of such a length",
    ],
    [
      'a mode that is none',
      { mode: 'delete_previous' as 'remove_previous' },
      "mode 'delete_previous' is not one of remove_previous, remove_previous_and_delete; choose one of those",
    ],
    [
      'a mode for the previous version',
      { mode: 'remove_previous', version: 'previous' },
      "mode remove_previous is given for version 'previous', but it belongs to locking the current version; leave mode or version out",
    ],
    [
      'a consumer among the attributes',
      { attributes: { consumer: 'shipping' } },
      "attributes names the consumer 'shipping', which is a property of its own; move it to consumer",
    ],
    [
      'attributes of more than ten kibibytes',
      { attributes: { note: 'n'.repeat(11_000) } },
      'attributes has 11011 bytes as JSON, at most 10240 are allowed; keep a reference here and the rest elsewhere',
    ],
  ];

  test.each(cases)('refuses %s', (_title, props, message) => {
    expect(refusal((scope) => void lock(scope, props))).toBe(`stack/lock: ${message}`);
  });
});
