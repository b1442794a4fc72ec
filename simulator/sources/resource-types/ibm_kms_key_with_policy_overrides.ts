import { amendDualAuthorization } from './ibm_kms_key_policies';
import type { ResourceType } from './resource-type';
import { rootKeyType } from './root-key';

/** Source: ibm-control-plane.md 4.6. */
const key = rootKeyType('ibm_kms_key_with_policy_overrides');

export const ibmKmsKeyWithPolicyOverrides: ResourceType = {
  ...key,
  link(resource, links) {
    key.link?.(resource, links);
    amendDualAuthorization(resource, resource.id, links);
  },
};
