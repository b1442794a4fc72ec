import { isIP } from 'node:net';
import type { Request } from 'express';
import { type ErrorDialect, ServiceError } from '../errors';
import type { Operation } from '../operation';
import type { Validator } from '../validation';

export function headersOf(request: Request): Record<string, string | undefined> {
  return Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : value,
    ]),
  );
}

export function queryOf(request: Request): URLSearchParams {
  const start = request.originalUrl.indexOf('?');
  return new URLSearchParams(start === -1 ? '' : request.originalUrl.slice(start + 1));
}

const loopback = /^(127\.|::1$)/;

/** The peer's address; `X-Forwarded-For` is believed only when it comes from this machine. */
export function clientAddressOf(request: Request): string {
  const peer = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const [forwarded = ''] = (request.get('x-forwarded-for') ?? '').split(',');
  return loopback.test(peer) && isIP(forwarded.trim()) !== 0 ? forwarded.trim() : peer;
}

/** Checks the query against the operation's schema, each parameter as the last string given for it. */
export function checkQuery(
  operation: Operation,
  query: URLSearchParams,
  dialect: ErrorDialect,
  validator: Validator,
): void {
  if (operation.query === undefined) return;
  const violations = validator.check(operation.query, Object.fromEntries(query));
  if (violations.length > 0)
    throw new ServiceError(dialect.problemOf({ kind: 'parameter-invalid', violations }));
}
