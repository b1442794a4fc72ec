import { lookedUpKey } from './looked-up-key';

/** Source: ibm-schema/data-sources/ibm_kms_keys.json. */
export const dataIbmKmsKeys = lookedUpKey('ibm_kms_keys', 'instance_id');
