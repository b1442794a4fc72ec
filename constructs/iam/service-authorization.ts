import { Annotations } from 'cdktf';
import { Construct } from 'constructs';
import { rolesOf } from '../../domain/iam/roles';
import { IamAuthorizationPolicy } from '../bindings/ibm/iam-authorization-policy';
import { ConstructError } from '../construct-error';
import { orderStackAfter } from '../private/order';
import { literal } from '../private/text';
import { checkInstanceGuid } from '../resources/private/instance-crn';
import type { IResourceGroup } from '../resources/resource-group';
import type { IServiceInstance } from '../resources/service-instance';
import { AccountWide } from './account-wide';
import { claim } from './private/claims';

export interface ServiceAuthorizationProps {
  /** Service that is allowed to act, such as `server-protect` (block storage) or `secrets-manager`. */
  readonly sourceService: string;

  /**
   * Kind of resource of the source service, such as `share` of `is`.
   * @default - every kind
   */
  readonly sourceResourceType?: string;

  /**
   * GUID of the one instance of the source service that is allowed to act. An instance that is encrypted when it is
   * created needs the authorization before it has a GUID, so this is for those that exist already.
   * @default - every instance
   */
  readonly sourceInstanceGuid?: string;

  /**
   * Resource group that the source has to be in.
   * @default - any
   */
  readonly sourceResourceGroup?: IResourceGroup;

  /**
   * What is opened: one instance, or `AccountWide.of('kms')` for every instance of a service in the account, which
   * is wider than nearly everyone needs and is reported as a warning.
   */
  readonly target: IServiceInstance | AccountWide;

  /** Display names of the roles that the source gets, such as `Reader`, in any order. */
  readonly roles: readonly string[];

  /**
   * Why the authorization exists. The vendor's provider does not send a change of it alone (ibm-control-plane.md 3.4).
   * @default - none
   */
  readonly description?: string;
}

/**
 * Lets one service use another (`ibm_iam_authorization_policy`; behaviour.md A3).
 *
 * An app has one policy per source and target, whatever stacks name them, because IAM refuses a second one. A second
 * construct that says the same shares the first one's resource. One that gives the same source other roles on the same
 * target is refused, also when they are a part of the others: what it says would not be what holds. What is encrypted
 * only needs enough, so it uses a policy whose roles carry the one that it needs.
 *
 * IAM knows no regions and an app is taken for one account: what belongs to another account goes into an app of its own.
 */
export class ServiceAuthorization extends Construct {
  /** The Terraform resource, for what this class does not offer; that of an earlier equal authorization, if any. */
  readonly resource: IamAuthorizationPolicy;
  /** Display names of the roles. */
  readonly roles: readonly string[];

  constructor(scope: Construct, id: string, props: ServiceAuthorizationProps) {
    super(scope, id);
    this.roles = props.roles;
    this.checkRoles(props);
    checkInstanceGuid(this, 'sourceInstanceGuid', props.sourceInstanceGuid);
    const owner = claim(this, props);
    this.resource = owner === this ? this.createPolicy(props) : owner.resource;
    if (props.description !== undefined) this.resource.description = props.description;
    orderStackAfter(this, owner);
  }

  private checkRoles({ roles, target }: ServiceAuthorizationProps): void {
    if (roles.length === 0) {
      throw new ConstructError(
        this,
        'roles is empty, an authorization grants at least one',
        "name one, such as 'Reader'",
      );
    }
    for (const role of roles) {
      const meant = rolesOf(target.serviceName).find(
        ({ displayName }) => displayName.toLowerCase() === literal(role)?.toLowerCase(),
      );
      if (meant && meant.displayName !== role) {
        throw new ConstructError(
          this,
          `role '${role}' is not written as the service displays it`,
          `write '${meant.displayName}'`,
        );
      }
    }
  }

  private createPolicy(props: ServiceAuthorizationProps): IamAuthorizationPolicy {
    const { target, sourceService } = props;
    if (target instanceof AccountWide) {
      Annotations.of(this).addWarning(
        `authorizes '${sourceService}' on every '${target.serviceName}' instance of the account; make one instance the target unless all of them are meant`,
      );
    }
    return new IamAuthorizationPolicy(this, 'Default', {
      sourceServiceName: sourceService,
      sourceResourceType: props.sourceResourceType,
      sourceResourceInstanceId: props.sourceInstanceGuid,
      sourceResourceGroupId: props.sourceResourceGroup?.resourceGroupId,
      targetServiceName: target.serviceName,
      targetResourceInstanceId: target instanceof AccountWide ? undefined : target.instanceGuid,
      roles: [...props.roles],
    });
  }
}
