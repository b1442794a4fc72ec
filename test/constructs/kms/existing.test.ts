/** What exists already: instances, keys and rings, by what is known of them. CRNs: ibm-control-plane.md 4.0, 6.4.2. */
import { TerraformOutput, type TerraformStack, TerraformVariable } from 'cdktf';
import {
  EncryptedVolume,
  HyperProtectInstance,
  KeyProtectInstance,
  KeyRing,
  RootKey,
  SecretGroup,
  SecretsManagerInstance,
  ServiceAuthorization,
} from '../../../constructs';
import { keyProtect, newStack, reference, refusal, synthesize } from '../support';

const guid = '11111111-2222-4333-8444-555555555555';
const keyId = 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';
const crnOf = (service: string, tail = ':') =>
  `crn:v1:bluemix:public:${service}:us-south:a/0123456789abcdef:${guid}:${tail}`;
const keyCrn = crnOf('kms', `key:${keyId}`);

const byCrn = [
  ['Key Protect', 'kms', KeyProtectInstance.fromKeyProtectInstanceCrn],
  ['Hyper Protect Crypto Services', 'hs-crypto', HyperProtectInstance.fromHyperProtectInstanceCrn],
  ['Secrets Manager', 'secrets-manager', SecretsManagerInstance.fromSecretsManagerInstanceCrn],
] as const;

describe.each(byCrn)('an instance of %s by its CRN', (_title, service, fromCrn) => {
  test('has the GUID and the region that the CRN names', () => {
    const { serviceName, instanceGuid, location } = fromCrn(newStack(), 'existing', crnOf(service));
    expect([serviceName, instanceGuid, location]).toEqual([service, guid, 'us-south']);
  });

  test('can be one that only Terraform knows', () => {
    const stack = synthesize((scope) => {
      const crn = new TerraformVariable(scope, 'crn', { type: 'string' }).stringValue;
      const { instanceGuid, location } = fromCrn(scope, 'existing', crn);
      new TerraformOutput(scope, 'place', { value: [instanceGuid, location] });
    });
    expect(JSON.parse(stack.json).output.place.value).toEqual([
      reference('element(split(":", var.crn), 7)'),
      reference('element(split(":", var.crn), 5)'),
    ]);
  });

  test.each([
    ['a GUID', guid],
    ['the CRN of a key', crnOf(service, `key:${keyId}`)],
    ['the CRN of another service', crnOf('cloud-object-storage')],
    ['a CRN without an instance', crnOf(service).replace(guid, '')],
  ])('is refused %s', (_what, text) => {
    const shown = text.length > 60 ? `'${text.slice(0, 60)}…'` : `'${text}'`;
    expect(() => fromCrn(newStack(), 'existing', text)).toThrow(
      `stack/existing: instanceCrn ${shown} is not the CRN of an instance of '${service}'; give one like crn:v1:bluemix:public:${service}:us-south:a/{account}:{guid}::`,
    );
  });
});

describe('a root key by its CRN', () => {
  test('is used like one of the stack, with an authorization on the instance that the CRN names', () => {
    const stack = synthesize((scope) => {
      const encryptionKey = RootKey.fromRootKeyCrn(scope, 'key', keyCrn);
      expect(encryptionKey.keyId).toBe(keyId);
      expect(encryptionKey.imported).toBeUndefined();
      new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
    });
    expect(stack.resource('ibm_is_volume.data')).toMatchObject({ encryption_key: keyCrn });
    expect(stack).toAuthorize({ sourceService: 'server-protect', target: guid, roles: ['Reader'] });
  });

  test('may be of Hyper Protect Crypto Services', () => {
    const key = RootKey.fromRootKeyCrn(newStack(), 'key', crnOf('hs-crypto', `key:${keyId}`));
    expect([key.keyInstance.serviceName, key.keyInstance.location]).toEqual(['hs-crypto', 'us-south']);
  });

  test('is in a region, as what it encrypts has to be', () => {
    const message = refusal((scope) => {
      const encryptionKey = RootKey.fromRootKeyCrn(scope, 'key', keyCrn);
      new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'eu-de-1' });
    });
    expect(message).toMatch(/^stack\/data: zone 'eu-de-1' is outside of the region 'us-south' /);
  });

  test.each([
    ['the CRN of an instance', crnOf('kms')],
    ['the CRN of what is no key', 'crn:v1:bluemix:public:is:us-south-1:a/0123456789abcdef::volume:r006-1'],
    ['an id', keyId],
  ])('is refused %s', (_what, text) => {
    const shown = text.length > 60 ? `'${text.slice(0, 60)}…'` : `'${text}'`;
    expect(refusal((scope) => void RootKey.fromRootKeyCrn(scope, 'key', text))).toBe(
      `stack/key: keyCrn ${shown} is not the CRN of a root key; give one like crn:v1:bluemix:public:kms:us-south:a/{account}:{guid}:key:{key id}`,
    );
  });

  test('is refused one that only Terraform knows, with the way that takes it', () => {
    const message = refusal((scope) => {
      const crn = new TerraformVariable(scope, 'crn', { type: 'string' }).stringValue;
      RootKey.fromRootKeyCrn(scope, 'key', crn);
    });
    expect(message).toBe(
      'stack/key: keyCrn is a CRN that only Terraform knows, so its service cannot be read from it here; use RootKey.fromRootKeyAttributes, which takes the instance',
    );
  });
});

test('Hyper Protect Crypto Services are told apart from Key Protect when they are described by attributes', () => {
  const [stack, attributes] = [newStack(), { instanceGuid: '1111' }];
  const hpcs = HyperProtectInstance.fromHyperProtectInstanceAttributes(stack, 'hpcs', attributes);
  const kms = KeyProtectInstance.fromKeyProtectInstanceAttributes(stack, 'kms', attributes);
  expect([hpcs.serviceName, kms.serviceName]).toEqual(['hs-crypto', 'kms']);
  expect([kms.location, kms.managesAuthorizations]).toEqual([undefined, true]);
});

describe('attributes that contradict each other are refused:', () => {
  const attributes = { keyId, keyCrn };
  test.each([
    [
      'another key',
      { ...attributes, keyId: 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee' },
      guid,
      `keyId is 'bbbbbbbb-bbbb-4ccc-8ddd-eeeeeeeeeeee', but keyCrn names '${keyId}'`,
    ],
    ['another instance', attributes, '2222', `instance is '2222', but keyCrn names '${guid}'`],
    [
      'another service',
      { ...attributes, keyCrn: crnOf('hs-crypto', `key:${keyId}`) },
      guid,
      "instance is 'kms', but keyCrn names 'hs-crypto'",
    ],
  ])('%s', (_what, given, instanceGuid, problem) => {
    const message = refusal((scope) => {
      const instance = KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, 'kms', { instanceGuid });
      RootKey.fromRootKeyAttributes(scope, 'key', { ...given, instance });
    });
    expect(message).toBe(
      `stack/key: ${problem}; give the attributes of one key, or RootKey.fromRootKeyCrn its CRN`,
    );
  });

  test('not those that only Terraform knows', () => {
    const stack = newStack();
    const { stringValue } = new TerraformVariable(stack, 'guid', { type: 'string' });
    const instance = KeyProtectInstance.fromKeyProtectInstanceAttributes(stack, 'kms', {
      instanceGuid: stringValue,
    });
    expect(RootKey.fromRootKeyAttributes(stack, 'key', { ...attributes, instance }).keyId).toBe(keyId);
  });
});

/** ibm-control-plane.md 4.0, 3.4: the types of Key Protect take a CRN for a GUID, authorizations do not. */
test.each([
  [
    'Key Protect',
    'instanceGuid',
    (scope: TerraformStack, instanceGuid: string) =>
      void KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, 'it', { instanceGuid }),
  ],
  [
    'Secrets Manager',
    'instanceGuid',
    (scope: TerraformStack, instanceGuid: string) =>
      void SecretsManagerInstance.fromSecretsManagerInstanceAttributes(scope, 'it', { instanceGuid }),
  ],
  [
    'the source of an authorization',
    'sourceInstanceGuid',
    (scope: TerraformStack, sourceInstanceGuid: string) =>
      void new ServiceAuthorization(scope, 'it', {
        sourceService: 'secrets-manager',
        sourceInstanceGuid,
        target: keyProtect(scope),
        roles: ['Reader'],
      }),
  ],
])('a CRN in the place of the GUID of %s is refused', (_what, property, define) => {
  expect(refusal((scope) => define(scope, crnOf('kms')))).toBe(
    `stack/it: ${property} '${crnOf('kms').slice(0, 60)}…' is a CRN, of which the GUID is the eighth part; give the GUID alone, or describe the instance by its CRN`,
  );
});

test('a ring is named by its id', () => {
  const stack = synthesize((scope) => {
    const keyRing = KeyRing.fromKeyRingId(scope, 'ring', 'production');
    new RootKey(scope, 'key', { instance: keyProtect(scope), keyRing });
  });
  expect(stack.resource('ibm_kms_key.key')).toMatchObject({ key_ring_id: 'production' });
});

test('a Secrets Manager instance by its CRN holds groups', () => {
  const stack = synthesize((scope) => {
    const instance = SecretsManagerInstance.fromSecretsManagerInstanceCrn(
      scope,
      'secrets',
      crnOf('secrets-manager'),
    );
    new SecretGroup(scope, 'group', { instance });
  });
  expect(stack.resource('ibm_sm_secret_group.group')).toMatchObject({
    instance_id: guid,
    region: 'us-south',
  });
});

/** A way to say what exists already has the same name in every class: `from`, the class, and what is given. */
test.each([
  [
    'KeyProtectInstance',
    KeyProtectInstance,
    ['fromKeyProtectInstanceAttributes', 'fromKeyProtectInstanceCrn'],
  ],
  [
    'HyperProtectInstance',
    HyperProtectInstance,
    ['fromHyperProtectInstanceAttributes', 'fromHyperProtectInstanceCrn'],
  ],
  [
    'SecretsManagerInstance',
    SecretsManagerInstance,
    ['fromSecretsManagerInstanceAttributes', 'fromSecretsManagerInstanceCrn'],
  ],
  ['RootKey', RootKey, ['fromRootKeyAttributes', 'fromRootKeyCrn']],
  ['KeyRing', KeyRing, ['fromKeyRingId']],
])('%s offers them', (_name, type, statics) => {
  const own = Object.getOwnPropertyNames(type).filter((name) => name.startsWith('from'));
  expect(own.sort()).toEqual(statics);
});
