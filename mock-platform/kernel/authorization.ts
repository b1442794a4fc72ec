/**
 * What the caller may do. Each operation names the role that it needs; who holds which role is answered by a
 * {@link RoleReader}, which the platform is put together with.
 */
import { ServiceError } from './errors';
import type { Logger } from './logger';
import {
  accessFor,
  type Input,
  type NamedAccess,
  type Operation,
  type Service,
  type Session,
} from './operation';

/** Whether the caller of the session may take the action of this request: by the role, or by another that holds the action. */
export type RoleReader = (
  session: Session,
  question: NamedAccess & { readonly service: Service; readonly input: Input<unknown> },
) => Promise<boolean>;

export interface AuthorizationContext {
  readonly roles: RoleReader;
  readonly logger: Logger;
}

/** Throws the service's own refusal when roles are enforced and the caller lacks the one that is needed. */
export async function authorize(
  session: Session,
  service: Service,
  operation: Operation,
  input: Input<unknown>,
  { roles, logger }: AuthorizationContext,
): Promise<void> {
  const access = accessFor(operation, input);
  if (session.options.auth === 'open' || typeof access === 'string') return;
  if (await roles(session, { ...access, service, input })) return;
  if (session.options.auth === 'enforce') {
    const { role, action } = access;
    const problem = service.dialect.problemOf({ kind: 'forbidden', role, action });
    throw new ServiceError({ ...problem, missingRole: role });
  }
  logger.warn(
    `enforcing roles would refuse ${operation.operation}: ${session.identity.iamId} lacks ${access.role} (${access.action})`,
  );
}
