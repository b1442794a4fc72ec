import { TerraformStack } from 'cdktf';
import { parseDuration, parseInstant } from '../../domain/time';
import { type Action, type Report, selectTargets, simulate, worldFromStacks } from '../../simulator';
import { type SynthesizedStack, synthesized } from './synthesized-stack';

export interface StackQuestion {
  /** What is done, such as `disable` or `force-delete`. */
  readonly action: Action;

  /**
   * What it is done to: address, name, or `*` for every key. With several stacks the address is `{stack}/{address}`.
   */
  readonly to: string;

  /**
   * When the stack stands as it is written, RFC 3339. Keys with an expiration before that are deactivated.
   * @default '1970-01-01T00:00:00Z' - before every expiration
   */
  readonly now?: string;

  /**
   * How long after that one looks, an ISO 8601 duration such as `P31D`.
   * @default - at once
   */
  readonly later?: string;
}

/**
 * What an action would break among the resources of a stack, or of several that refer to each other, once they are
 * applied. No Terraform is needed. Throws the simulator's `SelectionError` when `to` names nothing or several things.
 */
export function simulateStack(
  stacks: TerraformStack | readonly TerraformStack[],
  question: StackQuestion,
): Report {
  const all = TerraformStack.isStack(stacks) ? [stacks] : stacks;
  return simulateSynthesized(all.map(synthesized), question);
}

const beforeEveryExpiration = '1970-01-01T00:00:00Z';

/** The same of stacks that are synthesized already. */
export function simulateSynthesized(
  stacks: readonly SynthesizedStack[],
  { action, to, now = beforeEveryExpiration, later = 'PT0S' }: StackQuestion,
): Report {
  const start = parseInstant(now);
  const world = worldFromStacks(
    stacks.map(({ name, json }) => ({ name, document: JSON.parse(json) })),
    start,
  );
  return simulate(world, {
    action,
    targets: selectTargets(world, to, action),
    at: start + parseDuration(later),
  });
}
