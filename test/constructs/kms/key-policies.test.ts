import {
  KeyPolicies,
  type KeyPoliciesProps,
  KeyProtectInstance,
  RootKey,
  SecretValue,
} from '../../../constructs';
import { keyProtect, newApp, newStack, reference, refusal, synthesize } from '../support';

type Stack = Parameters<typeof keyProtect>[0];

const guid = '11111111-2222-4333-8444-555555555555';
const keyId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

function existingKey(scope: Stack, id = 'key', imported?: boolean) {
  const instance = KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, `${id}-kms`, {
    instanceGuid: guid,
  });
  return RootKey.fromRootKeyAttributes(scope, id, {
    instance,
    keyId,
    keyCrn: `crn:v1:bluemix:public:kms:us-south:a/acct:${guid}:key:${keyId}`,
    imported,
  });
}

function policiesOf(props: Omit<KeyPoliciesProps, 'key'>) {
  const stack = synthesize((scope) => {
    new KeyPolicies(scope, 'policies', { key: existingKey(scope), ...props });
  });
  return stack.resource('ibm_kms_key_policies.policies');
}

describe('policies of a key that exists already', () => {
  test('name the key by its id, and both kinds in one resource', () => {
    expect(policiesOf({ rotationIntervalMonths: 6, dualAuthorizationDelete: true })).toEqual({
      instance_id: guid,
      key_id: keyId,
      rotation: [{ enabled: true, interval_month: 6 }],
      dual_auth_delete: [{ enabled: true }],
    });
  });

  test('of which only the rotation is given leave the other kind alone', () => {
    expect(policiesOf({ rotationIntervalMonths: 1 })).toEqual({
      instance_id: guid,
      key_id: keyId,
      rotation: [{ enabled: true, interval_month: 1 }],
    });
  });

  // ibm-control-plane.md 6.1.6: disabling rotation keeps the interval; 4.4: a creation without one is refused.
  test('end a rotation with its interval', () => {
    expect(policiesOf({ rotationIntervalMonths: 12, rotationEnabled: false })).toMatchObject({
      rotation: [{ enabled: false, interval_month: 12 }],
    });
  });

  // ibm-control-plane.md 4.4: `rotation` is optional but not computed, and is set by every read.
  test('of which only the dual authorization is given do not fight a rotation that the instance gave the key', () => {
    expect(policiesOf({ dualAuthorizationDelete: true })).toEqual({
      instance_id: guid,
      key_id: keyId,
      dual_auth_delete: [{ enabled: true }],
      lifecycle: { ignore_changes: ['rotation'] },
    });
  });
});

/** ibm-control-plane.md 6.1.5, 6.1.6; behaviour.md A1 (a rotation policy is for generated keys only). */
describe('refuses', () => {
  const cases: readonly (readonly [title: string, props: Omit<KeyPoliciesProps, 'key'>, message: string])[] =
    [
      [
        'a rotation every 0 months',
        { rotationIntervalMonths: 0 },
        'stack/policies: rotationIntervalMonths 0 is not a whole number from 1 to 12; choose one in that range',
      ],
      [
        'a rotation every 13 months',
        { rotationIntervalMonths: 13 },
        'stack/policies: rotationIntervalMonths 13 is not a whole number from 1 to 12; choose one in that range',
      ],
      [
        'a rotation every 1.5 months',
        { rotationIntervalMonths: 1.5 },
        'stack/policies: rotationIntervalMonths 1.5 is not a whole number from 1 to 12; choose one in that range',
      ],
      [
        'a rotation that is off and has no interval',
        { rotationEnabled: false, dualAuthorizationDelete: true },
        'stack/policies: rotationEnabled is false without rotationIntervalMonths, but the rotation policy of a key has an interval even while it is off; give the interval too',
      ],
      [
        'to set nothing',
        {},
        'stack/policies: sets no policy of stack/key; give rotationIntervalMonths or dualAuthorizationDelete, or leave the construct out',
      ],
    ];

  test.each(cases)('%s', (_title, props, message) => {
    const refused = refusal((scope) => {
      new KeyPolicies(scope, 'policies', { key: existingKey(scope), ...props });
    });
    expect(refused).toBe(message);
  });

  const importedRotates =
    'stack/policies: rotationIntervalMonths is given for stack/key, whose material is imported, but only generated keys rotate by themselves; leave it out, and rotate the key with new material of yours';

  test('a rotation of an imported key of the stack', () => {
    const message = refusal((scope) => {
      const importedMaterial = SecretValue.variable(scope, 'material');
      const key = new RootKey(scope, 'key', { instance: keyProtect(scope), importedMaterial });
      new KeyPolicies(scope, 'policies', { key, rotationIntervalMonths: 3 });
    });
    expect(message).toBe(importedRotates);
  });

  test('a rotation of an imported key that exists already, when that is known', () => {
    const message = refusal((scope) => {
      new KeyPolicies(scope, 'policies', { key: existingKey(scope, 'key', true), rotationIntervalMonths: 3 });
    });
    expect(message).toBe(importedRotates);
  });
});

test('an imported key can have dual authorization', () => {
  const stack = synthesize((scope) => {
    const key = existingKey(scope, 'key', true);
    new KeyPolicies(scope, 'policies', { key, dualAuthorizationDelete: true });
  });
  expect(stack.resource('ibm_kms_key_policies.policies')).toMatchObject({
    dual_auth_delete: [{ enabled: true }],
  });
});

describe('the policies of a key have one owner', () => {
  test('which can be the key itself', () => {
    const message = refusal((scope) => {
      const key = new RootKey(scope, 'key', { instance: keyProtect(scope), dualAuthorizationDelete: true });
      new KeyPolicies(scope, 'more', { key, rotationIntervalMonths: 3 });
    });
    expect(message).toBe(
      'stack/more: declares the policies of stack/key, which stack/key/Policies declares already; name all of them in one of the two',
    );
  });

  test('also when the key is described twice', () => {
    const message = refusal((scope) => {
      for (const id of ['one', 'two']) {
        const key = existingKey(scope, `${id}-key`);
        new KeyPolicies(scope, id, { key, rotationIntervalMonths: 3 });
      }
    });
    expect(message).toBe(
      'stack/two: declares the policies of stack/two-key, which stack/one declares already; name all of them in one of the two',
    );
  });

  test('also when the other one is in another stack', () => {
    const app = newApp();
    const [first, second] = [newStack(app, 'first'), newStack(app, 'second')];
    const key = new RootKey(first, 'key', { instance: keyProtect(first) });
    new KeyPolicies(first, 'policies', { key, rotationIntervalMonths: 3 });
    expect(() => new KeyPolicies(second, 'policies', { key, rotationIntervalMonths: 3 })).toThrow(
      'second/policies: declares the policies of first/key, which first/policies declares already; name all of them in one of the two',
    );
  });

  test('and a key of the stack that has none of its own may have one', () => {
    const stack = synthesize((scope) => {
      const key = new RootKey(scope, 'key', { instance: keyProtect(scope) });
      new KeyPolicies(scope, 'policies', { key, rotationIntervalMonths: 3 });
    });
    expect(stack.resource('ibm_kms_key_policies.policies')).toMatchObject({
      key_id: reference('ibm_kms_key.key.key_id'),
    });
  });
});
