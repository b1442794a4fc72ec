import { defineDataSource } from '../../core/data-source';
import { step } from '../client/failures';
import type { IbmSession } from '../client/session';
import { openInstance, publicOrPrivate } from '../kms/instance';
import facts from '../schema/data-sources/ibm_kms_key_rings.json';
import { goTime } from '../state/dates';

interface ShownRing {
  readonly id: string;
  readonly creation_date: string;
  readonly created_by: string;
}

/** Source: its facts; ibm-control-plane.md 6.1.8. */
export interface KeyRingsData {
  readonly id: string | null;
  readonly instance_id: string;
  readonly endpoint_type: string | null;
  readonly key_rings: readonly ShownRing[] | null;
}

export const kmsKeyRingsData = defineDataSource<KeyRingsData, IbmSession>({
  facts,
  validators: { endpoint_type: publicOrPrivate },
  async read({ client: session, config, signal }) {
    const { instance_id, endpoint_type: endpointType } = config;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    const rings = await step({ says: '[ERROR] Get Key Rings failed with error' }, client.listRings());
    const key_rings = rings.map(({ id, creationDate, createdBy }) => ({
      id,
      creation_date: creationDate === undefined ? '' : goTime(creationDate),
      created_by: createdBy ?? '',
    }));
    return { state: { id: client.guid, instance_id: client.guid, key_rings } };
  },
});
