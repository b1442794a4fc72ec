/** Plans from schemas that a test writes down in place. */
import type { AttributeFacts, WireBlock } from '../../provider/core/facts';
import { pathText } from '../../provider/core/path';
import { type PlanRules, planState, withUnknownsOnUpdate } from '../../provider/core/plan';
import { replacements } from '../../provider/core/replacement';
import { fromFacts } from '../../provider/core/schema';
import type { ValueObject } from '../../provider/core/values';

type Planning = Readonly<Record<string, AttributeFacts>>;

export function rulesOf(
  block: WireBlock,
  attributes: Planning = {},
  more: Partial<PlanRules> = {},
): PlanRules {
  return {
    schema: fromFacts({ type: 'test', wire: { version: 0, block }, planning: { attributes } }),
    legacy: false,
    ...more,
  };
}

export interface Case {
  readonly prior: ValueObject | null;
  readonly config: ValueObject;
  /** What Terraform proposes, where that is not the configuration. */
  readonly proposed?: ValueObject;
}

/** The plan, and the paths that require a replacement. */
export function plan(rules: PlanRules, { prior, config, proposed = config }: Case) {
  const input = { prior, config, proposed };
  const planned = withUnknownsOnUpdate(rules, input, planState(rules, input));
  const replaced = prior ? replacements(rules.schema.block, { prior, planned, legacy: rules.legacy }) : [];
  return { planned, replaced: replaced.map(pathText) };
}
