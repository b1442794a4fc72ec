/** What the platform shows: the graph as the simulator reads it, and the same by name for the report of a failure. */
import type { ObservedWorld } from '../../../domain/world';
import { type World, worldFromJson } from '../../../simulator';
import type { TestPlatform } from '../../support/platform';

export interface Observation {
  readonly graph: ObservedWorld;
  readonly world: World;
}

export async function observe(platform: TestPlatform): Promise<Observation> {
  const graph = (await platform.request('GET', '/_keyquake/graph')).body as ObservedWorld;
  return { graph, world: worldFromJson(graph, 'the graph', 0) };
}

/** Status and reasons of a node, in one text; `absent` when the platform no longer has it. */
export function shownStatus({ graph }: Observation, id: string): string {
  const shown = graph.statuses[id];
  return shown === undefined ? 'absent' : statusText(shown.status, shown.reasons);
}

export function statusText(status: string, reasons: readonly string[]): string {
  return reasons.length === 0 ? status : `${status} (${reasons.join(', ')})`;
}

/** The names of things instead of their CRNs. */
export function named({ graph }: Observation, text: string): string {
  return graph.nodes.reduce((result, { id, name }) => result.replaceAll(id, name), text);
}

/** The parts of a CRN that the vendors' APIs ask for. */
export function partsOf(crn: string): { readonly instance: string; readonly resource: string } {
  const segments = crn.split(':');
  return { instance: segments[7] ?? '', resource: segments[9] ?? '' };
}
