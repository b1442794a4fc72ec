import type { ProviderContext } from '../core/context';
import { defineResource } from '../core/resource';
import type { StateOf, WithUnknowns } from '../core/state';
import { unknownValue } from '../core/values';
import { resourceFacts } from './facts';
import { randomNumber } from './random';

type NullResource = StateOf<typeof resourceFacts>;
type Triggers = WithUnknowns<NullResource['triggers']>;

export const nullResource = defineResource<NullResource, ProviderContext>({
  facts: resourceFacts,
  create: async ({ client }) => ({ state: { id: randomNumber(client) } }),
  read: async ({ state }) => ({ state }),
  update: async () => ({ state: {} }),
  delete: async () => undefined,
  modifyPlan: async ({ prior, plan }) => ({
    requiresReplace: prior && replaces(prior.triggers, plan.triggers) ? ['triggers'] : [],
  }),
});

/** Earlier versions did not store triggers that are null, so that such a trigger alone replaces nothing. */
function replaces(prior: NullResource['triggers'], planned: Triggers): boolean {
  if (planned === unknownValue) return true;
  const before = prior ?? {};
  const after = planned ?? {};
  if (prior && !planned) return true;
  return (
    Object.keys(before).some((name) => !Object.hasOwn(after, name)) ||
    Object.entries(after).some(([name, value]) =>
      Object.hasOwn(before, name) ? value !== before[name] : value !== null,
    )
  );
}
