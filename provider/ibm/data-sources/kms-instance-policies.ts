import { defineDataSource } from '../../core/data-source';
import { allowedPolicyTypes } from '../../core/vendor-validators';
import { step } from '../client/failures';
import { instancePolicyTypes } from '../client/key-protect-policies';
import type { IbmSession } from '../client/session';
import { openInstance } from '../kms/instance';
import { blockOf, type InstancePolicyBlocks, instancePolicyBlocks } from '../kms/instance-policies';
import facts from '../schema/data-sources/ibm_kms_instance_policies.json';

/** Source: its facts; ibm-control-plane.md 6.1.7. */
export interface InstancePoliciesData extends InstancePolicyBlocks {
  readonly id: string | null;
  readonly instance_id: string;
  readonly policy_type: string | null;
}

export const kmsInstancePoliciesData = defineDataSource<InstancePoliciesData, IbmSession>({
  facts,
  validators: { policy_type: allowedPolicyTypes(...instancePolicyTypes) },
  async read({ client: session, config, signal }) {
    const client = await openInstance(session, { id: config.instance_id }, signal);
    const type = instancePolicyTypes.find((each) => each === config.policy_type);
    const reading = client.instancePolicies(type);
    const blocks = instancePolicyBlocks(
      await step({ says: '[ERROR] Error retrieving instance policies' }, reading, 'policy_type'),
    );
    // One kind alone: the others are not read, and have no value.
    const shown = type ? { [blockOf[type]]: blocks[blockOf[type]] } : blocks;
    return { state: { id: client.guid, instance_id: client.guid, ...shown } };
  },
});
