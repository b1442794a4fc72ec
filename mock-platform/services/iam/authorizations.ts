/** Whether one service may use another, for the services that ask before they encrypt. (behaviour.md A3) */
import { type AuthorizationRequest, matches } from '../../../domain/iam/authorization';
import type { Session } from '../../kernel/operation';
import { noticedTerms, policies, toAuthorization } from './model';

/**
 * Whether some authorization policy of the account permits the request now. A policy that was made, replaced or
 * deleted is noticed only when `options.propagation` has passed.
 */
export async function isAuthorized(session: Session, request: AuthorizationRequest): Promise<boolean> {
  const candidates = await session.tx.list(policies, {
    scope: request.account,
    name: 'authorization',
  });
  return candidates.some(({ doc }) => {
    const terms = noticedTerms(doc, session);
    return terms !== undefined && matches(toAuthorization(terms), request);
  });
}
