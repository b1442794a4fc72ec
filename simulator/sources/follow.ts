/** Following an attribute to the node that it names. */
import type { NodeKind, WorldNode } from '../../domain/world';
import { compare } from '../graph/graph';
import { type Identifiers, identifierNames } from './identifiers';
import type { Link } from './links';
import type { Attribute, Mentions, Origin, SourceResource, UnknownAttribute } from './resource';
import { resourceTypeOf } from './resource-types';

export interface Followable {
  readonly resources: ReadonlyMap<string, SourceResource>;
  readonly identifiers: Identifiers;
  node(id: string): WorldNode | undefined;
}

export function follow(world: Followable, attribute: Attribute, kinds: readonly NodeKind[]): Link {
  if (attribute.kind === 'absent') return {};
  if (attribute.kind === 'known') {
    if (attribute.value === '') return {};
    if (typeof attribute.value !== 'string') return { problem: 'is not text' };
    const found = named(world, attribute.value, kinds);
    return only(found) ?? { problem: unknownName(attribute.value, attribute.sensitive, kinds) };
  }
  const { nodes, problems } = nodesBehind(world, attribute, kinds);
  return only(nodes) ?? { problem: untraced(nodes, problems, kinds, attribute) };
}

/** The nodes of these kinds, of any kind when none are given, that something mentions. */
export function mentionedBy(
  world: Followable,
  { texts, origins, problems }: Mentions,
  kinds?: readonly NodeKind[],
): readonly string[] {
  const byText = texts.flatMap((text) => ofKinds(world, world.identifiers.get(text) ?? [], kinds));
  return [...new Set([...byText, ...nodesBehind(world, { origins, problems }, kinds).nodes])];
}

/** The nodes of these kinds that an identifier belongs to. */
function named(world: Followable, identifier: string, kinds: readonly NodeKind[]): readonly string[] {
  return ofKinds(world, world.identifiers.get(identifier) ?? [], kinds);
}

/** Every node of these kinds that a value may come from, and why some of its origins lead nowhere. */
function nodesBehind(
  world: Followable,
  attribute: Pick<UnknownAttribute, 'origins' | 'problems'>,
  kinds: readonly NodeKind[] | undefined,
  trail: readonly string[] = [],
): { readonly nodes: readonly string[]; readonly problems: readonly string[] } {
  const nodes = new Set<string>();
  const problems = new Set(attribute.problems);
  for (const origin of attribute.origins) {
    const step = `${origin.resource}.${origin.attribute ?? ''}`;
    if (trail.includes(step)) continue;
    const behind = behindOrigin(world, origin, kinds, [...trail, step]);
    for (const id of behind.nodes) nodes.add(id);
    for (const problem of behind.problems) problems.add(problem);
  }
  return { nodes: [...nodes].sort(compare), problems: [...problems] };
}

function behindOrigin(
  world: Followable,
  origin: Origin,
  kinds: readonly NodeKind[] | undefined,
  trail: readonly string[],
): { readonly nodes: readonly string[]; readonly problems: readonly string[] } {
  const resource = world.resources.get(origin.resource);
  if (!resource) return { nodes: [], problems: [`${origin.resource} is not in this source`] };
  const { attribute } = origin;
  if (attribute === undefined || namesItself(resource, attribute)) {
    return { nodes: ofKinds(world, [resource.id], kinds), problems: [] };
  }
  const read = resource.read(resourceTypeOf(resource)?.repeats?.[attribute] ?? attribute);
  if (read.kind === 'absent') return { nodes: [], problems: [] };
  if (read.kind === 'unknown') return nodesBehind(world, read, kinds, trail);
  return {
    nodes:
      typeof read.value === 'string' ? ofKinds(world, world.identifiers.get(read.value) ?? [], kinds) : [],
    problems: [],
  };
}

function namesItself(resource: SourceResource, attribute: string): boolean {
  return identifierNames(resource).some((name) => name.split('.').includes(attribute));
}

function ofKinds(
  world: Followable,
  ids: readonly string[],
  kinds: readonly NodeKind[] | undefined,
): readonly string[] {
  const nodes = ids
    .map((id) => world.node(id))
    .filter((node) => node !== undefined)
    .filter(({ kind }) => kinds === undefined || kinds.includes(kind));
  return [...new Set(nodes.map(({ id }) => id))];
}

function only(ids: readonly string[]): Link | undefined {
  const [id] = ids;
  return id !== undefined && ids.length === 1 ? { to: id } : undefined;
}

function unknownName(value: string, sensitive: boolean, kinds: readonly NodeKind[]): string {
  const what = sensitive ? 'is sensitive and' : `is '${value}', which`;
  return `${what} names no ${either(kinds)} of this source`;
}

function untraced(
  nodes: readonly string[],
  problems: readonly string[],
  kinds: readonly NodeKind[],
  { origins }: UnknownAttribute,
): string {
  const unknown = 'is not known before apply';
  if (nodes.length > 1) {
    return `${unknown} and may come from any of ${nodes.join(', ')}`;
  }
  if (problems.length > 0) return `${unknown}: ${problems.join('; ')}`;
  const from = [...new Set(origins.map(({ resource }) => resource))].sort(compare);
  return from.length === 0
    ? `${unknown} and refers to no resource`
    : `${unknown} and leads to no ${either(kinds)}: it comes from ${from.join(', ')}`;
}

function either(kinds: readonly NodeKind[]): string {
  return kinds.map((kind) => kind.replaceAll('-', ' ')).join(' or ');
}
