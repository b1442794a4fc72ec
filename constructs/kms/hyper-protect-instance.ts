import { Token } from 'cdktf';
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
import { checkCryptoUnits } from './private/crypto-unit-checks';

/** A Hyper Protect Crypto Services instance, of this stack or from elsewhere. */
export interface IHyperProtectInstance extends IKeyManagementInstance {
  /** Name of Hyper Protect Crypto Services in the catalog and in IAM. */
  readonly serviceName: 'hs-crypto';
}

export interface HyperProtectInstanceProps extends ServiceInstanceProps {
  /**
   * Pricing plan, by its name in the catalog.
   * @default 'standard'
   */
  readonly plan?: string;

  /**
   * Operational crypto units, 2 or 3.
   * @default 2
   */
  readonly units?: number;

  /**
   * Crypto units in another region that take over when the region of the instance fails: 0, or 2 or 3 but no more than
   * `units`.
   * @default 0
   */
  readonly failoverUnits?: number;

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
 * A Hyper Protect Crypto Services instance (`ibm_resource_instance` of the service `hs-crypto`). It holds no key
 * before its crypto units have been initialized with the vendor's own tools. The vendor has made no new instances since
 * 28 March 2026 and ends the service on 28 March 2027. Throws `ConstructError` for properties that the service would
 * refuse.
 */
export class HyperProtectInstance extends ServiceInstance implements IHyperProtectInstance {
  /** An instance that exists already, by its CRN, which may be a token. */
  static fromHyperProtectInstanceCrn(
    scope: Construct,
    id: string,
    instanceCrn: string,
  ): IHyperProtectInstance {
    return existingInstanceOfCrn(scope, id, 'hs-crypto', instanceCrn);
  }

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
    const { plan = 'standard' } = props;
    super(scope, id, props, {
      service: 'hs-crypto',
      plan,
      parameters: parametersOf(props),
    });
    checkCryptoUnits(this, props);
    checkOneOf(this, 'allowedNetwork', props.allowedNetwork, allowedNetworks);
    if (props.policies) new KeyInstancePolicies(this, 'Policies', { ...props.policies, instance: this });
  }
}

function parametersOf({ units = 2, failoverUnits, allowedNetwork }: HyperProtectInstanceProps) {
  return {
    units: text(units),
    ...(failoverUnits !== undefined && { failover_units: text(failoverUnits) }),
    ...(allowedNetwork !== undefined && { allowed_network: allowedNetwork }),
  };
}

/** Parameters are texts; `String` would break a number that stands for a token. */
function text(value: number): string {
  return Token.isUnresolved(value) ? Token.asString(value) : String(value);
}
