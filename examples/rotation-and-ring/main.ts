/**
 * Keys under rules: a ring that access is granted on, an alias that stays when the key behind it changes, a rotation
 * every three months, two people for a deletion, and a key that is taken out of use without being deleted.
 *
 *     node dist/examples/rotation-and-ring/main.js
 *     node dist/cli/main.js impact cdktf.out --key ibm_kms_key.cards --action rotate --fail-on never
 *     node dist/cli/main.js exec -- sh -c 'cd cdktf.out/stacks/rotation-and-ring && terraform init && terraform apply -auto-approve'
 *
 * `terraform destroy` is refused until another person has scheduled the deletion of the key `cards`.
 */
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  annotationsOf,
  EncryptedVolume,
  IbmProvider,
  KeyProtectInstance,
  KeyRing,
  RemovalPolicy,
  RootKey,
} from '../../constructs';

const region = 'eu-gb';

export class RotationAndRingStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new IbmProvider(this, 'ibm', { region });

    const instance = new KeyProtectInstance(this, 'kms', {
      location: region,
      policies: {
        metrics: true,
        // Root keys only: a standard key hands its material to whoever may read it.
        keyCreateImportAccess: { createStandardKey: false, importStandardKey: false },
      },
    });
    const keyRing = new KeyRing(this, 'ring', { instance, keyRingId: 'payments' });

    const cards = new RootKey(this, 'cards', {
      instance,
      keyRing,
      aliases: ['card-data'],
      rotationIntervalMonths: 3,
      dualAuthorizationDelete: true,
      // A key that protects something real keeps the default, PROTECT.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new EncryptedVolume(this, 'ledger', { encryptionKey: cards, zone: `${region}-2` });

    // What it once encrypted stays cut off until `state` says 'active' again.
    new RootKey(this, 'retired', {
      instance,
      keyRing,
      state: 'suspended',
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }
}

export function main(): void {
  const app = new App({ stackTraces: false });
  new RotationAndRingStack(app, 'rotation-and-ring');
  app.synth();
  for (const { level, path, message } of annotationsOf(app)) {
    process.stderr.write(`${level}: ${path}: ${message}\n`);
  }
}

if (require.main === module) main();
