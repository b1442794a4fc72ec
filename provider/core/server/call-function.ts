import { messageOf } from '../diagnostics';
import { FunctionArgumentError, type ProviderFunction } from '../function';
import type { CtyType } from '../types';
import type { Value } from '../values';
import { UnknownTypeError } from './catalog';
import type { Instance } from './instance';

export type CallOutcome =
  | { readonly result: Value }
  | { readonly error: string; readonly argument: number | undefined };

/** Throws {@link UnknownTypeError}. */
export function functionNamed({ catalog }: Instance, name: string): ProviderFunction {
  const found = catalog.functions.get(name);
  if (!found) throw new UnknownTypeError('function', name);
  return found;
}

/** The type of the argument at a position; variadic arguments repeat the last type. */
export function argumentType({ parameters, variadic }: ProviderFunction, position: number): CtyType {
  return parameters[position]?.type ?? variadic?.type ?? 'dynamic';
}

export function callFunction(called: ProviderFunction, args: readonly Value[]): CallOutcome {
  try {
    return { result: called.call(...args) };
  } catch (error) {
    return {
      error: messageOf(error),
      argument: error instanceof FunctionArgumentError ? error.argument : undefined,
    };
  }
}
