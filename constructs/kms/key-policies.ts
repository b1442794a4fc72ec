import { Construct } from 'constructs';
import { KmsKeyPolicies } from '../bindings/ibm/kms-key-policies';
import { checkKeyPolicies, ownKeyPolicies } from './private/key-policy-checks';
import type { IRootKey } from './root-key-base';

/** Rules that hold for one key. What is left out afterwards stays as it is on the key. */
export interface KeyPolicySettings {
  /**
   * Months between automatic rotations, 1 to 12. For generated keys only. To end the rotation keep the number and say
   * `rotationEnabled: false`.
   * @default - no automatic rotation, or that of the instance
   */
  readonly rotationIntervalMonths?: number;

  /**
   * Whether the key rotates by itself. Needs `rotationIntervalMonths`, which the key keeps while it does not rotate.
   * @default - true when `rotationIntervalMonths` is given
   */
  readonly rotationEnabled?: boolean;

  /**
   * Whether deleting the key takes two people. It cannot be switched off again, and `terraform destroy` is refused until
   * another person has scheduled the deletion.
   * @default false, or what the instance says
   */
  readonly dualAuthorizationDelete?: boolean;
}

export interface KeyPoliciesProps extends KeyPolicySettings {
  /** Key that the policies are for. */
  readonly key: IRootKey;
}

/**
 * Policies of a key that exists already (`ibm_kms_key_policies`); a `RootKey` takes them as properties of its own. A key
 * has one such construct in an app: two would undo each other's settings. Throws `ConstructError` for policies that the
 * key cannot have (ibm-control-plane.md 6.1.6).
 */
export class KeyPolicies extends Construct {
  /** The Terraform resource, for what this class does not offer. */
  readonly resource: KmsKeyPolicies;

  constructor(scope: Construct, id: string, props: KeyPoliciesProps) {
    super(scope, id);
    const { key, rotationIntervalMonths, rotationEnabled = true, dualAuthorizationDelete } = props;
    checkKeyPolicies(this, props, key);
    ownKeyPolicies(this, key);
    this.resource = new KmsKeyPolicies(this, 'Default', {
      instanceId: key.keyInstance.instanceGuid,
      keyId: key.keyId,
      rotation:
        rotationIntervalMonths === undefined
          ? undefined
          : [{ enabled: rotationEnabled, intervalMonth: rotationIntervalMonths }],
      dualAuthDelete:
        dualAuthorizationDelete === undefined ? undefined : [{ enabled: dualAuthorizationDelete }],
      // The provider reads back a rotation that the instance gave the key; nobody here asked for taking it away.
      lifecycle: rotationIntervalMonths === undefined ? { ignoreChanges: ['rotation'] } : undefined,
    });
  }
}
