import { overlay } from '../complete';
import { type AttributePath, attributePath } from '../path';
import { planState, withUnknownsOnUpdate } from '../plan';
import { replacements } from '../replacement';
import type { ModifyPlanResponse, PrivateData } from '../resource';
import type { Configured } from '../state';
import type { ValueObject } from '../values';
import type { ServedResource } from './catalog';
import { attempt, type Instance, type Operation, operation } from './instance';
import type { Outcome } from './outcome';

export interface PlanRequest {
  readonly typeName: string;
  readonly prior: ValueObject | null;
  /** Null when the resource is to be destroyed. */
  readonly proposed: ValueObject | null;
  readonly config: ValueObject | null;
  readonly private: PrivateData | undefined;
}

export interface PlanOutcome extends Outcome {
  readonly planned: ValueObject | null;
  readonly requiresReplace: readonly AttributePath[];
  readonly private: PrivateData | undefined;
  readonly legacyTypeSystem: boolean;
}

export async function planResourceChange(instance: Instance, request: PlanRequest): Promise<PlanOutcome> {
  const served = instance.catalog.resources.get(request.typeName);
  const { schema, legacy, definition } = served;
  const outcome = { private: request.private, legacyTypeSystem: legacy };
  const { proposed, prior } = request;
  if (!proposed) return { ...outcome, planned: null, requiresReplace: [], diagnostics: [] };

  const running = operation(instance, schema, 'plan', proposed);
  const input = { prior, proposed, config: request.config ?? {} };
  const rules = { ...definition, schema, legacy };
  const byRules = planState(rules, input);
  const modified = await modifyPlan(served, running, { prior, config: input.config, plan: byRules });
  const planned = withUnknownsOnUpdate(rules, input, overlay(schema.block, byRules, modified.plan ?? {}));
  const requiresReplace = prior
    ? [
        ...replacements(schema.block, { prior, planned, legacy }),
        ...(modified.requiresReplace ?? []).map((name) => attributePath(name)),
      ]
    : [];
  return { ...outcome, planned, requiresReplace, diagnostics: running.diagnostics.items };
}

interface PlanSoFar {
  readonly prior: ValueObject | null;
  readonly config: ValueObject;
  readonly plan: ValueObject;
}

async function modifyPlan(
  { definition }: ServedResource,
  running: Operation,
  { prior, config, plan }: PlanSoFar,
): Promise<ModifyPlanResponse<ValueObject>> {
  const modified = await attempt(running, async () =>
    definition.modifyPlan?.({
      ...running,
      prior,
      config: config as Configured<ValueObject>,
      plan: plan as Configured<ValueObject>,
    }),
  );
  return modified ?? {};
}
