/** Keys and what hangs on them, refused when they are to be made or changed. */

const instance = (name: string): string => `
resource "ibm_resource_instance" "${name}" {
  name     = "${name}"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
`;

/** What the refused need. `closed` lets nothing but imported root keys in. */
export const keyFoundation = `
${instance('keys')}
${instance('closed')}
resource "ibm_kms_instance_policies" "closed" {
  instance_id = ibm_resource_instance.closed.guid
  key_create_import_access {
    enabled             = true
    create_root_key     = false
    create_standard_key = false
    import_standard_key = false
  }
}
resource "ibm_kms_key" "of" {
  for_each    = toset(["crowded", "free"])
  instance_id = ibm_resource_instance.keys.guid
  key_name    = each.key
}
resource "ibm_kms_key" "imported" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "imported"
  payload     = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
}
resource "ibm_kms_key_alias" "crowd" {
  for_each    = toset(["one", "two", "three", "four", "five"])
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.of["crowded"].key_id
  alias       = each.key
}
`;

/** Each is refused on its own account. */
export const refusedKeys = `
resource "ibm_kms_key" "forbidden" {
  instance_id = ibm_kms_instance_policies.closed.instance_id
  key_name    = "forbidden"
}
resource "ibm_kp_key" "forbidden" {
  key_protect_id = ibm_kms_instance_policies.closed.instance_id
  key_name       = "forbidden"
  standard_key   = true
}
resource "ibm_kms_key" "expired" {
  instance_id     = ibm_resource_instance.keys.guid
  key_name        = "expired"
  expiration_date = "2020-01-01T00:00:00Z"
}
resource "ibm_kms_key" "without_token" {
  instance_id     = ibm_resource_instance.keys.guid
  key_name        = "without-token"
  payload         = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
  encrypted_nonce = "AAECAwQFBgcICQoL"
  iv_value        = "AAECAwQFBgcICQoL"
}
resource "ibm_kms_key" "long_name" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "${'n'.repeat(91)}"
}
resource "ibm_kms_key" "nameless" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = ""
}
resource "ibm_kms_key_with_policy_overrides" "nameless" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = ""
}
resource "ibm_kp_key" "nameless" {
  key_protect_id = ibm_resource_instance.keys.guid
  key_name       = ""
}
resource "ibm_kms_key_with_policy_overrides" "standard" {
  instance_id  = ibm_resource_instance.keys.guid
  key_name     = "standard"
  standard_key = true
  rotation {
    enabled        = true
    interval_month = 3
  }
}
resource "ibm_kms_key_with_policy_overrides" "imported" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "imported"
  payload     = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
  rotation {
    enabled        = true
    interval_month = 3
  }
}
resource "ibm_kms_key_with_policy_overrides" "unknown_ring" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "unknown-ring"
  key_ring_id = "unknown"
}
resource "ibm_kms_key_policies" "imported" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.imported.key_id
  rotation {
    interval_month = 3
  }
}
resource "ibm_kms_key_policies" "unknown_key" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = "01234567-89ab-cdef-0123-456789abcdef"
  dual_auth_delete {
    enabled = false
  }
}
resource "ibm_kms_key_alias" "sixth" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.of["crowded"].key_id
  alias       = "six"
  depends_on  = [ibm_kms_key_alias.crowd]
}
resource "ibm_kms_key_alias" "reserved" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.of["free"].key_id
  alias       = "policies"
}
resource "ibm_kms_key_alias" "of_unknown_key" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = "01234567-89ab-cdef-0123-456789abcdef"
  alias       = "nobody"
}
resource "ibm_kms_key_alias" "of_unknown_alias" {
  instance_id    = ibm_resource_instance.keys.guid
  existing_alias = "unknown"
  alias          = "nobody"
}
resource "ibm_kms_key_alias" "in_unknown_instance" {
  instance_id = "01234567-89ab-cdef-0123-456789abcdef"
  key_id      = ibm_kms_key.of["free"].key_id
  alias       = "nobody"
}
resource "ibm_kms_key_rings" "default" {
  instance_id = ibm_resource_instance.keys.guid
  key_ring_id = "default"
}
resource "ibm_kms_instance_policies" "invalid" {
  instance_id = ibm_resource_instance.keys.guid
  rotation {
    enabled        = false
    interval_month = 3
  }
}
resource "ibm_kms_instance_policies" "in_unknown_instance" {
  instance_id = "01234567-89ab-cdef-0123-456789abcdef"
  metrics {
    enabled = true
  }
}
resource "keyquake_root_key_state" "destroyed" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = "DESTROYED_KEY"
  state       = "active"
}
`;
