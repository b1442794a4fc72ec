import { rootKeyType } from './root-key';

/** Source: ibm-control-plane.md 4.1. */
export const ibmKmsKey = rootKeyType('ibm_kms_key');
