import { Token } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { secretLimits, secretNamePattern } from '../../domain/secrets/limits';
import { SmArbitrarySecret } from '../bindings/ibm/sm-arbitrary-secret';
import { ConstructError } from '../construct-error';
import { nameFromPath } from '../private/names';
import { checkedInstant, checkName, checkText } from '../private/text';
import { instanceArguments } from './private/instance-arguments';
import type { ISecretGroup } from './secret-group';
import { SecretValue } from './secret-value';
import type { ISecretsManagerInstance } from './secrets-manager-instance';

/** A secret, of this stack or from elsewhere. */
export interface ISecret extends IConstruct {
  /** Id of the secret. */
  readonly secretId: string;
  /** Instance that holds the secret. */
  readonly secretInstance: ISecretsManagerInstance;
}

export interface SecretProps {
  /** Instance that holds the secret. Changing it replaces the secret. */
  readonly instance: ISecretsManagerInstance;

  /** The secret itself. Changing it makes a new version. Terraform keeps it in its state. */
  readonly value: SecretValue;

  /**
   * Name of the secret, 2 to 256 characters, unique among the arbitrary secrets of the instance.
   * @default - the path of the construct
   */
  readonly name?: string;

  /**
   * What the secret is for, 2 to 1,024 characters.
   * @default - none
   */
  readonly description?: string;

  /**
   * Group that the secret is in. Changing it replaces the secret.
   * @default - the group `default` of the instance
   */
  readonly group?: ISecretGroup;

  /**
   * Words to find the secret by, at most 30 of 2 to 64 characters.
   * @default - none
   */
  readonly labels?: readonly string[];

  /**
   * When the secret expires and its data is destroyed, RFC 3339 with a time zone. It can be moved, not removed.
   * @default - never
   */
  readonly expiration?: string;

  /**
   * Free metadata of the secret; not protected as the value is.
   * @default - none
   */
  readonly customMetadata?: Readonly<Record<string, string>>;
}

export interface SecretAttributes {
  /** Id of the secret. */
  readonly secretId: string;
  /** Instance that holds the secret. */
  readonly instance: ISecretsManagerInstance;
}

/** An arbitrary secret (`ibm_sm_arbitrary_secret`). */
export class Secret extends Construct implements ISecret {
  /** A secret that exists already. */
  static fromSecretAttributes(scope: Construct, id: string, attributes: SecretAttributes): ISecret {
    return new ExistingSecret(scope, id, attributes);
  }

  /** The Terraform resource, for what this class does not offer. */
  readonly resource: SmArbitrarySecret;
  readonly secretId: string;
  /** CRN of the secret. */
  readonly secretCrn: string;
  readonly secretInstance: ISecretsManagerInstance;

  constructor(scope: Construct, id: string, props: SecretProps) {
    super(scope, id);
    const { instance, value, description, labels, expiration, customMetadata } = props;
    const name = props.name ?? nameFromPath(this, secretLimits.name);
    this.check(name, props);
    this.secretInstance = instance;
    this.resource = new SmArbitrarySecret(this, 'Default', {
      ...instanceArguments(instance),
      name,
      payload: value.unsafeUnwrap(),
      description,
      secretGroupId: props.group?.secretGroupId,
      labels: labels && [...labels],
      expirationDate: checkedInstant(this, 'expiration', expiration),
      customMetadata: customMetadata && { ...customMetadata },
    });
    this.secretId = this.resource.secretId;
    this.secretCrn = this.resource.crn;
  }

  private check(name: string, { value, description, labels = [] }: SecretProps): void {
    SecretValue.require(this, 'value', value);
    checkName(this, 'name', name, {
      ...secretLimits.name,
      pattern: secretNamePattern,
      characters: 'letters, digits, hyphens, underscores and dots, with a letter or digit at both ends',
    });
    checkText(this, 'description', description, secretLimits.description);
    for (const label of labels) checkName(this, 'label', label, secretLimits.label);
    if (labels.length > secretLimits.labels) {
      throw new ConstructError(
        this,
        `labels has ${labels.length} entries, a secret has at most ${secretLimits.labels}`,
        'remove some',
      );
    }
    this.checkSize(value);
  }

  private checkSize(value: SecretValue): void {
    const text = value.unsafeUnwrap();
    const { arbitrary } = secretLimits.payload;
    if (!Token.isUnresolved(text) && Buffer.byteLength(text) > arbitrary) {
      throw new ConstructError(
        this,
        `value has ${Buffer.byteLength(text)} bytes, an arbitrary secret holds at most ${arbitrary}`,
        'store something that long elsewhere and a key to it here',
      );
    }
  }
}

class ExistingSecret extends Construct implements ISecret {
  readonly secretId: string;
  readonly secretInstance: ISecretsManagerInstance;

  constructor(scope: Construct, id: string, attributes: SecretAttributes) {
    super(scope, id);
    this.secretId = attributes.secretId;
    this.secretInstance = attributes.instance;
  }
}
