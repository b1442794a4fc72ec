import type { EdgeType, NodeKind, WorldNode } from '../../domain/world';
import type { Attribute, Mentions, SourceResource } from './resource';
import type { NodeFacts } from './resource-types/resource-type';

/** What an attribute that should name a node leads to. */
export type Link =
  | { readonly to: string; readonly problem?: undefined }
  /** The attribute is not set. */
  | { readonly to?: undefined; readonly problem?: undefined }
  /** It is set and leads to no node, or to several; `problem` goes on from the attribute's name. */
  | { readonly to?: undefined; readonly problem: string };

/** What a resource type may do once every node exists. A resource's node has the resource's id. */
export interface Links {
  /** Follows an attribute to the one node of these kinds that it names. */
  follow(attribute: Attribute, kinds: readonly NodeKind[]): Link;
  /** All nodes of these kinds that are mentioned. */
  mentioned(mentions: Mentions, kinds: readonly NodeKind[]): readonly string[];
  edge(type: EdgeType, from: string, to: string): void;
  /** Reports what could not be placed, under the id of the resource. */
  unmapped(resource: SourceResource, reason: string): void;
  /** Changes facts of a node. */
  amend(node: string, facts: Partial<NodeFacts>): void;
  node(id: string): WorldNode | undefined;
  /**
   * The node, made on first use, for something that lives outside the source and that the source names in full. Its
   * facts are assumptions: it is reported as unmapped, with `assumption` as the reason, beside being a node.
   */
  outside(node: WorldNode, assumption: string): string;
  /** What of that kind the instance contains, among what is linked so far. */
  children(instance: string, kind: NodeKind): readonly WorldNode[];
  /** The node of that kind and name that the instance contains, among those linked so far. */
  childNamed(instance: string, kind: NodeKind, name: string): string | undefined;
  /** The one node that the source manages and that may be the same as this one: by kind, name, service and region. */
  managed(node: WorldNode): string | undefined;
  /** Says that two nodes are one thing, which keeps the facts of `into`. */
  merge(node: string, into: string): void;
  /** The address of the resource, node or not, that an attribute names. */
  addressOf(attribute: Attribute): string | undefined;
}
