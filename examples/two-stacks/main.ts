/**
 * The key in one stack, what it protects in another: the stack of the consumer waits for the stack of the key, and
 * the authorization lives beside the key's instance, where every consumer finds it.
 *
 *     node dist/examples/two-stacks/main.js
 *     node dist/cli/main.js impact cdktf.out --key keys/ibm_kms_key.key --action disable --fail-on never
 *     node dist/cli/main.js exec -- sh -c 'for stack in keys storage; do
 *       (cd cdktf.out/stacks/$stack && terraform init && terraform apply -auto-approve) || exit 1; done'
 */
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  EncryptedVolume,
  IbmProvider,
  type IRootKey,
  KeyProtectInstance,
  RemovalPolicy,
  RootKey,
} from '../../constructs';

const region = 'eu-de';

export class KeyStack extends TerraformStack {
  readonly key: IRootKey;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new IbmProvider(this, 'ibm', { region });
    const kms = new KeyProtectInstance(this, 'kms', { location: region });
    this.key = new RootKey(this, 'key', { instance: kms, removalPolicy: RemovalPolicy.DESTROY });
  }
}

export interface StorageStackProps {
  /** Root key of the volumes. */
  readonly encryptionKey: IRootKey;
}

export class StorageStack extends TerraformStack {
  constructor(scope: Construct, id: string, { encryptionKey }: StorageStackProps) {
    super(scope, id);
    new IbmProvider(this, 'ibm', { region });
    new EncryptedVolume(this, 'archive', { encryptionKey, zone: `${region}-3`, capacity: 1000 });
  }
}

export function main(): void {
  const app = new App({ stackTraces: false });
  const { key } = new KeyStack(app, 'keys');
  new StorageStack(app, 'storage', { encryptionKey: key });
  app.synth();
}

if (require.main === module) main();
