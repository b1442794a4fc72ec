/** Every resource type that has a file of its own, by mode and name. */
import type { SourceResource } from '../resource';
import { dataIbmKmsKey } from './data.ibm_kms_key';
import { dataIbmKmsKeys } from './data.ibm_kms_keys';
import { dataIbmKpKey } from './data.ibm_kp_key';
import { dataIbmResourceInstance } from './data.ibm_resource_instance';
import { ibmIamAuthorizationPolicy } from './ibm_iam_authorization_policy';
import { ibmIsInstance } from './ibm_is_instance';
import { ibmIsInstanceVolumeAttachment } from './ibm_is_instance_volume_attachment';
import { ibmIsVolume } from './ibm_is_volume';
import { ibmKmsInstancePolicies } from './ibm_kms_instance_policies';
import { ibmKmsKey } from './ibm_kms_key';
import { ibmKmsKeyPolicies } from './ibm_kms_key_policies';
import { ibmKmsKeyWithPolicyOverrides } from './ibm_kms_key_with_policy_overrides';
import { ibmKpKey } from './ibm_kp_key';
import { ibmResourceInstance } from './ibm_resource_instance';
import { ibmSmArbitrarySecret } from './ibm_sm_arbitrary_secret';
import { keyquakeRootKeyState } from './keyquake_root_key_state';
import { keyquakeSecretLock } from './keyquake_secret_lock';
import type { ResourceType } from './resource-type';

export const resourceTypes: readonly ResourceType[] = [
  dataIbmKmsKey,
  dataIbmKmsKeys,
  dataIbmKpKey,
  dataIbmResourceInstance,
  ibmIamAuthorizationPolicy,
  ibmIsInstance,
  ibmIsInstanceVolumeAttachment,
  ibmIsVolume,
  ibmKmsInstancePolicies,
  ibmKmsKey,
  ibmKmsKeyPolicies,
  ibmKmsKeyWithPolicyOverrides,
  ibmKpKey,
  ibmResourceInstance,
  ibmSmArbitrarySecret,
  keyquakeRootKeyState,
  keyquakeSecretLock,
];

const byName = new Map(resourceTypes.map((one) => [`${one.mode} ${one.type}`, one]));

export function resourceTypeOf({ mode, type }: SourceResource): ResourceType | undefined {
  return byName.get(`${mode} ${type}`);
}
