/**
 * One configured provider. Terraform makes one per `provider` block, and a server that is reattached serves several at
 * once, so nothing that a configuration decides is kept anywhere else.
 */
import { type Duration, second } from '../../../domain/time';
import type { ProviderContext } from '../context';
import { Diagnostics, diagnosticsOf } from '../diagnostics';
import { parseGoDuration } from '../durations';
import { memberOf } from '../nested';
import type { OperationRequest } from '../resource';
import type { Schema } from '../schema';
import type { Value } from '../values';
import type { Catalog } from './catalog';

export class Instance {
  /** What `configure` answered; undefined before. */
  client: unknown;
  #stop = new AbortController();

  constructor(
    readonly catalog: Catalog,
    readonly context: ProviderContext,
  ) {}

  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** Cancels what is under way. What comes later is not affected: a reattached provider outlives an interrupt. */
  stop(): void {
    this.#stop.abort(new Error('interrupted'));
    this.#stop = new AbortController();
  }
}

export interface Operation extends OperationRequest<unknown> {
  /** `create ibm_kms_key`, for messages. */
  readonly doing: string;
}

/** Everything an operation needs beside its data. `state` holds the `timeouts` block, if there is one. */
export function operation(instance: Instance, schema: Schema, name: string, state: Value): Operation {
  const timeout = timeoutOf(schema, name, state);
  // A duration can be a part of a millisecond, a timer cannot.
  const signals = timeout === undefined ? [] : [AbortSignal.timeout(Math.ceil(timeout))];
  return {
    client: instance.client,
    signal: AbortSignal.any([instance.signal, ...signals]),
    timeout,
    diagnostics: new Diagnostics(),
    doing: `${name} ${schema.typeName}`,
  };
}

function timeoutOf(schema: Schema, name: string, state: Value): Duration | undefined {
  const configured = memberOf(memberOf(state, 'timeouts'), name);
  if (typeof configured === 'string') return parseGoDuration(configured);
  return schema.timeouts.get(name) ?? schema.timeouts.get('default');
}

/** Runs a resource's function. What it throws becomes diagnostics of the operation, and the answer is undefined. */
export async function attempt<T>(running: Operation, run: () => Promise<T>): Promise<T | undefined> {
  try {
    return await run();
  } catch (error) {
    running.diagnostics.add(...diagnosticsOf(thrownBy(running, error), running.doing));
    return undefined;
  }
}

/** An aborted request says why it was aborted, not that it was. */
function thrownBy({ signal, timeout }: Operation, error: unknown): unknown {
  const aborted = signal.aborted && (error === signal.reason || /^(Abort|Timeout)Error$/.test(nameOf(error)));
  if (!aborted) return error;
  return nameOf(signal.reason) === 'TimeoutError'
    ? new Error(`not done after ${(timeout ?? 0) / second} s; allow more in the timeouts block`)
    : new Error('interrupted before it was done');
}

function nameOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'name' in error ? String(error.name) : '';
}
