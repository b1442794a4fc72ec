import {
  HyperProtectInstance,
  KeyInstancePolicies,
  type KeyInstancePolicySettings,
  KeyProtectInstance,
  RootKey,
  type RootKeyProps,
  SecretValue,
} from '../../../constructs';
import { synthesized } from '../../../constructs/testing';
import { keyProtect, newApp, newStack, reference, refusal, synthesize } from '../support';

type Stack = Parameters<typeof keyProtect>[0];

const guid = '11111111-2222-4333-8444-555555555555';

function existing(scope: Stack, id = 'kms') {
  return KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, id, { instanceGuid: guid });
}

/** ibm-control-plane.md 4.5, 6.1.7: the blocks that the provider has and the attributes that each policy takes. */
describe('policies of an instance that exists already', () => {
  const cases: readonly (readonly [
    title: string,
    settings: KeyInstancePolicySettings,
    blocks: Readonly<Record<string, unknown>>,
  ])[] = [
    ['two people for a deletion', { dualAuthorizationDelete: true }, { dual_auth_delete: { enabled: true } }],
    [
      'one person for a deletion again',
      { dualAuthorizationDelete: false },
      { dual_auth_delete: { enabled: false } },
    ],
    ['a rotation', { rotationIntervalMonths: 3 }, { rotation: { enabled: true, interval_month: 3 } }],
    ['no rotation any more', { rotationEnabled: false }, { rotation: { enabled: false } }],
    ['metrics', { metrics: true }, { metrics: { enabled: true } }],
    [
      'imported root keys only',
      {
        keyCreateImportAccess: {
          createRootKey: false,
          createStandardKey: false,
          importStandardKey: false,
          enforceToken: true,
        },
      },
      {
        key_create_import_access: {
          enabled: true,
          create_root_key: false,
          create_standard_key: false,
          import_standard_key: false,
          enforce_token: true,
        },
      },
    ],
    [
      'every kind of key again',
      { keyCreateImportAccess: { enabled: false } },
      { key_create_import_access: { enabled: false } },
    ],
  ];

  test.each(cases)('can be %s', (_title, settings, blocks) => {
    const stack = synthesize((scope) => {
      new KeyInstancePolicies(scope, 'policies', { instance: existing(scope), ...settings });
    });
    expect(stack.resource('ibm_kms_instance_policies.policies')).toEqual({ instance_id: guid, ...blocks });
  });
});

describe.each([
  ['Key Protect', (scope: Stack) => keyProtect(scope, { policies: { metrics: true } })],
  [
    'Hyper Protect Crypto Services',
    (scope: Stack) =>
      new HyperProtectInstance(scope, 'kms', { location: 'us-south', policies: { metrics: true } }),
  ],
])('an instance of %s that is made with policies', (_service, define) => {
  test('has them in one resource beside it', () => {
    const stack = synthesize((scope) => void define(scope));
    const [address = ''] = stack.addresses('ibm_kms_instance_policies');
    expect(stack.resource(address)).toEqual({
      instance_id: reference('ibm_resource_instance.kms.guid'),
      metrics: { enabled: true },
    });
    expect(stack.addresses()).toHaveLength(2);
  });
});

test('an instance of which no policy is given has no such resource', () => {
  const stack = synthesize((scope) => void keyProtect(scope));
  expect(stack.addresses('ibm_kms_instance_policies')).toEqual([]);
});

describe('refuses', () => {
  const cases: readonly (readonly [title: string, settings: KeyInstancePolicySettings, message: string])[] = [
    ['to set nothing', {}, 'sets no policy of stack/kms; give one, or leave the policies out'],
    [
      'a rotation every 13 months',
      { rotationIntervalMonths: 13 },
      'rotationIntervalMonths 13 is not a whole number from 1 to 12; choose one in that range',
    ],
    [
      'a rotation every 0 months',
      { rotationIntervalMonths: 0 },
      'rotationIntervalMonths 0 is not a whole number from 1 to 12; choose one in that range',
    ],
    [
      'a rotation without an interval',
      { rotationEnabled: true },
      'rotationEnabled is true without rotationIntervalMonths, but keys cannot rotate without an interval; give the interval too',
    ],
    // 6.1.7: `enabled: false` must not carry attributes.
    [
      'a rotation that is off but has an interval',
      { rotationEnabled: false, rotationIntervalMonths: 3 },
      'rotationEnabled is false together with rotationIntervalMonths 3, but a policy that is off has no interval; leave the interval out',
    ],
    [
      'restrictions that are off',
      { keyCreateImportAccess: { enabled: false, importRootKey: true } },
      'keyCreateImportAccess is not enabled but gives importRootKey, and a policy that is off has no restrictions; leave the restrictions out, or enable it',
    ],
  ];

  test.each(cases)('%s', (_title, settings, message) => {
    const standalone = refusal((scope) => {
      new KeyInstancePolicies(scope, 'policies', { instance: existing(scope), ...settings });
    });
    expect(standalone).toBe(`stack/policies: ${message}`);
    const ofInstance = refusal((scope) => void keyProtect(scope, { policies: settings }));
    expect(ofInstance).toBe(`stack/kms/Policies: ${message}`);
  });

  test('a second owner, naming both', () => {
    const message = refusal((scope) => {
      const instance = keyProtect(scope, { policies: { metrics: true } });
      new KeyInstancePolicies(scope, 'more', { instance, rotationIntervalMonths: 3 });
    });
    expect(message).toBe(
      'stack/more: declares the policies of stack/kms, which stack/kms/Policies declares already; name all of them in one of the two',
    );
  });
});

/** ibm-control-plane.md 6.1.7: policies affect keys created afterwards only. */
describe('the keys of the instance are created after its policies', () => {
  test('which are made with the instance', () => {
    const stack = synthesize((scope) => {
      const instance = keyProtect(scope, { policies: { rotationIntervalMonths: 3 } });
      new RootKey(scope, 'key', { instance });
    });
    const [policies = ''] = stack.addresses('ibm_kms_instance_policies');
    expect(stack.resource('ibm_kms_key.key')['depends_on']).toEqual([policies]);
  });

  test('which are declared later, for an instance from elsewhere', () => {
    const stack = synthesize((scope) => {
      new RootKey(scope, 'key', { instance: existing(scope) });
      new KeyInstancePolicies(scope, 'policies', { instance: existing(scope, 'same'), metrics: true });
    });
    expect(stack).toCreateAfter('ibm_kms_key.key', 'ibm_kms_instance_policies.policies');
  });

  test('in another stack too', () => {
    const app = newApp();
    const [home, other] = [newStack(app, 'home'), newStack(app, 'other')];
    const instance = keyProtect(home, { policies: { metrics: true } });
    new RootKey(other, 'key', { instance });
    expect(synthesized(other).resource('ibm_kms_key.key')).not.toHaveProperty('depends_on');
    expect(other.dependencies.map(({ node }) => node.id)).toEqual(['home']);
  });

  test('not those of other instances', () => {
    const stack = synthesize((scope) => {
      keyProtect(scope, { policies: { metrics: true } });
      const instance = new KeyProtectInstance(scope, 'other', { location: 'us-south' });
      new RootKey(scope, 'key', { instance });
    });
    expect(stack.resource('ibm_kms_key.key')).not.toHaveProperty('depends_on');
  });

  test('or refused when their stack would have to wait for itself', () => {
    const app = newApp();
    const [home, other] = [newStack(app, 'home'), newStack(app, 'other')];
    const instance = keyProtect(home);
    new RootKey(home, 'key', { instance });
    expect(() => new KeyInstancePolicies(other, 'policies', { instance, metrics: true })).toThrow(
      'home/key: has to come after other/policies, but the stack other waits for the stack home already; put both into one stack, or what both need into a third one',
    );
  });
});

/** ibm-control-plane.md 6.1.7, 6.1.10 (KEY_CREATE_IMPORT_ACCESS_ERR); 6.1.6 (dual authorization cannot be switched off). */
describe('a key that the policies of its instance would not let be created', () => {
  const imported = (scope: Stack) => ({ importedMaterial: SecretValue.variable(scope, 'material') });
  const cases: readonly (readonly [
    title: string,
    policies: KeyInstancePolicySettings,
    key: (scope: Stack) => Partial<RootKeyProps>,
    warning: string,
  ])[] = [
    [
      'a generated one',
      { keyCreateImportAccess: { createRootKey: false } },
      () => ({}),
      'stack/kms/Policies forbids generated root keys (createRootKey): a key like this one can be kept there but not created',
    ],
    [
      'an imported one',
      { keyCreateImportAccess: { importRootKey: false } },
      imported,
      'stack/kms/Policies forbids imported root keys (importRootKey): a key like this one can be kept there but not created',
    ],
    [
      'one imported without a token',
      { keyCreateImportAccess: { enforceToken: true } },
      imported,
      'stack/kms/Policies forbids material without an import token (enforceToken): a key like this one can be kept there but not created',
    ],
    [
      'one without dual authorization',
      { dualAuthorizationDelete: true },
      () => ({ dualAuthorizationDelete: false }),
      'stack/kms/Policies gives every new key dual authorization, which dualAuthorizationDelete: false cannot switch off again',
    ],
  ];

  test.each(cases)('warns: %s', (_title, policies, props, message) => {
    const stack = synthesize((scope) => {
      new RootKey(scope, 'key', { instance: keyProtect(scope, { policies }), ...props(scope) });
    });
    expect(stack.annotations).toEqual([{ level: 'warning', path: 'stack/key', message }]);
  });

  const harmless: readonly (readonly [
    title: string,
    policies: KeyInstancePolicySettings,
    key: (scope: Stack) => Partial<RootKeyProps>,
  ])[] = [
    [
      'a generated one where imports are restricted',
      { keyCreateImportAccess: { importRootKey: false, enforceToken: true } },
      () => ({}),
    ],
    [
      'an imported one where generation is forbidden',
      { keyCreateImportAccess: { createRootKey: false } },
      imported,
    ],
    [
      'any where standard keys are forbidden',
      { keyCreateImportAccess: { createStandardKey: false, importStandardKey: false } },
      imported,
    ],
    ['any where nothing is restricted', { keyCreateImportAccess: { enabled: false } }, imported],
    ['one that leaves dual authorization to the instance', { dualAuthorizationDelete: true }, () => ({})],
    [
      'one without dual authorization where it is off',
      { dualAuthorizationDelete: false },
      () => ({ dualAuthorizationDelete: false }),
    ],
  ];

  test.each(harmless)('does not warn: %s', (_title, policies, props) => {
    const stack = synthesize((scope) => {
      new RootKey(scope, 'key', { instance: keyProtect(scope, { policies }), ...props(scope) });
    });
    expect(stack.annotations).toEqual([]);
  });
});
