/** Keys are protected from Terraform unless that is switched off, whatever uses them, wherever and whenever. */
import {
  EncryptedVolume,
  type IRootKey,
  RemovalPolicy,
  RootKey,
  SecretsManagerInstance,
  SecretValue,
} from '../../../constructs';
import { synthesized } from '../../../constructs/testing';
import { keyProtect, newApp, newStack } from '../support';

type Stack = ReturnType<typeof newStack>;

const uses: readonly (readonly [
  title: string,
  use: (key: IRootKey, here: Stack, elsewhere: Stack) => void,
])[] = [
  ['nothing', () => undefined],
  [
    'a volume of its stack',
    (encryptionKey, here) => void new EncryptedVolume(here, 'data', { encryptionKey, zone: 'us-south-1' }),
  ],
  [
    'a volume of another stack',
    (encryptionKey, _here, there) =>
      void new EncryptedVolume(there, 'data', { encryptionKey, zone: 'us-south-1' }),
  ],
  [
    'a Secrets Manager instance of another stack',
    (encryptionKey, _here, there) =>
      void new SecretsManagerInstance(there, 'secrets', { location: 'us-south', encryptionKey }),
  ],
];

describe.each(uses)('a key that protects %s', (_title, use) => {
  const stackWith = (removalPolicy?: RemovalPolicy) => {
    const app = newApp();
    const [here, elsewhere] = [newStack(app, 'keys'), newStack(app, 'consumers')];
    const instance = keyProtect(here);
    const key = new RootKey(here, 'key', { instance, removalPolicy });
    new RootKey(here, 'imported', {
      instance,
      importedMaterial: SecretValue.variable(here, 'material'),
      removalPolicy,
    });
    use(key, here, elsewhere);
    return synthesized(here);
  };

  test('is protected', () => {
    expect(stackWith()).toProtect('ibm_kms_key.key');
    expect(stackWith()).toProtect('ibm_kms_key.imported');
  });

  test('is not when somebody says so', () => {
    expect(stackWith(RemovalPolicy.DESTROY)).not.toProtect('ibm_kms_key.key');
  });
});

test('a key stays protected when its first consumer comes after a synthesis', () => {
  const app = newApp();
  const [keys, consumers] = [newStack(app, 'keys'), newStack(app, 'consumers')];
  const encryptionKey = new RootKey(keys, 'key', { instance: keyProtect(keys) });
  const before = synthesized(keys).resource('ibm_kms_key.key');
  new EncryptedVolume(consumers, 'data', { encryptionKey, zone: 'us-south-1' });
  expect(synthesized(keys).resource('ibm_kms_key.key')).toMatchObject(before);
  expect(synthesized(keys)).toProtect('ibm_kms_key.key');
});
