import { overlay } from '../complete';
import type { PrivateData } from '../resource';
import type { ValueObject } from '../values';
import { wellTyped } from '../well-typed';
import { attempt, type Instance, operation } from './instance';
import type { Outcome } from './outcome';
import { readResource } from './read-resource';

export interface ImportRequest {
  readonly typeName: string;
  readonly id: string;
}

export interface ImportOutcome extends Outcome {
  readonly state: ValueObject | null;
  readonly private: PrivateData | undefined;
}

/** Reads what it imports, so that an id which names nothing is refused by name and before anything is planned. */
export async function importResourceState(
  instance: Instance,
  request: ImportRequest,
): Promise<ImportOutcome> {
  const { typeName, id } = request;
  const { definition, schema } = instance.catalog.resources.get(typeName);
  const running = operation(instance, schema, 'import', null);
  const response = await attempt(running, async () => {
    if (!definition.import) throw new Error(`${typeName} cannot be imported`);
    return definition.import({ ...running, id });
  });
  const failed = { state: null, private: undefined };
  const told = wellTyped(schema, response?.state ?? {}, running.diagnostics);
  if (!response || running.diagnostics.hasErrors) {
    return { ...failed, diagnostics: running.diagnostics.items };
  }
  const state = overlay(schema.block, {}, told);
  const read = await readResource(instance, { typeName, state, private: response.private });
  const diagnostics = [...running.diagnostics.items, ...read.diagnostics];
  if (diagnostics.some((each) => each.severity === 'error')) return { ...failed, diagnostics };
  if (read.state === null) {
    const detail = `There is no ${typeName} with the import id '${id}'. Check the id and the account and region it is in.`;
    return {
      ...failed,
      diagnostics: [...diagnostics, { severity: 'error', summary: 'Nothing to import', detail }],
    };
  }
  return { state, private: response.private, diagnostics };
}
