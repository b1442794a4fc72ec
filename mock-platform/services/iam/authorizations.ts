/** Whether one service may use another, for the services that ask before they encrypt. (behaviour.md A3) */
import { type AuthorizationRequest, matches } from '../../../domain/iam/authorization';
import type { Session } from '../../kernel/operation';
import { noticedTerms, policies, toAuthorization } from './model';
import { recordPermit } from './permits';

async function permittingPolicy(
  session: Session,
  request: AuthorizationRequest,
): Promise<string | undefined> {
  const candidates = await session.tx.list(policies, { scope: request.account, name: 'authorization' });
  return candidates.find(({ doc }) => {
    const terms = noticedTerms(doc, session);
    return terms !== undefined && matches(toAuthorization(terms), request);
  })?.id;
}

/**
 * Whether some authorization policy of the account permits the request now; the policy is told to have permitted it.
 * A policy that was made, replaced or deleted is noticed only when `options.propagation` has passed.
 */
export async function isAuthorized(session: Session, request: AuthorizationRequest): Promise<boolean> {
  const policy = await permittingPolicy(session, request);
  if (policy !== undefined) await recordPermit(session, policy, request.sourceService);
  return policy !== undefined;
}

/** As {@link isAuthorized}, for a status that is derived from it: nothing is used, so no policy permitted anything. */
export async function wouldBeAuthorized(session: Session, request: AuthorizationRequest): Promise<boolean> {
  return (await permittingPolicy(session, request)) !== undefined;
}
