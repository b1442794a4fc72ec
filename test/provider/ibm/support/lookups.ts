/** Data sources of key management, with every argument that they take: what finds something, and what does not. */

const instance = (name: string, label: string, more = ''): string => `
resource "ibm_resource_instance" "${label}" {
  name     = "${name}"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "${label === 'far' ? 'eu-de' : 'us-south'}"
  ${more}
}
`;

export const lookupFoundation = `
resource "ibm_resource_group" "team" {
  name = "team"
}
${instance('keys', 'keys', 'resource_group_id = ibm_resource_group.team.id')}
${instance('twin', 'near')}
${instance('twin', 'far')}
${instance('empty', 'empty')}
resource "ibm_kms_key" "of" {
  for_each    = { one = "one", two = "two", three = "two" }
  instance_id = ibm_resource_instance.keys.guid
  key_name    = each.value
}
resource "ibm_kms_key_alias" "first" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.of["one"].key_id
  alias       = "first"
}
resource "ibm_kms_key_policies" "one" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.of["one"].key_id
  rotation {
    interval_month = 3
  }
}
resource "ibm_iam_authorization_policy" "volumes" {
  source_service_name         = "server-protect"
  target_service_name         = "kms"
  target_resource_instance_id = ibm_resource_instance.keys.guid
  roles                       = ["Reader"]
}
`;

export const found = `
data "ibm_resource_instance" "in_location" {
  name     = "twin"
  location = "eu-de"
}
data "ibm_resource_instance" "in_group" {
  name              = "keys"
  resource_group_id = ibm_resource_group.team.id
  service           = "kms"
}
data "ibm_resource_instance" "by_identifier" {
  identifier = ibm_resource_instance.empty.crn
}
data "ibm_resource_group" "by_name" {
  name = "team"
}
data "ibm_resource_group" "by_id" {
  id = ibm_resource_group.team.id
}
data "ibm_resource_group" "default" {
  is_default = true
}
data "ibm_resource_groups" "named" {
  name            = "team"
  include_deleted = true
}
data "ibm_resource_groups" "default" {
  is_default = true
}
data "ibm_resource_groups" "none" {
  name = "nobody"
}
data "ibm_resource_groups" "of_a_month" {
  date = "2026-01"
}
data "ibm_resource_instance" "of_unknown_service" {
  name    = "keys"
  service = "kmz"
}
data "ibm_resource_reclamations" "all" {
}
data "ibm_iam_authorization_policies" "sorted" {
  account_id     = ibm_resource_instance.keys.account_id
  sort           = "created_at"
  transaction_id = "mine"
}
data "ibm_kms_key" "two" {
  instance_id   = ibm_resource_instance.keys.guid
  key_name      = "two"
  endpoint_type = "public"
}
data "ibm_kms_key" "by_id" {
  instance_id = ibm_resource_instance.keys.crn
  key_id      = ibm_kms_key.of["one"].key_id
}
data "ibm_kms_key" "by_alias" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = ibm_kms_key_alias.first.alias
}
data "ibm_kms_keys" "two" {
  instance_id   = ibm_resource_instance.keys.guid
  key_name      = "two"
  endpoint_type = "public"
}
data "ibm_kms_keys" "limited" {
  instance_id = ibm_resource_instance.keys.guid
  limit       = 2
}
data "ibm_kms_keys" "by_id" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.of["one"].key_id
}
data "ibm_kms_keys" "by_alias" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = ibm_kms_key_alias.first.alias
}
data "ibm_kms_key_rings" "all" {
  instance_id   = ibm_resource_instance.keys.guid
  endpoint_type = "public"
}
data "ibm_kms_key_policies" "by_id" {
  instance_id   = ibm_resource_instance.keys.guid
  key_id        = ibm_kms_key.of["one"].key_id
  endpoint_type = "public"
  depends_on    = [ibm_kms_key_policies.one]
}
data "ibm_kms_key_policies" "by_alias" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = ibm_kms_key_alias.first.alias
  depends_on  = [ibm_kms_key_policies.one]
}
data "ibm_kms_instance_policies" "metrics" {
  instance_id = ibm_resource_instance.keys.guid
  policy_type = "metrics"
}
data "ibm_kp_key" "all" {
  key_protect_id = ibm_resource_instance.keys.guid
}
data "ibm_kp_key" "two" {
  key_protect_id = ibm_resource_instance.keys.guid
  key_name       = "two"
}
`;

const nowhere = '01234567-89ab-cdef-0123-456789abcdef';

export const notFound = `
data "ibm_resource_instance" "several" {
  name = "twin"
}
data "ibm_resource_instance" "elsewhere" {
  name     = "keys"
  location = "eu-de"
}
data "ibm_resource_instance" "other_group" {
  name              = "twin"
  resource_group_id = ibm_resource_group.team.id
}
data "ibm_kms_key" "beyond_limit" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "nobody"
  limit       = 2
}
data "ibm_kms_key" "unknown_alias" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = "unknown"
}
data "ibm_kms_key" "in_unknown_instance" {
  instance_id = "${nowhere}"
  key_name    = "one"
}
data "ibm_kms_keys" "none" {
  instance_id = ibm_resource_instance.empty.guid
}
data "ibm_kms_keys" "unknown" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "nobody"
}
data "ibm_kms_keys" "unknown_id" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = "${nowhere}"
}
data "ibm_kms_keys" "in_unknown_instance" {
  instance_id = "${nowhere}"
}
data "ibm_kms_key_policies" "unknown_alias" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = "unknown"
}
data "ibm_kms_key_policies" "in_unknown_instance" {
  instance_id = "${nowhere}"
  key_id      = ibm_kms_key.of["one"].key_id
}
data "ibm_kms_instance_policies" "in_unknown_instance" {
  instance_id = "${nowhere}"
}
data "ibm_kp_key" "none" {
  key_protect_id = ibm_resource_instance.empty.guid
}
data "ibm_kp_key" "in_unknown_instance" {
  key_protect_id = "${nowhere}"
}
`;
