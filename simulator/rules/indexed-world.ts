/** A world with its nodes by id and its edges as a graph. */
import { tryParseCrn } from '../../domain/crn';
import type { EdgeType, NodeKind, World, WorldNode } from '../../domain/world';
import { type Graph, graphOf } from '../graph/graph';

export type NodeOf<Kind extends NodeKind> = Extract<WorldNode, { kind: Kind }>;

export interface IndexedWorld {
  readonly world: World;
  readonly graph: Graph<EdgeType>;
  node(id: string): WorldNode | undefined;
  nodesOf<Kind extends NodeKind>(kind: Kind): readonly NodeOf<Kind>[];
  /** The first node of the kind that points at this one by such an edge. */
  behind<Kind extends NodeKind>(id: string, edge: EdgeType, kind: Kind): NodeOf<Kind> | undefined;
  /** The node that a node id, CRN or GUID of an instance means; the text itself when no node has it. */
  instanceId(text: string): string;
}

export function indexWorld(world: World): IndexedWorld {
  const graph = graphOf(
    world.nodes.map(({ id }) => id),
    world.edges.map(({ type, from, to }) => ({ label: type, from, to })),
  );
  const byId = new Map(world.nodes.map((node) => [node.id, node]));
  const sorted = graph.nodes.map((id) => byId.get(id)).filter((node) => node !== undefined);
  const byKind = new Map<NodeKind, readonly WorldNode[]>(
    [...new Set(sorted.map(({ kind }) => kind))].map((kind) => [
      kind,
      sorted.filter((node) => node.kind === kind),
    ]),
  );
  const nodesOf = <Kind extends NodeKind>(kind: Kind): readonly NodeOf<Kind>[] =>
    (byKind.get(kind) ?? []) as readonly WorldNode[] as readonly NodeOf<Kind>[];
  const instances = new Map<string, string>();
  for (const { id, crn } of [...nodesOf('kms-instance'), ...nodesOf('secrets-manager-instance')]) {
    const guid = crn === undefined ? undefined : tryParseCrn(crn)?.serviceInstance;
    for (const name of [id, crn, guid]) if (name !== undefined && name !== '') instances.set(name, id);
  }
  return {
    world,
    graph,
    nodesOf,
    node: (id) => byId.get(id),
    behind: (id, edge, kind) =>
      graph
        .incoming(id)
        .filter(({ label }) => label === edge)
        .map(({ from }) => byId.get(from))
        .find((node): node is NodeOf<typeof kind> => node?.kind === kind),
    instanceId: (text) => instances.get(text) ?? text,
  };
}
