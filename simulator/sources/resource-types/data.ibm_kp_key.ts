import { lookedUpKey } from './looked-up-key';

/** Source: ibm-schema/data-sources/ibm_kp_key.json. */
export const dataIbmKpKey = lookedUpKey('ibm_kp_key', 'key_protect_id');
