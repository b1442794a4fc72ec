import { Construct } from 'constructs';
import { checkKeyRegion } from '../kms/private/key-region';
import type { IRootKey } from '../kms/root-key-base';
import { checkInstanceCrn, checkInstanceGuid, placeOf } from '../resources/private/instance-crn';
import {
  type IServiceInstance,
  ServiceInstance,
  type ServiceInstanceProps,
} from '../resources/service-instance';

/** A Secrets Manager instance, of this stack or from elsewhere. */
export interface ISecretsManagerInstance extends IServiceInstance {
  /** Name of Secrets Manager in the catalog and in IAM. */
  readonly serviceName: 'secrets-manager';
  /** Network through which Terraform reaches the secrets. */
  readonly endpointType: 'public' | 'private';
}

export interface SecretsManagerInstanceProps extends ServiceInstanceProps {
  /**
   * Root key that the secrets are encrypted with, in the region of the instance. It cannot be changed: changing it
   * means a new instance.
   * @default - a key that the provider manages
   */
  readonly encryptionKey?: IRootKey;

  /**
   * Pricing plan, by its name in the catalog. An account has one trial instance at most.
   * @default 'standard'
   */
  readonly plan?: 'standard' | 'trial';

  /**
   * Networks from which the instance is reached. With `private`, or without this property, Terraform has to run
   * inside the private network of the account.
   * @default - the service's own: private only
   */
  readonly serviceEndpoints?: 'private' | 'public' | 'public-and-private';
}

export interface SecretsManagerInstanceAttributes {
  /** GUID of the instance. */
  readonly instanceGuid: string;

  /**
   * Region of the instance.
   * @default - the region of the provider
   */
  readonly location?: string;

  /**
   * Network through which Terraform reaches the secrets.
   * @default 'public'
   */
  readonly endpointType?: 'public' | 'private';
}

/** A Secrets Manager instance (`ibm_resource_instance` of the service `secrets-manager`). */
export class SecretsManagerInstance extends ServiceInstance implements ISecretsManagerInstance {
  /** An instance that exists already, by its CRN, which may be a token, reached through its public network. */
  static fromSecretsManagerInstanceCrn(
    scope: Construct,
    id: string,
    instanceCrn: string,
  ): ISecretsManagerInstance {
    const instance = new ExistingSecretsManagerInstance(scope, id, placeOf(instanceCrn));
    checkInstanceCrn(instance, instanceCrn, 'secrets-manager');
    return instance;
  }

  /** An instance that exists already. */
  static fromSecretsManagerInstanceAttributes(
    scope: Construct,
    id: string,
    attributes: SecretsManagerInstanceAttributes,
  ): ISecretsManagerInstance {
    return new ExistingSecretsManagerInstance(scope, id, attributes);
  }

  readonly serviceName = 'secrets-manager';
  readonly endpointType: 'public' | 'private';
  readonly keyConsumer = 'secrets-manager-instance';

  constructor(scope: Construct, id: string, props: SecretsManagerInstanceProps) {
    const { encryptionKey, plan = 'standard', serviceEndpoints } = props;
    super(scope, id, props, {
      service: 'secrets-manager',
      plan,
      parameters: encryptionKey && { kms_key: encryptionKey.keyCrn },
      serviceEndpoints,
    });
    this.endpointType =
      serviceEndpoints === undefined || serviceEndpoints === 'private' ? 'private' : 'public';
    if (encryptionKey) {
      checkKeyRegion(this, 'location', this.location, encryptionKey);
      encryptionKey.grantEncrypt(this);
    }
  }
}

class ExistingSecretsManagerInstance extends Construct implements ISecretsManagerInstance {
  readonly serviceName = 'secrets-manager';
  readonly instanceGuid: string;
  readonly location: string | undefined;
  readonly endpointType: 'public' | 'private';

  constructor(scope: Construct, id: string, attributes: SecretsManagerInstanceAttributes) {
    super(scope, id);
    checkInstanceGuid(this, 'instanceGuid', attributes.instanceGuid);
    this.instanceGuid = attributes.instanceGuid;
    this.location = attributes.location;
    this.endpointType = attributes.endpointType ?? 'public';
  }
}
