/** Whether one service may use another, for the services that ask before they encrypt. (behaviour.md A3) */
import { type AuthorizationRequest, matches } from '../../../domain/iam/authorization';
import { type Instant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { noticedTerms, type PolicyDocument, type PolicyTerms, policies, toAuthorization } from './model';
import { recordPermit } from './permits';

function permits(terms: PolicyTerms | null | undefined, request: AuthorizationRequest): boolean {
  return terms != null && matches(toAuthorization(terms), request);
}

async function permittingPolicy(
  session: Session,
  request: AuthorizationRequest,
): Promise<string | undefined> {
  const candidates = await session.tx.list(policies, { scope: request.account, name: 'authorization' });
  return candidates.find(({ doc }) => permits(noticedTerms(doc, session), request))?.id;
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

/**
 * From when on the request is permitted by a policy as it stands now, where its source has not noticed it yet; undefined
 * when no policy permits it as it stands. The earliest of several.
 */
export async function authorizedFrom(
  session: Session,
  request: AuthorizationRequest,
): Promise<Instant | undefined> {
  const candidates = await session.tx.list(policies, { scope: request.account, name: 'authorization' });
  const instants = candidates
    .map(({ doc }) => permitsSince(doc, request))
    .filter((since) => since !== undefined)
    .map((since) => since + session.options.propagation)
    .filter((instant) => instant > session.now);
  return instants.length === 0 ? undefined : Math.min(...instants);
}

/** When the policy came to permit the request, which it has done ever since. */
function permitsSince({ versions }: PolicyDocument, request: AuthorizationRequest): Instant | undefined {
  const refusing = versions.findLastIndex(({ terms }) => !permits(terms, request));
  const first = versions[refusing + 1];
  return first && parseInstant(first.from);
}
