/** Keys: ibm-control-plane.md 4.1, 4.6, and the facts of `ibm_kp_key`. */
import { material } from '../key-management';
import type { Row, Subject } from './rows';

const plain = { rotation: null, dual_auth_delete: null };

/** Material under an import token; the nonce goes with its iv, so that both are named. */
function secured(instance: 'instance_id' | 'key_protect_id'): readonly Row[] {
  const from = {
    ...plain,
    [instance]: 'var.secured.instance',
    payload: 'var.secured.payload',
    encrypted_nonce: 'var.secured.one.nonce',
    iv_value: 'var.secured.one.iv',
  };
  const to = { encrypted_nonce: 'var.secured.two.nonce', iv_value: 'var.secured.two.iv' };
  const replacePaths = ['encrypted_nonce', 'iv_value'];
  return replacePaths.map((attribute) => ({ attribute, effect: 'replace', from, to, replacePaths }));
}

const forced: Row = { attribute: 'force_delete', effect: 'update', to: { force_delete: 'true' } };
const renamed: Row = { attribute: 'key_name', effect: 'replace', to: { key_name: '"NAME-2"' } };

/** What both types that live in an instance given by `instance_id` have in common. */
const inInstance: readonly Row[] = [
  ...secured('instance_id'),
  forced,
  renamed,
  {
    attribute: 'expiration_date',
    effect: 'replace',
    from: { expiration_date: '"2027-01-01T00:00:00Z"' },
    to: { expiration_date: '"2028-01-01T00:00:00Z"' },
  },
  { attribute: 'instance_id', effect: 'replace', to: { instance_id: 'ibm_resource_instance.other.guid' } },
  { attribute: 'key_ring_id', effect: 'replace', to: { key_ring_id: 'ibm_kms_key_rings.base.key_ring_id' } },
];

/** As the vendor's provider is: the key is replaced with every plan. */
const forgets = 'reading an older key forgets its nonce and iv';

export const keySubjects: readonly Subject[] = [
  {
    type: 'ibm_kms_key',
    base: { instance_id: 'ibm_resource_instance.keys.guid', key_name: '"NAME"' },
    rows: [
      ...inInstance,
      {
        attribute: 'description',
        effect: 'replace',
        from: { description: '"one"' },
        to: { description: '"two"' },
      },
      {
        attribute: 'endpoint_type',
        effect: 'update',
        to: { endpoint_type: '"private"' },
      },
      { attribute: 'payload', effect: 'replace', to: { payload: `"${material}"` } },
      { attribute: 'standard_key', effect: 'replace', to: { standard_key: 'true' } },
    ],
  },
  {
    type: 'ibm_kp_key',
    base: { key_protect_id: 'ibm_resource_instance.keys.guid', key_name: '"NAME"' },
    rows: [
      ...secured('key_protect_id').map((row) => ({ ...row, again: forgets, restless: forgets })),
      forced,
      renamed,
      {
        attribute: 'key_protect_id',
        effect: 'replace',
        to: { key_protect_id: 'ibm_resource_instance.other.guid' },
      },
      {
        attribute: 'payload',
        effect: 'update',
        from: { standard_key: 'true', payload: '"AAECAwQFBgcICQoLDA0ODw=="' },
        to: { payload: '"EBESExQVFhcYGRobHB0eHw=="' },
        again: 'a new payload is not sent',
      },
      { attribute: 'standard_key', effect: 'replace', to: { standard_key: 'true' } },
    ],
  },
  {
    type: 'ibm_kms_key_with_policy_overrides',
    base: {
      instance_id: 'ibm_resource_instance.keys.guid',
      key_name: '"NAME"',
      rotation: { enabled: 'true', interval_month: '4' },
      dual_auth_delete: { enabled: 'false' },
    },
    rows: [
      ...inInstance,
      {
        attribute: 'description',
        effect: 'replace',
        to: { description: '"two"' },
        again: 'it is not sent (4.6), and so replaces the key with every plan',
      },
      { attribute: 'dual_auth_delete', effect: 'update', from: plain, to: bothPolicies() },
      {
        attribute: 'dual_auth_delete.enabled',
        effect: 'update',
        to: { dual_auth_delete: { enabled: 'true' } },
      },
      {
        attribute: 'endpoint_type',
        effect: 'replace',
        to: { endpoint_type: '"private"' },
      },
      { attribute: 'payload', effect: 'replace', from: plain, to: { payload: `"${material}"` } },
      { attribute: 'rotation', effect: 'update', from: plain, to: bothPolicies() },
      {
        attribute: 'rotation.enabled',
        effect: 'update',
        to: { rotation: { enabled: 'false', interval_month: '4' } },
      },
      {
        attribute: 'rotation.interval_month',
        effect: 'update',
        to: { rotation: { enabled: 'true', interval_month: '8' } },
      },
      { attribute: 'standard_key', effect: 'replace', from: plain, to: { standard_key: 'true' } },
    ],
  },
];

function bothPolicies() {
  return { rotation: { enabled: 'true', interval_month: '6' }, dual_auth_delete: { enabled: 'false' } };
}
