/** Volumes as the graph of keys and dependants shows them. What ties them to their key are its registrations there. */
import type { WorldContributor } from '../../kernel/world';
import { viewOf, volumes } from './model';

export const vpcWorld: WorldContributor = async (session) => {
  const stored = await session.tx.list(volumes);
  const views = await Promise.all(stored.map((volume) => viewOf(session, volume)));
  return {
    nodes: views.map(({ stored: { doc }, attachments, condition }) => ({
      kind: 'volume' as const,
      id: doc.crn,
      crn: doc.crn,
      name: doc.name,
      zone: doc.zone,
      attached: attachments.length > 0,
      ...(condition === 'purged' && { keyPurged: true }),
    })),
    edges: [],
    statuses: Object.fromEntries(
      views.map(({ stored: { doc }, effect }) => [
        doc.crn,
        { status: effect.status, reasons: effect.reasons, live: true },
      ]),
    ),
  };
};
