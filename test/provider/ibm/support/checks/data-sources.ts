/** Configurations of data sources that are refused before anything is asked for: ibm-control-plane.md 3, 4.7, 4.8. */
import type { Checks } from './table';

const kms = { instance_id: 'i' };
const both = 'Conflicting configuration arguments';
const combination = 'Invalid combination of arguments';

const endpointType = (config: object): Checks[string][number] => [
  'endpoint_type',
  'validated',
  { ...config, endpoint_type: 'vpe' },
  'endpoint_type: "endpoint_type" must contain a value from []string{"public", "private"}, got "vpe": "endpoint_type" must be one of public, private; got "vpe"',
];

/** One of these names, and no more than one: nothing set, then all of them. */
function exactlyOne(config: object, ...names: readonly string[]): Checks[string] {
  const list = `\`${[...names].sort().join(',')}\``;
  return names.flatMap((name, index): Checks[string] => [
    index === 0
      ? [name, 'exactlyOneOf', config, `${name}: ${combination}: "${name}": one of ${list} must be specified`]
      : [
          name,
          'exactlyOneOf',
          {
            ...config,
            ...Object.fromEntries(names.map((each) => [each, each === 'is_default' ? true : 'x'])),
          },
          `${name}: ${combination}: "${name}": only one of ${list} can be specified, but ${list} were specified.`,
        ],
  ]);
}

const conflict = (name: string, other: string, config: object): Checks[string][number] => [
  name,
  'conflictsWith',
  { ...config, [name]: 'x', [other]: 'y' },
  `${name}: ${both}: "${name}": conflicts with ${other}`,
];

export const dataSourceChecks: Checks = {
  ibm_resource_instance: [
    ...exactlyOne({}, 'name', 'identifier'),
    conflict('identifier', 'resource_group_id', {}),
    conflict('identifier', 'location', {}),
    conflict('identifier', 'service', {}),
  ],
  ibm_resource_group: exactlyOne({}, 'name', 'id', 'is_default'),
  ibm_resource_groups: [],
  ibm_resource_reclamations: [],
  ibm_iam_authorization_policies: [],
  ibm_kms_key: [endpointType({ ...kms, key_id: 'k' }), ...exactlyOne(kms, 'key_name', 'key_id', 'alias')],
  ibm_kms_keys: [
    endpointType(kms),
    conflict('alias', 'key_name', kms),
    conflict('key_id', 'alias', kms),
    conflict('key_name', 'key_id', kms),
  ],
  ibm_kms_key_rings: [endpointType(kms)],
  ibm_kms_key_policies: [endpointType({ ...kms, key_id: 'k' }), ...exactlyOne(kms, 'key_id', 'alias')],
  ibm_kms_instance_policies: [
    [
      'policy_type',
      'validated',
      { ...kms, policy_type: 'allowedIP' },
      'policy_type: "policy_type" must contain a valid policy type, the value should be exactly either of ([dualAuthDelete keyCreateImportAccess metrics rotation]), got allowedIP: "policy_type" must be one of dualAuthDelete, keyCreateImportAccess, metrics, rotation; got "allowedIP"',
    ],
  ],
  ibm_kp_key: [],
};
