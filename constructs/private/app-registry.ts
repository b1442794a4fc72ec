import type { IConstruct } from 'constructs';

/**
 * What the constructs of one app know of each other, whatever stack they are in: by the root of the construct tree, since
 * stacks of one app share an account more often than not.
 */
export class AppRegistry<Entry> {
  private readonly apps = new WeakMap<IConstruct, Map<string, Entry>>();

  /** The entries of the app that the construct belongs to. */
  of(construct: IConstruct): Map<string, Entry> {
    const { root } = construct.node;
    const entries = this.apps.get(root) ?? new Map<string, Entry>();
    this.apps.set(root, entries);
    return entries;
  }
}
