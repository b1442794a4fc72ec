import type { Edge, Graph } from './graph';

/** A node that a walk reached, with the shortest way to it: ids from the start to the node, both included. */
export interface Visit {
  readonly id: string;
  readonly path: readonly string[];
}

/** Which edges a walk follows out of a node; all of them when left out. */
export type Follow<Label extends string> = (edge: Edge<Label>) => boolean;

/**
 * Every node that can be reached from `start` along edges, nearest first and in the order of their paths among equals;
 * `start` itself comes first. Cycles are walked once. Among ways of one length the path is the first in id order.
 */
export function walk<Label extends string>(
  graph: Graph<Label>,
  start: string,
  follow: Follow<Label> = () => true,
): readonly Visit[] {
  const visits: Visit[] = [{ id: start, path: [start] }];
  const seen = new Set([start]);
  for (let next = 0; next < visits.length; next += 1) {
    const { id, path } = visits[next] as Visit;
    for (const edge of graph.outgoing(id)) {
      if (seen.has(edge.to) || !follow(edge)) continue;
      seen.add(edge.to);
      visits.push({ id: edge.to, path: [...path, edge.to] });
    }
  }
  return visits;
}

/** The shortest way between two nodes, both included; undefined when there is none. */
export function pathBetween<Label extends string>(
  graph: Graph<Label>,
  from: string,
  to: string,
  follow?: Follow<Label>,
): readonly string[] | undefined {
  return walk(graph, from, follow).find(({ id }) => id === to)?.path;
}
