import type { TypeFacts } from '../core/facts';

/**
 * Without the rules that the vendor lists and its schema does not use: a single value is checked only where the schema says
 * so. Source: IBM-Cloud/terraform-provider-ibm 2.5.0 `ibm/service/vpc/resource_ibm_is_volume.go` (capacity, iops).
 */
export function withRulesInUse(facts: TypeFacts): TypeFacts {
  const { validators = [], attributes = {} } = facts.planning ?? {};
  const used = validators.filter(({ attribute }) => {
    const { type, validated } = attributes[attribute] ?? {};
    return validated || (type !== 'int' && type !== 'string');
  });
  return { ...facts, planning: { ...facts.planning, validators: used } };
}
