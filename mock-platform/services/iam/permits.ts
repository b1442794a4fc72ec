/**
 * When and how often each policy permitted something: `last_permit_at`, `last_permit_frequency` (IBM Cloud IAM docs
 * `iam-audit-policies.md`: a running count, which begins anew when the policy is deleted).
 *
 * An edge from the policy to whom it permitted holds time and count. Edges have no revision, so that reading something
 * never loses a race against another reader. A policy counts once in a request, however many resources the request is
 * about; a request that is refused after all takes its permit back with everything else.
 */
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';

export interface Permits {
  /** RFC 3339; null when it never permitted anything. */
  readonly lastAt: string | null;
  readonly count: number;
}

interface PermitData {
  readonly at: string;
  readonly count: number;
}

const permittedEdge = 'iam-permitted';

/** What was counted in each request that is under way. */
const counted = new WeakMap<Session, Set<string>>();

/** `subject` is the IAM id or the service that was let through. */
export async function recordPermit(session: Session, policyId: string, subject: string): Promise<void> {
  const before = counted.get(session) ?? new Set();
  if (before.has(policyId)) return;
  counted.set(session, before.add(policyId));
  const [edge] = await permitEdges(session, policyId, subject);
  const count = (edge?.count ?? 0) + 1;
  const data = { at: formatInstant(session.now), count } satisfies PermitData;
  await session.tx.link({ type: permittedEdge, from: policyId, to: subject, data });
}

export async function permitsOf(session: Session, policyId: string): Promise<Permits> {
  const found = await permitEdges(session, policyId);
  return {
    lastAt:
      found
        .map(({ at }) => at)
        .sort()
        .at(-1) ?? null,
    count: found.reduce((sum, { count }) => sum + count, 0),
  };
}

export async function forgetPermits(session: Session, policyId: string): Promise<void> {
  await session.tx.unlink({ type: permittedEdge, from: policyId });
}

async function permitEdges(session: Session, policyId: string, subject?: string): Promise<PermitData[]> {
  const filter = { type: permittedEdge, from: policyId, ...(subject !== undefined && { to: subject }) };
  return (await session.tx.edges(filter)).map(({ data }) => data as unknown as PermitData);
}
