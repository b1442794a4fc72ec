import { Construct, type IConstruct } from 'constructs';
import { DataIbmResourceGroup } from '../bindings/ibm/data-ibm-resource-group';
import { ResourceGroup as ResourceGroupResource } from '../bindings/ibm/resource-group';
import { nameFromPath } from '../private/names';
import { checkName } from '../private/text';
import { resourceGroupName } from './private/limits';

/** A resource group, of this stack or from elsewhere. */
export interface IResourceGroup extends IConstruct {
  /** Id of the group. */
  readonly resourceGroupId: string;
}

export interface ResourceGroupProps {
  /**
   * Name of the group, 1 to 40 characters, unique in the account. Changing it renames the group.
   * @default - the path of the construct
   */
  readonly name?: string;
}

/**
 * A resource group of the account (`ibm_resource_group`; ibm-control-plane.md 6.4.3). It cannot be destroyed while
 * something is in it, instances that can still be reclaimed included.
 */
export class ResourceGroup extends Construct implements IResourceGroup {
  /** The group with that name, looked up when Terraform plans. */
  static fromResourceGroupName(scope: Construct, id: string, name: string): IResourceGroup {
    return new ResourceGroupByName(scope, id, name);
  }

  /** A group whose id is known. */
  static fromResourceGroupId(scope: Construct, id: string, resourceGroupId: string): IResourceGroup {
    return new ResourceGroupById(scope, id, resourceGroupId);
  }

  /** The Terraform resource, for what this class does not offer. */
  readonly resource: ResourceGroupResource;
  readonly resourceGroupId: string;

  constructor(scope: Construct, id: string, props: ResourceGroupProps = {}) {
    super(scope, id);
    const name = props.name ?? nameFromPath(this, resourceGroupName);
    checkName(this, 'name', name, resourceGroupName);
    this.resource = new ResourceGroupResource(this, 'Default', { name });
    this.resourceGroupId = this.resource.id;
  }
}

class ResourceGroupByName extends Construct implements IResourceGroup {
  readonly resourceGroupId: string;

  constructor(scope: Construct, id: string, name: string) {
    super(scope, id);
    this.resourceGroupId = new DataIbmResourceGroup(this, 'Default', { name }).id;
  }
}

class ResourceGroupById extends Construct implements IResourceGroup {
  readonly resourceGroupId: string;

  constructor(scope: Construct, id: string, resourceGroupId: string) {
    super(scope, id);
    this.resourceGroupId = resourceGroupId;
  }
}
