import { Annotations } from 'cdktf';
import {
  AccountWide,
  EncryptedVolume,
  RootKey,
  Secret,
  SecretLock,
  SecretsManagerInstance,
  SecretValue,
  ServiceAuthorization,
} from '../../../constructs';
import { IsVolume } from '../../../constructs/bindings/ibm/is-volume';
import { assertMatch, matchers, type SynthesizedStack } from '../../../constructs/testing';
import { keyProtect, synthesize } from '../support';

let stack: SynthesizedStack;
beforeAll(() => {
  stack = synthesize((scope) => {
    const encryptionKey = new RootKey(scope, 'key', { instance: keyProtect(scope) });
    const data = new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
    new IsVolume(scope, 'plain', { name: 'plain', profile: 'general-purpose', zone: 'us-south-1' });
    new ServiceAuthorization(scope, 'all', {
      sourceService: 'secrets-manager',
      target: AccountWide.of('kms'),
      roles: ['Reader', 'Viewer'],
    });
    const instance = new SecretsManagerInstance(scope, 'secrets', { location: 'us-south' });
    const secret = new Secret(scope, 'secret', { instance, value: SecretValue.variable(scope, 'value') });
    new SecretLock(scope, 'lock', { secret, consumer: data.volumeCrn });
    Annotations.of(data).addInfo('an information');
  });
});

const volumes = { sourceService: 'server-protect', target: 'ibm_resource_instance.kms', roles: ['Reader'] };

/** Each statement once where it holds and once where it does not; the second with its message. */
const failing = [
  [
    'toAuthorize, other roles',
    () => matchers.toAuthorize(stack, { ...volumes, roles: ['Writer'] }),
    "expected: stack authorizes 'server-protect' on ibm_resource_instance.kms as Writer in exactly one policy; it has 0 of that kind among 2",
  ],
  [
    'toAuthorize, another instance',
    () => matchers.toAuthorize(stack, { ...volumes, target: 'ibm_resource_instance.kms2' }),
    "expected: stack authorizes 'server-protect' on ibm_resource_instance.kms2 as Reader in exactly one policy; it has 0 of that kind among 2",
  ],
  [
    'toAuthorize, every instance where one is authorized',
    () => matchers.toAuthorize(stack, { ...volumes, target: 'kms' }),
    "expected: stack authorizes 'server-protect' on kms as Reader in exactly one policy; it has 0 of that kind among 2",
  ],
  [
    'toEncrypt, without a key',
    () => matchers.toEncrypt(stack, 'ibm_is_volume.plain', 'ibm_kms_key.key'),
    'expected: ibm_is_volume.plain is encrypted with ibm_kms_key.key; its key is none of its own',
  ],
  [
    'toCreateAfter, unrelated',
    () => matchers.toCreateAfter(stack, 'ibm_is_volume.plain', 'ibm_kms_key.key'),
    'expected: ibm_is_volume.plain is created after ibm_kms_key.key; it waits for nothing',
  ],
  [
    'toCreateAfter, the other way round',
    () => matchers.toCreateAfter(stack, 'ibm_kms_key.key', 'ibm_is_volume.data'),
    'expected: ibm_kms_key.key is created after ibm_is_volume.data; it waits for ibm_iam_authorization_policy.kms_server-protect_597A1543, ibm_resource_instance.kms',
  ],
  [
    'toProtect',
    () => matchers.toProtect(stack, 'ibm_is_volume.data'),
    'expected: ibm_is_volume.data is protected from being destroyed; its lifecycle is the default',
  ],
  [
    'toLock, another consumer',
    () => matchers.toLock(stack, 'ibm_sm_arbitrary_secret.secret', { consumer: 'billing' }),
    `expected: ibm_sm_arbitrary_secret.secret is locked by billing; its locks name \${ibm_is_volume.data.crn}`,
  ],
  [
    'toMention, without repeating the text',
    () => matchers.toMention(stack, 'canary'),
    'expected: stack mentions the text; it does not',
  ],
  [
    'toWarn, an information',
    () => matchers.toWarn(stack, 'stack/data', 'an information'),
    "expected: stack/data warns of 'an information'; the warnings are stack/all: authorizes 'secrets-manager' on every 'kms' instance of the account; make one instance the target unless all of them are meant",
  ],
] as const;

test.each(failing)('%s does not hold', (_title, match, message) => {
  const result = match();
  expect(result.pass).toBe(false);
  expect(result.message()).toBe(message);
  expect(() => assertMatch(result)).toThrow(message);
});

const holding = [
  ['toAuthorize', () => matchers.toAuthorize(stack, volumes)],
  [
    'toAuthorize on every instance, whatever the order of roles',
    () =>
      matchers.toAuthorize(stack, {
        sourceService: 'secrets-manager',
        target: 'kms',
        roles: ['Viewer', 'Reader'],
      }),
  ],
  ['toEncrypt', () => matchers.toEncrypt(stack, 'ibm_is_volume.data', 'ibm_kms_key.key')],
  [
    'toCreateAfter, by a reference to a reference',
    () => matchers.toCreateAfter(stack, 'ibm_is_volume.data', 'ibm_resource_instance.kms'),
  ],
  [
    'toCreateAfter, across types',
    () => matchers.toCreateAfter(stack, 'keyquake_secret_lock.lock', 'ibm_kms_key.key'),
  ],
  ['toProtect', () => matchers.toProtect(stack, 'ibm_kms_key.key')],
  [
    'toLock',
    () => matchers.toLock(stack, 'ibm_sm_arbitrary_secret.secret', { consumer: 'ibm_is_volume.data' }),
  ],
  ['toMention', () => matchers.toMention(stack, 'stack-key')],
  ['toWarn', () => matchers.toWarn(stack, 'stack/all', "on every 'kms' instance")],
] as const;

test.each(holding)('%s holds', (_title, match) => {
  const result = match();
  expect(result.pass).toBe(true);
  expect(result.message()).toMatch(/^expected not: /);
  assertMatch(result);
});

test('a resource that is not there is an error that lists those that are', () => {
  expect(() => stack.resource('ibm_kms_key.keys')).toThrow(
    'stack has no resource ibm_kms_key.keys; it has ibm_iam_authorization_policy.all, ',
  );
  expect(() => synthesize(() => undefined).resource('ibm_kms_key.key')).toThrow(
    'stack has no resource ibm_kms_key.key; it has none',
  );
});

test('what is called by the runner says the same', () => {
  expect(stack).toAuthorize(volumes);
  expect(() => expect(stack).not.toAuthorize(volumes)).toThrow('expected not: stack authorizes');
});
