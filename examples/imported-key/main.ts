/**
 * A key of your own: its material comes from a sensitive variable and is in no file that the synthesis writes. Whoever
 * keeps the material can restore the key for 30 days after its deletion, so deleting it breaks what it protects but does
 * not lose it.
 *
 *     node dist/examples/imported-key/main.js
 *     node dist/cli/main.js impact cdktf.out --key ibm_kms_key.key --action force-delete --fail-on never
 *     export TF_VAR_key_material=$(openssl rand -base64 32)
 *     node dist/cli/main.js exec -- sh -c 'cd cdktf.out/stacks/imported-key && terraform init && terraform apply -auto-approve'
 *
 * Keep the material: another one replaces the key. Where an instance wants material encrypted under an import token,
 * `importedMaterial` takes what came of that (`EncryptedKeyMaterial`).
 */
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  EncryptedVolume,
  IbmProvider,
  KeyProtectInstance,
  RemovalPolicy,
  RootKey,
  SecretValue,
} from '../../constructs';

const region = 'us-east';

export class ImportedKeyStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new IbmProvider(this, 'ibm', { region });

    const encryptionKey = new RootKey(this, 'key', {
      instance: new KeyProtectInstance(this, 'kms', { location: region }),
      importedMaterial: SecretValue.variable(this, 'key_material', {
        description: 'Material of the root key: base64 of 16, 24 or 32 bytes',
      }),
      // A key that protects something real keeps the default, PROTECT.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new EncryptedVolume(this, 'records', { encryptionKey, zone: `${region}-1` });
  }
}

export function main(): void {
  const app = new App({ stackTraces: false });
  new ImportedKeyStack(app, 'imported-key');
  app.synth();
}

if (require.main === module) main();
