/** `limit` and `offset` of the list operations; the query's schema has checked that they are numbers in range. */
import { keyLimits } from '../../../domain/limits';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

export function pageOf(query: URLSearchParams, standard: number = keyLimits.list.default): Page {
  return { limit: Number(query.get('limit') ?? standard), offset: Number(query.get('offset') ?? 0) };
}

export function cut<Item>(items: readonly Item[], { limit, offset }: Page): Item[] {
  return items.slice(offset, offset + limit);
}

/** `totalCount` in the metadata of a collection, when the query asks for it. */
export function totalOf(query: URLSearchParams, total: number): { totalCount?: number } {
  return query.get('totalCount') === 'true' ? { totalCount: total } : {};
}
