import { defineDataSource } from '../../core/data-source';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { step } from '../client/failures';
import { KeyProtectClient } from '../client/key-protect';
import type { IbmSession } from '../client/session';
import facts from '../schema/data-sources/ibm_kp_key.json';

interface ShownKpKey {
  readonly id: string;
  readonly name: string;
  readonly crn: string;
  readonly standard_key: boolean;
}

/** The older form of `ibm_kms_key`, at the Key Protect of the provider's region. Source: its facts. */
export interface KpKeyData {
  readonly id: string | null;
  readonly key_protect_id: string;
  readonly key_name: string | null;
  readonly keys: readonly ShownKpKey[] | null;
}

/** The vendor looks no further. */
const listBound = 100;

export const kpKeyData = defineDataSource<KpKeyData, IbmSession>({
  facts,
  async read({ client: session, config, signal }) {
    const { key_protect_id: guid, key_name: name } = config;
    const client = KeyProtectClient.inRegion(session, guid, signal);
    const listing = client.listKeys(listBound, 0);
    const keys = await step({ says: 'Get Keys failed with error' }, listing, 'key_protect_id');
    const found = name ? keys.filter((key) => key.name === name) : keys;
    if (found.length === 0) {
      throw new DiagnosticError({
        summary: name ? `No keys with name ${name} in instance  ${guid}` : `No keys in instance  ${guid}`,
        detail: `Looked at ${keys.length} keys, at most ${listBound}; those that are destroyed are not listed. ibm_kms_key finds more.`,
        attribute: attributePath(name ? 'key_name' : 'key_protect_id'),
      });
    }
    const shown = found.map(({ id, name, crn, extractable }) => ({
      id,
      name,
      crn,
      standard_key: extractable,
    }));
    return { state: { id: guid, keys: shown } };
  },
});
