/** Names that come from the path of a construct: always such that the service takes them. */
import { Construct } from 'constructs';
import { EncryptedVolume, KeyProtectInstance, KeyRing, ResourceGroup, RootKey } from '../../constructs';
import type { SynthesizedStack } from '../../constructs/testing';
import { keyProtect, synthesize } from './support';

/** A path as deep as that of a service in an environment in a region. */
const deep = [
  'production-environment',
  'payments-service',
  'persistence-layer',
  'primary-database',
  'encrypted',
];

/** The limits: ibm-control-plane.md 6.1.3 (key), 6.1.8 (ring); Resource Manager (group); ibm-vpc.md 0 (volume). */
describe('a default name as long as the path is', () => {
  let stack: SynthesizedStack;
  beforeAll(() => {
    stack = synthesize((root) => {
      const scope = deep.reduce((parent: Construct, id) => new Construct(parent, id), root);
      const instance = keyProtect(root);
      const encryptionKey = new RootKey(scope, 'key', { instance });
      new RootKey(scope, 'key-2', { instance });
      new KeyRing(scope, 'ring-of-all-the-keys-there-are-in-this-service', { instance });
      new ResourceGroup(scope, 'group');
      new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
      new KeyProtectInstance(scope, 'kms', { location: 'us-south' });
    });
  });

  const namesOf = (type: string, argument: string) =>
    stack.addresses(type).map((address) => String(stack.resource(address)[argument]));

  test.each([
    ['ibm_kms_key', 'key_name', 90],
    ['ibm_kms_key_rings', 'key_ring_id', 100],
    ['ibm_resource_group', 'name', 40],
    ['ibm_is_volume', 'name', 63],
  ])('of %s gives its end up for a hash', (type, argument, max) => {
    const names = namesOf(type, argument);
    for (const name of names) {
      expect(name).toMatch(/^stack-production-environment-[a-z0-9-]*-[0-9a-f]{8}$/);
      expect([name, name.length <= max]).toEqual([name, true]);
    }
    expect(new Set(names).size).toBe(names.length);
  });

  test('of ibm_resource_instance is kept, as there is room for it', () => {
    expect(namesOf('ibm_resource_instance', 'name')).toContain(`stack-${deep.join('-')}-kms`);
  });
});

test('a path that fits is the name, the same every time', () => {
  const [one, two] = [1, 2].map(() =>
    synthesize((scope) => void new RootKey(scope, 'orders', { instance: keyProtect(scope) })),
  );
  expect(one?.resource('ibm_kms_key.orders')).toMatchObject({ key_name: 'stack-orders' });
  expect(one?.json).toBe(two?.json);
});
