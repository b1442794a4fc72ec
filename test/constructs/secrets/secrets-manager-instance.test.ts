import { TerraformVariable } from 'cdktf';
import {
  KeyProtectInstance,
  RootKey,
  Secret,
  SecretGroup,
  SecretsManagerInstance,
  SecretValue,
} from '../../../constructs';
import type { SynthesizedStack } from '../../../constructs/testing';
import { keyProtect, reference, refusal, synthesize } from '../support';

describe('an instance with a key that the provider manages', () => {
  let stack: SynthesizedStack;
  beforeAll(() => {
    stack = synthesize((scope) => {
      const instance = new SecretsManagerInstance(scope, 'secrets', { location: 'us-south' });
      new SecretGroup(scope, 'group', { instance });
    });
  });

  test('is of the standard plan, and needs no authorization', () => {
    expect(stack.addresses()).toEqual(['ibm_resource_instance.secrets', 'ibm_sm_secret_group.group']);
    expect(stack.resource('ibm_resource_instance.secrets')).toEqual({
      name: 'stack-secrets',
      service: 'secrets-manager',
      plan: 'standard',
      location: 'us-south',
    });
  });

  // ibm-control-plane.md 6.4.4: without service-endpoints a new instance has a private endpoint only.
  test('is reached through its private endpoint', () => {
    expect(stack.resource('ibm_sm_secret_group.group')).toMatchObject({ endpoint_type: 'private' });
  });
});

describe('an instance with a customer-managed key', () => {
  let stack: SynthesizedStack;
  beforeAll(() => {
    stack = synthesize((scope) => {
      const encryptionKey = new RootKey(scope, 'key', { instance: keyProtect(scope) });
      const instance = new SecretsManagerInstance(scope, 'secrets', {
        location: 'us-south',
        encryptionKey,
        name: 'vault',
        plan: 'trial',
        serviceEndpoints: 'public-and-private',
      });
      new SecretGroup(scope, 'group', { instance });
    });
  });

  // ibm-control-plane.md 6.4.4: the parameter `kms_key` is the CRN of the root key.
  test('names the key by its CRN', () => {
    expect(stack.resource('ibm_resource_instance.secrets')).toMatchObject({
      name: 'vault',
      plan: 'trial',
      service_endpoints: 'public-and-private',
      parameters: { kms_key: reference('ibm_kms_key.key.crn') },
    });
    expect(stack).toEncrypt('ibm_resource_instance.secrets', 'ibm_kms_key.key');
  });

  test('is authorized to read the key before it is created', () => {
    expect(stack).toAuthorize({
      sourceService: 'secrets-manager',
      target: 'ibm_resource_instance.kms',
      roles: ['Reader'],
    });
    const [authorization = ''] = stack.addresses('ibm_iam_authorization_policy');
    expect(stack).toCreateAfter('ibm_resource_instance.secrets', authorization);
  });

  test('is reached through its public endpoint', () => {
    expect(stack.resource('ibm_sm_secret_group.group')).not.toHaveProperty('endpoint_type');
  });
});

/** behaviour.md B3: the instance is in the region of the KMS instance. */
describe('an instance in another region than its key', () => {
  test('is refused', () => {
    const message = refusal((scope) => {
      const instance = new KeyProtectInstance(scope, 'kms', { location: 'eu-de' });
      const encryptionKey = new RootKey(scope, 'key', { instance });
      new SecretsManagerInstance(scope, 'secrets', { location: 'us-south', encryptionKey });
    });
    expect(message).toBe(
      "stack/secrets: location 'us-south' is outside of the region 'eu-de' of encryptionKey stack/key, and a key serves its own region only; put both into one region",
    );
  });

  test('is left to the service where a region is not known yet', () => {
    const stack = synthesize((scope) => {
      const location = new TerraformVariable(scope, 'region', { type: 'string' }).stringValue;
      const instance = new KeyProtectInstance(scope, 'kms', { location });
      const encryptionKey = new RootKey(scope, 'key', { instance });
      new SecretsManagerInstance(scope, 'secrets', { location: 'us-south', encryptionKey });
    });
    expect(stack.resource('ibm_resource_instance.secrets')).toMatchObject({ location: 'us-south' });
  });
});

test('an existing instance is used by its GUID, in its region, through the endpoint that is said', () => {
  const stack = synthesize((scope) => {
    const instance = SecretsManagerInstance.fromSecretsManagerInstanceAttributes(scope, 'secrets', {
      instanceGuid: '1111',
      location: 'eu-gb',
      endpointType: 'private',
    });
    new Secret(scope, 'secret', { instance, value: SecretValue.variable(scope, 'value') });
    const elsewhere = SecretsManagerInstance.fromSecretsManagerInstanceAttributes(scope, 'elsewhere', {
      instanceGuid: '2222',
    });
    new SecretGroup(scope, 'group', { instance: elsewhere });
  });
  expect(stack.resource('ibm_sm_arbitrary_secret.secret')).toMatchObject({
    instance_id: '1111',
    region: 'eu-gb',
    endpoint_type: 'private',
  });
  expect(stack.resource('ibm_sm_secret_group.group')).toEqual({ instance_id: '2222', name: 'stack-group' });
});
