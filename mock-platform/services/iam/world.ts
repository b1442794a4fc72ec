/** Service authorizations as the graph of keys and dependants shows them. */
import type { PolicyAttribute } from '../../../domain/iam/authorization';
import { covers } from '../../../domain/iam/authorization';
import { roleByCrn } from '../../../domain/iam/roles';
import type { AuthorizationNode, ObservedStatus, WorldEdge } from '../../../domain/world';
import type { Session } from '../../kernel/operation';
import type { Stored } from '../../kernel/store/store';
import type { WorldContributor } from '../../kernel/world';
import { findInstance, type InstanceDocument, instances } from '../resource-controller/instances';
import { noticedTerms, type PolicyDocument, policies } from './model';
import { policyCrn } from './present';

const keyServices: readonly string[] = ['kms', 'hs-crypto'];

function exactValue(attributes: readonly PolicyAttribute[], wanted: string): string | undefined {
  const value = attributes.find(({ key, operator }) => key === wanted && operator === 'stringEquals')?.value;
  return typeof value === 'string' ? value : undefined;
}

/** The CRN of the instance, or its GUID when there is no such instance. */
async function instanceId(session: Session, guid: string | undefined): Promise<string | undefined> {
  if (guid === undefined) return undefined;
  return (await findInstance(session, guid))?.doc.crn ?? guid;
}

async function nodeOf(session: Session, policy: PolicyDocument): Promise<AuthorizationNode> {
  const sourceService = exactValue(policy.subject, 'serviceName') ?? '*';
  const targetService = exactValue(policy.resource, 'serviceName') ?? '*';
  const sourceResourceType = exactValue(policy.subject, 'resourceType');
  const sourceInstance = await instanceId(session, exactValue(policy.subject, 'serviceInstance'));
  const targetInstance = await instanceId(session, exactValue(policy.resource, 'serviceInstance'));
  const crn = policyCrn(policy);
  return {
    kind: 'authorization',
    id: crn,
    crn,
    name: policy.description ?? `${sourceService} to ${targetService}`,
    sourceService,
    ...(sourceResourceType === undefined ? {} : { sourceResourceType }),
    ...(sourceInstance === undefined ? {} : { sourceInstance }),
    targetService,
    ...(targetInstance === undefined ? {} : { targetInstance }),
    roles: policy.roles.map((role) => roleByCrn(role)?.displayName ?? role),
  };
}

/** Whether the policy's resource side takes in the instance, whatever the source and the role. */
function opens(policy: PolicyDocument, instance: InstanceDocument): boolean {
  const { account, service, guid, resourceGroupId, location } = instance;
  return covers(policy.resource, {
    account,
    targetService: service,
    targetInstance: guid,
    targetResourceGroup: resourceGroupId,
    targetRegion: location,
  });
}

function edgesOf(policy: PolicyDocument, keyInstances: readonly Stored<InstanceDocument>[]): WorldEdge[] {
  return keyInstances
    .filter(({ doc }) => opens(policy, doc))
    .map(({ doc }) => ({ type: 'authorizes', from: policyCrn(policy), to: doc.crn }));
}

function statusOf(policy: PolicyDocument, session: Session): ObservedStatus {
  return noticedTerms(policy, session) === undefined
    ? { status: 'propagating', reasons: ['not_noticed_yet'], live: true }
    : { status: 'active', reasons: [], live: true };
}

export const iamWorld: WorldContributor = async (session) => {
  const scope = session.options.account;
  const stored = await session.tx.list(policies, { scope, name: 'authorization' });
  const active = stored.map(({ doc }) => doc).filter(({ state }) => state === 'active');
  const existing = await session.tx.list(instances, { scope });
  const keyInstances = existing.filter(
    ({ doc }) => keyServices.includes(doc.service) && doc.state !== 'removed',
  );
  return {
    nodes: await Promise.all(active.map((policy) => nodeOf(session, policy))),
    edges: active.flatMap((policy) => edgesOf(policy, keyInstances)),
    statuses: Object.fromEntries(active.map((policy) => [policyCrn(policy), statusOf(policy, session)])),
  };
};
