/**
 * The answer of a running platform to `GET /_keyquake/graph`: a world already. It is checked member by member before it
 * is believed; the statuses that the platform puts beside it are left out, as the rules derive them.
 */
import type { Unmapped, World, WorldEdge, WorldNode } from '../../domain/world';
import { compare } from '../graph/graph';
import { SourceError } from './errors';
import { isObject, type Json, type JsonObject, member } from './json';
import { edgeMembers, isKind, type MemberRule, nodeMembers, unmappedMembers, worldTime } from './world-shape';

/** Throws {@link SourceError} that names the member and what it must be. */
export function worldFromPlatform(answer: JsonObject): World {
  if (!worldTime.holds(answer['at'])) throw wrong('at', worldTime.words);
  const nodes = listOf(answer, 'nodes').map(readNode);
  const known = new Set<string>();
  for (const { id } of nodes) {
    if (known.has(id))
      throw new SourceError(`the graph of the platform has two nodes '${id}'; an id names one node`);
    known.add(id);
  }
  const read = listOf(answer, 'edges').map((edge, index) => readEdge(edge, `edges[${index}]`, known));
  const edges = read.filter(({ to }) => known.has(to));
  const unseen = read.filter(({ to }) => !known.has(to));
  const unmapped = listOf(answer, 'unmapped').map((item, index) =>
    checked(item, `unmapped[${index}]`, unmappedMembers),
  );
  return {
    at: String(answer['at']),
    nodes: nodes
      .map((node) => withRegistrations(node, edges, unseen))
      .sort((one, other) => compare(one.id, other.id)),
    edges,
    unmapped: [...(unmapped as readonly unknown[] as readonly Unmapped[]), ...unseen.map(registeredOnly)],
    complete: true,
  };
}

/** What is registered on a key stands in the way of its deletion, also where the platform has no such resource. */
function withRegistrations(
  node: WorldNode,
  edges: readonly WorldEdge[],
  unseen: readonly WorldEdge[],
): WorldNode {
  const onKey = ({ type, from }: WorldEdge): boolean => type === 'protects' && from === node.id;
  const further = unseen.filter(onKey).length;
  if (node.kind !== 'root-key' || further === 0) return node;
  return { ...node, registrations: edges.filter(onKey).length + further };
}

function readNode(node: Json, index: number): WorldNode {
  const where = `nodes[${index}]`;
  if (!isObject(node)) throw wrong(where, 'an object');
  const kind = node['kind'];
  if (!isKind(kind)) throw wrong(`${where}.kind`, `one of ${Object.keys(nodeMembers).join(', ')}`);
  const { kind: _, ...members } = node;
  return { kind, ...checked(members, where, nodeMembers[kind]) } as unknown as WorldNode;
}

function readEdge(edge: Json, where: string, known: ReadonlySet<string>): WorldEdge {
  const read = checked(edge, where, edgeMembers) as unknown as WorldEdge;
  if (!known.has(read.from)) throw wrong(`${where}.from`, 'the id of a node');
  if (!known.has(read.to) && read.type !== 'protects') throw wrong(`${where}.to`, 'the id of a node');
  return read;
}

/** Services register on keys what the platform need not emulate. */
function registeredOnly({ from, to }: WorldEdge): Unmapped {
  return { address: to, reason: `it is registered on ${from}, and the platform has no such resource` };
}

/** The object, when it has all members that it must have and no others. */
function checked(value: Json, where: string, rules: Readonly<Record<string, MemberRule>>): JsonObject {
  if (!isObject(value)) throw wrong(where, 'an object');
  for (const [name, { words, holds, optional }] of Object.entries(rules)) {
    const given = member(value, name);
    if (given === undefined && optional) continue;
    if (!holds(given)) throw wrong(`${where}.${name}`, words);
  }
  const extra = Object.keys(value).find((name) => !Object.hasOwn(rules, name));
  if (extra !== undefined) throw wrong(`${where}.${extra}`, 'left out: the graph has no such member');
  return value;
}

function listOf(answer: JsonObject, name: string): readonly Json[] {
  const list = answer[name];
  if (!Array.isArray(list)) throw wrong(name, 'a list');
  return list as readonly Json[];
}

function wrong(where: string, words: string): SourceError {
  return new SourceError(
    `the graph of the platform is not one that can be read: ${where} must be ${words}; use a platform of the same version`,
  );
}
