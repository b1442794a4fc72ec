/** Configurations of groups, instances, authorizations, keys and what hangs on them. */

/** 256 bits as base64. */
export const material = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';

/** What a test changes; by default everything is as it is made first. */
interface Choices {
  readonly groupName: string;
  readonly instanceName: string;
  readonly tags: string;
  /** Of the instance: an object in HCL. */
  readonly parameters: string;
  readonly endpoints: string;
  readonly smPlan: string;
  readonly smParameters: string;
  readonly forced: boolean;
  readonly keyRotation: string;
  readonly instanceMonths: number;
  readonly overrideMonths: number;
  readonly roles: string;
  readonly description: string;
  readonly service: string;
  readonly keyName: string;
  readonly standard: boolean;
  readonly ring: string;
  readonly alias: string;
  readonly source: string;
  readonly target: string;
}

const first: Choices = {
  groupName: 'team',
  instanceName: 'keys',
  tags: '["env:test", "keep"]',
  parameters: '{ allowed_network = "public-and-private" }',
  endpoints: 'public-and-private',
  smPlan: 'trial',
  smParameters: '{ b = 1, a = "<x>" }',
  forced: false,
  keyRotation: 'interval_month = 3',
  instanceMonths: 2,
  overrideMonths: 4,
  roles: '["Reader"]',
  description: 'volumes',
  service: 'kms',
  keyName: 'root',
  standard: true,
  ring: 'ring-1',
  alias: 'first',
  source: 'source_service_name = "server-protect"',
  target: 'target_resource_instance_id = ibm_resource_instance.keys.guid',
};

/** Every resource type of key management, connected as users connect them. */
export const keyManagement = (changes: Partial<Choices> = {}): string => {
  const of = { ...first, ...changes };
  return `
resource "ibm_resource_group" "team" {
  name = "${of.groupName}"
}
resource "ibm_resource_instance" "keys" {
  name       = "${of.instanceName}"
  service    = "${of.service}"
  plan       = "tiered-pricing"
  location   = "us-south"
  tags       = ${of.tags}
  parameters = ${of.parameters}
}
resource "ibm_resource_instance" "secrets" {
  name              = "secrets"
  service           = "secrets-manager"
  plan              = "${of.smPlan}"
  location          = "us-south"
  service_endpoints = "${of.endpoints}"
  parameters_json   = jsonencode(${of.smParameters})
}
resource "ibm_kms_key_rings" "ring" {
  instance_id = ibm_resource_instance.keys.guid
  key_ring_id = "${of.ring}"
}
resource "ibm_kms_key" "root" {
  instance_id     = ibm_resource_instance.keys.crn
  key_name        = "${of.keyName}"
  key_ring_id     = ibm_kms_key_rings.ring.key_ring_id
  description     = "the root of all"
  expiration_date = "2027-01-01T00:00:00Z"
  force_delete    = ${of.forced}
}
resource "ibm_kms_key" "imported" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "imported"
  payload     = "${material}"
}
resource "ibm_kms_key" "plain" {
  instance_id  = ibm_resource_instance.keys.guid
  key_name     = "plain"
  standard_key = ${of.standard}
}
resource "ibm_kp_key" "older" {
  key_protect_id = ibm_resource_instance.keys.guid
  key_name       = "older-${of.keyName}"
  standard_key   = ${of.standard}
  force_delete   = ${of.forced}
}
resource "ibm_kms_key_with_policy_overrides" "over" {
  instance_id  = ibm_resource_instance.keys.guid
  key_name     = "over-${of.keyName}"
  force_delete = ${of.forced}
  rotation {
    enabled        = true
    interval_month = ${of.overrideMonths}
  }
  dual_auth_delete {
    enabled = false
  }
}
resource "ibm_kms_key_alias" "alias" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.root.key_id
  alias       = "${of.alias}"
}
resource "ibm_kms_key_policies" "policies" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.root.key_id
  rotation {
    ${of.keyRotation}
  }
  dual_auth_delete {
    enabled = false
  }
}
resource "ibm_kms_instance_policies" "policies" {
  instance_id = ibm_resource_instance.keys.guid
  rotation {
    enabled        = true
    interval_month = ${of.instanceMonths}
  }
  metrics {
    enabled = true
  }
  key_create_import_access {
    enabled = true
  }
}
resource "ibm_iam_authorization_policy" "volumes" {
  ${of.source}
  target_service_name = "kms"
  ${of.target}
  roles       = ${of.roles}
  description = "${of.description}"
}
`;
};

const everything = [
  'ibm_iam_authorization_policy.volumes',
  'ibm_kms_instance_policies.policies',
  'ibm_kms_key_alias.alias',
  'ibm_kms_key_policies.policies',
  'ibm_kms_key_with_policy_overrides.over',
  'ibm_kp_key.older',
  'ibm_resource_group.team',
].join(', ');

/** Every data source of key management, read when all of the above is there. */
export const keyManagementData = `
data "ibm_resource_group" "named" {
  name       = "team"
  depends_on = [${everything}]
}
data "ibm_resource_group" "default" {
  is_default = true
}
data "ibm_resource_group" "by_id" {
  id = ibm_resource_group.team.id
}
data "ibm_resource_groups" "all" {
  depends_on = [${everything}]
}
data "ibm_resource_groups" "named" {
  name       = "team"
  depends_on = [${everything}]
}
data "ibm_resource_instance" "named" {
  name       = "keys"
  service    = "kms"
  location   = "us-south"
  depends_on = [${everything}]
}
data "ibm_resource_instance" "by_id" {
  identifier = ibm_resource_instance.secrets.guid
}
data "ibm_resource_reclamations" "all" {
}
data "ibm_iam_authorization_policies" "all" {
  depends_on = [${everything}]
}
data "ibm_kms_key" "named" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "root"
  depends_on  = [${everything}]
}
data "ibm_kms_key" "by_alias" {
  instance_id = ibm_resource_instance.keys.crn
  alias       = ibm_kms_key_alias.alias.alias
  depends_on  = [${everything}]
}
data "ibm_kms_keys" "all" {
  instance_id = ibm_resource_instance.keys.guid
  depends_on  = [${everything}]
}
data "ibm_kms_keys" "two" {
  instance_id = ibm_resource_instance.keys.guid
  limit       = 2
  depends_on  = [${everything}]
}
data "ibm_kms_key_rings" "all" {
  instance_id = ibm_resource_instance.keys.guid
  depends_on  = [${everything}]
}
data "ibm_kms_key_policies" "of_root" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = ibm_kms_key_alias.alias.alias
  depends_on  = [${everything}]
}
data "ibm_kms_key_policies" "of_none" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.imported.key_id
  depends_on  = [${everything}]
}
data "ibm_kms_instance_policies" "all" {
  instance_id = ibm_resource_instance.keys.guid
  depends_on  = [${everything}]
}
data "ibm_kms_instance_policies" "one" {
  instance_id = ibm_resource_instance.keys.guid
  policy_type = "metrics"
  depends_on  = [${everything}]
}
data "ibm_kp_key" "named" {
  key_protect_id = ibm_resource_instance.keys.guid
  key_name       = "older-root"
  depends_on     = [${everything}]
}
`;
