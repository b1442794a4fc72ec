/**
 * Service authorizations. Source: ibm-control-plane.md 3.4, 6.3.2; behaviour.md A3. Attributes that narrow an
 * authorization in a way the world does not hold are reported, and it is read as if it were not narrowed by them: then
 * what it opens is at most overstated, never what its removal takes away.
 */
import type { NodeKind } from '../../../domain/world';
import type { Links } from '../links';
import { type Attribute, absent, type Body, isSet, type SourceResource, showable } from '../resource';
import { kmsInstanceOf } from './key-link';
import type { Description, ResourceType } from './resource-type';

type Side = 'subject' | 'resource';

/** Attributes of the policy and the arguments that write them; each is written one way or the other. */
const sides = {
  subject: {
    block: 'subject_attributes',
    arguments: {
      serviceName: 'source_service_name',
      serviceInstance: 'source_resource_instance_id',
      resourceType: 'source_resource_type',
      resourceGroupId: 'source_resource_group_id',
    },
    held: ['serviceName', 'serviceInstance', 'resourceType', 'accountId'],
  },
  resource: {
    block: 'resource_attributes',
    arguments: {
      serviceName: 'target_service_name',
      serviceInstance: 'target_resource_instance_id',
      resourceType: 'target_resource_type',
      resourceGroupId: 'target_resource_group_id',
    },
    held: ['serviceName', 'serviceInstance', 'accountId'],
  },
} as const;

/** The least role that lets a service use a root key (behaviour.md A3). */
const enough = 'Reader';

export const ibmIamAuthorizationPolicy: ResourceType = {
  type: 'ibm_iam_authorization_policy',
  mode: 'managed',
  identifiedBy: ['id'],
  describe,
  link(resource, links) {
    const node = links.node(resource.id);
    if (node?.kind !== 'authorization') return;
    for (const side of ['subject', 'resource'] as const) reportNarrowing(resource, side, links);
    linkSource(resource, links);
    linkTarget(resource, node.targetService, links);
    if (resource.read('roles').kind === 'unknown')
      links.unmapped(resource, `roles are not known before apply: it is read as if it granted ${enough}`);
  },
};

function describe(resource: SourceResource): Description {
  const target = showable(read(resource, 'resource', 'serviceName'));
  const source = showable(read(resource, 'subject', 'serviceName'));
  const type = showable(read(resource, 'subject', 'resourceType'));
  if (source === undefined || target === undefined)
    return { unmodelled: 'an authorization that does not name both services' };
  return {
    node: {
      kind: 'authorization',
      sourceService: source,
      ...(type !== undefined && type !== '' && { sourceResourceType: type }),
      targetService: target,
      roles: rolesOf(resource),
    },
  };
}

/** An attribute of the policy, from its argument or from the block that names it. */
function read(
  resource: SourceResource,
  side: Side,
  name: keyof (typeof sides)[Side]['arguments'],
): Attribute {
  const argument = resource.read(sides[side].arguments[name]);
  if (isSet(argument)) return argument;
  const block = attributeBlocks(resource, side).find((body) => showable(body.read('name')) === name);
  return block?.read('value') ?? absent;
}

function attributeBlocks(resource: SourceResource, side: Side): readonly Body[] {
  return resource.blocks(sides[side].block);
}

function rolesOf(resource: SourceResource): readonly string[] {
  const roles = resource.read('roles');
  if (roles.kind === 'unknown') return [enough];
  if (roles.kind !== 'known' || !Array.isArray(roles.value)) return [];
  return roles.value.filter((role): role is string => typeof role === 'string');
}

function linkSource(resource: SourceResource, links: Links): void {
  const attribute = read(resource, 'subject', 'serviceInstance');
  const kinds: readonly NodeKind[] = ['secrets-manager-instance', 'kms-instance'];
  const { to, problem } = links.follow(attribute, kinds);
  const instance = to ?? showable(attribute);
  if (instance !== undefined && instance !== '')
    links.amend(resource.id, { kind: 'authorization', sourceInstance: instance });
  else if (problem !== undefined)
    links.unmapped(resource, `${asIfNot('source_resource_instance_id')}, which ${problem}`);
}

function linkTarget(resource: SourceResource, service: string, links: Links): void {
  if (service !== 'kms' && service !== 'hs-crypto') return;
  const attribute = read(resource, 'resource', 'serviceInstance');
  if (!isSet(attribute)) return;
  const limit = `${asIfNot('target_resource_instance_id')}, which`;
  const instance = kmsInstanceOf(resource, limit, attribute, links, service);
  if (instance === undefined) return;
  links.amend(resource.id, { kind: 'authorization', targetInstance: instance });
  links.edge('authorizes', resource.id, instance);
}

function reportNarrowing(resource: SourceResource, side: Side, links: Links): void {
  const held: readonly string[] = sides[side].held;
  const { resourceGroupId, resourceType } = sides[side].arguments;
  const ignored = [
    ...(isSet(resource.read(resourceGroupId)) ? [resourceGroupId] : []),
    ...(side === 'resource' && isSet(resource.read(resourceType)) ? [resourceType] : []),
    ...attributeBlocks(resource, side)
      .map((body) => showable(body.read('name')))
      .filter((name) => name !== undefined && !held.includes(name))
      .map((name) => `${name} of ${sides[side].block}`),
  ];
  for (const argument of ignored) links.unmapped(resource, asIfNot(argument));
}

function asIfNot(argument: string): string {
  return `it is read as if it were not limited by ${argument}`;
}
