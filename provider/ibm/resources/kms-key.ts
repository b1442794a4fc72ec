import { formatSeconds, parseInstant } from '../../../domain/time';
import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { isGone, step } from '../client/failures';
import { ApiError } from '../client/http';
import {
  destroyedState,
  instanceGuid,
  type Key,
  KeyProtectClient,
  keyAddress,
  type Registration,
} from '../client/key-protect';
import type { IbmSession } from '../client/session';
import facts from '../schema/resources/ibm_kms_key.json';

/** Source: ibm-control-plane.md 4.1. */
export interface KmsKeyState {
  readonly id: string;
  readonly instance_id: string;
  readonly key_ring_id: string | null;
  readonly key_name: string;
  readonly description: string | null;
  readonly standard_key: boolean | null;
  readonly payload: string | null;
  readonly encrypted_nonce: string | null;
  readonly iv_value: string | null;
  readonly force_delete: boolean | null;
  readonly expiration_date: string | null;
  readonly endpoint_type: string | null;
  readonly key_id: string | null;
  readonly type: string | null;
  readonly crn: string | null;
  readonly instance_crn: string | null;
  readonly registrations: readonly Readonly<Record<string, unknown>>[] | null;
  readonly resource_name: string | null;
  readonly resource_crn: string | null;
  readonly resource_status: string | null;
  readonly resource_group_name: string | null;
  readonly resource_controller_url: string | null;
}

const importAlgorithm = 'RSAES_OAEP_SHA_256';

function draftOf(plan: KmsKeyState): Record<string, unknown> {
  const { payload, encrypted_nonce, iv_value, description, expiration_date } = plan;
  return {
    name: plan.key_name,
    extractable: plan.standard_key ?? false,
    ...(description ? { description } : {}),
    ...(expiration_date ? { expirationDate: expiration_date } : {}),
    ...(payload ? { payload } : {}),
    ...(encrypted_nonce
      ? { encryptedNonce: encrypted_nonce, iv: iv_value ?? '', encryptionAlgorithm: importAlgorithm }
      : {}),
  };
}

/** Members in the form of the vendor's provider: absent text is empty, the date has no fraction. */
async function stateOf(
  session: IbmSession,
  client: KeyProtectClient,
  key: Key,
  registrations: readonly Registration[],
): Promise<Observed<KmsKeyState>> {
  const { instanceCrn, service } = keyAddress(key.crn);
  const console = await session.consoleUrl();
  return {
    id: key.crn,
    instance_id: client.guid,
    instance_crn: instanceCrn,
    key_id: key.id,
    key_name: key.name,
    key_ring_id: key.keyRingID ?? 'default',
    description: key.description ?? '',
    standard_key: key.extractable,
    encrypted_nonce: key.encryptedNonce ?? '',
    iv_value: key.iv ?? '',
    expiration_date: key.expirationDate === undefined ? '' : formatSeconds(parseInstant(key.expirationDate)),
    endpoint_type: client.endpointType,
    type: service,
    crn: key.crn,
    registrations: registrations.map(({ keyId, resourceCrn, preventKeyDeletion }) => ({
      key_id: keyId,
      resource_crn: resourceCrn,
      prevent_key_deletion: preventKeyDeletion,
    })),
    resource_name: key.name,
    resource_crn: key.crn,
    resource_status: String(key.state),
    resource_controller_url: `${console}/services/kms/${encodeURIComponent(instanceCrn.replace(/::$/, ''))}%3A%3A`,
  };
}

async function observe(
  session: IbmSession,
  crn: string,
  endpointType: string | null,
  signal: AbortSignal,
): Promise<Observed<KmsKeyState> | null> {
  const { guid, keyId } = keyAddress(crn);
  try {
    const client = await KeyProtectClient.of(session, { guid, endpointType }, signal);
    const key = await client.getKey(keyId);
    if (key.state === destroyedState) return null;
    return await stateOf(session, client, key, await client.registrations(keyId));
  } catch (error) {
    // The vendor takes 409 for gone, too (ibm-control-plane.md 4.1).
    if (isGone(error) || (error instanceof ApiError && error.status === 409)) return null;
    throw error;
  }
}

export const kmsKey = defineResource<KmsKeyState, IbmSession>({
  facts,
  diffSuppress: {
    instance_id: ({ prior, planned }) =>
      typeof prior === 'string' &&
      typeof planned === 'string' &&
      instanceGuid(prior) === instanceGuid(planned),
  },
  async create({ client: session, plan, signal, saveState }) {
    const instance = { guid: instanceGuid(plan.instance_id), endpointType: plan.endpoint_type };
    const client = await step(
      `find the instance of key ${plan.key_name}`,
      KeyProtectClient.of(session, instance, signal),
      'instance_id',
    );
    const key = await step(
      `create key ${plan.key_name}`,
      client.createKey(draftOf(plan), plan.key_ring_id ?? 'default'),
    );
    saveState({ id: key.crn, instance_id: client.guid, key_id: key.id, crn: key.crn });
    const observed = await stateOf(session, client, key, await client.registrations(key.id));
    // Never read from the API: the configured material is kept, and an empty text where there is none.
    return { state: { ...observed, payload: plan.payload ?? '' } };
  },
  async read({ client: session, state, signal }) {
    return {
      state: await step(`read key ${state.id}`, observe(session, state.id, state.endpoint_type, signal)),
    };
  },
  // Only `force_delete` and `endpoint_type` change in place, and neither is known to the API.
  async update({ client: session, plan, prior, signal }) {
    const observed = await step(
      `read key ${prior.id}`,
      observe(session, prior.id, plan.endpoint_type, signal),
    );
    return { state: observed ?? {} };
  },
  async delete({ client: session, state, signal }) {
    const { guid, keyId } = keyAddress(state.id);
    const client = await step(
      `find the instance of key ${state.key_name}`,
      KeyProtectClient.of(session, { guid, endpointType: state.endpoint_type }, signal),
    );
    await step(
      `delete key ${state.key_name}`,
      client.deleteKey(keyId, { force: state.force_delete ?? false }),
      {
        PROTECTED_RESOURCE_ERR: 'force_delete',
      },
    );
  },
  async import({ client: session, id, signal }) {
    const observed = await step(`import key ${id}`, observe(session, id, null, signal));
    return { state: { force_delete: false, payload: '', ...observed, id } };
  },
});
