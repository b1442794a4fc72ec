/** Policies of an instance: from blocks to requests and back (ibm-control-plane.md 4.5, 6.1.7). */
import type {
  InstancePolicy,
  InstancePolicyAttributes,
  InstancePolicyType,
} from '../client/key-protect-policies';
import { goTime } from '../state/dates';

interface PolicyRecord {
  readonly created_by: string | null;
  readonly creation_date: string | null;
  readonly updated_by: string | null;
  readonly last_updated: string | null;
}

export interface SwitchBlock extends PolicyRecord {
  readonly enabled: boolean;
}

export interface InstanceRotationBlock extends SwitchBlock {
  readonly interval_month: number | null;
}

export interface AccessBlock extends SwitchBlock {
  readonly create_root_key: boolean | null;
  readonly create_standard_key: boolean | null;
  readonly import_root_key: boolean | null;
  readonly import_standard_key: boolean | null;
  readonly enforce_token: boolean | null;
}

export interface InstancePolicyBlocks {
  readonly dual_auth_delete: readonly SwitchBlock[];
  readonly rotation: readonly InstanceRotationBlock[];
  readonly metrics: readonly SwitchBlock[];
  readonly key_create_import_access: readonly AccessBlock[];
}

export type InstancePolicyBlock = keyof InstancePolicyBlocks;

export const blockOf = {
  dualAuthDelete: 'dual_auth_delete',
  rotation: 'rotation',
  metrics: 'metrics',
  keyCreateImportAccess: 'key_create_import_access',
} as const satisfies Record<InstancePolicyType, InstancePolicyBlock>;

function policy(
  policy_type: InstancePolicyType,
  enabled: boolean,
  attributes?: InstancePolicyAttributes,
): InstancePolicy {
  return { policy_type, policy_data: { enabled, ...(attributes && { attributes }) } };
}

function accessPolicy({ enabled, ...block }: AccessBlock): InstancePolicy {
  const { create_root_key, create_standard_key, import_root_key, import_standard_key, enforce_token } = block;
  const attributes = {
    create_root_key: create_root_key ?? false,
    create_standard_key: create_standard_key ?? false,
    import_root_key: import_root_key ?? false,
    import_standard_key: import_standard_key ?? false,
    enforce_token: enforce_token ?? false,
  };
  // The API takes no attributes of a policy that is switched off (6.1.7).
  return policy('keyCreateImportAccess', enabled, enabled ? attributes : undefined);
}

/** One policy per block, in the vendor's order. */
export function instancePoliciesOf(blocks: InstancePolicyBlocks): readonly InstancePolicy[] {
  return [
    ...blocks.dual_auth_delete.map(({ enabled }) => policy('dualAuthDelete', enabled)),
    ...blocks.metrics.map(({ enabled }) => policy('metrics', enabled)),
    ...blocks.key_create_import_access.map(accessPolicy),
    ...blocks.rotation.map(({ enabled, interval_month: months }) =>
      policy('rotation', enabled, months ? { interval_month: months } : undefined),
    ),
  ];
}

function record({ creationDate, createdBy, lastUpdated, updatedBy }: InstancePolicy): PolicyRecord {
  return {
    created_by: createdBy ?? '',
    creation_date: creationDate === undefined ? '' : goTime(creationDate),
    updated_by: updatedBy ?? '',
    last_updated: lastUpdated === undefined ? '' : goTime(lastUpdated),
  };
}

function switchBlock(policy: InstancePolicy): SwitchBlock {
  return { ...record(policy), enabled: policy.policy_data.enabled };
}

function accessBlock(policy: InstancePolicy): AccessBlock {
  const { attributes = {} } = policy.policy_data;
  return {
    ...switchBlock(policy),
    create_root_key: attributes.create_root_key ?? false,
    create_standard_key: attributes.create_standard_key ?? false,
    import_root_key: attributes.import_root_key ?? false,
    import_standard_key: attributes.import_standard_key ?? false,
    enforce_token: attributes.enforce_token ?? false,
  };
}

/** Every block; those without a policy are empty. */
export function instancePolicyBlocks(policies: readonly InstancePolicy[]): InstancePolicyBlocks {
  const of = (type: InstancePolicyType): readonly InstancePolicy[] =>
    policies.filter(({ policy_type }) => policy_type === type);
  return {
    dual_auth_delete: of('dualAuthDelete').map(switchBlock),
    metrics: of('metrics').map(switchBlock),
    rotation: of('rotation').map((each) => ({
      ...switchBlock(each),
      interval_month: each.policy_data.attributes?.interval_month ?? 0,
    })),
    key_create_import_access: of('keyCreateImportAccess').map(accessBlock),
  };
}
