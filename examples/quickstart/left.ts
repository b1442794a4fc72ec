/** What a platform still holds after `destroy`: what is live, and what is kept for a while to be restored. */
import { fetchToken } from '../../cli/access-token';
import { requestJson } from '../../cli/http';
import { PlatformClient } from '../../cli/platform-client';
import { purgedAfter } from '../../domain/keys/timing';
import { formatSeconds, parseInstant } from '../../domain/time';
import type { NodeKind, WorldNode } from '../../domain/world';

export interface LeftNode {
  readonly id: string;
  readonly kind: NodeKind;
  readonly name: string;
}

export interface KeptNode extends LeftNode {
  /** Why it is still there, and until when. */
  readonly why: string;
}

export interface Left {
  /** Still in use; empty after a complete `destroy`. */
  readonly live: readonly LeftNode[];
  /** Deleted, and only kept. */
  readonly kept: readonly KeptNode[];
}

interface Reclamation {
  readonly entity_crn: string;
  /** RFC 3339; when the deletion becomes permanent by itself. */
  readonly target_time: string;
}

async function reclamations(url: string): Promise<readonly Reclamation[]> {
  const headers = { authorization: `Bearer ${await fetchToken(url)}` };
  const { body } = await requestJson(url, { method: 'GET', path: '/v1/reclamations', headers });
  return (body as { resources: readonly Reclamation[] }).resources;
}

function whyKept(node: WorldNode, scheduled: readonly Reclamation[], status: string): string {
  if (node.kind === 'root-key' && node.deletedAt !== undefined) {
    const purged = formatSeconds(parseInstant(node.deletedAt) + purgedAfter);
    return `${status} at ${node.deletedAt}; purged by the service on ${purged}`;
  }
  const reclamation = scheduled.find(({ entity_crn: crn }) => crn === node.crn);
  return reclamation === undefined
    ? status
    : `can be reclaimed until ${reclamation.target_time}, then gone for good`;
}

export async function whatIsLeft(url: string): Promise<Left> {
  const { nodes, statuses } = await new PlatformClient(url).graph();
  const scheduled = await reclamations(url);
  const isLive = ({ id }: WorldNode): boolean => statuses[id]?.live !== false;
  const named = ({ id, kind, name }: WorldNode): LeftNode => ({ id, kind, name });
  return {
    live: nodes.filter(isLive).map(named),
    kept: nodes
      .filter((node) => !isLive(node))
      .map((node) => ({ ...named(node), why: whyKept(node, scheduled, statuses[node.id]?.status ?? '') })),
  };
}
