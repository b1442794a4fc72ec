import {
  AccountWide,
  EncryptedVolume,
  KeyProtectInstance,
  ResourceGroup,
  RootKey,
  SecretsManagerInstance,
  ServiceAuthorization,
} from '../../../constructs';
import { IsShare } from '../../../constructs/bindings/ibm/is-share';
import type { SynthesizedStack } from '../../../constructs/testing';
import { keyProtect, newApp, newStack, reference, refusal, synthesize } from '../support';

const volumes = { sourceService: 'server-protect', roles: ['Reader'] };

describe('an authorization', () => {
  test('is scoped to one instance, without a warning', () => {
    const stack = synthesize((scope) => {
      new ServiceAuthorization(scope, 'volumes', { ...volumes, target: keyProtect(scope) });
    });
    expect(stack.resource('ibm_iam_authorization_policy.volumes')).toEqual({
      source_service_name: 'server-protect',
      target_service_name: 'kms',
      target_resource_instance_id: reference('ibm_resource_instance.kms.guid'),
      roles: ['Reader'],
    });
    expect(stack.annotations).toEqual([]);
  });

  test('narrows its source by type, instance and group, and says why it exists', () => {
    const stack = synthesize((scope) => {
      new ServiceAuthorization(scope, 'shares', {
        sourceService: 'is',
        sourceResourceType: 'share',
        sourceInstanceGuid: '1111',
        sourceResourceGroup: ResourceGroup.fromResourceGroupId(scope, 'group', 'a1b2'),
        target: keyProtect(scope),
        roles: ['Reader', 'Viewer'],
        description: 'File shares of production',
      });
    });
    expect(stack.resource('ibm_iam_authorization_policy.shares')).toEqual({
      source_service_name: 'is',
      source_resource_type: 'share',
      source_resource_instance_id: '1111',
      source_resource_group_id: 'a1b2',
      target_service_name: 'kms',
      target_resource_instance_id: reference('ibm_resource_instance.kms.guid'),
      roles: ['Reader', 'Viewer'],
      description: 'File shares of production',
    });
  });

  // behaviour.md A3: an account-wide grant is reported as too wide.
  test('on every instance of the account is made on request, with a warning', () => {
    const stack = synthesize((scope) => {
      new ServiceAuthorization(scope, 'volumes', { ...volumes, target: AccountWide.of('kms') });
    });
    expect(stack.resource('ibm_iam_authorization_policy.volumes')).toEqual({
      source_service_name: 'server-protect',
      target_service_name: 'kms',
      roles: ['Reader'],
    });
    expect(stack).toWarn(
      'stack/volumes',
      "authorizes 'server-protect' on every 'kms' instance of the account; make one instance the target unless all of them are meant",
    );
  });

  test('without roles is refused', () => {
    const message = refusal((scope) => {
      new ServiceAuthorization(scope, 'volumes', { ...volumes, target: keyProtect(scope), roles: [] });
    });
    expect(message).toBe(
      "stack/volumes: roles is empty, an authorization grants at least one; name one, such as 'Reader'",
    );
  });

  test('with a role written in other letters is refused', () => {
    const message = refusal((scope) => {
      new ServiceAuthorization(scope, 'volumes', {
        ...volumes,
        target: keyProtect(scope),
        roles: ['reader'],
      });
    });
    expect(message).toBe(
      "stack/volumes: role 'reader' is not written as the service displays it; write 'Reader'",
    );
  });

  test('with a role of the service itself is left to the service', () => {
    const stack = synthesize((scope) => {
      new ServiceAuthorization(scope, 'buckets', {
        sourceService: 'is',
        sourceResourceType: 'image',
        target: AccountWide.of('cloud-object-storage'),
        roles: ['Object Reader'],
      });
    });
    expect(stack.resource('ibm_iam_authorization_policy.buckets')).toMatchObject({
      roles: ['Object Reader'],
    });
  });
});

describe('one policy per source and target', () => {
  test('is shared by authorizations that say the same, whatever the order of their roles', () => {
    const stack = synthesize((scope) => {
      const target = keyProtect(scope);
      const roles = ['Reader', 'Viewer'];
      const first = new ServiceAuthorization(scope, 'first', { ...volumes, target, roles });
      const second = new ServiceAuthorization(scope, 'second', {
        ...volumes,
        target,
        roles: ['Viewer', 'Reader'],
        description: 'Volumes',
      });
      expect(second.resource).toBe(first.resource);
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toEqual(['ibm_iam_authorization_policy.first']);
  });

  // ibm-vpc.md 4.10: `is.server-protect` is another spelling.
  test('is shared by two spellings of one service', () => {
    const stack = synthesize((scope) => {
      const target = keyProtect(scope);
      new ServiceAuthorization(scope, 'first', { ...volumes, target });
      new ServiceAuthorization(scope, 'second', { ...volumes, sourceService: 'is.server-protect', target });
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toEqual(['ibm_iam_authorization_policy.first']);
  });

  test('is shared by all that is encrypted with the keys of an instance', () => {
    const stack = synthesize((scope) => {
      const instance = keyProtect(scope);
      for (const id of ['one', 'two']) {
        const encryptionKey = new RootKey(scope, id, { instance });
        new EncryptedVolume(scope, `${id}-data`, { encryptionKey, zone: 'us-south-1' });
        new EncryptedVolume(scope, `${id}-logs`, { encryptionKey, zone: 'us-south-2' });
      }
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toHaveLength(1);
    expect(stack).toAuthorize({
      sourceService: 'server-protect',
      target: 'ibm_resource_instance.kms',
      roles: ['Reader'],
    });
  });

  test('is shared by a grant and an authorization that was declared for it, with a role that carries the one needed', () => {
    const stack = synthesize((scope) => {
      const instance = keyProtect(scope);
      new ServiceAuthorization(scope, 'volumes', { ...volumes, target: instance, roles: ['Writer'] });
      new EncryptedVolume(scope, 'data', {
        encryptionKey: new RootKey(scope, 'key', { instance }),
        zone: 'us-south-1',
      });
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toEqual(['ibm_iam_authorization_policy.volumes']);
    expect(stack).toCreateAfter('ibm_is_volume.data', 'ibm_iam_authorization_policy.volumes');
  });

  test('is shared by a grant and an account-wide authorization that was declared before', () => {
    const stack = synthesize((scope) => {
      new ServiceAuthorization(scope, 'all', { ...volumes, target: AccountWide.of('kms') });
      const encryptionKey = new RootKey(scope, 'key', { instance: keyProtect(scope) });
      new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toEqual(['ibm_iam_authorization_policy.all']);
    expect(stack).toCreateAfter('ibm_is_volume.data', 'ibm_iam_authorization_policy.all');
  });

  test('is not shared by different instances', () => {
    const stack = synthesize((scope) => {
      for (const id of ['east', 'west']) {
        const instance = new KeyProtectInstance(scope, id, { location: 'us-south' });
        const encryptionKey = new RootKey(scope, `${id}-key`, { instance });
        new EncryptedVolume(scope, `${id}-data`, { encryptionKey, zone: 'us-south-1' });
      }
    });
    for (const id of ['east', 'west']) {
      expect(stack).toAuthorize({
        sourceService: 'server-protect',
        target: `ibm_resource_instance.${id}`,
        roles: ['Reader'],
      });
    }
  });

  test('is not shared with one that is limited to other instances of the source', () => {
    const stack = synthesize((scope) => {
      const instance = keyProtect(scope);
      new ServiceAuthorization(scope, 'limited', {
        sourceService: 'secrets-manager',
        sourceInstanceGuid: '1111',
        target: instance,
        roles: ['Reader'],
      });
      const encryptionKey = new RootKey(scope, 'key', { instance });
      new SecretsManagerInstance(scope, 'secrets', { location: 'us-south', encryptionKey });
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toHaveLength(2);
  });

  test('is not shared by two apps', () => {
    const [first, second] = [newStack(newApp()), newStack(newApp())].map(
      (stack) =>
        new ServiceAuthorization(stack, 'all', { ...volumes, target: AccountWide.of('kms') }).resource,
    );
    expect(first).not.toBe(second);
  });

  test('is refused other roles, naming both paths', () => {
    const message = refusal((scope) => {
      const target = keyProtect(scope);
      new ServiceAuthorization(scope, 'first', { ...volumes, target });
      new ServiceAuthorization(scope, 'second', { ...volumes, target, roles: ['Reader', 'Viewer'] });
    });
    expect(message).toBe(
      "stack/second: authorizes 'server-protect' to 'kms' with Reader, Viewer, but stack/first authorizes the same source on the same target with Reader; keep one of the two and name all roles in it",
    );
  });

  test('is refused other roles than a grant needs, naming both paths', () => {
    const message = refusal((scope) => {
      const instance = keyProtect(scope);
      new ServiceAuthorization(scope, 'mine', { ...volumes, target: instance, roles: ['Viewer'] });
      const encryptionKey = new RootKey(scope, 'key', { instance });
      new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
    });
    expect(message).toBe(
      "stack/kms/server-protect: authorizes 'server-protect' to 'kms' with Reader, but stack/mine authorizes the same source on the same target with Viewer; keep one of the two and name all roles in it",
    );
  });

  test('is refused other roles than something encrypted has asked for already, with a remedy that can be followed', () => {
    const message = refusal((scope) => {
      const instance = keyProtect(scope);
      const encryptionKey = new RootKey(scope, 'key', { instance });
      new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
      new ServiceAuthorization(scope, 'mine', { ...volumes, target: instance, roles: ['Writer'] });
    });
    expect(message).toBe(
      "stack/mine: authorizes 'server-protect' to 'kms' with Writer, but stack/kms/server-protect authorizes the same source on the same target with Reader; declare this one before what is encrypted, which then uses it if its roles suffice",
    );
  });

  test('has the description that one of them gives', () => {
    const stack = synthesize((scope) => {
      const target = keyProtect(scope);
      new ServiceAuthorization(scope, 'first', { ...volumes, target });
      new ServiceAuthorization(scope, 'second', { ...volumes, target, description: 'Volumes' });
    });
    expect(stack.resource('ibm_iam_authorization_policy.first')).toMatchObject({ description: 'Volumes' });
  });

  test('is refused a second description that comes third', () => {
    const message = refusal((scope) => {
      const target = keyProtect(scope);
      const descriptions = { first: undefined, second: 'Volumes', third: 'Disks' };
      for (const [id, description] of Object.entries(descriptions))
        new ServiceAuthorization(scope, id, { ...volumes, target, description });
    });
    expect(message).toBe(
      "stack/third: describes the authorization of 'server-protect' to 'kms' in other words than stack/first, with which it shares one policy; keep the description of one of the two",
    );
  });

  test('is refused a second description, naming both paths', () => {
    const message = refusal((scope) => {
      const target = keyProtect(scope);
      new ServiceAuthorization(scope, 'first', { ...volumes, target, description: 'Volumes' });
      new ServiceAuthorization(scope, 'second', { ...volumes, target, description: 'Disks' });
    });
    expect(message).toBe(
      "stack/second: describes the authorization of 'server-protect' to 'kms' in other words than stack/first, with which it shares one policy; keep the description of one of the two",
    );
  });
});

/** ibm-vpc.md 4.10; behaviour.md A3, B3: who asks the key management service, and with which role. */
describe('grantEncrypt', () => {
  let stack: SynthesizedStack;
  beforeAll(() => {
    stack = synthesize((scope) => {
      const encryptionKey = new RootKey(scope, 'key', { instance: keyProtect(scope) });
      new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
      new SecretsManagerInstance(scope, 'secrets', { location: 'us-south', encryptionKey });
      const share = new IsShare(scope, 'share', {
        name: 'share',
        zone: 'us-south-1',
        profile: 'dp2',
        size: 100,
        encryptionKey: encryptionKey.keyCrn,
      });
      encryptionKey.grantEncrypt({ keyConsumer: 'share', resource: share });
      encryptionKey.grantEncrypt({ keyConsumer: 'share', resource: share });
    });
  });

  test.each([
    ['a volume', 'ibm_is_volume.data', 'server-protect'],
    ['a Secrets Manager instance', 'ibm_resource_instance.secrets', 'secrets-manager'],
    ['a file share made as an L1 construct', 'ibm_is_share.share', 'is'],
  ])('authorizes the service behind %s, which waits for it', (_title, consumer, sourceService) => {
    expect(stack).toAuthorize({ sourceService, target: 'ibm_resource_instance.kms', roles: ['Reader'] });
    const authorization = stack
      .addresses('ibm_iam_authorization_policy')
      .find((address) => stack.resource(address)['source_service_name'] === sourceService);
    expect(stack.resource(consumer)['depends_on']).toEqual([authorization]);
  });

  // Terraform destroys in the reverse order: a refused deletion of the key stops before the authorizations.
  test('makes the key wait for the authorizations, so that they outlast it', () => {
    expect(stack.resource('ibm_kms_key.key')['depends_on']).toEqual([
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_server-protect_/),
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_secrets-manager_/),
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_is-share_/),
    ]);
  });

  test('limits file storage to shares', () => {
    const share = stack
      .addresses('ibm_iam_authorization_policy')
      .map((address) => stack.resource(address))
      .find((policy) => policy['source_service_name'] === 'is');
    expect(share).toMatchObject({ source_resource_type: 'share' });
  });

  test('lives beside the instance that it opens', () => {
    expect(stack.addresses('ibm_iam_authorization_policy')).toEqual([
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_is-share_[0-9A-F]{8}$/),
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_secrets-manager_[0-9A-F]{8}$/),
      expect.stringMatching(/^ibm_iam_authorization_policy\.kms_server-protect_[0-9A-F]{8}$/),
    ]);
  });
});
