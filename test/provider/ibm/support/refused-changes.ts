/** What is refused when it is to be changed or deleted, because of what somebody else did. */

const kms = (name: string, more = ''): string => `
resource "ibm_resource_instance" "${name}" {
  name     = "${name}"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
  ${more}
}
`;

const key = (name: string, more = ''): string => `
resource "ibm_kms_key" "${name}" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "${name}"
  ${more}
}
`;

export const standing = `
${kms('keys')}
${kms('occupied')}
${kms('locked')}
${kms('planned')}
resource "ibm_resource_group" "busy" {
  name = "busy"
}
resource "ibm_resource_group" "renamed" {
  name = "renamed"
}
resource "ibm_kms_key_rings" "occupied" {
  instance_id = ibm_resource_instance.keys.guid
  key_ring_id = "occupied"
}
${key('protecting', 'force_delete = false')}
${key('retained', 'force_delete = true')}
${key('dual')}
${key('gone')}
resource "ibm_kp_key" "protecting" {
  key_protect_id = ibm_resource_instance.keys.guid
  key_name       = "older-protecting"
}
resource "ibm_kms_key_policies" "dual" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.dual.key_id
  dual_auth_delete {
    enabled = true
  }
}
resource "ibm_kms_key_with_policy_overrides" "dual" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "dual-override"
  rotation {
    enabled        = true
    interval_month = 3
  }
  dual_auth_delete {
    enabled = true
  }
}
resource "ibm_kms_instance_policies" "occupied" {
  instance_id = ibm_resource_instance.occupied.guid
  rotation {
    enabled        = true
    interval_month = 3
  }
}
resource "ibm_iam_authorization_policy" "one" {
  source_service_name         = "server-protect"
  target_service_name         = "kms"
  target_resource_instance_id = ibm_resource_instance.keys.guid
  roles                       = ["Reader"]
}
`;

/** Texts of {@link standing}, and what stands in their place: each change is refused. */
export const refusedChanges: readonly (readonly [was: string, is: string])[] = [
  ['name = "renamed"', 'name = "Default"'],
  ['name     = "locked"', 'name     = "locked-two"'],
  [
    `name     = "planned"\n  service  = "kms"\n  plan     = "tiered-pricing"`,
    `name     = "planned"\n  service  = "kms"\n  plan     = "golden"`,
  ],
  [
    'key_id      = ibm_kms_key.dual.key_id\n  dual_auth_delete {\n    enabled = true',
    'key_id      = ibm_kms_key.dual.key_id\n  dual_auth_delete {\n    enabled = false',
  ],
  [
    'interval_month = 3\n  }\n  dual_auth_delete {\n    enabled = true',
    'interval_month = 3\n  }\n  dual_auth_delete {\n    enabled = false',
  ],
  [
    'resource "ibm_kms_instance_policies" "occupied" {\n  instance_id = ibm_resource_instance.occupied.guid\n  rotation {\n    enabled        = true',
    'resource "ibm_kms_instance_policies" "occupied" {\n  instance_id = ibm_resource_instance.occupied.guid\n  rotation {\n    enabled        = false',
  ],
  ['roles                       = ["Reader"]', 'roles                       = ["Writer", "Painter"]'],
];
