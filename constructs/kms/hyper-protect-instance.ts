import type { Construct } from 'constructs';
import { ServiceInstance, type ServiceInstanceProps } from '../resources/service-instance';
import { KeyInstancePolicies, type KeyInstancePolicySettings } from './key-instance-policies';
import {
  ExistingKeyManagementInstance,
  type IKeyManagementInstance,
  type KeyManagementInstanceAttributes,
} from './key-management-instance';

/** A Hyper Protect Crypto Services instance, of this stack or from elsewhere. */
export interface IHyperProtectInstance extends IKeyManagementInstance {
  readonly serviceName: 'hs-crypto';
}

export interface HyperProtectInstanceProps extends ServiceInstanceProps {
  /**
   * Pricing plan, by its name in the catalog.
   * @default 'standard'
   */
  readonly plan?: string;

  /**
   * Operational crypto units.
   * @default 2
   */
  readonly units?: number;

  /**
   * Rules for the keys that are made in the instance.
   * @default - those of the service: every kind of key, no automatic rotation, one person to delete
   */
  readonly policies?: KeyInstancePolicySettings;
}

/**
 * A Hyper Protect Crypto Services instance (`ibm_resource_instance` of the service `hs-crypto`). It holds no key
 * before its crypto units have been initialized with the vendor's own tools.
 */
export class HyperProtectInstance extends ServiceInstance implements IHyperProtectInstance {
  /** An instance that exists already. */
  static fromHyperProtectInstanceAttributes(
    scope: Construct,
    id: string,
    attributes: KeyManagementInstanceAttributes,
  ): IHyperProtectInstance {
    return new ExistingKeyManagementInstance(scope, id, 'hs-crypto', attributes);
  }

  readonly serviceName = 'hs-crypto';
  readonly managesAuthorizations = true;

  constructor(scope: Construct, id: string, props: HyperProtectInstanceProps) {
    super(scope, id, props, {
      service: 'hs-crypto',
      plan: props.plan ?? 'standard',
      parameters: { units: String(props.units ?? 2) },
    });
    if (props.policies) new KeyInstancePolicies(this, 'Policies', { ...props.policies, instance: this });
  }
}
