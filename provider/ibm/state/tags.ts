import type { ModifyPlanResponse } from '../../core/resource';
import type { Configured } from '../../core/state';

interface Tagged {
  readonly tags: readonly string[] | null;
}

/**
 * Tags of the environment (`IC_ENV_TAGS`) are on the object and not in the configuration. The vendor takes a plan that
 * removes as many tags as the environment has, and adds none, for no change. Source: IBM-Cloud/terraform-provider-ibm
 * 2.5.0 `ibm/flex/structures.go` (ResourceTagsCustomizeDiff).
 */
export function withEnvironmentTags<State extends Tagged>(
  environmentTags: readonly string[],
  prior: Tagged | null,
  plan: Configured<Tagged>,
): ModifyPlanResponse<State> {
  const before = prior?.tags ?? [];
  const after = plan.tags;
  if (environmentTags.length === 0 || before.length === 0 || typeof after === 'symbol') return {};
  const wanted = (after ?? []) as readonly string[];
  const removed = before.filter((tag) => !wanted.includes(tag));
  const isAdding = wanted.some((tag) => !before.includes(tag));
  if (isAdding || removed.length !== environmentTags.length) return {};
  return { plan: { tags: before } as Partial<Configured<State>> };
}
