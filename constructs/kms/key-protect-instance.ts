import type { Construct } from 'constructs';
import { checkOneOf } from '../private/text';
import { ServiceInstance, type ServiceInstanceProps } from '../resources/service-instance';
import { KeyInstancePolicies, type KeyInstancePolicySettings } from './key-instance-policies';
import {
  type AllowedNetwork,
  allowedNetworks,
  ExistingKeyManagementInstance,
  existingInstanceOfCrn,
  type IKeyManagementInstance,
  type KeyManagementInstanceAttributes,
} from './key-management-instance';

/** A Key Protect instance, of this stack or from elsewhere. */
export interface IKeyProtectInstance extends IKeyManagementInstance {
  /** Name of Key Protect in the catalog and in IAM. */
  readonly serviceName: 'kms';
}

export interface KeyProtectInstanceProps extends ServiceInstanceProps {
  /**
   * Pricing plan, by its name in the catalog, such as `tiered-pricing` or `cross-region-resiliency`.
   * @default 'tiered-pricing'
   */
  readonly plan?: string;

  /**
   * Networks from which the instance is reached. With `private-only` Terraform has to run inside the private network of
   * the account to make keys.
   * @default - the service's own: public and private
   */
  readonly allowedNetwork?: AllowedNetwork;

  /**
   * Rules for the keys that are made in the instance.
   * @default - those of the service: every kind of key, no automatic rotation, one person to delete
   */
  readonly policies?: KeyInstancePolicySettings;
}

/**
 * A Key Protect instance (`ibm_resource_instance` of the service `kms`; ibm-control-plane.md 3.1, 6.4.4). It cannot be
 * destroyed before its keys. Throws `ConstructError` for properties that the service would refuse.
 */
export class KeyProtectInstance extends ServiceInstance implements IKeyProtectInstance {
  /** An instance that exists already, by its CRN, which may be a token. */
  static fromKeyProtectInstanceCrn(scope: Construct, id: string, instanceCrn: string): IKeyProtectInstance {
    return existingInstanceOfCrn(scope, id, 'kms', instanceCrn);
  }

  /** An instance that exists already. */
  static fromKeyProtectInstanceAttributes(
    scope: Construct,
    id: string,
    attributes: KeyManagementInstanceAttributes,
  ): IKeyProtectInstance {
    return new ExistingKeyManagementInstance(scope, id, 'kms', attributes);
  }

  readonly serviceName = 'kms';
  readonly managesAuthorizations = true;

  constructor(scope: Construct, id: string, props: KeyProtectInstanceProps) {
    super(scope, id, props, {
      service: 'kms',
      plan: props.plan ?? 'tiered-pricing',
      parameters: props.allowedNetwork && { allowed_network: props.allowedNetwork },
    });
    checkOneOf(this, 'allowedNetwork', props.allowedNetwork, allowedNetworks);
    if (props.policies) new KeyInstancePolicies(this, 'Policies', { ...props.policies, instance: this });
  }
}
