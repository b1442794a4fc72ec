/** Who owns the policy of each source and target in an app, so that no pair has two. */
import type { IConstruct } from 'constructs';
import { canonicalService } from '../../../domain/iam/authorization';
import { implies, roleByName } from '../../../domain/iam/roles';
import { ConstructError } from '../../construct-error';
import { AppRegistry } from '../../private/app-registry';
import { identityOf } from '../../private/identity';
import type { IServiceInstance } from '../../resources/service-instance';
import { AccountWide } from '../account-wide';
import type { ServiceAuthorization, ServiceAuthorizationProps } from '../service-authorization';

interface Claim {
  readonly owner: ServiceAuthorization;
  readonly props: ServiceAuthorizationProps;
}

type Endpoints = Omit<ServiceAuthorizationProps, 'roles' | 'description'>;

const claims = new AppRegistry<Claim>();

/** Those that nobody declared: they came with something that is encrypted. */
const grants = new WeakSet<ServiceAuthorization>();

export function noteGrant(authorization: ServiceAuthorization): ServiceAuthorization {
  grants.add(authorization);
  return authorization;
}

/**
 * The authorization whose resource stands for these props: an earlier equal one, or `authorization` itself.
 * Throws {@link ConstructError} naming both paths when the earlier one grants other roles or gives other reasons.
 */
export function claim(
  authorization: ServiceAuthorization,
  props: ServiceAuthorizationProps,
): ServiceAuthorization {
  const declared = claims.of(authorization);
  const key = endpointsKey(authorization, props);
  const earlier = declared.get(key);
  if (!earlier) {
    declared.set(key, { owner: authorization, props });
    return authorization;
  }
  refuseDifferent(authorization, props, earlier);
  const description = earlier.props.description ?? props.description;
  declared.set(key, { ...earlier, props: { ...earlier.props, description } });
  return earlier.owner;
}

/** The earlier authorization under which `sourceService` may already do what the role permits. */
export function covering(
  target: IServiceInstance,
  need: Pick<Endpoints, 'sourceService' | 'sourceResourceType'> & { readonly role: string },
): ServiceAuthorization | undefined {
  const declared = claims.of(target);
  return [target, AccountWide.of(target.serviceName)]
    .flatMap((scope) => [
      declared.get(endpointsKey(target, { ...need, target: scope })),
      declared.get(endpointsKey(target, { sourceService: need.sourceService, target: scope })),
    ])
    .find((found) => found?.props.roles.some((name) => carries(target.serviceName, name, need.role)))?.owner;
}

function carries(service: string, displayName: string, wanted: string): boolean {
  const held = roleByName(service, displayName);
  return held !== undefined && implies(held.crn, wanted);
}

/** The same text for the same endpoints, as far as `construct`, which names them, can know. */
function endpointsKey(construct: IConstruct, endpoints: Endpoints): string {
  const { target, sourceInstanceGuid, sourceResourceGroup: group } = endpoints;
  return JSON.stringify([
    canonicalService(endpoints.sourceService),
    endpoints.sourceResourceType,
    sourceInstanceGuid && identityOf(construct, sourceInstanceGuid),
    group && identityOf(group, group.resourceGroupId),
    target.serviceName,
    target instanceof AccountWide ? '*' : identityOf(target, target.instanceGuid),
  ]);
}

function refuseDifferent(
  authorization: ServiceAuthorization,
  props: ServiceAuthorizationProps,
  earlier: Claim,
): void {
  const pair = `'${props.sourceService}' to '${props.target.serviceName}'`;
  const [wanted, granted] = [roleList(props.roles), roleList(earlier.props.roles)];
  if (wanted !== granted) {
    throw new ConstructError(
      authorization,
      `authorizes ${pair} with ${wanted}, but ${earlier.owner.node.path} authorizes the same source on the same target with ${granted}`,
      grants.has(earlier.owner)
        ? 'declare this one before what is encrypted, which then uses it if its roles suffice'
        : 'keep one of the two and name all roles in it',
    );
  }
  const descriptions = [props.description, earlier.props.description].filter((text) => text !== undefined);
  if (new Set(descriptions).size > 1) {
    throw new ConstructError(
      authorization,
      `describes the authorization of ${pair} in other words than ${earlier.owner.node.path}, with which it shares one policy`,
      'keep the description of one of the two',
    );
  }
}

function roleList(roles: readonly string[]): string {
  return [...roles].sort().join(', ');
}
