import { rootKeyType } from './root-key';

/** The older name of `ibm_kms_key`. Source: ibm-schema/provider/resources/ibm_kp_key.json. */
export const ibmKpKey = rootKeyType('ibm_kp_key');
