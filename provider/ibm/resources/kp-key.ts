import { attributePath } from '../../core/path';
import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { type AttributeTable, step, type VendorWords } from '../client/failures';
import { KeyProtectClient, keyAddress } from '../client/key-protect';
import type { IbmSession } from '../client/session';
import { attributeOfKey, attributeOfNewKey, consoleUrlOf, defaultRing, findKey, keyDraft } from '../kms/key';
import facts from '../schema/resources/ibm_kp_key.json';

/** The older form of `ibm_kms_key`, at the Key Protect of the provider's region. Source: its facts. */
export interface KpKeyState {
  readonly id: string;
  readonly key_protect_id: string;
  readonly key_name: string;
  readonly key_id: string | null;
  readonly standard_key: boolean | null;
  readonly payload: string | null;
  readonly encrypted_nonce: string | null;
  readonly iv_value: string | null;
  readonly force_delete: boolean | null;
  readonly crn: string | null;
  readonly resource_name: string | null;
  readonly resource_crn: string | null;
  readonly resource_status: string | null;
  readonly resource_group_name: string | null;
  readonly resource_controller_url: string | null;
}

const attributeOf: AttributeTable = { ...attributeOfKey, KEY_CREATE_IMPORT_ACCESS_ERR: 'key_protect_id' };

function clientOf(session: IbmSession, crn: string, signal: AbortSignal): KeyProtectClient {
  return KeyProtectClient.inRegion(session, keyAddress(crn).guid, signal);
}

async function observe(
  session: IbmSession,
  crn: string,
  signal: AbortSignal,
): Promise<Observed<KpKeyState> | null> {
  const { guid, keyId, instanceCrn } = keyAddress(crn);
  const key = await step(
    { says: 'Get Key failed with error' },
    findKey(clientOf(session, crn, signal), keyId),
  );
  if (key === undefined) return null;
  return {
    id: crn,
    key_protect_id: guid,
    key_id: key.id,
    key_name: key.name,
    standard_key: key.extractable,
    payload: key.payload ?? '',
    encrypted_nonce: key.encryptedNonce ?? '',
    iv_value: key.iv ?? '',
    crn: key.crn,
    resource_name: key.name,
    resource_crn: key.crn,
    resource_status: String(key.state),
    resource_controller_url: await consoleUrlOf(session, instanceCrn),
  };
}

function creationOf({ standard_key }: Pick<KpKeyState, 'standard_key'>): VendorWords {
  return { says: `Error while creating ${standard_key ? 'standard' : 'Root'} key` };
}

export const kpKey = defineResource<KpKeyState, IbmSession>({
  facts,
  async create({ client: session, plan, signal, saveState }) {
    const client = KeyProtectClient.inRegion(session, plan.key_protect_id, signal);
    const creating = client.createKey(keyDraft(plan), defaultRing);
    const { crn, id } = await step(creationOf(plan), creating, attributeOfNewKey(plan, attributeOf));
    saveState({ id: crn, key_id: id, crn });
    return { state: (await observe(session, crn, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await observe(session, state.id, signal) };
  },
  async update({ client: session, prior, changed, signal, diagnostics }) {
    if (changed('payload')) {
      diagnostics.warning(
        'The new payload is not sent',
        "The vendor's provider 2.5.0 cannot give a key new material. Rotate the key, or use ibm_kms_key, which replaces it.",
        attributePath('payload'),
      );
    }
    return { state: (await observe(session, prior.id, signal)) ?? {} };
  },
  async delete({ client: session, state, signal }) {
    const deleting = clientOf(session, state.id, signal).deleteKey(keyAddress(state.id).keyId, {
      force: state.force_delete ?? false,
    });
    await step({ says: 'Error while deleting', doing: `delete key ${state.key_name}` }, deleting, {
      PROTECTED_RESOURCE_ERR: 'force_delete',
    });
  },
  // The vendor leaves key_protect_id out, and so plans to replace what it imported.
  import: async ({ id }) => ({ state: { id, key_protect_id: keyAddress(id).guid } }),
});
