import { createHash } from 'node:crypto';
import type { Construct } from 'constructs';

const hashLength = 8;

/**
 * The name of a resource whose props give none: the path of its construct, stack included, so that two stacks of one
 * account do not collide. Characters that names do not take become hyphens; the end of a path that is too long gives way
 * to a hash of the whole.
 */
export function nameFromPath(construct: Construct, { max }: { readonly max: number }): string {
  const { path } = construct.node;
  const name = path
    .replace(/[^A-Za-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .toLowerCase();
  if (name.length <= max) return name;
  const hash = createHash('sha256').update(path).digest('hex').slice(0, hashLength);
  return `${name.slice(0, max - hashLength - 1).replace(/-$/, '')}-${hash}`;
}
