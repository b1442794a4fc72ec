import { defineDataSource } from '../../core/data-source';
import { step } from '../client/failures';
import type { IbmSession } from '../client/session';
import { openInstance, publicOrPrivate } from '../kms/instance';
import { type KeyPolicyBlocks, keyPolicyBlocks } from '../kms/key-policies';
import facts from '../schema/data-sources/ibm_kms_key_policies.json';

/** Source: its facts; ibm-control-plane.md 6.1.6. */
export interface KeyPoliciesData {
  readonly id: string | null;
  readonly instance_id: string;
  readonly key_id: string | null;
  readonly alias: string | null;
  readonly endpoint_type: string | null;
  readonly policies: readonly KeyPolicyBlocks[] | null;
}

export const kmsKeyPoliciesData = defineDataSource<KeyPoliciesData, IbmSession>({
  facts,
  validators: { endpoint_type: publicOrPrivate },
  async read({ client: session, config, signal }) {
    const { instance_id, endpoint_type: endpointType, alias, key_id } = config;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    const named = alias
      ? { key_id: (await step({ says: 'Failed to get Key' }, client.getKey(alias), 'alias')).id }
      : {};
    const selected = alias || key_id || '';
    const reading = client.policies(selected);
    const blocks = keyPolicyBlocks(
      await step({ says: 'Failed to read policies' }, reading, alias ? 'alias' : 'key_id'),
    );
    const policies = blocks ? { policies: [blocks] } : {};
    return { state: { id: client.guid, instance_id: client.guid, ...named, ...policies } };
  },
});
