import { attributePath } from '../../core/path';
import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { type AttributeTable, step } from '../client/failures';
import type { IbmSession } from '../client/session';
import { openInstance, publicOrPrivate, sameInstance } from '../kms/instance';
import {
  attributeOfKey,
  attributeOfNewKey,
  defaultRing,
  deleteKey,
  expirationDate,
  importedKey,
  type KeyState,
  keyDraft,
  readKey,
} from '../kms/key';
import { keyPolicyBlocks, months, newKeyPolicies } from '../kms/key-policies';
import facts from '../schema/resources/ibm_kms_key_with_policy_overrides.json';

/** Source: ibm-control-plane.md 4.6. */
export interface KeyWithPolicyOverridesState extends KeyState {
  readonly rotation: readonly { readonly enabled: boolean; readonly interval_month: number }[];
  readonly dual_auth_delete: readonly { readonly enabled: boolean }[];
}

const attributeOf: AttributeTable = {
  ...attributeOfKey,
  rotation: 'rotation.0.interval_month',
  dualAuthDelete: 'dual_auth_delete.0.enabled',
  KEY_ROOT_REQ_ERR: 'standard_key',
  KEY_PAYLOAD_REQ_ERR: 'rotation.0.interval_month',
};

type Overrides = Observed<KeyWithPolicyOverridesState>;

async function observe(
  session: IbmSession,
  key: { readonly crn: string; readonly endpointType: string | null },
  signal: AbortSignal,
): Promise<Overrides | undefined> {
  const found = await readKey(session, key, signal);
  if (found === undefined) return undefined;
  const {
    client,
    key: { id },
    state,
  } = found;
  const blocks = keyPolicyBlocks(
    await step({ says: '[ERROR] Failed to read policies' }, client.policies(id)),
  );
  return {
    ...state,
    ...(blocks && {
      rotation: blocks.rotation.map(({ enabled, interval_month }) => ({
        enabled: enabled ?? false,
        interval_month: interval_month ?? 0,
      })),
      dual_auth_delete: blocks.dual_auth_delete.map(({ enabled }) => ({ enabled: enabled ?? false })),
    }),
  };
}

export const kmsKeyWithPolicyOverrides = defineResource<KeyWithPolicyOverridesState, IbmSession>({
  facts,
  diffSuppress: { instance_id: sameInstance },
  validators: {
    endpoint_type: publicOrPrivate,
    expiration_date: expirationDate,
    'rotation.interval_month': months,
  },
  async create({ client: session, plan, signal, saveState, diagnostics }) {
    const { instance_id, endpoint_type: endpointType } = plan;
    if (plan.description) {
      diagnostics.warning(
        'The description is not sent',
        "The vendor's provider 2.5.0 leaves it out of the request, and so the next plan replaces the key. Remove description.",
        attributePath('description'),
      );
    }
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    const draft = { ...keyDraft(plan), ...newKeyPolicies(plan) };
    const creating = client.createKeyWithPolicyOverrides(draft, plan.key_ring_id ?? defaultRing);
    const { id, crn } = await step(
      { says: '[ERROR] Error while creating key' },
      creating,
      attributeOfNewKey(plan, attributeOf),
    );
    saveState({ id: crn, instance_id: client.guid, key_id: id, crn });
    const observed = await observe(session, { crn, endpointType }, signal);
    return { state: { ...observed, payload: plan.payload ?? '' } };
  },
  async read({ client: session, state, signal }) {
    const observed = await observe(session, { crn: state.id, endpointType: state.endpoint_type }, signal);
    return { state: observed ?? null };
  },
  async update({ client: session, plan, prior, changed, signal, diagnostics }) {
    const { endpoint_type: endpointType } = plan;
    const isWhole = plan.rotation.length > 0 && plan.dual_auth_delete.length > 0;
    if (changed('rotation', 'dual_auth_delete')) {
      if (isWhole) {
        const client = await openInstance(session, { id: plan.instance_id, endpointType }, signal);
        const setting = client.setPolicies(prior.key_id ?? '', newKeyPolicies(plan));
        await step(
          { says: 'Could not create policies: [ERROR] Error while creating policies' },
          setting,
          attributeOf,
        );
      } else {
        diagnostics.warning(
          'The change of policies is not sent',
          "The vendor's provider 2.5.0 changes policies only when rotation and dual_auth_delete are both there. Configure both blocks.",
          attributePath(changed('rotation') ? 'rotation' : 'dual_auth_delete'),
        );
      }
    }
    return { state: (await observe(session, { crn: prior.id, endpointType }, signal)) ?? {} };
  },
  delete: ({ client: session, state, signal }) => deleteKey(session, state, signal),
  async import({ client: session, id, signal }) {
    const observed = await observe(session, { crn: id, endpointType: null }, signal);
    return { state: { ...importedKey, ...observed, id } };
  },
});
