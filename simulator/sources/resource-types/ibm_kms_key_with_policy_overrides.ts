import { rootKeyType } from './root-key';

/** Source: ibm-control-plane.md 4.6. */
export const ibmKmsKeyWithPolicyOverrides = rootKeyType('ibm_kms_key_with_policy_overrides');
