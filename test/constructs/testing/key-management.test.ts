/** Stacks with rings, policies and Hyper Protect, asked in a unit test (behaviour.md A1, A3; ibm-control-plane.md 6.1.5). */
import type { TerraformStack } from 'cdktf';
import {
  EncryptedVolume,
  HyperProtectInstance,
  KeyPolicies,
  KeyProtectInstance,
  KeyRing,
  RootKey,
  type RootKeyProps,
  SecretsManagerInstance,
  ServiceAuthorization,
} from '../../../constructs';
import { matchers, type SynthesizedStack, simulateStack, synthesized } from '../../../constructs/testing';
import { keyProtect, newStack, synthesize } from '../support';

type KeyStack = (props?: Omit<RootKeyProps, 'instance'>) => TerraformStack;

const services = [
  ['Key Protect', (scope: TerraformStack) => keyProtect(scope)],
  [
    'Hyper Protect Crypto Services',
    (scope: TerraformStack) =>
      new HyperProtectInstance(scope, 'kms', { location: 'us-south', units: 3, policies: { metrics: true } }),
  ],
] as const;

describe.each(services)('a key in a ring of %s, with policies and an alias', (service, instanceIn) => {
  const stack: KeyStack = (props) => {
    const scope = newStack();
    const instance = instanceIn(scope);
    const encryptionKey = new RootKey(scope, 'key', {
      instance,
      keyRing: new KeyRing(scope, 'ring', { instance }),
      aliases: ['orders'],
      rotationIntervalMonths: 1,
      ...props,
    });
    new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
    new SecretsManagerInstance(scope, 'secrets', { location: 'us-south', encryptionKey });
    return scope;
  };

  test('is placed as a whole: nothing of it is unmapped', () => {
    const report = simulateStack(stack(), { action: 'disable', to: 'ibm_kms_key.key' });
    expect(report.unmapped).toEqual([]);
    expect(report.findings.map(({ id, severity }) => [id, severity])).toEqual([
      ['ibm_resource_instance.secrets', 'breaks'],
      ['ibm_is_volume.data', 'latent'],
    ]);
  });

  test('survives a rotation, and being disabled only in part', () => {
    const { toSurvive } = matchers;
    const synthesizedStack = synthesized(stack());
    expect(synthesizedStack).toSurvive({ action: 'rotate', to: 'stack-key' });
    expect(toSurvive(synthesizedStack, { action: 'disable', to: 'stack-key' }, 'latent').pass).toBe(false);
    expect(synthesizedStack).toSurvive({ action: 'disable', to: 'stack-key' }, 'breaks');
  });

  // behaviour.md A1: a plain deletion is refused while the key protects something.
  test('survives a deletion, which is refused', () => {
    const question = { action: 'delete', to: 'ibm_kms_key.key' } as const;
    const { targets } = simulateStack(stack(), question);
    expect(targets.map(({ refusal }) => refusal?.reason)).toEqual(['protects-resources']);
    expect(synthesized(stack())).toSurvive(question);
  });

  // behaviour.md A1: Hyper Protect Crypto Services demands that the resources go first.
  test(`${service === 'Key Protect' ? 'does not survive' : 'survives'} a forced one`, () => {
    const { targets, verdict } = simulateStack(stack(), { action: 'force-delete', to: 'ibm_kms_key.key' });
    expect([targets[0]?.refusal?.reason, verdict]).toEqual(
      service === 'Key Protect' ? [undefined, 'lost'] : ['protects-resources', 'safe'],
    );
  });

  // behaviour.md A1: with the policy set, a second person has to schedule the deletion first.
  test('survives a forced one while nobody has scheduled it, under dual authorization', () => {
    const question = { action: 'force-delete', to: 'ibm_kms_key.key' } as const;
    expect(synthesized(stack({ dualAuthorizationDelete: true }))).toSurvive(question);
  });

  test('cannot be disabled when its state is suspended already', () => {
    const { targets } = simulateStack(stack({ state: 'suspended' }), { action: 'disable', to: '*' });
    expect(targets.map(({ before, refusal }) => [before, refusal?.reason])).toEqual([
      ['suspended', 'already-in-state'],
    ]);
  });
});

describe('the statements', () => {
  let stack: SynthesizedStack;
  const guid = '11111111-2222-4333-8444-555555555555';
  beforeAll(() => {
    stack = synthesize((scope) => {
      const hpcs = new HyperProtectInstance(scope, 'hpcs', { location: 'us-south' });
      const keyRing = new KeyRing(scope, 'ring', { instance: hpcs });
      const key = new RootKey(scope, 'key', { instance: hpcs, keyRing });
      new KeyPolicies(scope, 'policies', { key, rotationIntervalMonths: 3 });
      new EncryptedVolume(scope, 'data', { encryptionKey: key, zone: 'us-south-1' });
      new ServiceAuthorization(scope, 'central', {
        sourceService: 'server-protect',
        target: KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, 'kms', { instanceGuid: guid }),
        roles: ['Reader'],
      });
    });
  });

  test.each(['ibm_resource_instance.hpcs', guid])('toAuthorize knows the instance %s', (target) => {
    expect(stack).toAuthorize({ sourceService: 'server-protect', target, roles: ['Reader'] });
  });

  test('toEncrypt, toProtect and toCreateAfter hold for keys of Hyper Protect Crypto Services in a ring', () => {
    expect(stack).toEncrypt('ibm_is_volume.data', 'ibm_kms_key.key');
    expect(stack).toProtect('ibm_kms_key.key');
    expect(stack).toCreateAfter('ibm_is_volume.data', 'ibm_kms_key_rings.ring');
    expect(stack).toCreateAfter('ibm_kms_key_policies.policies', 'ibm_kms_key.key');
  });

  test('toSurvive holds for revoking an authorization that nothing uses', () => {
    expect(stack).toSurvive({ action: 'revoke-authorization', to: 'ibm_iam_authorization_policy.central' });
  });
});
