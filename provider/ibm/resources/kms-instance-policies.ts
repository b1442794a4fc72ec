import { parseCrn } from '../../../domain/crn';
import { attributePath } from '../../core/path';
import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { step, unlessGone } from '../client/failures';
import { instanceGuid, KeyProtectClient } from '../client/key-protect';
import type { IbmSession } from '../client/session';
import { openInstance, publicOrPrivate, sameInstance } from '../kms/instance';
import {
  type InstancePolicyBlock,
  type InstancePolicyBlocks,
  instancePoliciesOf,
  instancePolicyBlocks,
} from '../kms/instance-policies';
import { months } from '../kms/key-policies';
import facts from '../schema/resources/ibm_kms_instance_policies.json';

/** Source: ibm-control-plane.md 4.5. */
export interface InstancePoliciesState extends InstancePolicyBlocks {
  readonly id: string;
  readonly instance_id: string;
  readonly endpoint_type: string | null;
}

const blockNames: readonly InstancePolicyBlock[] = [
  'dual_auth_delete',
  'rotation',
  'metrics',
  'key_create_import_access',
];

/** Blocks that are not there are not looked after, whatever the instance has. */
async function observe(
  session: IbmSession,
  state: InstancePoliciesState,
  signal: AbortSignal,
): Promise<Observed<InstancePoliciesState> | null> {
  const guid = instanceGuid(state.id);
  const address = { guid, endpointType: state.endpoint_type };
  const opening = unlessGone(KeyProtectClient.of(session, address, signal));
  const client = await step({ says: '[ERROR] Error retrieving resource instance' }, opening, 'instance_id');
  if (client === undefined) return null;
  // An instance that awaits reclamation is still told of, and has no policies any more.
  const reading = unlessGone(client.instancePolicies());
  const policies = await step({ says: '[ERROR] Get Policies failed with error ' }, reading);
  if (policies === undefined) return null;
  const blocks = instancePolicyBlocks(policies);
  const tracked = blockNames.filter((name) => state[name].length > 0);
  return {
    instance_id: guid,
    endpoint_type: client.endpointType,
    ...Object.fromEntries(tracked.map((name) => [name, blocks[name]])),
  };
}

function setPolicies(client: KeyProtectClient, plan: InstancePoliciesState): Promise<void> {
  return step(
    { says: 'Could not update the policies: [ERROR] Error while setting instance policies' },
    client.setInstancePolicies(instancePoliciesOf(plan)),
    // The one thing that a configuration can say and the API does not take: an interval of a policy that is off (6.1.7).
    { BAD_BODY_ERR: 'rotation.0.interval_month' },
  );
}

export const kmsInstancePolicies = defineResource<InstancePoliciesState, IbmSession>({
  facts,
  diffSuppress: { instance_id: sameInstance },
  validators: { endpoint_type: publicOrPrivate, 'rotation.interval_month': months },
  /** The vendor's client refuses it before it sends anything. */
  async validate({ config, diagnostics }) {
    const { rotation } = config;
    if (typeof rotation === 'symbol') return;
    for (const [index, block] of rotation.entries()) {
      if (typeof block === 'symbol' || block.enabled !== true || block.interval_month !== null) continue;
      diagnostics.error(
        'Missing required argument',
        'A rotation policy that is enabled needs interval_month, 1 to 12 months.',
        attributePath('rotation', index, 'interval_month'),
      );
    }
  },
  async create({ client: session, plan, signal, saveState }) {
    const { instance_id, endpoint_type: endpointType } = plan;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    await setPolicies(client, plan);
    const id = client.instanceCrn;
    saveState({ id, instance_id: client.guid });
    return { state: { id, ...(await observe(session, { ...plan, id }, signal)) } };
  },
  async read({ client: session, state, signal }) {
    return { state: await observe(session, state, signal) };
  },
  async update({ client: session, plan, prior, changed, signal, diagnostics }) {
    if (changed('rotation', 'dual_auth_delete', 'key_create_import_access')) {
      const { instance_id, endpoint_type: endpointType } = plan;
      await setPolicies(await openInstance(session, { id: instance_id, endpointType }, signal), plan);
    } else if (changed('metrics')) {
      diagnostics.warning(
        'The change of metrics is not sent',
        "The vendor's provider 2.5.0 sends metrics only together with a change of another policy.",
        attributePath('metrics'),
      );
    }
    return { state: (await observe(session, { ...plan, id: prior.id }, signal)) ?? {} };
  },
  // Policies stay with the instance: the API cannot delete them.
  delete: () => Promise.resolve(),
  import: async ({ id }) => ({ state: { id, instance_id: parseCrn(id).serviceInstance } }),
});
