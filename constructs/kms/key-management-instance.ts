import { Construct } from 'constructs';
import { checkInstanceCrn, checkInstanceGuid, placeOf } from '../resources/private/instance-crn';
import type { IServiceInstance } from '../resources/service-instance';

/** Catalog names of the services that hold root keys. */
export type KeyManagementService = 'kms' | 'hs-crypto';

/** Networks from which an instance can be reached (ibm-control-plane.md 6.1.7, 6.4.4). */
export const allowedNetworks = ['public-and-private', 'private-only'] as const;

/** One of them. */
export type AllowedNetwork = (typeof allowedNetworks)[number];

/** An instance that holds root keys: Key Protect or Hyper Protect Crypto Services. */
export interface IKeyManagementInstance extends IServiceInstance {
  /** Name of the service in the catalog and in IAM. */
  readonly serviceName: KeyManagementService;
  /**
   * Whether the constructs create the authorizations that encrypted resources need to reach the keys. When not, they
   * are somebody else's task and nothing waits for them.
   */
  readonly managesAuthorizations: boolean;
}

export interface KeyManagementInstanceAttributes {
  /** GUID of the instance, such as `11111111-2222-4333-8444-555555555555`. */
  readonly instanceGuid: string;

  /**
   * Region of the instance, such as `us-south`.
   * @default - unknown: what needs the same region is not checked
   */
  readonly location?: string;

  /**
   * Whether the constructs create the authorizations that encrypted resources need. IAM refuses a second policy of
   * the same source, target and roles, so say `false` where a central team keeps them.
   * @default true
   */
  readonly managesAuthorizations?: boolean;
}

/** An instance that exists already. */
export class ExistingKeyManagementInstance<Service extends KeyManagementService>
  extends Construct
  implements IKeyManagementInstance
{
  readonly instanceGuid: string;
  readonly location: string | undefined;
  readonly managesAuthorizations: boolean;

  constructor(
    scope: Construct,
    id: string,
    readonly serviceName: Service,
    attributes: KeyManagementInstanceAttributes,
  ) {
    super(scope, id);
    checkInstanceGuid(this, 'instanceGuid', attributes.instanceGuid);
    this.instanceGuid = attributes.instanceGuid;
    this.location = attributes.location;
    this.managesAuthorizations = attributes.managesAuthorizations ?? true;
  }
}

/** The same by its CRN. Throws {@link ConstructError} for text that is not the CRN of an instance of the service. */
export function existingInstanceOfCrn<Service extends KeyManagementService>(
  scope: Construct,
  id: string,
  service: Service,
  instanceCrn: string,
): ExistingKeyManagementInstance<Service> {
  const instance = new ExistingKeyManagementInstance(scope, id, service, placeOf(instanceCrn));
  checkInstanceCrn(instance, instanceCrn, service);
  return instance;
}
