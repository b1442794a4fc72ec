/** How a resource type of Terraform becomes a node of the world and its links. One file per type implements this. */
import type { WorldNode } from '../../../domain/world';
import type { Links } from '../links';
import type { SourceResource } from '../resource';

/** A node without what every node has; a `name` left out is Terraform's name of the resource, a `crn` its attribute of that name. */
export type NodeFacts = WorldNode extends infer Node
  ? Node extends WorldNode
    ? Omit<Node, 'id' | 'address' | 'name' | 'crn'> & {
        readonly name?: string | undefined;
        readonly crn?: string | undefined;
      }
    : never
  : never;

/**
 * `node`: it is one. `none`: it depends on no key, the text says why. `unmodelled`: it may depend on one and there is no
 * rule for it; the text says what it is, and it is reported when it refers to a key or to something that depends on one.
 */
export type Description =
  | { readonly node: NodeFacts }
  | { readonly none: string }
  | { readonly unmodelled: string };

export interface ResourceType {
  readonly type: string;
  readonly mode: SourceResource['mode'];
  /** Attributes (paths with dots) any of which names the resource to others: its id, its CRN, … */
  readonly identifiedBy: readonly string[] | ((resource: SourceResource) => readonly string[]);
  /** Computed attributes that name what a configured one names: `instance_crn` is the instance of `instance_id`. */
  readonly repeats?: Readonly<Record<string, string>>;
  describe(resource: SourceResource): Description;
  /** Called once every node exists. */
  link?(resource: SourceResource, links: Links): void;
  /** Called once everything is linked. */
  conclude?(resource: SourceResource, links: Links): void;
}
