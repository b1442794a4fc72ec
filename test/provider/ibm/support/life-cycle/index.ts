import { accountSubjects } from './account';
import { attachmentSubjects, ownNames } from './attachments';
import { keySubjects } from './keys';
import { placed, type Subject } from './rows';

export const subjects: readonly Subject[] = [...accountSubjects, ...keySubjects, ...attachmentSubjects];

export const rows = placed(subjects);

/** Names of instances that are deleted before the stack is made, so that their reclamations can be ended. */
export const reclaimable: readonly string[] = [
  'another',
  ...rows
    .filter(({ type }) => type === 'ibm_resource_reclamation_delete')
    .map(({ attribute }) => `resource-reclamation-delete-${attribute.replaceAll('_', '-')}`),
];

const set = (names: readonly string[]): string => `toset(${JSON.stringify(names)})`;

/** What all of them stand on. */
export const foundation = `
variable "reclamations" {
  type = map(string)
}
variable "group" {
  type = string
}
variable "secured" {
  type = any
}
resource "ibm_resource_instance" "keys" {
  name     = "keys"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_resource_instance" "other" {
  name     = "other"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_resource_instance" "policed" {
  for_each = ${set(ownNames('ibm_kms_instance_policies'))}
  name     = each.key
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_kms_key_rings" "base" {
  instance_id = ibm_resource_instance.keys.guid
  key_ring_id = "base"
}
resource "ibm_kms_key" "base" {
  for_each    = { one = ibm_resource_instance.keys.guid, two = ibm_resource_instance.keys.guid, three = ibm_resource_instance.keys.guid, foreign = ibm_resource_instance.other.guid }
  instance_id = each.value
  key_name    = each.key
}
resource "ibm_kms_key" "policed" {
  for_each    = ${set(ownNames('ibm_kms_key_policies'))}
  instance_id = ibm_resource_instance.keys.guid
  key_name    = each.key
}
resource "ibm_kms_key_alias" "base" {
  for_each    = ${set(['two', 'three'])}
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.base[each.key].key_id
  alias       = "base-\${each.key}"
}
`;
