import { defineDataSource } from '../../core/data-source';
import type { IbmSession } from '../client/session';
import { findByIdOrAlias, findByName, showKey, showKeyWithPolicies } from '../kms/find-keys';
import { openInstance, publicOrPrivate } from '../kms/instance';
import facts from '../schema/data-sources/ibm_kms_keys.json';
import type { KmsKeyData } from './kms-key';

/** Source: ibm-control-plane.md 4.8. A list shows no policies, one key shows its own. */
export const kmsKeysData = defineDataSource<KmsKeyData, IbmSession>({
  facts,
  validators: { endpoint_type: publicOrPrivate },
  async read({ client: session, config, signal }) {
    const { instance_id, endpoint_type: endpointType } = config;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    const direct = await findByIdOrAlias(client, config);
    const keys = direct
      ? [await showKeyWithPolicies(client, direct)]
      : (await findByName(client, config)).map((key) => showKey(key));
    return { state: { id: client.guid, instance_id: client.guid, keys } };
  },
});
