/** Configurations of volumes, secrets and locks on a customer-managed key. */

/** What a test changes; by default everything is as it is made first. */
interface Choices {
  readonly fast: string;
  readonly tags: string;
  readonly accessTags: string;
  readonly encrypted: string;
  readonly key: string;
  readonly groupName: string;
  readonly groupDescription: string;
  readonly secret: string;
  readonly lock: string;
  readonly keyState: string;
}

const first: Choices = {
  fast: `
  name      = "fast"
  zone      = "us-south-1"
  profile   = "sdp"
  capacity  = 200
  iops      = 4000
  bandwidth = 2000`,
  tags: '["one", "two"]',
  accessTags: '["team:a"]',
  encrypted: `
  name     = "encrypted"
  zone     = "us-south-1"
  profile  = "custom"
  capacity = 20
  iops     = 500`,
  key: 'encryption_key = ibm_kms_key.root.crn',
  groupName: 'group',
  groupDescription: 'description = "of the team"',
  secret: `
  name                    = "password"
  description             = "of the database"
  payload                 = "canary-one"
  labels                  = ["web", "app"]
  custom_metadata         = { owner = "us" }
  version_custom_metadata = { made = "first" }
  expiration_date         = "2030-01-01T00:00:00Z"`,
  lock: `
  name        = "web"
  description = "the web shop"
  attributes  = { consumer = "web" }`,
  keyState: 'active',
};

/** Keys and instances that the protected data need, with the authorizations of their services. */
const foundation = `
resource "ibm_resource_instance" "keys" {
  name     = "keys"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_kms_key" "root" {
  instance_id  = ibm_resource_instance.keys.guid
  key_name     = "root"
  force_delete = true
}
resource "ibm_kms_key" "other" {
  instance_id  = ibm_resource_instance.keys.guid
  key_name     = "other"
  force_delete = true
}
resource "ibm_iam_authorization_policy" "volumes" {
  source_service_name         = "server-protect"
  target_service_name         = "kms"
  target_resource_instance_id = ibm_resource_instance.keys.guid
  roles                       = ["Reader"]
}
resource "ibm_iam_authorization_policy" "secrets" {
  source_service_name         = "secrets-manager"
  target_service_name         = "kms"
  target_resource_instance_id = ibm_resource_instance.keys.guid
  roles                       = ["Reader"]
}
resource "ibm_resource_instance" "secrets" {
  name              = "secrets"
  service           = "secrets-manager"
  plan              = "standard"
  location          = "us-south"
  service_endpoints = "public-and-private"
  parameters        = { kms_key = ibm_kms_key.root.crn }
  depends_on        = [ibm_iam_authorization_policy.secrets]
}
`;

/** Everything that is protected by a root key, and what watches over it. */
export const protectedData = (changes: Partial<Choices> = {}): string => {
  const of = { ...first, ...changes };
  return `${foundation}
resource "ibm_is_volume" "fast" {${of.fast}
  tags        = ${of.tags}
  access_tags = ${of.accessTags}
}
resource "ibm_is_volume" "plain" {
  name    = "plain"
  profile = "general-purpose"
  zone    = "us-south-2"
}
resource "ibm_is_volume" "encrypted" {${of.encrypted}
  ${of.key}
  depends_on = [ibm_iam_authorization_policy.volumes]
}
resource "ibm_sm_secret_group" "group" {
  instance_id = ibm_resource_instance.secrets.guid
  name        = "${of.groupName}"
  ${of.groupDescription}
}
resource "ibm_sm_arbitrary_secret" "password" {
  instance_id     = ibm_resource_instance.secrets.guid
  secret_group_id = ibm_sm_secret_group.group.secret_group_id${of.secret}
}
resource "ibm_sm_arbitrary_secret" "bare" {
  instance_id = ibm_resource_instance.secrets.guid
  name        = "bare"
  payload     = "canary-bare"
}
resource "keyquake_secret_lock" "web" {
  instance_id = ibm_resource_instance.secrets.guid
  secret_id   = ibm_sm_arbitrary_secret.bare.secret_id${of.lock}
}
resource "keyquake_root_key_state" "other" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.other.key_id
  state       = "${of.keyState}"
}
`;
};

/** Data sources over all of the above. */
export const impactOfDisabling = `
data "keyquake_impact" "disable" {
  key        = ibm_kms_key.root.key_id
  action     = "disable"
  depends_on = [ibm_is_volume.encrypted, ibm_sm_arbitrary_secret.password, ibm_sm_arbitrary_secret.bare]
}
`;
