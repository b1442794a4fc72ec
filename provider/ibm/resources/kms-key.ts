import { defineResource } from '../../core/resource';
import { step } from '../client/failures';
import type { IbmSession } from '../client/session';
import { openInstance, publicOrPrivate, sameInstance } from '../kms/instance';
import {
  attributeOfNewKey,
  defaultRing,
  deleteKey,
  expirationDate,
  importedKey,
  type KeyState,
  keyDraft,
  readKey,
} from '../kms/key';
import facts from '../schema/resources/ibm_kms_key.json';

/** Source: ibm-control-plane.md 4.1. */
export const kmsKey = defineResource<KeyState, IbmSession>({
  facts,
  diffSuppress: { instance_id: sameInstance },
  validators: { endpoint_type: publicOrPrivate, expiration_date: expirationDate },
  async create({ client: session, plan, signal, saveState }) {
    const { instance_id, endpoint_type: endpointType, description } = plan;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    const draft = { ...keyDraft(plan), ...(description ? { description } : {}) };
    const creating = client.createKey(draft, plan.key_ring_id ?? defaultRing);
    const key = await step({ says: '[ERROR] Error while creating key' }, creating, attributeOfNewKey(plan));
    saveState({ id: key.crn, instance_id: client.guid, key_id: key.id, crn: key.crn });
    const found = await readKey(session, { crn: key.crn, endpointType }, signal);
    // Never read from the API: the configured material is kept, and an empty text where there is none.
    return { state: { ...found?.state, payload: plan.payload ?? '' } };
  },
  async read({ client: session, state, signal }) {
    const found = await readKey(session, { crn: state.id, endpointType: state.endpoint_type }, signal);
    return { state: found?.state ?? null };
  },
  // Only `force_delete` and `endpoint_type` change in place, and neither is known to the API.
  async update({ client: session, plan, prior, signal }) {
    const found = await readKey(session, { crn: prior.id, endpointType: plan.endpoint_type }, signal);
    return { state: found?.state ?? {} };
  },
  delete: ({ client: session, state, signal }) => deleteKey(session, state, signal),
  async import({ client: session, id, signal }) {
    const found = await readKey(session, { crn: id, endpointType: null }, signal);
    return { state: { ...importedKey, ...found?.state, id } };
  },
});
