/** Configurations of resources that are refused before anything is asked for: ibm-control-plane.md 3 and 4, the facts. */
import type { Checks } from './table';

const kms = { instance_id: 'i' };
const key = { ...kms, key_name: 'k' };
const service = { name: 'n', service: 'kms', plan: 'p', location: 'us-south' };
const both = 'Conflicting configuration arguments';
const combination = 'Invalid combination of arguments';
const missing = 'Missing required argument';

const endpointType = (config: object): Checks[string][number] => [
  'endpoint_type',
  'validated',
  { ...config, endpoint_type: 'vpe' },
  'endpoint_type: "endpoint_type" must contain a value from []string{"public", "private"}, got "vpe": "endpoint_type" must be one of public, private; got "vpe"',
];

const months = (config: object): Checks[string][number] => [
  'rotation.interval_month',
  'validated',
  config,
  'rotation[0].interval_month: "rotation.0.interval_month" must contain a valid int value should be in range(1, 12), got 13: "rotation[0].interval_month" must be between 1 and 12; got 13',
];

const date = (config: object): Checks[string][number] => [
  'expiration_date',
  'validated by the vendor in code',
  { ...config, expiration_date: 'tomorrow' },
  `expiration_date: [ERROR] Invalid time format (the date format follows RFC 3339): parsing time "tomorrow": "expiration_date": 'tomorrow' is not an RFC 3339 instant; write it like 2026-01-02T03:04:05Z, with a time zone`,
];

const source = { source_service_name: 'is' };
const target = { target_service_name: 'kms' };
const roles = { roles: ['Reader'] };
const attributes = [{ name: 'serviceName', value: 'is', operator: null }];

/** A source argument beside a block that says the same, from the argument's side. */
const withSubject = (name: string): Checks[string][number] => [
  name,
  'conflictsWith',
  { ...roles, ...target, [name]: 'x', subject_attributes: attributes },
  `${name}: ${both}: "${name}": conflicts with subject_attributes`,
];
const withResource = (name: string): Checks[string][number] => [
  name,
  'conflictsWith',
  {
    ...roles,
    ...source,
    ...(name === 'target_resource_type' ? {} : target),
    [name]: 'x',
    resource_attributes: attributes,
  },
  `${name}: ${both}: "${name}": conflicts with resource_attributes`,
];
const sources = '`source_resource_group_id,source_service_name,subject_attributes`';
const targets = '`resource_attributes,target_resource_type,target_service_name`';

export const resourceChecks: Checks = {
  ibm_resource_group: [],
  ibm_resource_reclamation_delete: [],
  ibm_kp_key: [],
  ibm_resource_instance: [
    [
      'parameters',
      'conflictsWith',
      { ...service, parameters: { a: 'b' }, parameters_json: '{}' },
      `parameters: ${both}: "parameters": conflicts with parameters_json`,
    ],
    [
      'parameters_json',
      'conflictsWith',
      { ...service, parameters: { a: 'b' }, parameters_json: '{}' },
      `parameters_json: ${both}: "parameters_json": conflicts with parameters`,
    ],
    [
      'parameters_json',
      'validated by the vendor in code',
      { ...service, parameters_json: '{' },
      expect.stringMatching(/^parameters_json: Invalid value: "parameters_json" /),
    ],
    [
      'service_endpoints',
      'validated',
      { ...service, service_endpoints: 'open' },
      'service_endpoints: "service_endpoints" must contain a value from []string{"public", "private", "public-and-private"}, got "open": "service_endpoints" must be one of public, private, public-and-private; got "open"',
    ],
    [
      'tags',
      'ValidateRegexpLen',
      { ...service, tags: ['a/b'] },
      'tags: "tags.0" ("a/b") should match regexp ^[A-Za-z0-9:_ .-]+$ : "tags" must match ^[A-Za-z0-9:_ .-]+$; got "a/b"',
    ],
    [
      'tags',
      'ValidateRegexpLen',
      { ...service, tags: ['a'.repeat(129)] },
      `tags: "tags.0" ("${'a'.repeat(129)}") must contain from 1 to 128 characters : "tags" must be between 1 and 128 characters long; "${'a'.repeat(129)}" has 129`,
    ],
  ],
  ibm_iam_authorization_policy: [
    [
      'source_service_name',
      'atLeastOneOf',
      { ...roles, ...target },
      `source_service_name: ${missing}: "source_service_name": one of ${sources} must be specified`,
    ],
    [
      'target_service_name',
      'atLeastOneOf',
      { ...roles, ...source },
      `target_service_name: ${missing}: "target_service_name": one of ${targets} must be specified`,
    ],
    [
      'subject_attributes',
      'conflictsWith',
      { ...roles, ...target, ...source, subject_attributes: attributes },
      `subject_attributes: ${both}: "subject_attributes": conflicts with source_service_name`,
    ],
    [
      'resource_attributes',
      'conflictsWith',
      { ...roles, ...target, ...source, resource_attributes: attributes },
      `resource_attributes: ${both}: "resource_attributes": conflicts with target_service_name`,
    ],
    ...['instance_id', 'group_id', 'type'].map((name) => withSubject(`source_resource_${name}`)),
    withSubject('source_service_account'),
    ...['instance_id', 'group_id', 'type'].map((name) => withResource(`target_resource_${name}`)),
  ],
  ibm_kms_key: [endpointType(key), date(key)],
  ibm_kms_key_with_policy_overrides: [
    endpointType(key),
    date(key),
    months({ ...key, rotation: [{ enabled: true, interval_month: 13 }] }),
  ],
  ibm_kms_key_alias: [
    endpointType({ ...kms, alias: 'a', key_id: 'k' }),
    [
      'key_id',
      'exactlyOneOf',
      { ...kms, alias: 'a' },
      `key_id: ${combination}: "key_id": one of \`existing_alias,key_id\` must be specified`,
    ],
    [
      'existing_alias',
      'exactlyOneOf',
      { ...kms, alias: 'a', key_id: 'k', existing_alias: 'b' },
      `existing_alias: ${combination}: "existing_alias": only one of \`existing_alias,key_id\` can be specified, but \`existing_alias,key_id\` were specified.`,
    ],
  ],
  ibm_kms_key_rings: [
    endpointType({ ...kms, key_ring_id: 'ring' }),
    [
      'key_ring_id',
      'validated',
      { ...kms, key_ring_id: 'ring_1' },
      'key_ring_id: "key_ring_id" ("ring_1") should match regexp ^[a-zA-Z0-9-]*$ : "key_ring_id" must match ^[a-zA-Z0-9-]*$; got "ring_1"',
    ],
    [
      'key_ring_id',
      'ValidateRegexpLen',
      { ...kms, key_ring_id: 'r' },
      'key_ring_id: "key_ring_id" ("r") must contain from 2 to 100 characters : "key_ring_id" must be between 2 and 100 characters long; "r" has 1',
    ],
  ],
  ibm_kms_key_policies: [
    endpointType({ ...kms, key_id: 'k', rotation: [{ interval_month: 1 }] }),
    months({ ...kms, key_id: 'k', rotation: [{ interval_month: 13 }] }),
    [
      'key_id',
      'exactlyOneOf',
      { ...kms, rotation: [{ interval_month: 1 }] },
      `key_id: ${combination}: "key_id": one of \`alias,key_id\` must be specified`,
    ],
    [
      'alias',
      'exactlyOneOf',
      { ...kms, key_id: 'k', alias: 'a', rotation: [{ interval_month: 1 }] },
      `alias: ${combination}: "alias": only one of \`alias,key_id\` can be specified, but \`alias,key_id\` were specified.`,
    ],
    [
      'rotation',
      'atLeastOneOf',
      { ...kms, key_id: 'k' },
      `rotation: ${missing}: "rotation": one of \`dual_auth_delete,rotation\` must be specified`,
    ],
    [
      'dual_auth_delete',
      'atLeastOneOf',
      { ...kms, key_id: 'k' },
      `dual_auth_delete: ${missing}: "dual_auth_delete": one of \`dual_auth_delete,rotation\` must be specified`,
    ],
  ],
  ibm_kms_instance_policies: [
    endpointType(kms),
    months({ ...kms, rotation: [{ enabled: true, interval_month: 13 }] }),
    [
      'rotation.interval_month',
      'validated by the vendor in code',
      { ...kms, rotation: [{ enabled: true }] },
      `rotation[0].interval_month: ${missing}: A rotation policy that is enabled needs interval_month, 1 to 12 months.`,
    ],
  ],
};
