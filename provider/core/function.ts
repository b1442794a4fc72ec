import type { CtyType } from './types';
import type { Value } from './values';

export interface FunctionParameter {
  readonly name: string;
  readonly type: CtyType;
  readonly description?: string;
  /** Whether null may be given. @default false */
  readonly nullable?: boolean;
}

/** A pure function that configurations call as `provider::<name>::<function>(…)`. Arguments are known when it is called. */
export interface ProviderFunction {
  readonly name: string;
  readonly summary: string;
  readonly description?: string;
  readonly parameters: readonly FunctionParameter[];
  /** Takes all further arguments. */
  readonly variadic?: FunctionParameter;
  readonly returns: CtyType;
  /** Throws {@link FunctionArgumentError} to say which argument is wrong. */
  call(...args: readonly Value[]): Value;
}

/** Terraform underlines the argument, counted from 0. */
export class FunctionArgumentError extends Error {
  override readonly name = 'FunctionArgumentError';

  constructor(
    readonly argument: number,
    message: string,
  ) {
    super(message);
  }
}
