import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { step, unlessGone } from '../client/failures';
import { KeyProtectClient, keyAddress } from '../client/key-protect';
import type { IbmSession } from '../client/session';
import { openInstance, publicOrPrivate, sameInstance } from '../kms/instance';
import { readKey } from '../kms/key';
import facts from '../schema/resources/ibm_kms_key_alias.json';

/** Source: ibm-control-plane.md 4.2. */
export interface KeyAliasState {
  readonly id: string;
  readonly instance_id: string;
  readonly alias: string;
  readonly key_id: string | null;
  readonly existing_alias: string | null;
  readonly endpoint_type: string | null;
}

const separator = ':alias:';

/** `{alias}:alias:{key CRN}` */
function partsOf(id: string): { readonly alias: string; readonly crn: string } {
  const [alias, crn, ...rest] = id.split(separator);
  if (!alias || !crn || rest.length > 0) {
    throw new Error(`'${id}' is not of the form {alias}${separator}{key CRN}`);
  }
  return { alias, crn };
}

/** The vendor takes the alias for granted as long as its key is there; here the key's own list of aliases decides. */
async function observe(
  session: IbmSession,
  id: string,
  endpointType: string | null,
  signal: AbortSignal,
): Promise<Observed<KeyAliasState> | null> {
  const { alias, crn } = partsOf(id);
  const found = await readKey(session, { crn, endpointType }, signal);
  if (!found?.key.aliases?.includes(alias)) return null;
  const { client, key } = found;
  return { id, alias, key_id: key.id, instance_id: client.guid, endpoint_type: client.endpointType };
}

export const kmsKeyAlias = defineResource<KeyAliasState, IbmSession>({
  facts,
  diffSuppress: { instance_id: sameInstance },
  validators: { endpoint_type: publicOrPrivate },
  async create({ client: session, plan, signal, saveState }) {
    const { instance_id, endpoint_type: endpointType, alias, key_id, existing_alias } = plan;
    const client = await openInstance(session, { id: instance_id, endpointType }, signal);
    const creating = client.createAlias(existing_alias || key_id || '', alias);
    const keyId = await step({ says: '[ERROR] Error while creating alias name for the key' }, creating, {
      KEY_NOT_FOUND_ERR: existing_alias ? 'existing_alias' : 'key_id',
      KEY_ALIAS_NOT_UNIQUE_ERR: 'alias',
      KEY_ALIAS_QUOTA_ERR: 'alias',
      INVALID_FIELD_ERR: 'alias',
    });
    const id = `${alias}${separator}${client.instanceCrn.replace(/::$/, '')}:key:${keyId}`;
    saveState({ id, instance_id: client.guid, key_id: keyId });
    return { state: (await observe(session, id, endpointType, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await observe(session, state.id, state.endpoint_type, signal) };
  },
  async delete({ client: session, state, signal }) {
    const { alias, crn } = partsOf(state.id);
    const { guid, keyId } = keyAddress(crn);
    const address = { guid, endpointType: state.endpoint_type };
    const deleting = async () => {
      const client = await KeyProtectClient.of(session, address, signal);
      await unlessGone(client.deleteAlias(keyId, alias));
    };
    await step({ says: 'failed to Destroy alias with error', doing: `delete alias ${alias}` }, deleting());
  },
  import: async ({ id }) => ({ state: { id, alias: partsOf(id).alias } }),
});
