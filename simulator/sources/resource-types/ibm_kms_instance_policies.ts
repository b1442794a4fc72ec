/** Policies of an instance. Source: ibm-control-plane.md 4.5, 6.1.7. */
import type { ResourceType } from './resource-type';

/**
 * Dual authorization for a whole instance holds for keys that are created after it. No source tells which ones that are,
 * so the keys are read as without it, which overstates what a deletion takes; and that is reported.
 */
export const ibmKmsInstancePolicies: ResourceType = {
  type: 'ibm_kms_instance_policies',
  mode: 'managed',
  identifiedBy: [],
  describe: () => ({ none: 'policies of an instance' }),
  link(resource, links) {
    const [policy] = resource.blocks('dual_auth_delete');
    const enabled = policy?.read('enabled');
    if (enabled === undefined || (enabled.kind === 'known' && enabled.value !== true)) return;
    links.unmapped(
      resource,
      'dual_auth_delete holds for keys that are created after it: those of the instance are read as without it',
    );
  },
};
