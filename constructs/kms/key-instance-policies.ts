import { Construct } from 'constructs';
import { KmsInstancePolicies } from '../bindings/ibm/kms-instance-policies';
import { orderStackAfter } from '../private/order';
import { ServiceInstance } from '../resources/service-instance';
import type { IKeyManagementInstance } from './key-management-instance';
import { governKeys } from './private/instance-members';
import { checkInstancePolicies, ownInstancePolicies } from './private/instance-policy-checks';

/** Which kinds of keys may be made in an instance. */
export interface KeyCreateImportAccess {
  /**
   * Whether the restrictions hold. `false` lifts all of them; no other property may be given then.
   * @default true
   */
  readonly enabled?: boolean;

  /**
   * Whether the service may generate root keys.
   * @default true
   */
  readonly createRootKey?: boolean;

  /**
   * Whether the service may generate standard keys.
   * @default true
   */
  readonly createStandardKey?: boolean;

  /**
   * Whether material of one's own may become a root key.
   * @default true
   */
  readonly importRootKey?: boolean;

  /**
   * Whether material of one's own may become a standard key.
   * @default true
   */
  readonly importStandardKey?: boolean;

  /**
   * Whether material has to come under an import token, as {@link EncryptedKeyMaterial}; in clear it is refused then.
   * @default false
   */
  readonly enforceToken?: boolean;
}

/**
 * Rules for the keys that are made in an instance from then on; keys that are there already keep what they have. What is
 * left out afterwards stays as it is on the instance: `false` is what switches a policy off.
 */
export interface KeyInstancePolicySettings {
  /**
   * Whether deleting a key takes two people. A key that got this keeps it, and `terraform destroy` is refused until
   * another person has scheduled the deletion.
   * @default - as the instance has it, which is off
   */
  readonly dualAuthorizationDelete?: boolean;

  /**
   * Months between the automatic rotations of generated root keys, 1 to 12.
   * @default - as the instance has it, which is no automatic rotation
   */
  readonly rotationIntervalMonths?: number;

  /**
   * Whether generated root keys rotate by themselves. Needs `rotationIntervalMonths` when true, and excludes it when
   * false.
   * @default - true when `rotationIntervalMonths` is given
   */
  readonly rotationEnabled?: boolean;

  /**
   * Whether the instance sends operational metrics. The vendor's provider sends a change of it only together with a
   * change of another policy.
   * @default - as the instance has it, which is off
   */
  readonly metrics?: boolean;

  /**
   * Which kinds of keys may be made.
   * @default - as the instance has it, which is every kind
   */
  readonly keyCreateImportAccess?: KeyCreateImportAccess;
}

export interface KeyInstancePoliciesProps extends KeyInstancePolicySettings {
  /** Instance that the policies are for. Changing it replaces the construct's resource. */
  readonly instance: IKeyManagementInstance;
}

/**
 * Policies of an instance that exists already (`ibm_kms_instance_policies`); an instance of the stack takes them as
 * `policies`. The keys of the app in that instance are created after them, or they would not get them. The provider has no
 * blocks for `allowedNetwork`, which an instance takes when it is made, and for `allowedIP`. Throws `ConstructError` for
 * settings that the service would refuse (ibm-control-plane.md 4.5, 6.1.7).
 */
export class KeyInstancePolicies extends Construct {
  /** The Terraform resource, for what this class does not offer. */
  readonly resource: KmsInstancePolicies;

  constructor(scope: Construct, id: string, props: KeyInstancePoliciesProps) {
    super(scope, id);
    const { instance, ...settings } = props;
    checkInstancePolicies(this, settings, instance);
    ownInstancePolicies(this, instance);
    this.resource = new KmsInstancePolicies(this, 'Default', {
      instanceId: instance.instanceGuid,
      dualAuthDelete: switched(settings.dualAuthorizationDelete),
      rotation: rotationOf(settings),
      metrics: switched(settings.metrics),
      keyCreateImportAccess: accessOf(settings),
    });
    if (instance instanceof ServiceInstance) orderStackAfter(this, instance);
    governKeys({ construct: this, settings }, instance);
  }
}

function switched(enabled: boolean | undefined): { readonly enabled: boolean } | undefined {
  return enabled === undefined ? undefined : { enabled };
}

function rotationOf({ rotationIntervalMonths, rotationEnabled }: KeyInstancePolicySettings) {
  if (rotationIntervalMonths !== undefined) return { enabled: true, intervalMonth: rotationIntervalMonths };
  return switched(rotationEnabled);
}

function accessOf({ keyCreateImportAccess }: KeyInstancePolicySettings) {
  return (
    keyCreateImportAccess && { ...keyCreateImportAccess, enabled: keyCreateImportAccess.enabled ?? true }
  );
}
