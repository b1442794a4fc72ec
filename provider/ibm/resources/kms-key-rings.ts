import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { isGone, step, unlessGone } from '../client/failures';
import { ApiError } from '../client/http';
import { instanceGuid, KeyProtectClient } from '../client/key-protect';
import type { IbmSession } from '../client/session';
import { openInstance, publicOrPrivate, sameInstance } from '../kms/instance';
import facts from '../schema/resources/ibm_kms_key_rings.json';

/** Source: ibm-control-plane.md 4.3. */
export interface KeyRingState {
  readonly id: string;
  readonly instance_id: string;
  readonly key_ring_id: string;
  readonly force_delete: boolean | null;
  readonly endpoint_type: string | null;
}

const separator = ':keyRing:';

/** `{key_ring_id}:keyRing:{instance CRN}` */
function partsOf(id: string): { readonly ring: string; readonly guid: string } {
  const [ring, crn, ...rest] = id.split(separator);
  if (!ring || !crn || rest.length > 0) {
    throw new Error(`'${id}' is not of the form {key_ring_id}${separator}{instance CRN}`);
  }
  return { ring, guid: instanceGuid(crn) };
}

/** The vendor reads the list of rings and does not look for the ring in it; here one that is not listed is gone. */
async function observe(
  session: IbmSession,
  id: string,
  endpointType: string | null,
  signal: AbortSignal,
): Promise<Observed<KeyRingState> | null> {
  const { ring, guid } = partsOf(id);
  const reading = async (): Promise<Observed<KeyRingState> | null> => {
    try {
      const client = await KeyProtectClient.of(session, { guid, endpointType }, signal);
      const isThere = (await client.listRings()).some((each) => each.id === ring);
      return isThere
        ? { id, key_ring_id: ring, instance_id: guid, endpoint_type: client.endpointType }
        : null;
    } catch (error) {
      if (isGone(error) || (error instanceof ApiError && error.status === 409)) return null;
      throw error;
    }
  };
  return step({ says: '[ERROR] Get Key Rings failed with error' }, reading());
}

export const kmsKeyRings = defineResource<KeyRingState, IbmSession>({
  facts,
  diffSuppress: { instance_id: sameInstance },
  validators: { endpoint_type: publicOrPrivate },
  async create({ client: session, plan, signal, saveState }) {
    const { instance_id, endpoint_type: endpointType, key_ring_id: ring } = plan;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    await step({ says: '[ERROR] Error while creating key ring ' }, client.createRing(ring), 'key_ring_id');
    const id = `${ring}${separator}${client.instanceCrn}`;
    saveState({ id, instance_id: client.guid });
    return { state: (await observe(session, id, endpointType, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await observe(session, state.id, state.endpoint_type, signal) };
  },
  // Only `force_delete` changes in place, and it has no effect any more.
  async update({ client: session, prior, plan, signal }) {
    return { state: (await observe(session, prior.id, plan.endpoint_type, signal)) ?? {} };
  },
  async delete({ client: session, state, signal }) {
    const { ring, guid } = partsOf(state.id);
    const address = { guid, endpointType: state.endpoint_type };
    const deleting = async () => {
      const client = await KeyProtectClient.of(session, address, signal);
      await unlessGone(client.deleteRing(ring));
    };
    await step(`delete key ring ${ring}`, deleting());
  },
  import: async ({ id }) => {
    partsOf(id);
    return { state: { id } };
  },
});
