/** Open, renew and close of ephemeral resources. */
import type { Instant } from '../../../domain/time';
import { overlay, withoutUnknowns } from '../complete';
import { planState } from '../plan';
import type { PrivateData } from '../resource';
import type { ValueObject } from '../values';
import { wellTyped } from '../well-typed';
import { attempt, type Instance, operation } from './instance';
import type { Outcome } from './outcome';

export interface OpenOutcome extends Outcome {
  readonly result: ValueObject | null;
  readonly renewAt: Instant | undefined;
  readonly private: PrivateData | undefined;
}

export async function openEphemeralResource(
  instance: Instance,
  request: { readonly typeName: string; readonly config: ValueObject },
): Promise<OpenOutcome> {
  const { definition, schema } = instance.catalog.ephemeralResources.get(request.typeName);
  const running = operation(instance, schema, 'open', null);
  const input = { prior: null, proposed: request.config, config: request.config };
  const config = withoutUnknowns(schema.block, planState({ schema, legacy: false }, input));
  const response = await attempt(running, () => definition.open({ ...running, config }));
  const told = wellTyped(schema, response?.result ?? {}, running.diagnostics);
  return {
    result: running.diagnostics.hasErrors ? null : overlay(schema.block, config, told),
    renewAt: response?.renewAt,
    private: response?.private,
    diagnostics: running.diagnostics.items,
  };
}

export interface OpenedRequest {
  readonly typeName: string;
  readonly private: PrivateData | undefined;
}

export interface RenewOutcome extends Outcome {
  readonly renewAt: Instant | undefined;
  readonly private: PrivateData | undefined;
}

export async function renewEphemeralResource(
  instance: Instance,
  request: OpenedRequest,
): Promise<RenewOutcome> {
  const { definition, schema } = instance.catalog.ephemeralResources.get(request.typeName);
  const running = operation(instance, schema, 'renew', null);
  const response = await attempt(running, async () =>
    definition.renew?.({ ...running, private: request.private }),
  );
  return {
    renewAt: response?.renewAt,
    private: response?.private ?? request.private,
    diagnostics: running.diagnostics.items,
  };
}

export async function closeEphemeralResource(instance: Instance, request: OpenedRequest): Promise<Outcome> {
  const { definition, schema } = instance.catalog.ephemeralResources.get(request.typeName);
  const running = operation(instance, schema, 'close', null);
  await attempt(running, async () => definition.close?.({ ...running, private: request.private }));
  return { diagnostics: running.diagnostics.items };
}
