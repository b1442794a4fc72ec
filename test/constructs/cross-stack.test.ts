import { TerraformStack } from 'cdktf';
import {
  EncryptedVolume,
  KeyProtectInstance,
  RootKey,
  Secret,
  SecretLock,
  SecretsManagerInstance,
  SecretValue,
  ServiceAuthorization,
} from '../../constructs';
import { type SynthesizedStack, synthesized } from '../../constructs/testing';
import { KeyStack, StorageStack } from '../../examples/two-stacks/main';
import { keyProtect, newApp, newStack, reference } from './support';

function waitsFor(stack: TerraformStack): readonly string[] {
  return stack.dependencies.map(({ node }) => node.id).sort();
}

describe('a key in one stack and what it protects in another', () => {
  let keys: SynthesizedStack;
  let storage: SynthesizedStack;
  let order: readonly string[];
  beforeAll(() => {
    const app = newApp();
    const keyStack = new KeyStack(app, 'keys');
    const storageStack = new StorageStack(app, 'storage', { encryptionKey: keyStack.key });
    keys = synthesized(keyStack);
    storage = synthesized(storageStack);
    order = storageStack.dependencies.map((stack) => stack.node.id);
  });

  test('meet in an output and a remote state', () => {
    expect(JSON.parse(keys.json).output).toEqual({
      'cross-stack-output-ibm_kms_keykeycrn': {
        sensitive: true,
        value: reference('ibm_kms_key.key.crn'),
      },
    });
    expect(storage.resource('ibm_is_volume.archive')).toMatchObject({
      encryption_key: reference(
        'data.terraform_remote_state.cross-stack-reference-input-keys.outputs.cross-stack-output-ibm_kms_keykeycrn',
      ),
    });
  });

  test('leave the authorization beside the instance, where the other stack finds it in place', () => {
    expect(keys).toAuthorize({
      sourceService: 'server-protect',
      target: 'ibm_resource_instance.kms',
      roles: ['Reader'],
    });
    expect(storage.addresses()).toEqual(['ibm_is_volume.archive']);
    expect(storage.resource('ibm_is_volume.archive')).not.toHaveProperty('depends_on');
    expect(order).toEqual(['keys']);
  });
});

test('two stacks that use the keys of one instance share one authorization', () => {
  const app = newApp();
  const keyStack = newStack(app, 'keys');
  const encryptionKey = new RootKey(keyStack, 'key', { instance: keyProtect(keyStack) });
  const consumers = ['one', 'two'].map((id) => {
    const stack = newStack(app, id);
    new EncryptedVolume(stack, 'data', { encryptionKey, zone: 'us-south-1' });
    return stack;
  });
  expect(synthesized(keyStack).addresses('ibm_iam_authorization_policy')).toHaveLength(1);
  for (const stack of consumers) {
    expect(synthesized(stack).addresses('ibm_iam_authorization_policy')).toEqual([]);
    expect(stack.dependencies.map((dependency) => dependency.node.id)).toEqual(['keys']);
  }
});

test('an equal authorization in another stack makes that stack wait for the one that owns it', () => {
  const app = newApp();
  const owner = newStack(app, 'owner');
  const instance = keyProtect(owner);
  const authorization = { sourceService: 'server-protect', target: instance, roles: ['Reader'] };
  new ServiceAuthorization(owner, 'volumes', authorization);
  const other = newStack(app, 'other');
  const shared = new ServiceAuthorization(other, 'volumes', authorization);
  expect(TerraformStack.of(shared.resource)).toBe(owner);
  expect(other.dependencies.map((stack) => stack.node.id)).toEqual(['owner']);
  expect(synthesized(other).addresses()).toEqual([]);
});

test('a lock in the stack of the consumer, on a secret in another stack', () => {
  const app = newApp();
  const vault = newStack(app, 'vault');
  const instance = new SecretsManagerInstance(vault, 'secrets', { location: 'us-south' });
  const secret = new Secret(vault, 'secret', { instance, value: SecretValue.variable(vault, 'value') });
  const consumer = newStack(app, 'consumer');
  new SecretLock(consumer, 'lock', { secret, consumer: 'billing' });
  const stack = synthesized(consumer);
  expect(stack.resource('keyquake_secret_lock.lock')).toMatchObject({
    secret_id: expect.stringContaining('cross-stack-output-ibm_sm_arbitrary_secretsecretsecret_id'),
    instance_id: expect.stringContaining('cross-stack-output-ibm_resource_instancesecretsguid'),
  });
  expect(JSON.parse(stack.json).provider.keyquake).toHaveLength(1);
  expect(JSON.parse(synthesized(vault).json).provider).not.toHaveProperty('keyquake');
});

test('an instance, its key and what the key protects in a stack each', () => {
  const app = newApp();
  const [platform, keys, storage] = ['platform', 'keys', 'storage'].map((id) => newStack(app, id)) as [
    TerraformStack,
    TerraformStack,
    TerraformStack,
  ];
  const encryptionKey = new RootKey(keys, 'key', { instance: keyProtect(platform), state: 'active' });
  new EncryptedVolume(storage, 'data', { encryptionKey, zone: 'us-south-1' });
  expect(synthesized(platform).addresses('ibm_iam_authorization_policy')).toHaveLength(1);
  expect(synthesized(keys).resource('ibm_kms_key.key')).toMatchObject({
    instance_id: reference(
      'data.terraform_remote_state.cross-stack-reference-input-platform.outputs.cross-stack-output-ibm_resource_instancekmsguid',
    ),
  });
  expect(synthesized(keys).resource('ibm_kms_key.key')).not.toHaveProperty('depends_on');
  expect(synthesized(storage).addresses()).toEqual(['ibm_is_volume.data']);
  expect(waitsFor(keys)).toEqual(['platform']);
  expect(waitsFor(storage)).toEqual(['keys', 'platform']);
});

test('a consumer beside the instance cannot use a key of a stack that waits for it', () => {
  const app = newApp();
  const [platform, keys] = [newStack(app, 'platform'), newStack(app, 'keys')];
  const encryptionKey = new RootKey(keys, 'key', { instance: keyProtect(platform) });
  expect(() => new EncryptedVolume(platform, 'data', { encryptionKey, zone: 'us-south-1' })).toThrow(
    'platform/data: has to come after keys/key, but the stack keys waits for the stack platform already; put both into one stack, or what both need into a third one',
  );
});

test('a key that exists already, described in another stack than what uses it, holds nothing up but its authorization', () => {
  const app = newApp();
  const [shared, storage] = [newStack(app, 'shared'), newStack(app, 'storage')];
  const encryptionKey = RootKey.fromRootKeyAttributes(shared, 'key', {
    instance: KeyProtectInstance.fromKeyProtectInstanceAttributes(shared, 'kms', { instanceGuid: '1111' }),
    keyId: 'id',
    keyCrn: 'crn',
  });
  new EncryptedVolume(storage, 'data', { encryptionKey, zone: 'us-south-1' });
  expect(synthesized(shared).addresses()).toEqual([
    expect.stringMatching(/^ibm_iam_authorization_policy\.kms_server-protect_[0-9A-F]{8}$/),
  ]);
  expect(synthesized(storage).resource('ibm_is_volume.data')).toMatchObject({ encryption_key: 'crn' });
  expect(waitsFor(storage)).toEqual(['shared']);
});

test('stacks that would wait for each other are refused', () => {
  const app = newApp();
  const [first, second] = [newStack(app, 'first'), newStack(app, 'second')];
  const firstKms = new KeyProtectInstance(first, 'kms', { location: 'us-south' });
  const secondKms = new KeyProtectInstance(second, 'kms', { location: 'us-south' });
  const firstKey = new RootKey(first, 'key', { instance: firstKms });
  const secondKey = new RootKey(second, 'key', { instance: secondKms });
  new EncryptedVolume(second, 'data', { encryptionKey: firstKey, zone: 'us-south-1' });
  expect(() => new EncryptedVolume(first, 'data', { encryptionKey: secondKey, zone: 'us-south-1' })).toThrow(
    'first/data: has to come after second/key, but the stack second waits for the stack first already; put both into one stack, or what both need into a third one',
  );
});
