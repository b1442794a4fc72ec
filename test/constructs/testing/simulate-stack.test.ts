/** What a key takes down, asked of a stack in a unit test. Statuses: ibm-vpc.md 4.2, behaviour.md B4, A1. */
import {
  EncryptedVolume,
  KeyProtectInstance,
  RootKey,
  SecretsManagerInstance,
  SecretValue,
} from '../../../constructs';
import { matchers, type SynthesizedStack, simulateStack, synthesized } from '../../../constructs/testing';
import { QuickstartStack } from '../../../examples/quickstart/main';
import { KeyStack, StorageStack } from '../../../examples/two-stacks/main';
import { keyProtect, newApp, newStack, synthesize } from '../support';

describe('the quickstart, its key disabled', () => {
  test('loses its secrets at once and its volumes when they are attached next', () => {
    const stack = new QuickstartStack(newApp(), 'quickstart');
    const report = simulateStack(stack, { action: 'disable', to: 'ibm_kms_key.key' });
    expect(report.verdict).toBe('breaks');
    expect(report.findings.map(({ id, severity, before, after }) => [id, severity, before, after])).toEqual([
      ['ibm_resource_instance.secrets', 'breaks', 'active', 'sealed'],
      ['ibm_sm_arbitrary_secret.password', 'breaks', 'active', 'sealed'],
      ['ibm_is_volume.data', 'latent', 'available', 'available'],
      ['ibm_is_volume.logs', 'latent', 'available', 'available'],
    ]);
    expect(report.unmapped).toEqual([]);
  });

  test('is told who uses the secret, as its lock names it', () => {
    const stack = new QuickstartStack(newApp(), 'quickstart');
    const report = simulateStack(stack, { action: 'disable', to: 'quickstart-key' });
    const secret = report.findings.find(({ id }) => id === 'ibm_sm_arbitrary_secret.password');
    expect(secret?.consumers).toEqual(['ibm_is_volume.data']);
  });
});

describe('two stacks', () => {
  test('are one world', () => {
    const app = newApp();
    const keys = new KeyStack(app, 'keys');
    const storage = new StorageStack(app, 'storage', { encryptionKey: keys.key });
    const report = simulateStack([keys, storage], { action: 'force-delete', to: 'keys/ibm_kms_key.key' });
    expect(report.findings.map(({ id, after }) => [id, after])).toEqual([
      ['storage/ibm_is_volume.archive', 'unusable'],
    ]);
  });
});

describe('time', () => {
  const stack = (importedMaterial?: 'imported') => {
    const scope = newStack();
    const encryptionKey = new RootKey(scope, 'key', {
      instance: keyProtect(scope),
      importedMaterial: importedMaterial && SecretValue.variable(scope, 'material'),
      expiration: '2030-01-31T00:00:00Z',
    });
    new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
    return scope;
  };

  // behaviour.md A1: imported keys can be restored for 30 days.
  test.each([
    ['P29D', 'restore'],
    ['P31D', 'none'],
  ])('after %s an imported key is undone by %s', (later, by) => {
    const report = simulateStack(stack('imported'), { action: 'force-delete', to: '*', later });
    expect(report.findings.map(({ undo }) => undo?.by)).toEqual([by]);
  });

  test('a key is deactivated where its expiration has come, and cannot be disabled then', () => {
    const question = { action: 'disable', to: 'ibm_kms_key.key' } as const;
    expect(simulateStack(stack(), question).targets.map(({ after }) => after)).toEqual(['suspended']);
    const expired = simulateStack(stack(), { ...question, now: '2030-02-01T00:00:00Z' });
    expect(expired.targets.map(({ before, refusal }) => [before, refusal?.reason])).toEqual([
      ['deactivated', 'invalid-state'],
    ]);
  });
});

test('a selector that names nothing is refused with what there is', () => {
  expect(() => simulateStack(stackOfVolume(), { action: 'disable', to: 'ibm_kms_key.none' })).toThrow(
    "'ibm_kms_key.none' names no root key of the source; give one of ibm_kms_key.key (stack-key), or * for all",
  );
});

function stackOfVolume() {
  const scope = newStack();
  const encryptionKey = new RootKey(scope, 'key', { instance: keyProtect(scope) });
  new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
  return scope;
}

describe('toSurvive', () => {
  test('holds where nothing but the instance of the key is from elsewhere', () => {
    const stack = synthesize((scope) => {
      const instance = KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, 'kms', {
        instanceGuid: '11111111-2222-4333-8444-555555555555',
      });
      new RootKey(scope, 'key', { instance });
    });
    expect(stack).toSurvive({ action: 'disable', to: 'ibm_kms_key.key' });
  });

  let volumes: SynthesizedStack;
  beforeAll(() => {
    volumes = synthesized(stackOfVolume());
  });
  const disable = { action: 'disable', to: 'ibm_kms_key.key' } as const;

  test('holds up to the degree of harm that is allowed', () => {
    expect(volumes).toSurvive(disable, 'latent');
    expect(volumes).not.toSurvive(disable);
    expect(volumes).toSurvive({ action: 'rotate', to: 'ibm_kms_key.key' });
  });

  test('says what is harmed, from what to what', () => {
    expect(matchers.toSurvive(volumes, disable)).toMatchObject({ pass: false });
    expect(matchers.toSurvive(volumes, disable).message()).toBe(
      'expected: stack survives disable of ibm_kms_key.key unharmed; ibm_is_volume.data: latent (available → available)',
    );
    expect(matchers.toSurvive(volumes, { ...disable, action: 'force-delete' }, 'latent').message()).toBe(
      'expected: stack survives force-delete of ibm_kms_key.key with nothing worse than latent; ibm_is_volume.data: lost (available → unusable)',
    );
  });

  test('does not hold where a resource could not be placed', () => {
    const unknown = synthesize((scope) => {
      const instance = KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, 'kms', {
        instanceGuid: '11111111-2222-4333-8444-555555555555',
        managesAuthorizations: false,
      });
      const elsewhere = RootKey.fromRootKeyAttributes(scope, 'elsewhere', {
        instance,
        keyId: 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
        keyCrn: 'no CRN',
      });
      new RootKey(scope, 'key', { instance });
      new SecretsManagerInstance(scope, 'secrets', { location: 'us-south', encryptionKey: elsewhere });
    });
    const result = matchers.toSurvive(unknown, disable);
    expect(result.pass).toBe(false);
    expect(result.message()).toBe(
      "expected: stack survives disable of ibm_kms_key.key unharmed; ibm_resource_instance.secrets: unknown (parameters.kms_key is 'no CRN', which names no root key of this source)",
    );
  });
});
