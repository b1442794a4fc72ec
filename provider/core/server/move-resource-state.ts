import { overlay } from '../complete';
import { DiagnosticError } from '../diagnostics';
import { parseExactJson } from '../json';
import type { ValueObject } from '../values';
import type { Instance } from './instance';

export interface MoveStateRequest {
  readonly targetTypeName: string;
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  readonly sourceSchemaVersion: number;
  /** JSON text. */
  readonly sourceState: string;
}

/** Throws {@link DiagnosticError} when the target does not take over from the source. */
export async function moveResourceState(instance: Instance, request: MoveStateRequest): Promise<ValueObject> {
  const { definition, schema } = instance.catalog.resources.get(request.targetTypeName);
  const sourceState = parseExactJson(request.sourceState) as { readonly [name: string]: unknown };
  const state = await definition.moveState?.({ ...request, sourceState });
  if (!state) {
    throw new DiagnosticError({
      summary: 'Cannot move',
      detail:
        `${request.targetTypeName} does not take over objects of type ${request.sourceTypeName} of ` +
        `${request.sourceProviderAddress}. Remove the moved block, or import the object as ${request.targetTypeName}.`,
    });
  }
  return overlay(schema.block, {}, state);
}
