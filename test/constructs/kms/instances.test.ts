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

  // Go SDK of the Resource Controller: at most 180 characters, none special but `(space) - . _ :`.
  test.each([
    [
      '',
      "stack/kms: name '' has a length of 0, outside of 1 to 180 characters; choose a text of such a length",
    ],
    [
      'k'.repeat(181),
      `stack/kms: name '${'k'.repeat(60)}…' has a length of 181, outside of 1 to 180 characters; choose a text of such a length`,
    ],
    [
      'jane@example.com',
      String.raw`stack/kms: name 'jane@example.com' does not match ^[\p{L}\p{N} _.:-]+$; use letters, digits, spaces and the characters _ . : -`,
    ],
  ])('refuses the name %j', (name, message) => {
    expect(refusal((scope) => void keyProtect(scope, { name }))).toBe(message);
  });

  test('may be named in any language', () => {
    const stack = synthesize((scope) => void keyProtect(scope, { name: 'Schlüssel: zentral_1.0-a' }));
    expect(stack.resource('ibm_resource_instance.kms')).toMatchObject({ name: 'Schlüssel: zentral_1.0-a' });
  });

  test('refuses a network that there is not', () => {
    const allowedNetwork = 'private' as 'private-only';
    expect(refusal((scope) => void keyProtect(scope, { allowedNetwork }))).toBe(
      "stack/kms: allowedNetwork 'private' is not one of public-and-private, private-only; choose one of those",
    );
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

  test('takes units, units that take over, and the network', () => {
    const stack = synthesize((scope) => {
      new HyperProtectInstance(scope, 'hpcs', {
        location: 'us-south',
        units: 3,
        failoverUnits: 2,
        allowedNetwork: 'private-only',
        tags: ['env:test'],
      });
    });
    expect(stack.resource('ibm_resource_instance.hpcs')).toEqual({
      name: 'stack-hpcs',
      service: 'hs-crypto',
      plan: 'standard',
      location: 'us-south',
      parameters: { units: '3', failover_units: '2', allowed_network: 'private-only' },
      tags: ['env:test'],
    });
  });

  test('takes units that only Terraform knows', () => {
    const stack = synthesize((scope) => {
      const units = new TerraformVariable(scope, 'units', { type: 'number' }).numberValue;
      new HyperProtectInstance(scope, 'hpcs', { location: 'us-south', units, failoverUnits: units });
    });
    expect(stack.resource('ibm_resource_instance.hpcs')).toMatchObject({
      parameters: { units: reference('var.units'), failover_units: reference('var.units') },
    });
  });

  // The vendor's Terraform module `terraform-ibm-hpcs`: 2 or 3 units, 0, 2 or 3 that take over, never more than units.
  test.each([
    [{ units: 1 }, 'units 1 is not a whole number from 2 to 3; choose one in that range'],
    [{ units: 4 }, 'units 4 is not a whole number from 2 to 3; choose one in that range'],
    [{ failoverUnits: 1 }, 'failoverUnits 1 is not a whole number from 2 to 3; choose one in that range'],
    [
      { failoverUnits: 3 },
      'failoverUnits 3 is more than units 2, and each operational unit has one to take over from it; lower it, or raise units',
    ],
    [
      { allowedNetwork: 'public' as 'private-only' },
      "allowedNetwork 'public' is not one of public-and-private, private-only; choose one of those",
    ],
  ])('refuses %j', (props, message) => {
    const refused = refusal((scope) => {
      new HyperProtectInstance(scope, 'hpcs', { location: 'us-south', ...props });
    });
    expect(refused).toBe(`stack/hpcs: ${message}`);
  });

  test('may say that no units take over', () => {
    const stack = synthesize((scope) => {
      new HyperProtectInstance(scope, 'hpcs', { location: 'us-south', failoverUnits: 0 });
    });
    expect(stack.resource('ibm_resource_instance.hpcs')).toMatchObject({
      parameters: { units: '2', failover_units: '0' },
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
});
