import { overlay, withoutUnknowns } from '../complete';
import { planState } from '../plan';
import type { ValueObject } from '../values';
import { wellTyped } from '../well-typed';
import { attempt, type Instance, operation } from './instance';
import type { Outcome } from './outcome';

export interface ReadDataRequest {
  readonly typeName: string;
  readonly config: ValueObject;
}

export interface ReadDataOutcome extends Outcome {
  readonly state: ValueObject | null;
}

export async function readDataSource(instance: Instance, request: ReadDataRequest): Promise<ReadDataOutcome> {
  const { definition, schema, legacy } = instance.catalog.dataSources.get(request.typeName);
  const running = operation(instance, schema, 'read', request.config);
  const planned = planState(
    { schema, legacy },
    { prior: null, proposed: request.config, config: request.config },
  );
  const config = withoutUnknowns(schema.block, planned);
  const response = await attempt(running, () => definition.read({ ...running, config }));
  const told = wellTyped(schema, response?.state ?? {}, running.diagnostics);
  const state = running.diagnostics.hasErrors ? null : overlay(schema.block, config, told);
  return { state, diagnostics: running.diagnostics.items };
}
