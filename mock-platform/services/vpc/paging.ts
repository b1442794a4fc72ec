/** Pages of a VPC collection: `start` names the first item, `limit` is 1 to 100 (ibm-vpc.md 1.7). */
import { vpcLimits } from '../../../domain/limits';
import type { Wire } from '../../kernel/wire';
import { startNotFound } from './errors';
import type { VolumeList } from './gen/volume-list';

/** Every collection has the same links. */
export type PageLinks = Wire<Pick<VolumeList, 'first' | 'next' | 'limit' | 'total_count'>>;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly links: PageLinks;
}

/** `href` is the collection's URL without query; filters are kept in the links. Throws for an unknown `start`. */
export function pageOf<Item>(
  all: readonly Item[],
  keyOf: (item: Item) => string,
  href: string,
  query: URLSearchParams,
): Page<Item> {
  const limit = Number(query.get('limit') ?? vpcLimits.list.default);
  const start = query.get('start');
  const from = start === null ? 0 : all.findIndex((item) => keyOf(item) === start);
  if (from === -1) throw startNotFound(start ?? '');
  const following = all[from + limit];
  return {
    items: all.slice(from, from + limit),
    links: {
      first: { href: linkTo(href, query, limit) },
      ...(following !== undefined && { next: { href: linkTo(href, query, limit, keyOf(following)) } }),
      limit,
      total_count: all.length,
    },
  };
}

const ownParameters = ['version', 'generation', 'start', 'limit'];

function linkTo(href: string, query: URLSearchParams, limit: number, start?: string): string {
  const link = new URLSearchParams([...query].filter(([name]) => !ownParameters.includes(name)));
  link.set('limit', String(limit));
  if (start !== undefined) link.set('start', start);
  return `${href}?${link}`;
}
