/** Who owns the one policy of a source and a target: across stacks, regions, tokens and sets of roles. */
import { TerraformStack, TerraformVariable } from 'cdktf';
import {
  AccountWide,
  EncryptedVolume,
  IbmProvider,
  KeyInstancePolicies,
  KeyPolicies,
  KeyProtectInstance,
  KeyRing,
  ResourceGroup,
  RootKey,
  ServiceAuthorization,
} from '../../../constructs';
import { synthesized } from '../../../constructs/testing';
import { keyProtect, newApp, newStack, reference, refusal, synthesize } from '../support';

const volumes = { sourceService: 'server-protect', roles: ['Reader'] };
const guid = '11111111-2222-4333-8444-555555555555';

/** Policies of each stack, in the order of the stacks. */
function policies(...stacks: readonly TerraformStack[]): readonly number[] {
  return stacks.map((stack) => synthesized(stack).addresses('ibm_iam_authorization_policy').length);
}

describe('an instance from elsewhere', () => {
  test('is the same one in every stack that describes it by its GUID', () => {
    const app = newApp();
    const [one, two] = [newStack(app, 'one'), newStack(app, 'two')];
    for (const stack of [one, two]) {
      const instance = KeyProtectInstance.fromKeyProtectInstanceAttributes(stack, 'kms', {
        instanceGuid: guid,
      });
      const encryptionKey = new RootKey(stack, 'key', { instance });
      new EncryptedVolume(stack, 'data', { encryptionKey, zone: 'us-south-1' });
    }
    expect(policies(one, two)).toEqual([1, 0]);
    expect(two.dependencies.map(({ node }) => node.id)).toEqual(['one']);
  });

  /** Each call writes a token of its own. */
  const crnOf = (variable: TerraformVariable) => variable.stringValue;

  test('is the same one by every token of one variable', () => {
    const stack = synthesize((scope) => {
      const crn = new TerraformVariable(scope, 'crn', { type: 'string' });
      for (const id of ['one', 'two']) {
        const instance = KeyProtectInstance.fromKeyProtectInstanceCrn(scope, `${id}-kms`, crnOf(crn));
        const encryptionKey = new RootKey(scope, id, { instance });
        new EncryptedVolume(scope, `${id}-data`, { encryptionKey, zone: 'us-south-1' });
      }
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toHaveLength(1);
  });

  test('is another one by a variable of the same name in another stack', () => {
    const app = newApp();
    const stacks = ['one', 'two'].map((id) => {
      const stack = newStack(app, id);
      const crn = new TerraformVariable(stack, 'crn', { type: 'string' });
      const instance = KeyProtectInstance.fromKeyProtectInstanceCrn(stack, 'kms', crnOf(crn));
      const encryptionKey = new RootKey(stack, 'key', { instance });
      new EncryptedVolume(stack, 'data', { encryptionKey, zone: 'us-south-1' });
      return stack;
    });
    expect(policies(...stacks)).toEqual([1, 1]);
  });

  test('is that of the stack which makes it, when it is described by its attributes in another', () => {
    const app = newApp();
    const [owner, other] = [newStack(app, 'owner'), newStack(app, 'other')];
    const { resource } = keyProtect(owner);
    const described = ['one', 'two'].map((id) =>
      KeyProtectInstance.fromKeyProtectInstanceAttributes(other, id, { instanceGuid: resource.guid }),
    );
    for (const [index, target] of described.entries()) {
      new ServiceAuthorization(other, `volumes-${index}`, { ...volumes, target });
      // After a synthesis the reference has another form in this stack.
      expect(policies(other)).toEqual([1]);
    }
  });

  test.each([
    [
      'a ring',
      (scope: TerraformStack, instance: ReturnType<typeof described>, id: string) =>
        void new KeyRing(scope, id, { instance, keyRingId: 'production' }),
      "stack/two: declares the ring 'production' of stack/two-kms, which stack/one declares already; use the one ring for the keys of both",
    ],
    [
      'the policies of the instance',
      (scope: TerraformStack, instance: ReturnType<typeof described>, id: string) =>
        void new KeyInstancePolicies(scope, id, { instance, metrics: true }),
      'stack/two: declares the policies of stack/two-kms, which stack/one declares already; name all of them in one of the two',
    ],
    [
      'an alias',
      (scope: TerraformStack, instance: ReturnType<typeof described>, id: string) =>
        void new RootKey(scope, id, { instance, aliases: ['orders'] }),
      "stack/two: declares the alias 'orders' in stack/two-kms, which stack/one declares already; an alias is unique in its instance, choose another",
    ],
    [
      'the policies of a key',
      (scope: TerraformStack, instance: ReturnType<typeof described>, id: string) => {
        const key = RootKey.fromRootKeyAttributes(scope, `${id}-key`, {
          instance,
          keyId: 'k',
          keyCrn: 'crn',
        });
        new KeyPolicies(scope, id, { key, rotationIntervalMonths: 1 });
      },
      'stack/two: declares the policies of stack/two-key, which stack/one declares already; name all of them in one of the two',
    ],
  ])('has %s once, by whatever token it is described', (_what, declare, message) => {
    const refused = refusal((scope) => {
      const variable = new TerraformVariable(scope, 'guid', { type: 'string' });
      for (const id of ['one', 'two']) declare(scope, described(scope, variable, id), id);
    });
    expect(refused).toBe(message);
  });

  function described(scope: TerraformStack, { stringValue }: TerraformVariable, id: string) {
    return KeyProtectInstance.fromKeyProtectInstanceAttributes(scope, `${id}-kms`, {
      instanceGuid: stringValue,
    });
  }
});

describe('narrower sources', () => {
  test('are the same by every token of one resource group and of one instance', () => {
    const stack = synthesize((scope) => {
      const target = keyProtect(scope);
      const sourceResourceGroup = new ResourceGroup(scope, 'group');
      const variable = new TerraformVariable(scope, 'guid', { type: 'string' });
      for (const id of ['one', 'two']) {
        const sourceInstanceGuid = variable.stringValue;
        new ServiceAuthorization(scope, `${id}-of-group`, { ...volumes, target, sourceResourceGroup });
        new ServiceAuthorization(scope, `${id}-of-instance`, { ...volumes, target, sourceInstanceGuid });
      }
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toEqual([
      'ibm_iam_authorization_policy.one-of-group',
      'ibm_iam_authorization_policy.one-of-instance',
    ]);
  });
});

// behaviour.md A3: an authorization is of the account; IAM knows no regions.
test('an account-wide authorization is one policy, whatever the regions and providers of the stacks', () => {
  const app = newApp();
  const stacks = ['us-south', 'eu-de'].map((region) => {
    const stack = new TerraformStack(app, region);
    new IbmProvider(stack, 'ibm', { region });
    new IbmProvider(stack, 'other', { alias: 'other', region: 'jp-tok' });
    new ServiceAuthorization(stack, 'volumes', { ...volumes, target: AccountWide.of('kms') });
    return stack;
  });
  expect(policies(...stacks)).toEqual([1, 0]);
});

/** The roles that are in place and those that are asked for; a part of the others is as different as any. */
describe('other roles on the same target', () => {
  test.each([
    ['more', ['Reader'], ['Reader', 'Writer']],
    ['fewer', ['Reader', 'Writer'], ['Reader']],
    ['a role that carries the other', ['Reader'], ['Manager']],
  ])('are refused when they are %s, naming both paths', (_what, granted, asked) => {
    const message = refusal((scope) => {
      const target = keyProtect(scope);
      new ServiceAuthorization(scope, 'first', { ...volumes, target, roles: granted });
      new ServiceAuthorization(scope, 'second', { ...volumes, target, roles: asked });
    });
    expect(message).toBe(
      `stack/second: authorizes 'server-protect' to 'kms' with ${asked.join(', ')}, but stack/first authorizes the same source on the same target with ${granted.join(', ')}; keep one of the two and name all roles in it`,
    );
  });

  test('are refused in another stack too', () => {
    const app = newApp();
    const [owner, other] = [newStack(app, 'owner'), newStack(app, 'other')];
    const target = keyProtect(owner);
    new ServiceAuthorization(owner, 'volumes', { ...volumes, target });
    expect(
      () => new ServiceAuthorization(other, 'volumes', { ...volumes, target, roles: ['Writer'] }),
    ).toThrow(
      "other/volumes: authorizes 'server-protect' to 'kms' with Writer, but owner/volumes authorizes the same source on the same target with Reader; keep one of the two and name all roles in it",
    );
  });

  test('are enough for what is encrypted when they carry the role that it needs', () => {
    const stack = synthesize((scope) => {
      const instance = keyProtect(scope);
      const roles = ['Viewer', 'Manager'];
      new ServiceAuthorization(scope, 'volumes', { ...volumes, target: instance, roles });
      const encryptionKey = new RootKey(scope, 'key', { instance });
      new EncryptedVolume(scope, 'data', { encryptionKey, zone: 'us-south-1' });
    });
    expect(stack.addresses('ibm_iam_authorization_policy')).toEqual(['ibm_iam_authorization_policy.volumes']);
  });
});

test('roles that only Terraform knows are passed on', () => {
  const stack = synthesize((scope) => {
    const { listValue } = new TerraformVariable(scope, 'roles', { type: 'list(string)' });
    new ServiceAuthorization(scope, 'volumes', { ...volumes, target: keyProtect(scope), roles: listValue });
  });
  expect(stack.resource('ibm_iam_authorization_policy.volumes')).toMatchObject({
    roles: reference('var.roles'),
  });
});
