/** Policies of a key: dual authorization is what a deletion has to reckon with. Source: ibm-control-plane.md 4.4, 6.1.6. */
import type { Links } from '../links';
import type { SourceResource } from '../resource';
import { keyOf } from './key-link';
import type { ResourceType } from './resource-type';

function demandsDualAuthorization(resource: SourceResource): boolean {
  const [policy] = resource.blocks('dual_auth_delete');
  const enabled = policy?.read('enabled');
  return enabled?.kind === 'known' && enabled.value === true;
}

/** Marks the key when the block `dual_auth_delete` switches it on; an absent block says nothing. */
export function amendDualAuthorization(resource: SourceResource, key: string, links: Links): void {
  if (links.node(key)?.kind === 'root-key' && demandsDualAuthorization(resource))
    links.amend(key, { kind: 'root-key', dualAuthDelete: true });
}

export const ibmKmsKeyPolicies: ResourceType = {
  type: 'ibm_kms_key_policies',
  mode: 'managed',
  identifiedBy: [],
  repeats: { id: 'key_id', resource_crn: 'key_id' },
  describe: () => ({ none: 'policies of a key' }),
  link(resource, links) {
    // Only dual authorization bears on the world, so the key of other policies need not be found.
    if (!demandsDualAuthorization(resource)) return;
    const key = keyOf(resource, 'key_id', resource.read('key_id'), links);
    if (key !== undefined) amendDualAuthorization(resource, key, links);
  },
};
