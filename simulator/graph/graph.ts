/**
 * A directed graph of string ids with labelled edges. It knows no cloud. Whatever order nodes and edges are given in,
 * every answer comes in one order (ids by code unit, then labels), so that two readings of one thing look the same.
 */
export interface Edge<Label extends string> {
  readonly label: Label;
  readonly from: string;
  readonly to: string;
}

export interface Graph<Label extends string> {
  /** Sorted. */
  readonly nodes: readonly string[];
  /** Sorted by neighbour, then label. Empty for an id that is not in the graph. */
  outgoing(id: string): readonly Edge<Label>[];
  incoming(id: string): readonly Edge<Label>[];
}

export class GraphError extends Error {
  override readonly name = 'GraphError';
}

/**
 * Edges given twice count once. Throws {@link GraphError} on an id given twice and on an edge whose end is not a node.
 */
export function graphOf<Label extends string>(
  ids: readonly string[],
  edges: readonly Edge<Label>[],
): Graph<Label> {
  const nodes = [...ids].sort(compare);
  const known = new Set(nodes);
  if (known.size !== nodes.length) {
    const twice = nodes.find((id, index) => nodes[index + 1] === id);
    throw new GraphError(`node '${twice}' is given twice; an id names one node`);
  }
  const out = new Map<string, Edge<Label>[]>();
  const into = new Map<string, Edge<Label>[]>();
  const seen = new Set<string>();
  for (const edge of edges) {
    const missing = [edge.from, edge.to].find((end) => !known.has(end));
    if (missing !== undefined) {
      throw new GraphError(
        `edge ${edge.label} from '${edge.from}' to '${edge.to}': there is no node '${missing}'`,
      );
    }
    const identity = JSON.stringify([edge.label, edge.from, edge.to]);
    if (seen.has(identity)) continue;
    seen.add(identity);
    listOf(out, edge.from).push(edge);
    listOf(into, edge.to).push(edge);
  }
  sortEach(out, ({ to, label }) => [to, label]);
  sortEach(into, ({ from, label }) => [from, label]);
  return { nodes, outgoing: (id) => out.get(id) ?? [], incoming: (id) => into.get(id) ?? [] };
}

/** Code-unit order: the same on every machine, whatever its locale. */
export function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function listOf<Item>(lists: Map<string, Item[]>, id: string): Item[] {
  const list = lists.get(id) ?? [];
  lists.set(id, list);
  return list;
}

function sortEach<Label extends string>(
  lists: Map<string, Edge<Label>[]>,
  keyOf: (edge: Edge<Label>) => readonly [string, string],
): void {
  for (const edges of lists.values()) {
    edges.sort((one, other) => {
      const [a, b] = [keyOf(one), keyOf(other)];
      return compare(a[0], b[0]) || compare(a[1], b[1]);
    });
  }
}
