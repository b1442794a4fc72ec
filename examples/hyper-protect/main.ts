/**
 * Keys that nobody destroys alone: an instance of Hyper Protect Crypto Services, whose keys rotate by themselves, take two
 * people to delete, and are never deleted while they protect something, not even by force. Block storage of the account
 * may read the keys of this one instance, and says why.
 *
 *     node dist/examples/hyper-protect/main.js
 *     node dist/cli/main.js impact cdktf.out --key ibm_kms_key.ledger --action force-delete --fail-on never
 *     node dist/cli/main.js exec -- sh -c 'cd cdktf.out/stacks/hyper-protect && terraform init && terraform apply -auto-approve'
 *
 * `terraform destroy` is refused until another person has scheduled the deletion of the key `ledger`.
 */
import { App, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  EncryptedVolume,
  HyperProtectInstance,
  IbmProvider,
  KeyRing,
  RemovalPolicy,
  ResourceGroup,
  RootKey,
  ServiceAuthorization,
} from '../../constructs';

const region = 'us-south';

export class HyperProtectStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new IbmProvider(this, 'ibm', { region });

    const resourceGroup = ResourceGroup.fromResourceGroupName(this, 'group', 'Default');
    const instance = new HyperProtectInstance(this, 'hpcs', {
      location: region,
      resourceGroup,
      units: 2,
      failoverUnits: 2,
      allowedNetwork: 'public-and-private',
      // They hold for the keys that are made after them; the constructs see to that order.
      policies: { dualAuthorizationDelete: true, rotationIntervalMonths: 6 },
    });

    // Volumes would bring one of their own. Declared before them, it is the one that they use.
    new ServiceAuthorization(this, 'volumes', {
      sourceService: 'server-protect',
      target: instance,
      roles: ['Reader'],
      description: 'Volumes of the ledger',
    });

    const ledger = new RootKey(this, 'ledger', {
      instance,
      keyRing: new KeyRing(this, 'ring', { instance, keyRingId: 'regulated' }),
      aliases: ['ledger'],
      // The instance gives it to every new key; said here, `impact` knows it from the stack alone.
      dualAuthorizationDelete: true,
      // A key that protects something real keeps the default, PROTECT.
      removalPolicy: RemovalPolicy.DESTROY,
    });
    new EncryptedVolume(this, 'entries', { encryptionKey: ledger, zone: `${region}-1`, resourceGroup });
    new EncryptedVolume(this, 'archive', { encryptionKey: ledger, zone: `${region}-2`, resourceGroup });
  }
}

export function main(): void {
  const app = new App({ stackTraces: false });
  new HyperProtectStack(app, 'hyper-protect');
  app.synth();
}

if (require.main === module) main();
