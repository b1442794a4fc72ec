/** What requests to tagging act on: each resource that the body names. */
import { type AccessTarget, unverifiedBody } from '../../kernel/access-target';
import type { Input, Session } from '../../kernel/operation';
import { targetOfCrn } from '../resource-controller/targets';

export async function taggedTargets(
  session: Session,
  input: Input<unknown>,
): Promise<readonly AccessTarget[]> {
  const { resources } = (unverifiedBody(input) ?? {}) as { resources?: unknown };
  if (!Array.isArray(resources)) return [{}];
  const crns = resources.map((entry: { resource_id?: unknown } | null) => String(entry?.resource_id));
  return Promise.all(crns.map((crn) => targetOfCrn(session, crn)));
}
