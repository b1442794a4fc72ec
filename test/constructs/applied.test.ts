/** What the constructs make with real Terraform on a platform: what the synthesized JSON alone does not show. */
import { TerraformStack } from 'cdktf';
import { openSession, type Session } from '../../cli/session';
import {
  EncryptedVolume,
  HyperProtectInstance,
  IbmProvider,
  KeyPolicies,
  KeyProtectInstance,
  type KeyProtectInstanceProps,
  ResourceGroup,
  RootKey,
  type RootKeyProps,
  ServiceAuthorization,
} from '../../constructs';
import { synthesized } from '../../constructs/testing';
import { silentLogger } from '../../mock-platform';
import {
  describeWithTerraform,
  stateValues,
  terraform,
  terraformOk,
  terraformTimeout,
  workspace,
  writeFiles,
} from '../support/terraform';
import { newApp } from './support';

let session: Session;
let folder: string;

/** The stack's JSON, with its state beside it. */
function written(define: (stack: TerraformStack) => void): string {
  const stack = new TerraformStack(newApp(), 'stack');
  new IbmProvider(stack, 'ibm', { region: 'us-south' });
  define(stack);
  const { terraform: settings, ...rest } = JSON.parse(synthesized(stack).json);
  const { backend: _local, ...kept } = settings;
  return JSON.stringify({ ...rest, terraform: kept });
}

async function apply(define: (stack: TerraformStack) => void): Promise<void> {
  writeFiles(folder, { 'cdk.tf.json': written(define) });
  await terraformOk(folder, ['init'], session.env);
  await terraformOk(folder, ['apply', '-auto-approve'], session.env);
  const { status, output } = await terraform(folder, ['plan', '-detailed-exitcode'], session.env);
  expect([status, status === 0 ? '' : output]).toEqual([0, '']);
}

async function valuesOf(type: string): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const values = await stateValues(folder, session.env);
  return Object.entries(values).flatMap(([address, of]) => (address.startsWith(`${type}.`) ? [of] : []));
}

describeWithTerraform('what is applied, after which a second plan is empty:', () => {
  beforeEach(async () => {
    folder = workspace({});
    const settings = { create: { seed: 1 }, listen: { port: 0, host: '127.0.0.1' } };
    session = await openSession({ settings, logger: silentLogger }, process.env);
  });
  afterEach(() => session.close());

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
      expect(await valuesOf('ibm_kms_key_policies')).toMatchObject([
        { rotation: [{ enabled: true, interval_month: 6 }], dual_auth_delete: [{ enabled: true }] },
      ]);
      await apply(keyOf({ dualAuthorizationDelete: true, rotationIntervalMonths: 2 }));
      expect(await valuesOf('ibm_kms_key_policies')).toMatchObject([{ rotation: [{ interval_month: 2 }] }]);
      await apply(
        keyOf({ dualAuthorizationDelete: true, rotationIntervalMonths: 2, rotationEnabled: false }),
      );
      expect(await valuesOf('ibm_kms_key_policies')).toMatchObject([
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
      expect(await valuesOf('ibm_kms_instance_policies')).toMatchObject([
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
      expect(await valuesOf('ibm_kms_instance_policies')).toMatchObject([
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
      expect(await valuesOf('ibm_kms_key')).toMatchObject([{ type: 'hs-crypto' }]);
      expect(await valuesOf('ibm_iam_authorization_policy')).toHaveLength(2);
    },
    terraformTimeout,
  );
});
