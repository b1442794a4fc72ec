/** Pages of a Secrets Manager collection, by `offset` and `limit` (ibm-control-plane.md 6.2.7). */
import type { LengthLimit } from '../../../domain/secrets/limits';
import type { Wire } from '../../kernel/wire';
import type { PageLink, SecretList } from './gen/secret-list';

type ListLimits = { readonly default: number; readonly max: LengthLimit['max'] };

/** Every paged collection has the same links. */
export type PageLinks = Wire<Omit<SecretList, 'secrets'>>;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly links: PageLinks;
}

/** `href` is the collection's URL without query; its filters are kept in the links. */
export function pageOf<Item>(
  all: readonly Item[],
  href: string,
  query: URLSearchParams,
  limits: ListLimits,
): Page<Item> {
  const limit = Number(query.get('limit') ?? limits.default);
  const offset = Number(query.get('offset') ?? 0);
  const link = (from: number): PageLink => {
    const parameters = new URLSearchParams(query);
    parameters.set('offset', String(from));
    parameters.set('limit', String(limit));
    return { href: `${href}?${parameters}` };
  };
  const last = Math.max(0, Math.ceil(all.length / limit) - 1) * limit;
  return {
    items: all.slice(offset, offset + limit),
    links: {
      total_count: all.length,
      limit,
      offset,
      first: link(0),
      last: link(last),
      ...(offset + limit < all.length && { next: link(offset + limit) }),
      ...(offset > 0 && { previous: link(Math.max(0, offset - limit)) }),
    },
  };
}

/** In the order that `sort` names: a field, `-` before it for descending; without it, as they are. */
export function sorted<Item>(
  items: readonly Item[],
  sort: string | null,
  fieldOf: (item: Item, field: string) => string,
): readonly Item[] {
  if (sort === null) return items;
  const descending = sort.startsWith('-');
  const field = descending ? sort.slice(1) : sort;
  const sign = descending ? -1 : 1;
  return [...items].sort((one, other) => {
    const [left, right] = [fieldOf(one, field), fieldOf(other, field)];
    return left === right ? 0 : left < right ? -sign : sign;
  });
}

/** A comma-separated query parameter, repeated or not, as a list; undefined when it is absent. */
export function listOf(query: URLSearchParams, name: string): readonly string[] | undefined {
  const given = query.getAll(name);
  if (given.length === 0) return undefined;
  return given.flatMap((value) => value.split(',')).filter((value) => value !== '');
}
