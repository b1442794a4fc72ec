import type { Construct } from 'constructs';

/**
 * The name of a resource whose props give none: the path of its construct, stack included, so that two stacks of one
 * account do not collide. Characters that names do not take become hyphens.
 */
export function nameFromPath(construct: Construct): string {
  return construct.node.path
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
}
