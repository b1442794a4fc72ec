/** Resource types that depend on no key, though they may well refer to one: a reference of theirs is no finding. */
const independent: readonly string[] = [
  'ibm_kms_key_alias',
  'ibm_kms_key_rings',
  'ibm_resource_group',
  'ibm_resource_reclamation_delete',
  'ibm_sm_secret_group',
  'keyquake_impact',
  'null_resource',
  'terraform_data',
];

export function isIndependent(type: string): boolean {
  return independent.includes(type);
}
