/** Keys whose material travels under an import token, with real Terraform (ibm-control-plane.md 6.1.3, 6.1.7, 6.1.10). */
import { Fn, TerraformLocal, type TerraformStack } from 'cdktf';
import { PlatformClient } from '../../cli/platform-client';
import {
  type EncryptedKeyMaterial,
  EncryptedVolume,
  HyperProtectInstance,
  KeyProtectInstance,
  RootKey,
  SecretValue,
} from '../../constructs';
import { encryptedUnder, importToken } from '../support/import-token';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';
import { AppliedApp, type DefineApp } from './applied-app';

const material = Buffer.alloc(32, 7);
let app: AppliedApp;

type Imported = SecretValue | EncryptedKeyMaterial;

const services = [
  ['Key Protect', KeyProtectInstance],
  ['Hyper Protect Crypto Services', HyperProtectInstance],
] as const;

describeWithTerraform.each(services)(
  'an instance of %s that takes material under a token only',
  (_name, Instance) => {
    /** The instance, and a key with that material as soon as there is some. */
    const stackWith =
      (materialIn?: (stack: TerraformStack) => Imported): DefineApp =>
      (stackOf) => {
        const stack = stackOf('stack');
        const instance = new Instance(stack, 'kms', {
          location: 'us-south',
          policies: { keyCreateImportAccess: { enforceToken: true } },
        });
        if (!materialIn) return;
        const encryptionKey = new RootKey(stack, 'key', { instance, importedMaterial: materialIn(stack) });
        new EncryptedVolume(stack, 'data', { encryptionKey, zone: 'us-south-1' });
      };

    async function newToken() {
      await app.apply(stackWith());
      const [instance] = await app.valuesOf('ibm_resource_instance');
      return importToken(app.url, String(instance?.['guid']));
    }

    beforeEach(async () => {
      app = await AppliedApp.open();
    });
    afterEach(() => app.close());

    test(
      'makes a key of it, which encrypts',
      async () => {
        const imported = encryptedUnder(await newToken(), material);
        await app.apply(stackWith(() => imported));
        expect(await app.valuesOf('ibm_kms_key')).toMatchObject([
          { payload: imported.ciphertext, encrypted_nonce: imported.encryptedNonce, iv_value: imported.iv },
        ]);
        expect(await app.valuesOf('ibm_is_volume')).toMatchObject([{ status: 'available' }]);
      },
      terraformTimeout,
    );

    test(
      'refuses material in clear, and a nonce that was not encrypted with the material',
      async () => {
        const token = await newToken();
        const clear = SecretValue.unsafePlainText(material.toString('base64'));
        expect(await app.refusedApply(stackWith(() => clear))).toContain('(KEY_CREATE_IMPORT_ACCESS_ERR)');
        const { encryptedNonce } = encryptedUnder(token, Buffer.alloc(32, 8));
        const mixed = { ...encryptedUnder(token, material), encryptedNonce };
        expect(await app.refusedApply(stackWith(() => mixed))).toContain('(INCORRECT_NONCE_IV_ERR)');
      },
      terraformTimeout,
    );
  },
);

describeWithTerraform('material from a variable', () => {
  beforeEach(async () => {
    app = await AppliedApp.open();
  });
  afterEach(() => app.close());

  const keyWith =
    (text: string): DefineApp =>
    (stackOf) => {
      const stack = stackOf('stack');
      const material = new TerraformLocal(stack, 'material', Fn.sensitive(text)).asString;
      new RootKey(stack, 'key', {
        instance: new KeyProtectInstance(stack, 'kms', { location: 'us-south' }),
        importedMaterial: SecretValue.fromReference(material),
      });
    };

  test(
    'is imported, and refused when it is empty instead of generated',
    async () => {
      expect(await app.refusedApply(keyWith(''))).toContain(
        'The imported material is empty, and without material the service would generate a key.',
      );
      await app.apply(keyWith(material.toString('base64')));
      const { nodes } = await new PlatformClient(app.url).graph();
      expect(nodes).toContainEqual(expect.objectContaining({ name: 'stack-key', imported: true }));
    },
    terraformTimeout,
  );
});
