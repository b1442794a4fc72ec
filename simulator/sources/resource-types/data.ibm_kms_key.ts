import { lookedUpKey } from './looked-up-key';

/** Source: ibm-schema/data-sources/ibm_kms_key.json. */
export const dataIbmKmsKey = lookedUpKey('ibm_kms_key', 'instance_id');
