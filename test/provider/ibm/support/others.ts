/** Resources of every type of key management: `changed` is changed by somebody else, `gone` is deleted by somebody else. */

const policies = `
  rotation {
    enabled        = true
    interval_month = 4
  }
  dual_auth_delete {
    enabled = false
  }
`;

export const others = `
locals {
  both = toset(["changed", "gone"])
}
resource "ibm_resource_group" "of" {
  for_each = local.both
  name     = each.key
}
resource "ibm_resource_instance" "keys" {
  name     = "keys"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_resource_instance" "of" {
  for_each = local.both
  name     = each.key
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
  tags     = ["mine"]
}
resource "ibm_iam_authorization_policy" "of" {
  for_each                    = local.both
  source_service_name         = "server-protect"
  target_service_name         = "kms"
  target_resource_instance_id = each.key
  roles                       = ["Reader"]
}
resource "ibm_kms_key_rings" "of" {
  for_each    = local.both
  instance_id = ibm_resource_instance.keys.guid
  key_ring_id = each.key
}
resource "ibm_kms_key" "of" {
  for_each    = local.both
  instance_id = ibm_resource_instance.keys.guid
  key_name    = each.key
}
resource "ibm_kms_key" "policed" {
  for_each    = local.both
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "policed-\${each.key}"
}
resource "ibm_kms_key" "named" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "named"
}
resource "ibm_kp_key" "of" {
  for_each       = local.both
  key_protect_id = ibm_resource_instance.keys.guid
  key_name       = each.key
}
resource "ibm_kms_key_with_policy_overrides" "of" {
  for_each    = local.both
  instance_id = ibm_resource_instance.keys.guid
  key_name    = each.key
  ${policies}
}
resource "ibm_kms_key_alias" "of" {
  for_each    = local.both
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.named.key_id
  alias       = each.key
}
resource "ibm_kms_key_policies" "of" {
  for_each    = local.both
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.policed[each.key].key_id
  ${policies}
}
resource "ibm_kms_instance_policies" "of" {
  for_each    = local.both
  instance_id = ibm_resource_instance.of[each.key].guid
  metrics {
    enabled = true
  }
}
`;
