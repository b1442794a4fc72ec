import { type TerraformStack, TerraformVariable } from 'cdktf';
import {
  EncryptedVolume,
  type EncryptedVolumeProps,
  IbmProvider,
  KeyProtectInstance,
  ResourceGroup,
  RootKey,
} from '../../../constructs';
import type { SynthesizedStack } from '../../../constructs/testing';
import { keyProtect, newApp, newStack, reference, refusal, synthesize } from '../support';

function volume(scope: TerraformStack, props: Partial<EncryptedVolumeProps> = {}): EncryptedVolume {
  const encryptionKey = new RootKey(scope, 'key', { instance: keyProtect(scope) });
  return new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1', ...props });
}

describe('a volume', () => {
  let stack: SynthesizedStack;
  beforeAll(() => {
    stack = synthesize((scope) => void volume(scope));
  });

  test('names its key, and waits for the authorization of block storage', () => {
    const [authorization] = stack.addresses('ibm_iam_authorization_policy');
    expect(stack.resource('ibm_is_volume.data')).toEqual({
      name: 'stack-data',
      zone: 'us-south-1',
      profile: 'general-purpose',
      encryption_key: reference('ibm_kms_key.key.crn'),
      depends_on: [authorization],
    });
    expect(stack).toEncrypt('ibm_is_volume.data', 'ibm_kms_key.key');
  });

  test('takes profile, size, snapshot, group and tags', () => {
    const full = synthesize((scope) => {
      volume(scope, {
        name: 'orders',
        profile: 'custom',
        capacity: 500,
        iops: 10_000,
        sourceSnapshotId: 'r006-1',
        resourceGroup: ResourceGroup.fromResourceGroupId(scope, 'group', 'a1b2'),
        tags: ['env:test'],
      });
    });
    expect(full.resource('ibm_is_volume.data')).toMatchObject({
      name: 'orders',
      profile: 'custom',
      capacity: 500,
      iops: 10_000,
      source_snapshot: 'r006-1',
      resource_group: 'a1b2',
      tags: ['env:test'],
    });
  });

  test('that exists already is named by its id', () => {
    synthesize((scope) => {
      expect(EncryptedVolume.fromVolumeId(scope, 'data', 'r006-2').volumeId).toBe('r006-2');
    });
  });

  test('is not judged by what only Terraform knows', () => {
    const unknown = synthesize((scope) => {
      const text = new TerraformVariable(scope, 'text', { type: 'string' }).stringValue;
      const number = new TerraformVariable(scope, 'number', { type: 'number' }).numberValue;
      volume(scope, { name: text, profile: text as 'custom', capacity: number, iops: number, tags: [text] });
    });
    expect(unknown.resource('ibm_is_volume.data')).toMatchObject({
      name: reference('var.text'),
      profile: reference('var.text'),
      capacity: reference('var.number'),
    });
  });

  test('made from a snapshot is not measured against the default size', () => {
    const stack = synthesize((scope) => {
      volume(scope, { profile: 'custom', iops: 48_000, sourceSnapshotId: 'r006-1' });
    });
    expect(stack.resource('ibm_is_volume.data')).toMatchObject({ iops: 48_000 });
  });
});

/** ibm-vpc.md 0 (V-NAME, V-TAG), 2.6 (profiles, capacity, iops; 100 gigabytes when unset). */
test('a volume is put into another region by its resource', () => {
  const stack = synthesize((scope) => {
    const frankfurt = new IbmProvider(scope, 'frankfurt', { alias: 'frankfurt', region: 'eu-de' });
    const instance = new KeyProtectInstance(scope, 'kms', { location: 'eu-de' });
    const encryptionKey = new RootKey(scope, 'key', { instance });
    new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'eu-de-1' }).resource.provider = frankfurt;
  });
  expect(stack.resource('ibm_is_volume.data')).toMatchObject({ provider: 'ibm.frankfurt' });
});

describe('a volume refuses', () => {
  const namePattern = '^([a-z]|[a-z][-a-z0-9]*[a-z0-9])$';
  const nameRemedy =
    'use lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen';
  const cases: readonly (readonly [title: string, props: Partial<EncryptedVolumeProps>, message: string])[] =
    [
      [
        'a name with upper-case letters',
        { name: 'Data' },
        `name 'Data' does not match ${namePattern}; ${nameRemedy}`,
      ],
      [
        'a name that starts with a digit',
        { name: '1data' },
        `name '1data' does not match ${namePattern}; ${nameRemedy}`,
      ],
      [
        'a name of 64 characters',
        { name: 'd'.repeat(64) },
        `name '${'d'.repeat(60)}…' has a length of 64, outside of 1 to 63 characters; choose a text of such a length`,
      ],
      [
        'a profile that there is not',
        { profile: '20iops-tier' as 'custom' },
        "profile '20iops-tier' is not one of general-purpose, 5iops-tier, 10iops-tier, custom, sdp; choose one of those",
      ],
      [
        'a tag with a slash',
        { tags: ['a/b'] },
        "tag 'a/b' does not match ^[A-Za-z0-9:_ .-]+$; use letters, digits, spaces and the characters : _ . -",
      ],
      [
        'a capacity that the tier does not have',
        { profile: '10iops-tier', capacity: 4801 },
        'capacity 4801 is outside of the 10 to 4800 gigabytes that profile 10iops-tier allows; choose a size in that range or another profile',
      ],
      [
        'iops of a tier',
        { iops: 5000 },
        "iops 5000 is given, but profile general-purpose derives it from the capacity; leave iops out, or choose profile 'custom' or 'sdp'",
      ],
      [
        'more iops than 100 gigabytes take, which is the size when none is given',
        { profile: 'custom', iops: 6001 },
        'iops 6001 is outside of the 100 to 6000 that profile custom allows for 100 gigabytes; choose a value in that range or another capacity',
      ],
      [
        'fewer iops than 2,000 gigabytes take',
        { profile: 'custom', capacity: 2000, iops: 199 },
        'iops 199 is outside of the 200 to 40000 that profile custom allows for 2000 gigabytes; choose a value in that range or another capacity',
      ],
    ];

  test.each(cases)('%s', (_title, props, message) => {
    expect(refusal((scope) => void volume(scope, props))).toBe(`stack/data: ${message}`);
  });

  test('a path that is no name, when none is given', () => {
    const stack = newStack(newApp(), '1-stack');
    const encryptionKey = new RootKey(stack, 'key', { instance: keyProtect(stack) });
    expect(() => new EncryptedVolume(stack, 'data', { encryptionKey, zone: 'us-south-1' })).toThrow(
      "1-stack/data: name '1-stack-data' does not match ^([a-z]|[a-z][-a-z0-9]*[a-z0-9])$; use lower-case letters, digits and hyphens, starting with a letter and not ending with a hyphen",
    );
  });
});
