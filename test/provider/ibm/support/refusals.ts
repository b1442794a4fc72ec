/** Configurations that an API refuses. */

/** What the refused need: keys in every condition, and what is in the way of another. */
export const foundation = `
resource "ibm_resource_instance" "keys" {
  name     = "keys"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_resource_instance" "lonely" {
  name     = "lonely"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_resource_instance" "far" {
  name     = "far"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "eu-de"
}
resource "ibm_kms_key" "disabled" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "disabled"
}
resource "ibm_kms_key" "used" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "used"
}
resource "ibm_kms_key" "standard" {
  instance_id  = ibm_resource_instance.keys.guid
  key_name     = "standard"
  standard_key = true
}
resource "ibm_kms_key" "lonely" {
  instance_id = ibm_resource_instance.lonely.guid
  key_name    = "lonely"
}
resource "ibm_kms_key" "far" {
  instance_id = ibm_resource_instance.far.guid
  key_name    = "far"
}
resource "ibm_kms_key_alias" "used" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.used.key_id
  alias       = "taken"
}
resource "ibm_kms_key_rings" "taken" {
  instance_id = ibm_resource_instance.keys.guid
  key_ring_id = "taken"
}
resource "ibm_iam_authorization_policy" "volumes" {
  for_each                    = { keys = ibm_resource_instance.keys.guid, far = ibm_resource_instance.far.guid }
  source_service_name         = "server-protect"
  target_service_name         = "kms"
  target_resource_instance_id = each.value
  roles                       = ["Reader"]
}
resource "ibm_is_volume" "used" {
  name           = "used"
  profile        = "general-purpose"
  zone           = "us-south-1"
  encryption_key = ibm_kms_key.used.crn
  depends_on     = [ibm_iam_authorization_policy.volumes]
}
resource "ibm_resource_instance" "secrets" {
  name     = "secrets"
  service  = "secrets-manager"
  plan     = "trial"
  location = "us-south"
}
resource "ibm_sm_arbitrary_secret" "secret" {
  instance_id = ibm_resource_instance.secrets.guid
  name        = "secret"
  payload     = "canary-first"
}
`;
/** A group that holds a secret which Terraform does not know. */
export const busyGroup = `
resource "ibm_sm_secret_group" "busy" {
  instance_id = ibm_resource_instance.secrets.guid
  name        = "busy"
}
`;

const volume = (name: string, more: string): string => `
resource "ibm_is_volume" "refused-${name}" {
  name    = "${name}"
  profile = "general-purpose"
  zone    = "us-south-1"
  ${more}
}
`;

const instance = (name: string, more: Readonly<Record<string, string>>): string => {
  const of = { service: 'kms', plan: 'tiered-pricing', location: 'us-south', ...more };
  const lines = Object.entries(of).map(
    ([attribute, value]) => `  ${attribute} = ${value.startsWith('{') ? value : `"${value}"`}`,
  );
  return `
resource "ibm_resource_instance" "${name}" {
  name = "${name}"
${lines.join('\n')}
}
`;
};

/** Each is refused on its own account. */
export const refused = [
  volume('of-disabled-key', 'encryption_key = ibm_kms_key.disabled.crn'),
  volume('of-foreign-key', 'encryption_key = ibm_kms_key.far.crn'),
  volume('of-unauthorized-key', 'encryption_key = ibm_kms_key.lonely.crn'),
  volume('of-no-key', 'encryption_key = ibm_resource_instance.keys.crn'),
  volume('used', ''),
  volume('elsewhere', '').replace('us-south-1', 'nowhere-1'),
  volume('large', 'capacity = 16001'),
  volume('grouped', 'resource_group = "0123456789abcdef0123456789abcdef"'),
  instance('of_unknown_service', { service: 'kmz' }),
  instance('of_unknown_plan', { plan: 'free' }),
  instance('of_unknown_location', { location: 'us-north' }),
  instance('of_unknown_group', { resource_group_id: '0123456789abcdef0123456789abcdef' }),
  instance('second_trial', { service: 'secrets-manager', plan: 'trial' }),
  instance('unauthorized', {
    service: 'secrets-manager',
    plan: 'standard',
    parameters: '{ kms_key = ibm_kms_key.lonely.crn }',
  }),
  `
resource "ibm_iam_authorization_policy" "of_unknown_role" {
  source_service_name = "server-protect"
  target_service_name = "kms"
  roles               = ["Reader", "Redaer"]
}
resource "ibm_iam_authorization_policy" "duplicate" {
  source_service_name         = "server-protect"
  target_service_name         = "kms"
  target_resource_instance_id = ibm_resource_instance.keys.guid
  roles                       = ["Reader"]
}
resource "ibm_resource_group" "duplicate" {
  name = "Default"
}
resource "ibm_kms_key" "of_bad_material" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "bad-material"
  payload     = "canary-not-base64"
}
resource "ibm_kms_key" "in_unknown_ring" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "in-unknown-ring"
  key_ring_id = "unknown"
}
resource "ibm_kms_key" "in_unknown_instance" {
  instance_id = "01234567-89ab-cdef-0123-456789abcdef"
  key_name    = "in-unknown-instance"
}
resource "ibm_kms_key_alias" "duplicate" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.disabled.key_id
  alias       = "taken"
}
resource "ibm_kms_key_rings" "duplicate" {
  instance_id = ibm_resource_instance.keys.guid
  key_ring_id = "taken"
  depends_on  = [ibm_kms_key_rings.taken]
}
resource "ibm_kms_key_policies" "of_standard_key" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.standard.key_id
  rotation {
    interval_month = 3
  }
}
resource "ibm_kms_key_policies" "without_interval" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.used.key_id
  rotation {
    enabled = true
  }
}
resource "ibm_kms_key_policies" "of_unknown_alias" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = "unknown"
  rotation {
    interval_month = 3
  }
}
resource "ibm_resource_reclamation_delete" "unknown" {
  reclamation_id = "unknown"
}
resource "ibm_sm_arbitrary_secret" "duplicate" {
  instance_id = ibm_resource_instance.secrets.guid
  name        = "secret"
  payload     = "canary-second"
  depends_on  = [ibm_sm_arbitrary_secret.secret]
}
resource "ibm_sm_arbitrary_secret" "in_unknown_group" {
  instance_id     = ibm_resource_instance.secrets.guid
  name            = "in-unknown-group"
  payload         = "canary-third"
  secret_group_id = "01234567-89ab-cdef-0123-456789abcdef"
}
resource "ibm_sm_secret_group" "duplicate" {
  instance_id = ibm_resource_instance.secrets.guid
  name        = "busy"
  depends_on  = [ibm_sm_secret_group.busy]
}
resource "keyquake_secret_lock" "of_version_without_payload" {
  instance_id = ibm_resource_instance.secrets.guid
  secret_id   = ibm_sm_arbitrary_secret.secret.secret_id
  name        = "late"
  version     = "previous"
}
resource "keyquake_secret_lock" "of_unknown_secret" {
  instance_id = ibm_resource_instance.secrets.guid
  secret_id   = "01234567-89ab-cdef-0123-456789abcdef"
  name        = "lost"
}
resource "keyquake_root_key_state" "of_standard_key" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.standard.key_id
  state       = "suspended"
}
resource "keyquake_root_key_state" "of_alias" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key_alias.used.alias
  state       = "active"
}
`,
].join('');

/** What is looked for is not there, or not the only one. */
export const missing = `
data "ibm_resource_group" "unknown" {
  name = "unknown"
}
data "ibm_resource_group" "unknown_id" {
  id = "0123456789abcdef0123456789abcdef"
}
data "ibm_resource_instance" "unknown" {
  name = "unknown"
}
data "ibm_resource_instance" "unknown_id" {
  identifier = "01234567-89ab-cdef-0123-456789abcdef"
}
data "ibm_resource_instance" "keys" {
  name = "keys"
}
data "ibm_kms_key" "unknown" {
  instance_id = data.ibm_resource_instance.keys.guid
  key_name    = "unknown"
}
data "ibm_kms_key" "unknown_id" {
  instance_id = data.ibm_resource_instance.keys.guid
  key_id      = "01234567-89ab-cdef-0123-456789abcdef"
}
data "ibm_kms_keys" "unknown_alias" {
  instance_id = data.ibm_resource_instance.keys.guid
  alias       = "unknown"
}
data "ibm_kp_key" "unknown" {
  key_protect_id = data.ibm_resource_instance.keys.guid
  key_name       = "unknown"
}
data "ibm_kms_key_policies" "unknown" {
  instance_id = data.ibm_resource_instance.keys.guid
  key_id      = "01234567-89ab-cdef-0123-456789abcdef"
}
data "ibm_kms_key_rings" "in_unknown_instance" {
  instance_id = "01234567-89ab-cdef-0123-456789abcdef"
}
data "keyquake_impact" "unknown" {
  key    = "unknown"
  action = "disable"
}
`;

/** Volumes that are refused before anything is asked for, but one: `small`, of a profile that begins at 1 GB. */
export const unplannable = `
resource "ibm_is_volume" "small" {
  name     = "small"
  zone     = "us-south-1"
  profile  = "sdp"
  capacity = 5
}
resource "ibm_is_volume" "iops_of_tier" {
  name    = "a"
  zone    = "us-south-1"
  profile = "general-purpose"
  iops    = 3000
}
resource "ibm_is_volume" "no_iops" {
  name    = "b"
  zone    = "us-south-1"
  profile = "custom"
}
resource "ibm_is_volume" "much_iops" {
  name     = "c"
  zone     = "us-south-1"
  profile  = "custom"
  capacity = 39
  iops     = 1001
}
resource "ibm_is_volume" "large_5" {
  name     = "d"
  zone     = "us-south-1"
  profile  = "5iops-tier"
  capacity = 9601
}
resource "ibm_is_volume" "large_10" {
  name     = "e"
  zone     = "us-south-1"
  profile  = "10iops-tier"
  capacity = 4801
}
resource "ibm_is_volume" "access_tag" {
  name        = "f"
  zone        = "us-south-1"
  profile     = "general-purpose"
  access_tags = ["no:such", "nor:this"]
}
`;
