/** The world while it is being put together from a source's resources: what {@link Links} does to it. */
import type { EdgeType, NodeKind, Unmapped, World, WorldEdge, WorldNode } from '../../domain/world';
import { compare } from '../graph/graph';
import type { NodeFacts } from './resource-types/resource-type';

export class WorldDraft {
  private readonly nodes = new Map<string, WorldNode>();
  private readonly edges: WorldEdge[] = [];
  private readonly reports: Unmapped[] = [];
  private readonly merged = new Map<string, string>();

  add(node: WorldNode): string {
    if (!this.nodes.has(node.id)) this.nodes.set(node.id, node);
    return node.id;
  }

  node(id: string): WorldNode | undefined {
    return this.nodes.get(this.resolve(id));
  }

  amend(id: string, facts: Partial<NodeFacts>): void {
    const node = this.node(id);
    if (node) this.nodes.set(node.id, { ...node, ...facts } as WorldNode);
  }

  edge(type: EdgeType, from: string, to: string): void {
    this.edges.push({ type, from, to });
  }

  merge(id: string, into: string): void {
    if (this.resolve(id) !== this.resolve(into)) this.merged.set(this.resolve(id), this.resolve(into));
  }

  report(address: string, reason: string): void {
    this.reports.push({ address, reason });
  }

  children(instance: string, kind: NodeKind): readonly WorldNode[] {
    return this.edges
      .filter(({ type, from }) => type === 'contains' && this.resolve(from) === this.resolve(instance))
      .map(({ to }) => this.node(to))
      .filter((node) => node !== undefined)
      .filter((node) => node.kind === kind);
  }

  childNamed(instance: string, kind: NodeKind, name: string): string | undefined {
    return this.children(instance, kind).find((node) => node.name === name)?.id;
  }

  /** The one other node that may be the same thing, among those whose ids pass; undefined for none, or several. */
  likeness(node: WorldNode, passes: (id: string) => boolean): string | undefined {
    const found = [...this.nodes.values()].filter((other) => passes(other.id) && isAlike(node, other));
    return found.length === 1 ? found[0]?.id : undefined;
  }

  /** An authorization that is not limited to one instance opens every instance of its target service. */
  openAccountWide(): void {
    const nodes = [...this.nodes.values()];
    for (const one of nodes) {
      if (one.kind !== 'authorization' || one.targetInstance !== undefined) continue;
      for (const other of nodes) {
        if (other.kind === 'kms-instance' && other.service === one.targetService)
          this.edge('authorizes', one.id, other.id);
      }
    }
  }

  /** In one order whatever the order of what came in, each thing once. */
  finish(at: string): World {
    const edges = this.edges.map(({ type, from, to }) => ({
      type,
      from: this.resolve(from),
      to: this.resolve(to),
    }));
    return {
      at,
      nodes: [...this.nodes.values()]
        .filter(({ id }) => !this.merged.has(id))
        .sort((one, other) => compare(one.id, other.id)),
      edges: distinct(edges, ({ type, from, to }) => [from, to, type]),
      unmapped: distinct(this.reports, ({ address, reason }) => [address, reason]),
    };
  }

  private resolve(id: string): string {
    const into = this.merged.get(id);
    return into === undefined ? id : this.resolve(into);
  }
}

/** One kind, one name, and nothing that both tell and tell differently. */
function isAlike(one: WorldNode, other: WorldNode): boolean {
  const differs = (fact: 'service' | 'region'): boolean => {
    const [mine, its] = [one, other].map((node) => (fact in node ? Reflect.get(node, fact) : undefined));
    return mine !== undefined && its !== undefined && mine !== its;
  };
  return (
    one.id !== other.id &&
    one.kind === other.kind &&
    one.name === other.name &&
    !differs('service') &&
    !differs('region')
  );
}

function distinct<Item>(items: readonly Item[], keyOf: (item: Item) => readonly string[]): readonly Item[] {
  const byKey = new Map(items.map((item) => [JSON.stringify(keyOf(item)), item]));
  return [...byKey.entries()].sort(([one], [other]) => compare(one, other)).map(([, item]) => item);
}
