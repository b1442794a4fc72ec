/** From the resources of a Terraform source to a world. */
import { formatInstant, type Instant } from '../../domain/time';
import type { World, WorldNode } from '../../domain/world';
import { compare } from '../graph/graph';
import { WorldDraft } from './draft';
import { type Followable, follow, mentionedBy } from './follow';
import { identifiersOf } from './identifiers';
import type { Links } from './links';
import { type Attribute, type SourceResource, showable } from './resource';
import { resourceTypeOf } from './resource-types';
import { isIndependent } from './resource-types/independent';
import type { Description, NodeFacts } from './resource-types/resource-type';
import { reportUnmodelled, type Unmodelled } from './unmodelled';

/** Something a source reader could not turn into a resource. */
export interface Unread {
  readonly address: string;
  readonly reason: string;
}

export function assembleWorld(
  resources: readonly SourceResource[],
  at: Instant,
  unread: readonly Unread[] = [],
): World {
  const draft = new WorldDraft();
  for (const { address, reason } of unread) draft.report(address, reason);
  const unmodelled: Unmodelled[] = [];
  for (const resource of resources) {
    const description = describe(resource);
    if ('node' in description) draft.add(nodeOf(resource, description.node));
    if ('unmodelled' in description) unmodelled.push({ resource, what: description.unmodelled });
  }
  const followable: Followable = {
    resources: new Map(resources.map((resource) => [resource.id, resource])),
    identifiers: identifiersOf(resources),
    node: (id) => draft.node(id),
  };
  mergeSame(followable, draft);
  const links = linksOf(draft, followable);
  const ordered = inLinkingOrder(resources, draft);
  for (const resource of ordered) resourceTypeOf(resource)?.link?.(resource, links);
  for (const resource of ordered) resourceTypeOf(resource)?.conclude?.(resource, links);
  draft.openAccountWide();
  reportUnmodelled(unmodelled, draft, followable);
  return draft.finish(formatInstant(at));
}

/**
 * Data sources last: they may stand for something that a managed resource is. Of these, instances come before the keys
 * that are looked up in them.
 */
function inLinkingOrder(resources: readonly SourceResource[], draft: WorldDraft): readonly SourceResource[] {
  const lookups = resources.filter(({ mode }) => mode === 'data');
  const isKey = ({ id }: SourceResource): boolean => draft.node(id)?.kind === 'root-key';
  return [
    ...resources.filter(({ mode }) => mode === 'managed'),
    ...lookups.filter((lookup) => !isKey(lookup)),
    ...lookups.filter(isKey),
  ];
}

function describe(resource: SourceResource): Description {
  const known = resourceTypeOf(resource);
  if (known) return known.describe(resource);
  if (resource.mode === 'data' || isIndependent(resource.type)) return { none: 'depends on no key' };
  return { unmodelled: resource.type };
}

function nodeOf(resource: SourceResource, { name, crn, ...facts }: NodeFacts): WorldNode {
  const known = crn ?? showable(resource.read('crn'));
  return {
    id: resource.id,
    name: name ?? resource.name,
    address: resource.address,
    ...(known !== undefined && known !== '' && { crn: known }),
    ...facts,
  } as WorldNode;
}

/** Two nodes of one kind with one identifier are one thing, say a key and the data source that looks it up. */
function mergeSame({ identifiers, resources }: Followable, draft: WorldDraft): void {
  for (const ids of identifiers.values()) {
    if (ids.length < 2) continue;
    const managedFirst = [...ids].sort(
      (one, other) => rankOf(resources.get(one)) - rankOf(resources.get(other)) || compare(one, other),
    );
    const [first, ...others] = managedFirst.filter((id) => draft.node(id) !== undefined);
    for (const other of others) {
      if (first !== undefined && draft.node(other)?.kind === draft.node(first)?.kind)
        draft.merge(other, first);
    }
  }
}

function rankOf(resource: SourceResource | undefined): number {
  return resource?.mode === 'managed' ? 0 : 1;
}

function linksOf(draft: WorldDraft, followable: Followable): Links {
  return {
    follow: (attribute, kinds) => follow(followable, attribute, kinds),
    mentioned: (mentions, kinds) => mentionedBy(followable, mentions, kinds),
    edge: (type, from, to) => draft.edge(type, from, to),
    unmapped: (resource, reason) => draft.report(resource.id, reason),
    amend: (node, facts) => draft.amend(node, facts),
    node: (id) => draft.node(id),
    outside: (node, assumption) => {
      if (!draft.node(node.id)) {
        draft.add(node);
        draft.report(node.id, assumption);
      }
      return node.id;
    },
    children: (instance, kind) => draft.children(instance, kind),
    childNamed: (instance, kind, name) => draft.childNamed(instance, kind, name),
    managed: (node) => draft.likeness(node, (id) => followable.resources.get(id)?.mode === 'managed'),
    merge: (node, into) => draft.merge(node, into),
    addressOf: (attribute) => addressOf(followable, attribute),
  };
}

function addressOf({ resources, identifiers }: Followable, attribute: Attribute): string | undefined {
  if (attribute.kind === 'absent') return undefined;
  const ids =
    attribute.kind === 'unknown'
      ? attribute.origins.map(({ resource }) => resource)
      : ((typeof attribute.value === 'string' ? identifiers.get(attribute.value) : undefined) ?? []);
  const [id] = ids;
  return id !== undefined && new Set(ids).size === 1 ? resources.get(id)?.address : undefined;
}
