/** Pages of a list: `limit` items from an opaque `start` token on, which stands for a position in the list. */

export interface Page<Item> {
  readonly items: readonly Item[];
  /** Token of the page after this one; absent on the last. */
  readonly next?: string;
  /** Token of the page before this one; absent on the first. */
  readonly previous?: string;
}

/** The token is none that a page of this list carried. */
export class PageTokenError extends Error {
  override readonly name = 'PageTokenError';
  constructor(readonly token: string) {
    super(`'${token}' is not a page token`);
  }
}

function tokenFor(position: number): string {
  return Buffer.from(`position=${position}`).toString('base64url');
}

function positionOf(token: string): number {
  const [, position] = /^position=(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8')) ?? [];
  if (position === undefined) throw new PageTokenError(token);
  return Number(position);
}

/** Throws {@link PageTokenError} for a token that it did not make. */
export function pageOf<Item>(
  items: readonly Item[],
  { limit, start }: { readonly limit: number; readonly start?: string | undefined },
): Page<Item> {
  const from = start === undefined ? 0 : positionOf(start);
  const to = from + limit;
  return {
    items: items.slice(from, to),
    ...(to < items.length ? { next: tokenFor(to) } : {}),
    ...(from > 0 ? { previous: tokenFor(Math.max(from - limit, 0)) } : {}),
  };
}
