/**
 * Requests that a platform refused because a role was missing, from its own record: not every vendor's client shows the
 * role. Key Protect's, for one, leaves out everything but the message (ibm-control-plane.md 6.1.10).
 */
import type { PlatformClient, RefusedRequest } from './platform-client';

/** Tells what is refused for a missing role from now on. */
export async function missingRolesFromNow(
  client: PlatformClient,
): Promise<() => Promise<readonly RefusedRequest[]>> {
  const since = await client.clock();
  // The platform's clock may stand still: what was refused at this very instant already is known by its id.
  const earlier = new Set((await client.refusedRequests(since)).map(({ id }) => id));
  return async () =>
    (await client.refusedRequests(since)).filter(
      ({ id, reason }) => !earlier.has(id) && reason.reasonForFailure !== undefined,
    );
}

/** How many refusals are told one by one. */
const shown = 10;

function lineOf({ action, initiator, target, reason }: RefusedRequest): string {
  const { id, name } = initiator;
  const who = name === id ? id : `${name} (${id})`;
  return `  ${action} by ${who} on ${target.id}: ${reason.reasonForFailure}`;
}

/** Operation, who, on what and the missing role, each once; undefined when nothing was refused. */
export function missingRoleNotice(refused: readonly RefusedRequest[]): string | undefined {
  if (refused.length === 0) return undefined;
  const lines = [...new Set(refused.map(lineOf))];
  const more = lines.length > shown ? [`  and ${lines.length - shown} more`] : [];
  return ['keyquake: refused for a missing role:', ...lines.slice(0, shown), ...more, ''].join('\n');
}
