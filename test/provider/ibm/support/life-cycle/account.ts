/** Groups, instances, reclamations and authorizations: ibm-control-plane.md 3. */
import type { Body, Row, Subject } from './rows';

const endedAlready = 'a reclamation ends once: another one would be needed';

const subject = (...more: readonly Body[]): Body => ({
  source_service_name: null,
  source_resource_type: null,
  subject_attributes: [
    { name: '"accountId"', value: 'ibm_resource_instance.keys.account_id' },
    { name: '"serviceName"', value: '"is"' },
    ...more,
  ],
});

const resource = (...more: readonly Body[]): Body => ({
  target_service_name: null,
  target_resource_instance_id: null,
  resource_attributes: [
    { name: '"accountId"', value: 'ibm_resource_instance.keys.account_id' },
    { name: '"serviceName"', value: '"kms"' },
    ...more,
  ],
});

const sourceType = (value: string): Body =>
  subject({ name: '"resourceType"', value, operator: '"stringEquals"' });

const targetOwn = (name: string, value: string, operator: string | null = null): Body =>
  resource({ name, value, operator });

const argument = (attribute: string, to: Body, from: Body = {}): Row => ({
  attribute,
  effect: 'replace',
  from,
  to,
});

export const accountSubjects: readonly Subject[] = [
  {
    type: 'ibm_resource_group',
    base: { name: '"NAME"' },
    rows: [
      { attribute: 'name', effect: 'update', to: { name: '"NAME-2"' } },
      { attribute: 'tags', effect: 'update', from: { tags: '["a"]' }, to: { tags: '["b"]' } },
    ],
  },
  {
    type: 'ibm_resource_instance',
    base: { name: '"NAME"', service: '"kms"', plan: '"tiered-pricing"', location: '"us-south"' },
    rows: [
      { attribute: 'name', effect: 'update', to: { name: '"NAME-2"' } },
      { attribute: 'plan', effect: 'update', to: { plan: '"cross-region-resiliency"' } },
      { attribute: 'location', effect: 'replace', to: { location: '"eu-de"' } },
      { attribute: 'service', effect: 'replace', to: { service: '"hs-crypto"', plan: '"standard"' } },
      {
        attribute: 'parameters',
        effect: 'update',
        from: { parameters: '{ allowed_network = "public-and-private" }' },
        to: { parameters: '{ allowed_network = "private-only" }' },
      },
      {
        attribute: 'parameters_json',
        effect: 'update',
        from: { parameters_json: 'jsonencode({ allowed_network = "public-and-private" })' },
        to: { parameters_json: 'jsonencode({ allowed_network = "private-only" })' },
      },
      {
        attribute: 'resource_group_id',
        effect: 'replace',
        // Not one of the stack: what awaits reclamation in a group forbids its deletion.
        to: { resource_group_id: 'var.group' },
      },
      {
        attribute: 'service_endpoints',
        effect: 'update',
        from: { service_endpoints: '"public-and-private"' },
        to: { service_endpoints: '"private"' },
      },
      { attribute: 'tags', effect: 'update', from: { tags: '["a", "b"]' }, to: { tags: '["b", "c"]' } },
    ],
  },
  {
    type: 'ibm_resource_reclamation_delete',
    base: { reclamation_id: 'var.reclamations["NAME"]' },
    rows: [
      { attribute: 'comment', effect: 'replace', to: { comment: '"done"' }, planOnly: endedAlready },
      {
        attribute: 'reclamation_id',
        effect: 'replace',
        to: { reclamation_id: 'var.reclamations["another"]' },
      },
      { attribute: 'request_by', effect: 'replace', to: { request_by: '"me"' }, planOnly: endedAlready },
    ],
  },
  {
    type: 'ibm_iam_authorization_policy',
    base: {
      source_service_name: '"is"',
      source_resource_type: '"image"',
      target_service_name: '"kms"',
      target_resource_instance_id: '"NAME"',
      roles: '["Reader"]',
    },
    rows: [
      {
        attribute: 'description',
        effect: 'update',
        from: { description: '"one"' },
        to: { description: '"two"' },
        again: 'a description is sent only together with roles (3.4)',
      },
      { attribute: 'roles', effect: 'update', to: { roles: '["Writer", "Reader"]' } },
      argument('source_resource_group_id', { source_resource_group_id: '"g"' }),
      argument('source_resource_instance_id', { source_resource_instance_id: '"i"' }),
      argument('source_resource_type', { source_resource_type: '"share"' }),
      argument('source_service_account', { source_service_account: '"0123456789abcdef0123456789abcdef"' }),
      argument(
        'source_service_name',
        { source_service_name: '"cloud-object-storage"' },
        { source_service_name: '"secrets-manager"', source_resource_type: null },
      ),
      argument('target_resource_group_id', { target_resource_group_id: '"g"' }),
      argument('target_resource_instance_id', { target_resource_instance_id: '"NAME-2"' }),
      argument('target_resource_type', { target_resource_type: '"key"' }),
      argument('target_service_name', { target_service_name: '"hs-crypto"' }),
      argument('subject_attributes', sourceType('"image"'), subject()),
      {
        attribute: 'subject_attributes.name',
        effect: 'update',
        from: subject({ name: '"resourceType"', value: '"image"' }),
        to: subject({ name: '"serviceInstance"', value: '"image"' }),
      },
      {
        attribute: 'subject_attributes.operator',
        effect: 'update',
        from: subject({ name: '"resourceGroupId"', value: '"true"', operator: '"stringEquals"' }),
        to: subject({ name: '"resourceGroupId"', value: '"true"', operator: '"stringExists"' }),
      },
      {
        attribute: 'subject_attributes.value',
        effect: 'update',
        from: sourceType('"image"'),
        to: sourceType('"share"'),
      },
      argument('resource_attributes', targetOwn('"serviceInstance"', '"NAME"'), resource()),
      {
        attribute: 'resource_attributes.name',
        effect: 'update',
        from: targetOwn('"serviceInstance"', '"NAME"'),
        to: targetOwn('"resourceGroupId"', '"NAME"'),
      },
      {
        attribute: 'resource_attributes.operator',
        effect: 'update',
        from: targetOwn('"serviceInstance"', '"NAME"'),
        to: targetOwn('"serviceInstance"', '"NAME"', '"stringMatch"'),
      },
      {
        attribute: 'resource_attributes.value',
        effect: 'update',
        from: targetOwn('"serviceInstance"', '"NAME"'),
        to: targetOwn('"serviceInstance"', '"NAME-2"'),
      },
      {
        attribute: 'transaction_id',
        effect: 'update',
        from: { transaction_id: '"one"' },
        to: { transaction_id: '"two"' },
      },
    ],
  },
];
