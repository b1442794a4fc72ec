import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { type AttributeOf, step, type VendorWords } from '../client/failures';
import { keyAddress } from '../client/key-protect';
import type { KeyPolicyDraft } from '../client/key-protect-policies';
import type { IbmSession } from '../client/session';
import { openInstance, publicOrPrivate, sameInstance } from '../kms/instance';
import { consoleUrlOf, readKey } from '../kms/key';
import {
  changedKeyPolicies,
  type KeyPolicyBlocks,
  keyPolicyBlocks,
  months,
  newKeyPolicies,
} from '../kms/key-policies';
import facts from '../schema/resources/ibm_kms_key_policies.json';

/** Source: ibm-control-plane.md 4.4. */
export interface KeyPoliciesState extends KeyPolicyBlocks {
  readonly id: string;
  readonly instance_id: string;
  readonly key_id: string | null;
  readonly alias: string | null;
  readonly endpoint_type: string | null;
  readonly resource_name: string | null;
  readonly resource_crn: string | null;
  readonly resource_status: string | null;
  readonly resource_controller_url: string | null;
}

const attributeOf: AttributeOf = {
  rotation: 'rotation.0.interval_month',
  dualAuthDelete: 'dual_auth_delete.0.enabled',
  KEY_ROOT_REQ_ERR: 'rotation.0.interval_month',
  KEY_PAYLOAD_REQ_ERR: 'rotation.0.interval_month',
};

async function observe(
  session: IbmSession,
  crn: string,
  endpointType: string | null,
  signal: AbortSignal,
): Promise<Observed<KeyPoliciesState> | null> {
  const found = await readKey(session, { crn, endpointType }, signal);
  if (found === undefined) return null;
  const { client, key } = found;
  const { instanceCrn } = keyAddress(key.crn);
  const policies = await step({ says: 'Failed to read policies' }, client.policies(key.id));
  return {
    id: crn,
    instance_id: client.guid,
    key_id: key.id,
    endpoint_type: client.endpointType,
    resource_name: key.name,
    resource_crn: key.crn,
    resource_status: String(key.state),
    resource_controller_url: await consoleUrlOf(session, instanceCrn),
    ...keyPolicyBlocks(policies),
  };
}

/** What the vendor says of a request that changes the rotation, and of one that switches dual authorization. */
function changeOf({ rotation }: KeyPolicyDraft): VendorWords {
  const switched = rotation?.enabled && !rotation.interval_month ? 'enabling' : 'disabling';
  const failed = rotation ? `${switched} key rotation` : 'setting dual_auth_delete';
  return { says: `Could not update policies: [ERROR] Error while ${failed} policies` };
}

export const kmsKeyPolicies = defineResource<KeyPoliciesState, IbmSession>({
  facts,
  diffSuppress: { instance_id: sameInstance },
  validators: { endpoint_type: publicOrPrivate, 'rotation.interval_month': months },
  async create({ client: session, plan, signal, saveState }) {
    const { instance_id, endpoint_type: endpointType, key_id, alias } = plan;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    const selected = alias || key_id || '';
    const finding = client.getKey(selected);
    const { crn, id: keyId } = await step(
      { says: 'Get Key failed with error while creating policies' },
      finding,
      alias ? 'alias' : 'key_id',
    );
    const setting = client.setPolicies(selected, newKeyPolicies(plan));
    await step(
      { says: 'Could not create policies: [ERROR] Error while creating policies' },
      setting,
      attributeOf,
    );
    saveState({ id: crn, instance_id: client.guid, key_id: keyId });
    return { state: (await observe(session, crn, endpointType, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await observe(session, state.id, state.endpoint_type, signal) };
  },
  /** One request per block, as the vendor sends them: the API keeps the policy that a request does not name. */
  async update({ client: session, plan, prior, changed, signal }) {
    const { endpoint_type: endpointType } = plan;
    if (changed('rotation', 'dual_auth_delete')) {
      const { guid, keyId } = keyAddress(prior.id);
      const client = await openInstance(session, { id: guid, endpointType }, signal);
      for (const [kind, policy] of Object.entries(changedKeyPolicies(plan))) {
        const draft: KeyPolicyDraft = { [kind]: policy };
        await step(changeOf(draft), client.setPolicies(keyId, draft), attributeOf);
      }
    }
    return { state: (await observe(session, prior.id, endpointType, signal)) ?? {} };
  },
  // Policies stay until their key goes: the API cannot delete them.
  delete: () => Promise.resolve(),
  import: async ({ id }) => ({ state: { id, instance_id: keyAddress(id).guid } }),
});
