/**
 * Everything that Keyquake looks at, in one stack: a root key, what it protects, and who uses that.
 *
 * `node dist/examples/quickstart/main.js` writes it to `cdktf.out` in the current folder.
 */
import { App, Fn, TerraformStack } from 'cdktf';
import type { Construct } from 'constructs';
import {
  annotationsOf,
  EncryptedVolume,
  IbmProvider,
  KeyProtectInstance,
  RemovalPolicy,
  RootKey,
  Secret,
  SecretGroup,
  SecretLock,
  SecretsManagerInstance,
  SecretValue,
} from '../../constructs';

const region = 'us-south';

export class QuickstartStack extends TerraformStack {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    new IbmProvider(this, 'ibm', { region });

    const kms = new KeyProtectInstance(this, 'kms', { location: region });
    const key = new RootKey(this, 'key', {
      instance: kms,
      description: 'Encrypts the volumes and the secrets of the quickstart',
      // A key that protects something real keeps the default, PROTECT.
      removalPolicy: RemovalPolicy.DESTROY,
      // A destroyed Secrets Manager instance can be reclaimed for seven days and stays registered on its key for so
      // long; without force, `terraform destroy` would be refused at the key until then.
      forceDelete: true,
    });

    // The authorizations that block storage and Secrets Manager need come with `encryptionKey`.
    const data = new EncryptedVolume(this, 'data', { encryptionKey: key, zone: `${region}-1` });
    new EncryptedVolume(this, 'logs', { encryptionKey: key, zone: `${region}-2`, capacity: 250 });

    const secretsManager = new SecretsManagerInstance(this, 'secrets', {
      location: region,
      encryptionKey: key,
      serviceEndpoints: 'public-and-private',
    });
    const password = new Secret(this, 'password', {
      instance: secretsManager,
      group: new SecretGroup(this, 'database', { instance: secretsManager }),
      // Set it with TF_VAR_database_password; it is in no file that the synthesis writes.
      value: SecretValue.variable(this, 'database_password', {
        description: 'Password of the database',
        // So that the quickstart runs without asking. A real secret has none: applying without it shall fail.
        fallback: SecretValue.fromReference(Fn.sha256(secretsManager.instanceGuid)),
      }),
    });
    new SecretLock(this, 'password-in-use', { secret: password, consumer: data.volumeCrn });
  }
}

export function main(): void {
  const app = new App({ stackTraces: false });
  new QuickstartStack(app, 'quickstart');
  app.synth();
  for (const { level, path, message } of annotationsOf(app)) {
    process.stderr.write(`${level}: ${path}: ${message}\n`);
  }
}

if (require.main === module) main();
