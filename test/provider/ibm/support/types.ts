/** The types of key management: keys, authorizations, instances, groups (ibm-control-plane.md 3 and 4). */
export const managedTypes: readonly string[] = [
  'ibm_iam_authorization_policy',
  'ibm_kms_instance_policies',
  'ibm_kms_key',
  'ibm_kms_key_alias',
  'ibm_kms_key_policies',
  'ibm_kms_key_rings',
  'ibm_kms_key_with_policy_overrides',
  'ibm_kp_key',
  'ibm_resource_group',
  'ibm_resource_instance',
  'ibm_resource_reclamation_delete',
];

/** Its data sources. */
export const lookedUpTypes: readonly string[] = [
  'ibm_iam_authorization_policies',
  'ibm_kms_instance_policies',
  'ibm_kms_key',
  'ibm_kms_key_policies',
  'ibm_kms_key_rings',
  'ibm_kms_keys',
  'ibm_kp_key',
  'ibm_resource_group',
  'ibm_resource_groups',
  'ibm_resource_instance',
  'ibm_resource_reclamations',
];
