/** Volumes as the graph of keys and dependants shows them. */
import type { WorldContributor } from '../../kernel/world';
import { viewOf, volumes } from './model';

export const vpcWorld: WorldContributor = async (session) => {
  const stored = await session.tx.list(volumes);
  const views = await Promise.all(stored.map((volume) => viewOf(session, volume)));
  return {
    nodes: views.map(({ stored: { doc }, attachments }) => ({
      kind: 'volume' as const,
      id: doc.crn,
      crn: doc.crn,
      name: doc.name,
      zone: doc.zone,
      attached: attachments.length > 0,
    })),
    edges: views.flatMap(({ stored: { doc } }) =>
      doc.encryptionKey === undefined
        ? []
        : [{ type: 'protects' as const, from: doc.encryptionKey, to: doc.crn }],
    ),
    statuses: Object.fromEntries(
      views.map(({ stored: { doc }, effect }) => [
        doc.crn,
        { status: effect.status, reasons: effect.reasons, live: true },
      ]),
    ),
  };
};
