/** Setting a policy of an instance: which attributes each type takes and what a disabled one is left with (6.1.7). */
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { Wire } from '../../kernel/wire';
import { badBody, invalidField } from './errors';
import type { PolicyAttributes } from './gen/instance-policy-collection';
import type { KeyInstance } from './instance';
import { parseSubnet } from './instance-policies';
import { type InstancePolicyDocument, type InstancePolicyType, inInstance, instancePolicies } from './model';

type Attributes = Wire<PolicyAttributes>;

export interface InstancePolicyRequest {
  readonly policy_type: string;
  readonly policy_data: { readonly enabled: boolean; readonly attributes?: Attributes };
}

interface PolicyRules {
  /** Attributes that may be sent. */
  readonly takes: readonly string[];
  /** Attributes while enabled, from those sent; throws INVALID_FIELD_ERR when one is missing or wrong. */
  enabled(sent: Attributes): Attributes | undefined;
  /** Attributes while disabled: what a disabled policy is reset to. */
  readonly disabled?: Attributes;
  /** Whether a request that disables may name them: clients have to for this type. */
  readonly sentWhenDisabled?: true;
}

const accessDefaults = {
  create_root_key: true,
  create_standard_key: true,
  import_root_key: true,
  import_standard_key: true,
  enforce_token: false,
} as const;

const rulesByType: Record<InstancePolicyType, PolicyRules> = {
  dualAuthDelete: { takes: [], enabled: () => undefined },
  metrics: { takes: [], enabled: () => undefined },
  allowedNetwork: {
    takes: ['allowed_network'],
    enabled: (sent) => ({ allowed_network: required(sent, 'allowed_network') }),
    disabled: { allowed_network: 'public-and-private' },
    sentWhenDisabled: true,
  },
  allowedIP: { takes: ['allowed_ip'], enabled: (sent) => ({ allowed_ip: subnets(sent) }) },
  keyCreateImportAccess: {
    takes: Object.keys(accessDefaults),
    enabled: (sent) => ({ ...accessDefaults, ...sent }),
    disabled: accessDefaults,
  },
  rotation: {
    takes: ['interval_month'],
    enabled: (sent) => ({ interval_month: required(sent, 'interval_month') }),
  },
};

const path = 'policy_data.attributes';

function required<Name extends keyof Attributes>(
  sent: Attributes,
  name: Name,
): NonNullable<Attributes[Name]> {
  const value = sent[name];
  if (value === undefined) throw invalidField(`${path}.${name}`, 'is required to enable this policy');
  return value;
}

function subnets(sent: Attributes): readonly string[] {
  const list = required(sent, 'allowed_ip');
  const valid = list.length > 0 && list.every((text) => parseSubnet(text));
  if (!valid) throw invalidField(`${path}.allowed_ip`, 'must hold addresses or subnets such as 192.0.2.0/24');
  return list;
}

function typeOf(text: string): InstancePolicyType {
  const type = (Object.keys(rulesByType) as InstancePolicyType[]).find((name) => name === text);
  if (type === undefined) {
    throw invalidField('policy_type', `must be one of ${Object.keys(rulesByType).join(', ')}`);
  }
  return type;
}

function attributesOf(
  rules: PolicyRules,
  { enabled, attributes = {} }: InstancePolicyRequest['policy_data'],
): {
  readonly attributes?: Attributes;
} {
  const sent = Object.keys(attributes);
  const foreign = sent.find((name) => !rules.takes.includes(name));
  if (foreign !== undefined) throw badBody(`${path}.${foreign} is not an attribute of this policy`);
  if (!enabled && sent.length > 0 && rules.sentWhenDisabled !== true) {
    throw badBody(`${path} must be absent when the policy is disabled`);
  }
  const kept = enabled ? rules.enabled(attributes) : rules.disabled;
  return kept === undefined ? {} : { attributes: kept };
}

/** Throws for a type that is unknown, or attributes that do not fit it. */
export async function setInstancePolicy(
  session: Session,
  instance: KeyInstance,
  request: InstancePolicyRequest,
): Promise<InstancePolicyDocument> {
  const type = typeOf(request.policy_type);
  const { enabled } = request.policy_data;
  const kept = attributesOf(rulesByType[type], request.policy_data);
  const id = inInstance(instance.guid, type);
  const stored = await session.tx.get(instancePolicies, id);
  const stamp = { by: session.identity.iamId, at: formatInstant(session.now) };
  const doc = { type, enabled, ...kept, created: stored?.doc.created ?? stamp, updated: stamp };
  if (stored) await session.tx.update(stored, { doc });
  else await session.tx.insert(instancePolicies, { id, scope: instance.guid, name: type, doc });
  return doc;
}
