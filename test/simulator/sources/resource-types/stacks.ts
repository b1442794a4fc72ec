// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
/** Small synthesized stacks, and what to look at in their worlds. */
import type { World, WorldNode } from '../../../../domain/world';
import { worldFromSynthesized } from '../../../../simulator';
import { at } from '../../fixtures';

export const kp = { name: 'kp', service: 'kms', plan: 'tiered-pricing', location: 'us-south' };
export const base = {
  ibm_resource_instance: { kp },
  ibm_kms_key: { k: { instance_id: '${ibm_resource_instance.kp.guid}', key_name: 'k' } },
};

export function stack(resources: object, more: object = {}): World {
  return worldFromSynthesized({ resource: resources, ...more }, at);
}

/** The base with more resources; types that both have are put together. */
export function withBase(resources: Readonly<Record<string, object>>, more: object = {}): World {
  const merged: Record<string, object> = { ...base };
  for (const [type, named] of Object.entries(resources)) merged[type] = { ...merged[type], ...named };
  return stack(merged, more);
}

export const nodeIn = (world: World, id: string): WorldNode | undefined =>
  world.nodes.find((node) => node.id === id);

export const edges = (world: World, type: string): readonly string[] =>
  world.edges.filter((edge) => edge.type === type).map(({ from, to }) => `${from} -> ${to}`);

export const reasons = (world: World): readonly (readonly [string, string])[] =>
  world.unmapped.map(({ address, reason }) => [address, reason]);
