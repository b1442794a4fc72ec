/** How services describe what they hold to `GET /_keyquake/graph`. */
import type { ObservedStatus, WorldEdge, WorldNode } from '../../domain/world';
import type { Session } from './operation';

export interface WorldPart {
  readonly nodes: readonly WorldNode[];
  readonly edges: readonly WorldEdge[];
  /** By node id (the CRN). */
  readonly statuses: Readonly<Record<string, ObservedStatus>>;
}

export type WorldContributor = (session: Session) => Promise<WorldPart>;
