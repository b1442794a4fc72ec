import { complete, overlay } from '../complete';
import type { PrivateData } from '../resource';
import { sdkSettledState } from '../sdk-equivalence';
import type { ValueObject } from '../values';
import { wellTyped } from '../well-typed';
import { attempt, type Instance, operation } from './instance';
import type { Outcome } from './outcome';

export interface ReadRequest {
  readonly typeName: string;
  readonly state: ValueObject;
  readonly private: PrivateData | undefined;
}

export interface ReadOutcome extends Outcome {
  /** Null when the object is gone. */
  readonly state: ValueObject | null;
  readonly private: PrivateData | undefined;
}

/** A read that failed keeps the state beside the error; Terraform then changes nothing. */
export async function readResource(instance: Instance, request: ReadRequest): Promise<ReadOutcome> {
  const { definition, schema, legacy } = instance.catalog.resources.get(request.typeName);
  const running = operation(instance, schema, 'read', request.state);
  const prior = complete(schema.block, request.state);
  const response = await attempt(running, () =>
    definition.read({ ...running, state: prior, private: request.private }),
  );
  const gone = response !== undefined && response.state === null;
  const told = wellTyped(schema, response?.state ?? {}, running.diagnostics);
  const diagnostics = running.diagnostics.items;
  if (!response || running.diagnostics.hasErrors) {
    return { state: prior, private: request.private, diagnostics };
  }
  if (gone) return { state: null, private: undefined, diagnostics };
  const read = overlay(schema.block, prior, told);
  const state = legacy ? (sdkSettledState(schema.type, prior, read, 'read') as ValueObject) : read;
  return { state, private: response.private ?? request.private, diagnostics };
}
