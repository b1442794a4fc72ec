/** ETags of policies and roles, and the header `If-Match` that changes of them need. (ibm-control-plane.md 6.3.1) */
import { createHash } from 'node:crypto';
import type { ServiceError } from '../../kernel/errors';
import type { Stored } from '../../kernel/store/store';
import { ifMatchMissing } from './errors';

/** `{revision}-{32 hexadecimal digits}`, another one after every change. */
export function etagOf({ id, revision }: Pick<Stored<object>, 'id' | 'revision'>): string {
  const digest = createHash('sha256').update(`${id}/${revision}`).digest('hex');
  return `${revision}-${digest.slice(0, 32)}`;
}

/** Throws a refusal without the header, and what `stale` makes when it names another state than the present one. */
export function checkIfMatch(
  stored: Stored<object>,
  header: string | undefined,
  stale: () => ServiceError,
): void {
  if (header === undefined || header === '') throw ifMatchMissing();
  const tag = header.replace(/^"|"$/g, '');
  if (tag !== '*' && tag !== etagOf(stored)) throw stale();
}
