/** Turns the `Authorization` header into an {@link Identity}, as strictly as the platform's auth mode asks. */
import type { Instant } from '../../domain/time';
import { type ErrorDialect, type RequestFault, ServiceError } from './errors';
import { type Identity, ownerOf } from './identity';
import type { Logger } from './logger';
import type { Operation } from './operation';
import type { PlatformOptions } from './options';
import type { Transaction } from './store/store';
import type { TokenAuthority } from './tokens';

type TokenRefusal = Extract<RequestFault, { kind: 'unauthenticated' }>['reason'];

export interface AuthenticationContext {
  readonly tx: Transaction;
  readonly tokens: TokenAuthority;
  readonly now: Instant;
  readonly options: PlatformOptions;
  readonly dialect: ErrorDialect;
  readonly logger: Logger;
}

async function identify(
  header: string | undefined,
  context: AuthenticationContext,
): Promise<Identity | TokenRefusal> {
  if (header === undefined || header === '') return 'missing';
  const [, token] = /^Bearer\s+(\S+)$/i.exec(header) ?? [];
  if (token === undefined) return 'malformed';
  return context.tokens.read(context.tx, token, context.now);
}

/** Throws the service's own 401 when tokens are enforced and this one is missing, malformed, forged or expired. */
export async function authenticate(
  operation: Operation,
  header: string | undefined,
  context: AuthenticationContext,
): Promise<Identity> {
  const owner = ownerOf(context.options.account);
  if (operation.access === 'public') return owner;
  const identity = await identify(header, context);
  if (typeof identity !== 'string') return identity;
  if (context.options.auth === 'enforce') {
    throw new ServiceError(context.dialect.problemOf({ kind: 'unauthenticated', reason: identity }));
  }
  if (context.options.auth === 'warn') {
    context.logger.warn(
      `enforcing tokens would refuse ${operation.operation}: the bearer token is ${identity}`,
    );
  }
  return owner;
}
