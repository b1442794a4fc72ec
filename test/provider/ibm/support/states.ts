/** States of every resource type, and what their ids are made of. */
import type { ValueObject } from '../../../../provider/core/values';

export const guid = '11111111-2222-3333-4444-555555555555';
export const instanceCrn = `crn:v1:bluemix:public:kms:us-south:a/acct:${guid}::`;
export const keyCrn = `crn:v1:bluemix:public:kms:us-south:a/acct:${guid}:key:k-1`;

/** Enough of each type's state to read and delete it. */
export const states: Readonly<Record<string, ValueObject>> = {
  ibm_iam_authorization_policy: { id: 'p-1', subject_attributes: [] },
  ibm_is_volume: { id: 'v-1', name: 'v' },
  ibm_kms_instance_policies: {
    id: instanceCrn,
    endpoint_type: null,
    rotation: [],
    metrics: [],
    dual_auth_delete: [],
    key_create_import_access: [],
  },
  ibm_kms_key: { id: keyCrn, key_name: 'k', endpoint_type: null, registrations: [] },
  ibm_kms_key_alias: { id: `a:alias:${keyCrn}`, endpoint_type: null },
  ibm_kms_key_policies: { id: keyCrn, endpoint_type: null },
  ibm_kms_key_rings: { id: `r:keyRing:${instanceCrn}`, endpoint_type: null },
  ibm_kms_key_with_policy_overrides: { id: keyCrn, key_name: 'k', endpoint_type: null, registrations: [] },
  ibm_kp_key: { id: keyCrn, key_name: 'k' },
  ibm_resource_group: { id: 'g-1', name: 'g' },
  ibm_resource_instance: { id: instanceCrn, name: 'i' },
  ibm_resource_reclamation_delete: { id: 'r-1' },
  ibm_sm_arbitrary_secret: { id: `us-south/${guid}/s-1`, name: 's', endpoint_type: null },
  ibm_sm_secret_group: { id: `us-south/${guid}/g-1`, name: 'g', endpoint_type: null },
};
