/** Policies of an instance. Source: ibm-control-plane.md 4.5, 6.1.7. */
import { kmsInstanceOf } from './key-link';
import type { ResourceType } from './resource-type';

/**
 * Dual authorization for a whole instance holds for keys that are created after it. No source tells which ones that are, so
 * keys without a policy of their own are read as without it, which overstates what a deletion takes; and they are reported.
 */
export const ibmKmsInstancePolicies: ResourceType = {
  type: 'ibm_kms_instance_policies',
  mode: 'managed',
  identifiedBy: [],
  describe: () => ({ none: 'policies of an instance' }),
  conclude(resource, links) {
    const [policy] = resource.blocks('dual_auth_delete');
    const enabled = policy?.read('enabled');
    if (enabled === undefined || (enabled.kind === 'known' && enabled.value !== true)) return;
    const instance = kmsInstanceOf(resource, 'instance_id', resource.read('instance_id'), links);
    const keys = instance === undefined ? [] : links.children(instance, 'root-key');
    const open = keys.filter((key) => key.kind === 'root-key' && key.dualAuthDelete !== true);
    if (open.length === 0) return;
    const named = open.map(({ id }) => id).join(', ');
    links.unmapped(
      resource,
      `dual_auth_delete holds for keys that are created after it: read as if it did not for ${named}`,
    );
  },
};
