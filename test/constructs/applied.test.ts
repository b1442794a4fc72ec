/** What the constructs make with real Terraform on a platform: what the synthesized JSON alone does not show. */
import type { TerraformStack } from 'cdktf';
import {
  EncryptedVolume,
  HyperProtectInstance,
  KeyPolicies,
  KeyProtectInstance,
  type KeyProtectInstanceProps,
  KeyRegistrations,
  KeyRing,
  ResourceGroup,
  RootKey,
  type RootKeyProps,
  ServiceAuthorization,
} from '../../constructs';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';
import { AppliedApp } from './applied-app';

let app: AppliedApp;

const apply = (define: (stack: TerraformStack) => void) => app.apply((stackOf) => define(stackOf('stack')));

describeWithTerraform('what is applied, after which a second plan is empty:', () => {
  beforeEach(async () => {
    app = await AppliedApp.open();
  });
  afterEach(() => app.close());

  test(
    'a key that gets its rotation from the instance and says something else itself',
    async () => {
      const keyOf = (props: Partial<RootKeyProps>) => (stack: TerraformStack) => {
        const instance = new KeyProtectInstance(stack, 'kms', {
          location: 'us-south',
          policies: { rotationIntervalMonths: 6 },
        });
        new RootKey(stack, 'key', { instance, ...props });
      };
      await apply(keyOf({ dualAuthorizationDelete: true }));
      expect(await app.valuesOf('ibm_kms_key_policies')).toMatchObject([
        { rotation: [{ enabled: true, interval_month: 6 }], dual_auth_delete: [{ enabled: true }] },
      ]);
      await apply(keyOf({ dualAuthorizationDelete: true, rotationIntervalMonths: 2 }));
      expect(await app.valuesOf('ibm_kms_key_policies')).toMatchObject([
        { rotation: [{ interval_month: 2 }] },
      ]);
      await apply(
        keyOf({ dualAuthorizationDelete: true, rotationIntervalMonths: 2, rotationEnabled: false }),
      );
      expect(await app.valuesOf('ibm_kms_key_policies')).toMatchObject([
        { rotation: [{ enabled: false, interval_month: 2 }] },
      ]);
    },
    terraformTimeout,
  );

  test(
    'policies of an instance, switched on and off',
    async () => {
      const instanceWith = (policies: KeyProtectInstanceProps['policies']) => (stack: TerraformStack) =>
        void new KeyProtectInstance(stack, 'kms', { location: 'us-south', policies });
      await apply(
        instanceWith({
          dualAuthorizationDelete: true,
          rotationIntervalMonths: 6,
          metrics: true,
          keyCreateImportAccess: { createRootKey: false, enforceToken: true },
        }),
      );
      expect(await app.valuesOf('ibm_kms_instance_policies')).toMatchObject([
        {
          dual_auth_delete: [{ enabled: true }],
          rotation: [{ enabled: true, interval_month: 6 }],
          metrics: [{ enabled: true }],
          key_create_import_access: [
            { enabled: true, create_root_key: false, import_root_key: true, enforce_token: true },
          ],
        },
      ]);
      await apply(
        instanceWith({
          dualAuthorizationDelete: false,
          rotationEnabled: false,
          metrics: false,
          keyCreateImportAccess: { enabled: false },
        }),
      );
      expect(await app.valuesOf('ibm_kms_instance_policies')).toMatchObject([
        {
          dual_auth_delete: [{ enabled: false }],
          rotation: [{ enabled: false }],
          metrics: [{ enabled: false }],
          key_create_import_access: [{ enabled: false }],
        },
      ]);
    },
    terraformTimeout,
  );

  test(
    'a created and a looked-up resource group, Hyper Protect keys, policies of an existing key, a declared authorization',
    async () => {
      await apply((stack) => {
        const group = new ResourceGroup(stack, 'group', { name: 'production' });
        const instance = new HyperProtectInstance(stack, 'hpcs', {
          location: 'us-south',
          resourceGroup: group,
        });
        const key = new RootKey(stack, 'key', { instance });
        new KeyPolicies(stack, 'policies', { key, rotationIntervalMonths: 12 });
        new ServiceAuthorization(stack, 'volumes', {
          sourceService: 'server-protect',
          sourceResourceGroup: ResourceGroup.fromResourceGroupName(stack, 'default', 'Default'),
          target: instance,
          roles: ['Reader'],
          description: 'Volumes of the default group',
        });
        new EncryptedVolume(stack, 'data', { encryptionKey: key, zone: 'us-south-1' });
      });
      expect(await app.valuesOf('ibm_kms_key')).toMatchObject([{ type: 'hs-crypto' }]);
      expect(await app.valuesOf('ibm_iam_authorization_policy')).toHaveLength(2);
    },
    terraformTimeout,
  );

  test(
    'what a key protects, once it protects it',
    async () => {
      const keyWith = (ask: boolean) => (stack: TerraformStack) => {
        const instance = new KeyProtectInstance(stack, 'kms', { location: 'us-south' });
        const encryptionKey = new RootKey(stack, 'key', { instance });
        new EncryptedVolume(stack, 'data', { encryptionKey, zone: 'us-south-1' });
        if (!ask) return;
        encryptionKey.registrations();
        const resourceCrn = 'crn:v1:bluemix:public:secrets-manager:*';
        new KeyRegistrations(stack, 'secrets', { key: encryptionKey, resourceCrn });
      };
      await apply(keyWith(false));
      await apply(keyWith(true));
      const [volume] = await app.valuesOf('ibm_is_volume');
      const asked = await app.valuesOf('data.keyquake_key_registrations');
      expect(asked.map(({ total }) => total).sort()).toEqual([0, 1]);
      expect(asked.flatMap(({ registrations }) => registrations)).toMatchObject([
        { resource_crn: volume?.['crn'] },
      ]);
    },
    terraformTimeout,
  );

  test(
    'a key with an alias in a ring, until a time that has not come yet',
    async () => {
      const keyUntil = (expiration: string) => (stack: TerraformStack) => {
        const instance = new KeyProtectInstance(stack, 'kms', { location: 'us-south' });
        const keyRing = new KeyRing(stack, 'ring', { instance });
        new RootKey(stack, 'key', { instance, keyRing, expiration, aliases: ['orders'] });
      };
      const expired = keyUntil('2026-01-15T09:59:59Z');
      expect(await app.refusedApply((stackOf) => expired(stackOf('stack')))).toContain(
        'expirationDate must be in the future',
      );
      await apply(keyUntil('2026-01-16T11:00:00+01:00'));
      expect(await app.valuesOf('ibm_kms_key')).toMatchObject([
        { key_ring_id: 'stack-ring', expiration_date: '2026-01-16T10:00:00Z' },
      ]);
      expect(await app.valuesOf('ibm_kms_key_alias')).toMatchObject([{ alias: 'orders' }]);
    },
    terraformTimeout,
  );

  test(
    'a key that exists already, adopted by its CRN',
    async () => {
      const name = 'orders';
      await apply((stack) => {
        const instance = new KeyProtectInstance(stack, 'kms', { location: 'us-south' });
        new RootKey(stack, 'key', { instance, name });
      });
      const [key] = await app.valuesOf('ibm_kms_key');
      const crn = String(key?.['crn']);
      await app.apply((stackOf) => {
        const stack = stackOf('adopting');
        const instance = KeyProtectInstance.fromKeyProtectInstanceCrn(
          stack,
          'kms',
          String(key?.['instance_crn']),
        );
        const adopted = new RootKey(stack, 'key', { instance, name });
        adopted.resource.importFrom(crn);
        new EncryptedVolume(stack, 'data', { encryptionKey: adopted, zone: 'us-south-1' });
      });
      expect(await app.valuesOf('ibm_kms_key', 'adopting')).toMatchObject([{ crn }]);
    },
    terraformTimeout,
  );
});
