import { Construct, type IConstruct } from 'constructs';
import { ResourceInstance } from '../bindings/ibm/resource-instance';
import { nameFromPath } from '../private/names';
import { checkName } from '../private/text';
import { instanceName } from './private/limits';
import type { IResourceGroup } from './resource-group';

/** An instance of an IBM Cloud service, of this stack, another stack or neither. */
export interface IServiceInstance extends IConstruct {
  /** Name of the service in the catalog and in IAM, such as `kms`. */
  readonly serviceName: string;
  /** GUID of the instance. */
  readonly instanceGuid: string;
  /** Region of the instance; undefined when an instance from elsewhere was described without it. */
  readonly location: string | undefined;
}

export interface ServiceInstanceProps {
  /** Region, such as `us-south`. Changing it replaces the instance. */
  readonly location: string;

  /**
   * Name of the instance, 1 to 180 letters, digits, spaces and `_.:-`.
   * @default - the path of the construct
   */
  readonly name?: string;

  /**
   * Resource group of the instance. Changing it replaces the instance.
   * @default - the account's default group
   */
  readonly resourceGroup?: IResourceGroup;

  /**
   * Tags of the instance.
   * @default - none
   */
  readonly tags?: readonly string[];
}

/** What the catalog needs to know besides the props. */
interface Offering {
  readonly service: string;
  readonly plan: string;
  readonly parameters?: Record<string, string>;
  readonly serviceEndpoints?: string;
}

/** An instance that the stack creates (`ibm_resource_instance`). */
export abstract class ServiceInstance extends Construct {
  /** The Terraform resource, for what this class does not offer. */
  readonly resource: ResourceInstance;
  readonly instanceGuid: string;
  /** CRN of the instance. */
  readonly instanceCrn: string;
  readonly location: string;

  constructor(scope: Construct, id: string, props: ServiceInstanceProps, offering: Offering) {
    super(scope, id);
    const { location, name = nameFromPath(this, instanceName), resourceGroup, tags } = props;
    checkName(this, 'name', name, instanceName);
    this.location = location;
    this.resource = new ResourceInstance(this, 'Default', {
      name,
      location,
      ...offering,
      resourceGroupId: resourceGroup?.resourceGroupId,
      tags: tags && [...tags],
    });
    this.instanceGuid = this.resource.guid;
    this.instanceCrn = this.resource.crn;
  }
}
