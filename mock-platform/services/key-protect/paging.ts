/** `limit` and `offset` of the list operations (ibm-control-plane.md 6.1.2). */
import { keyLimits } from '../../../domain/limits';
import { invalidQuery } from './errors';

export interface Page {
  readonly limit: number;
  readonly offset: number;
}

/** Throws INVALID_QUERY_PARAM_ERR for anything but whole numbers in range. */
export function pageOf(query: URLSearchParams, standard: number = keyLimits.list.default): Page {
  // Asking for the total alone is done with a limit of zero, as the Go client's tests do.
  const least = query.get('totalCount') === 'true' ? 0 : 1;
  return {
    limit: numberOf(query, 'limit', { standard, least, most: keyLimits.list.max }),
    offset: numberOf(query, 'offset', { standard: 0, least: 0, most: Number.MAX_SAFE_INTEGER }),
  };
}

interface Range {
  readonly standard: number;
  readonly least: number;
  readonly most: number;
}

function numberOf(query: URLSearchParams, name: string, { standard, least, most }: Range): number {
  const text = query.get(name);
  if (text === null) return standard;
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (number >= least && number <= most) return number;
  const limit = most === Number.MAX_SAFE_INTEGER ? `${least} or more` : `from ${least} to ${most}`;
  throw invalidQuery(name, `must be a whole number, ${limit}`);
}

export function cut<Item>(items: readonly Item[], { limit, offset }: Page): Item[] {
  return items.slice(offset, offset + limit);
}

/** `totalCount` in the metadata of a collection, when the query asks for it. */
export function totalOf(query: URLSearchParams, total: number): { totalCount?: number } {
  return query.get('totalCount') === 'true' ? { totalCount: total } : {};
}
