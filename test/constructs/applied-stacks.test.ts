/** An instance, its key and what the key protects in stacks of their own, with real Terraform. */
import { PlatformClient } from '../../cli/platform-client';
import {
  EncryptedVolume,
  KeyProtectInstance,
  RemovalPolicy,
  RootKey,
  SecretsManagerInstance,
} from '../../constructs';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';
import { AppliedApp, type DefineApp } from './applied-app';

const location = 'us-south';
let app: AppliedApp;

/** Declared in an order that is not that of their application. */
const stacksWith =
  (removalPolicy?: RemovalPolicy): DefineApp =>
  (stackOf) => {
    const [storage, vault, keys, platform] = ['storage', 'vault', 'keys', 'platform'].map(stackOf) as [
      ReturnType<typeof stackOf>,
      ReturnType<typeof stackOf>,
      ReturnType<typeof stackOf>,
      ReturnType<typeof stackOf>,
    ];
    const instance = new KeyProtectInstance(platform, 'kms', { location });
    const encryptionKey = new RootKey(keys, 'key', { instance, state: 'active', removalPolicy });
    new EncryptedVolume(storage, 'data', { encryptionKey, zone: 'us-south-1' });
    new EncryptedVolume(vault, 'index', { encryptionKey, zone: 'us-south-2' });
    new SecretsManagerInstance(vault, 'secrets', { location, encryptionKey });
  };

const statuses = async () => Object.values((await new PlatformClient(app.url).graph()).statuses);

describeWithTerraform('stacks that refer to each other', () => {
  beforeEach(async () => {
    app = await AppliedApp.open();
  });
  afterEach(() => app.close());

  test(
    'are applied in the order that they need, with one authorization for each source, and destroyed in the other',
    async () => {
      const order = await app.apply(stacksWith(RemovalPolicy.DESTROY));
      expect(order).toEqual(['platform', 'keys', 'storage', 'vault']);
      const authorizations = await Promise.all(
        order.map((stack) => app.valuesOf('ibm_iam_authorization_policy', stack)),
      );
      expect(authorizations.map(({ length }) => length)).toEqual([2, 0, 0, 0]);
      expect(authorizations[0]?.map((values) => values['source_service_name']).sort()).toEqual([
        'secrets-manager',
        'server-protect',
      ]);
      expect((await statuses()).map(({ status }) => status)).not.toContain('unusable');

      // behaviour.md A1: the service refuses to delete a key that protects resources.
      expect(await app.destroy(['keys'])).toContain('(PROTECTED_RESOURCE_ERR)');
      await app.apply(stacksWith(RemovalPolicy.DESTROY));
      expect(await app.destroy(['storage'])).toContain('Destroy complete!');
    },
    terraformTimeout,
  );

  test(
    'leave a key alone that Terraform would destroy, unless that was allowed',
    async () => {
      await app.apply(stacksWith());
      const before = await new PlatformClient(app.url).graph();
      expect(await app.destroy(['keys'])).toContain('Instance cannot be destroyed');
      const { nodes } = await new PlatformClient(app.url).graph();
      expect(nodes.filter(({ kind }) => kind === 'root-key')).toEqual(
        before.nodes.filter(({ kind }) => kind === 'root-key'),
      );
    },
    terraformTimeout,
  );
});
