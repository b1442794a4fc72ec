/** Whether a service authorization of the world lets a dependant's service use a root key. */
import { type AuthorizationPolicy, matches } from '../../domain/iam/authorization';
import { type KeyConsumer, keyConsumers } from '../../domain/iam/consumers';
import { roleByName } from '../../domain/iam/roles';
import type { IndexedWorld, NodeOf } from './indexed-world';
import type { Situation } from './situation';

/** Who asks for which key. */
export interface KeyUse {
  readonly consumer: KeyConsumer;
  /** Node id of the service instance on whose behalf the service asks; undefined for services without instances. */
  readonly instance?: string | undefined;
  readonly key: NodeOf<'root-key'>;
}

export function isAuthorized(situation: Situation, use: KeyUse): boolean {
  const { indexed, authorizations } = situation;
  return indexed
    .nodesOf('authorization')
    .some((authorization) => authorizations.has(authorization.id) && authorizes(authorization, use, indexed));
}

export function authorizes(
  authorization: NodeOf<'authorization'>,
  { consumer, instance, key }: KeyUse,
  indexed: IndexedWorld,
): boolean {
  const { sourceService, role } = keyConsumers[consumer];
  const targetInstance = indexed.behind(key.id, 'contains', 'kms-instance')?.id;
  return (
    opens(authorization.id, targetInstance, indexed) &&
    matches(policyOf(authorization, indexed), {
      account,
      sourceService,
      sourceInstance: instance,
      targetService: key.service,
      targetInstance,
      role,
    })
  );
}

/** The world's edges know more than the policy's attributes: a resource group, say. */
function opens(authorization: string, instance: string | undefined, { graph }: IndexedWorld): boolean {
  if (instance === undefined) return true;
  return graph.outgoing(authorization).some(({ label, to }) => label === 'authorizes' && to === instance);
}

/** A world is of one account; its name does not matter. */
const account = 'world';

function policyOf(authorization: NodeOf<'authorization'>, indexed: IndexedWorld): AuthorizationPolicy {
  const { sourceService, sourceInstance, sourceResourceType, targetService, targetInstance, roles } =
    authorization;
  return {
    subject: {
      attributes: [
        equals('serviceName', sourceService),
        ...(sourceInstance === undefined
          ? []
          : [equals('serviceInstance', indexed.instanceId(sourceInstance))]),
        ...(sourceResourceType === undefined ? [] : [equals('resourceType', sourceResourceType)]),
      ],
    },
    resource: {
      attributes: [
        equals('serviceName', targetService),
        ...(targetInstance === undefined
          ? []
          : [equals('serviceInstance', indexed.instanceId(targetInstance))]),
      ],
    },
    roles: roles.map((role) => roleByName(targetService, role)?.crn ?? role),
  };
}

function equals(key: string, value: string): AuthorizationPolicy['subject']['attributes'][number] {
  return { key, operator: 'stringEquals', value };
}
