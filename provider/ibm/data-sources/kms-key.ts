import { defineDataSource } from '../../core/data-source';
import type { IbmSession } from '../client/session';
import {
  findByIdOrAlias,
  findByName,
  type KeySelector,
  type ShownKey,
  showKeyWithPolicies,
} from '../kms/find-keys';
import { openInstance, publicOrPrivate } from '../kms/instance';
import facts from '../schema/data-sources/ibm_kms_key.json';

/** Source: ibm-control-plane.md 4.7. */
export interface KmsKeyData extends KeySelector {
  readonly id: string | null;
  readonly instance_id: string;
  readonly endpoint_type: string | null;
  readonly keys: readonly ShownKey[] | null;
}

export const kmsKeyData = defineDataSource<KmsKeyData, IbmSession>({
  facts,
  validators: { endpoint_type: publicOrPrivate },
  async read({ client: session, config, signal }) {
    const { instance_id, endpoint_type: endpointType } = config;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    const direct = await findByIdOrAlias(client, config);
    const found = direct ? [direct] : await findByName(client, config);
    const keys = await Promise.all(found.map((key) => showKeyWithPolicies(client, key)));
    return { state: { id: client.guid, instance_id: client.guid, keys } };
  },
});
