/** What hangs on keys and instances: ibm-control-plane.md 4.2 to 4.5. */
import type { Body, Row, Subject } from './rows';

const endpoint: Row = {
  attribute: 'endpoint_type',
  effect: 'replace',
  to: { endpoint_type: '"private"' },
  sameId: 'the id is made of what it is attached to',
};
const elsewhere = { instance_id: 'ibm_resource_instance.other.guid' };
const foreign = { ...elsewhere, key_id: 'ibm_kms_key.base["foreign"].key_id' };
const ofAlias = 'the API tells the id of the key, never the alias by which it was named';

/** `enabled` first, so that a row changes one of the others. */
const access = (changed: Body = {}): Body => ({ key_create_import_access: { enabled: 'true', ...changed } });

const accessRow = (name: string, value: string): Row => ({
  attribute: `key_create_import_access.${name}`,
  effect: 'update',
  from: access(),
  to: access({ [name]: value }),
});

const unsent = 'metrics are sent only together with another policy (4.5)';

export const attachmentSubjects: readonly Subject[] = [
  {
    type: 'ibm_kms_key_alias',
    base: {
      instance_id: 'ibm_resource_instance.keys.guid',
      alias: '"NAME"',
      key_id: 'ibm_kms_key.base["one"].key_id',
    },
    rows: [
      endpoint,
      { attribute: 'alias', effect: 'replace', to: { alias: '"NAME-2"' } },
      {
        attribute: 'existing_alias',
        effect: 'replace',
        from: { key_id: null, existing_alias: 'ibm_kms_key_alias.base["two"].alias' },
        to: { existing_alias: 'ibm_kms_key_alias.base["three"].alias' },
        replacePaths: ['existing_alias', 'key_id'],
        restless: ofAlias,
        again: ofAlias,
      },
      { attribute: 'instance_id', effect: 'replace', to: foreign, replacePaths: ['instance_id', 'key_id'] },
      { attribute: 'key_id', effect: 'replace', to: { key_id: 'ibm_kms_key.base["two"].key_id' } },
    ],
  },
  {
    type: 'ibm_kms_key_rings',
    base: { instance_id: 'ibm_resource_instance.keys.guid', key_ring_id: '"NAME"' },
    rows: [
      endpoint,
      { attribute: 'force_delete', effect: 'update', to: { force_delete: 'true' } },
      { attribute: 'instance_id', effect: 'replace', to: elsewhere },
      { attribute: 'key_ring_id', effect: 'replace', to: { key_ring_id: '"NAME-2"' } },
    ],
  },
  {
    type: 'ibm_kms_key_policies',
    base: {
      instance_id: 'ibm_resource_instance.keys.guid',
      key_id: 'ibm_kms_key.policed["NAME"].key_id',
      rotation: { interval_month: '3' },
    },
    rows: [
      endpoint,
      {
        attribute: 'alias',
        effect: 'update',
        to: { key_id: null, alias: 'ibm_kms_key_alias.base["two"].alias' },
        again: 'the policies stay with the key that they were made for, and state shows that key',
      },
      { attribute: 'dual_auth_delete', effect: 'update', to: { dual_auth_delete: { enabled: 'false' } } },
      {
        attribute: 'dual_auth_delete.enabled',
        effect: 'update',
        from: { dual_auth_delete: { enabled: 'false' } },
        to: { dual_auth_delete: { enabled: 'true' } },
      },
      { attribute: 'instance_id', effect: 'replace', to: foreign },
      {
        attribute: 'key_id',
        effect: 'update',
        to: { key_id: 'ibm_kms_key.base["two"].key_id' },
        again: 'the policies stay with the key that they were made for, and state shows that key',
      },
      {
        attribute: 'rotation',
        effect: 'update',
        from: { rotation: null, dual_auth_delete: { enabled: 'false' } },
        to: { rotation: { interval_month: '3' } },
      },
      {
        attribute: 'rotation.enabled',
        effect: 'update',
        to: { rotation: { interval_month: '3', enabled: 'false' } },
      },
      { attribute: 'rotation.interval_month', effect: 'update', to: { rotation: { interval_month: '6' } } },
    ],
  },
  {
    type: 'ibm_kms_instance_policies',
    base: {
      instance_id: 'ibm_resource_instance.policed["NAME"].guid',
      rotation: { enabled: 'true', interval_month: '2' },
    },
    rows: [
      {
        attribute: 'endpoint_type',
        effect: 'update',
        to: { endpoint_type: '"private"' },
      },
      { attribute: 'dual_auth_delete', effect: 'update', to: { dual_auth_delete: { enabled: 'true' } } },
      {
        attribute: 'dual_auth_delete.enabled',
        effect: 'update',
        from: { dual_auth_delete: { enabled: 'true' } },
        to: { dual_auth_delete: { enabled: 'false' } },
      },
      {
        attribute: 'instance_id',
        effect: 'replace',
        to: { instance_id: 'ibm_resource_instance.other.guid' },
      },
      { attribute: 'key_create_import_access', effect: 'update', to: access() },
      accessRow('enabled', 'false'),
      accessRow('create_root_key', 'false'),
      accessRow('create_standard_key', 'false'),
      accessRow('import_root_key', 'false'),
      accessRow('import_standard_key', 'false'),
      accessRow('enforce_token', 'true'),
      { attribute: 'metrics', effect: 'update', to: { metrics: { enabled: 'true' } }, again: unsent },
      {
        attribute: 'metrics.enabled',
        effect: 'update',
        from: { metrics: { enabled: 'true' } },
        to: { metrics: { enabled: 'false' } },
        again: unsent,
      },
      {
        attribute: 'rotation',
        effect: 'update',
        from: { rotation: null, metrics: { enabled: 'true' } },
        to: { rotation: { enabled: 'true', interval_month: '2' } },
      },
      {
        attribute: 'rotation.enabled',
        effect: 'update',
        to: { rotation: { enabled: 'false' } },
      },
      {
        attribute: 'rotation.interval_month',
        effect: 'update',
        to: { rotation: { enabled: 'true', interval_month: '5' } },
      },
    ],
  },
];

/** Rows that need a key or an instance of their own. */
export function ownNames(type: string): readonly string[] {
  const { rows } = attachmentSubjects.find((subject) => subject.type === type) ?? { rows: [] };
  const short = type.replace(/^ibm_/, '').replaceAll('_', '-');
  return rows.map(({ attribute }) => `${short}-${attribute.replaceAll(/[._]/g, '-')}`);
}
