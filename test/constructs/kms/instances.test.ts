import { TerraformVariable } from 'cdktf';
import {
  HyperProtectInstance,
  type IKeyProtectInstance,
  KeyProtectInstance,
  KeyRing,
  ResourceGroup,
  RootKey,
} from '../../../constructs';
import { keyProtect, reference, refusal, synthesize } from '../support';

describe('a Key Protect instance', () => {
  test('has the plan that the catalog calls tiered-pricing, and the path as name', () => {
    const stack = synthesize((scope) => void keyProtect(scope));
    expect(stack.resource('ibm_resource_instance.kms')).toEqual({
      name: 'stack-kms',
      service: 'kms',
      plan: 'tiered-pricing',
      location: 'us-south',
    });
  });

  test('takes name, plan, network, group and tags', () => {
    const stack = synthesize((scope) => {
      keyProtect(scope, {
        name: 'central keys',
        plan: 'cross-region-resiliency',
        allowedNetwork: 'private-only',
        resourceGroup: ResourceGroup.fromResourceGroupId(scope, 'group', 'a1b2'),
        tags: ['env:test'],
      });
    });
    expect(stack.resource('ibm_resource_instance.kms')).toEqual({
      name: 'central keys',
      service: 'kms',
      plan: 'cross-region-resiliency',
      location: 'us-south',
      parameters: { allowed_network: 'private-only' },
      resource_group_id: 'a1b2',
      tags: ['env:test'],
    });
  });

  // behaviour.md B7
  test('warns of an e-mail address in its name', () => {
    const stack = synthesize((scope) => void keyProtect(scope, { name: 'keys of jane.doe@example.com' }));
    expect(stack).toWarn(
      'stack/kms',
      "name 'keys of jane.doe@example.com' holds an e-mail address; names are shown to everyone who can list the resource, so leave personal data out",
    );
  });

  test.each(['keys@home', 'crn:v1:a@b', 'user@@example.com '])('does not take %s for one', (name) => {
    expect(synthesize((scope) => void keyProtect(scope, { name })).annotations).toEqual([]);
  });

  test('does not look into a name that only Terraform knows', () => {
    const stack = synthesize((scope) => {
      keyProtect(scope, { name: new TerraformVariable(scope, 'name', { type: 'string' }).stringValue });
    });
    expect(stack.resource('ibm_resource_instance.kms')).toMatchObject({ name: reference('var.name') });
    expect(stack.annotations).toEqual([]);
  });
});

describe('a Hyper Protect Crypto Services instance', () => {
  test('asks for two crypto units', () => {
    const stack = synthesize((scope) => {
      const instance = new HyperProtectInstance(scope, 'hpcs', { location: 'us-south' });
      new RootKey(scope, 'key', { instance });
    });
    expect(stack.resource('ibm_resource_instance.hpcs')).toEqual({
      name: 'stack-hpcs',
      service: 'hs-crypto',
      plan: 'standard',
      location: 'us-south',
      parameters: { units: '2' },
    });
    expect(stack.resource('ibm_kms_key.key')).toMatchObject({
      instance_id: reference('ibm_resource_instance.hpcs.guid'),
    });
  });

  test('that exists already is told apart from Key Protect', () => {
    synthesize((scope) => {
      const attributes = { instanceGuid: '1111' };
      const hpcs = HyperProtectInstance.fromHyperProtectInstanceAttributes(scope, 'hpcs', attributes);
      const kms = KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, 'kms', attributes);
      expect([hpcs.serviceName, kms.serviceName]).toEqual(['hs-crypto', 'kms']);
      expect([kms.location, kms.managesAuthorizations]).toEqual([undefined, true]);
    });
  });
});

/** ibm-control-plane.md 6.1.8: 2 to 100 letters, digits and hyphens; `default` is reserved. */
describe('a key ring', () => {
  const ring = (keyRingId: string) => () =>
    refusal((scope) => {
      new KeyRing(scope, 'ring', { instance: keyProtect(scope), keyRingId });
    });

  test('is named by its path', () => {
    const stack = synthesize((scope) => {
      new KeyRing(scope, 'ring', { instance: keyProtect(scope) });
    });
    expect(stack.resource('ibm_kms_key_rings.ring')).toEqual({
      instance_id: reference('ibm_resource_instance.kms.guid'),
      key_ring_id: 'stack-ring',
    });
  });

  test.each([
    [
      'a',
      "stack/ring: keyRingId 'a' has a length of 1, outside of 2 to 100 characters; choose a text of such a length",
    ],
    [
      'my_ring',
      "stack/ring: keyRingId 'my_ring' does not match ^[A-Za-z0-9-]+$; use letters, digits and hyphens",
    ],
    [
      'default',
      "stack/ring: keyRingId 'default' is the ring that every instance has; leave keyRing out of the keys that belong there",
    ],
  ])('refuses %s', (keyRingId, message) => {
    expect(ring(keyRingId)()).toBe(message);
  });

  test('has one owner in its instance', () => {
    const message = refusal((scope) => {
      const instance = keyProtect(scope);
      for (const id of ['one', 'two']) new KeyRing(scope, id, { instance, keyRingId: 'production' });
    });
    expect(message).toBe(
      "stack/two: declares the ring 'production' of stack/kms, which stack/one declares already; use the one ring for the keys of both",
    );
  });

  test('of the same name can be in another instance', () => {
    const stack = synthesize((scope) => {
      for (const id of ['east', 'west']) {
        const instance = new KeyProtectInstance(scope, `${id}-kms`, { location: 'us-south' });
        new KeyRing(scope, id, { instance, keyRingId: 'production' });
      }
    });
    expect(stack.addresses('ibm_kms_key_rings')).toEqual([
      'ibm_kms_key_rings.east',
      'ibm_kms_key_rings.west',
    ]);
  });

  test('of another instance than the key is refused', () => {
    const message = refusal((scope) => {
      const [east, west] = ['east', 'west'].map(
        (id) => new KeyProtectInstance(scope, id, { location: 'us-south' }),
      ) as [KeyProtectInstance, KeyProtectInstance];
      const keyRing = new KeyRing(scope, 'ring', { instance: east });
      new RootKey(scope, 'key', { instance: west, keyRing });
    });
    expect(message).toBe(
      'stack/key: keyRing stack/ring is in stack/east, but the key is in stack/west; name a ring of the instance that holds the key',
    );
  });

  test.each([
    ['is refused when both GUIDs are known', '2222', false],
    ['is taken for the same when the GUIDs are', '1111', true],
  ])('of an instance from elsewhere %s', (_title, instanceGuid, allowed) => {
    const define = (scope: Parameters<typeof keyProtect>[0]): void => {
      const [one, other] = ['1111', instanceGuid].map((guid, index) =>
        KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, `kms-${index}`, { instanceGuid: guid }),
      ) as [IKeyProtectInstance, IKeyProtectInstance];
      const keyRing = new KeyRing(scope, 'ring', { instance: one });
      new RootKey(scope, 'key', { instance: other, keyRing });
    };
    if (allowed) expect(synthesize(define).addresses('ibm_kms_key')).toEqual(['ibm_kms_key.key']);
    else expect(refusal(define)).toMatch(/^stack\/key: keyRing stack\/ring is in stack\/kms-0, /);
  });

  test('of an instance that only Terraform knows is not judged', () => {
    const stack = synthesize((scope) => {
      const instanceGuid = new TerraformVariable(scope, 'guid', { type: 'string' }).stringValue;
      const instance = KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, 'other', { instanceGuid });
      const keyRing = new KeyRing(scope, 'ring', { instance });
      new RootKey(scope, 'key', { instance: keyProtect(scope), keyRing });
    });
    expect(stack).toCreateAfter('ibm_kms_key.key', 'ibm_kms_key_rings.ring');
  });

  test('that exists already is named by its id', () => {
    const stack = synthesize((scope) => {
      const keyRing = KeyRing.fromKeyRingId(scope, 'ring', 'production');
      new RootKey(scope, 'key', { instance: keyProtect(scope), keyRing });
    });
    expect(stack.resource('ibm_kms_key.key')).toMatchObject({ key_ring_id: 'production' });
  });
});
