import type { TypeFacts } from './facts';
import type { AnyState, OperationRequest, ValidateRequest } from './resource';
import type { Observed } from './state';
import type { Validator } from './validators';

export interface ReadDataRequest<State, Client> extends OperationRequest<Client> {
  /** The configuration with the schema's defaults; computed attributes are null. */
  readonly config: State;
}

export interface ReadDataResponse<State> {
  /** Attributes left out keep what the configuration says. */
  readonly state: Observed<State>;
}

/** A data source: nothing found is an error, thrown as a `DiagnosticError`. */
export interface DataSource<State, Client> {
  readonly facts: TypeFacts;
  read(request: ReadDataRequest<State, Client>): Promise<ReadDataResponse<State>>;

  validate?(request: ValidateRequest<State>): Promise<void>;
  readonly validators?: Readonly<Record<string, Validator>>;
  /** Attributes that are refused, with a diagnostic naming them, when a configuration sets them. */
  readonly notEmulated?: readonly string[];
}

export type AnyDataSource<Client> = DataSource<AnyState, Client>;

/** Checks a data source against its types, then forgets the state type. */
export function defineDataSource<State extends object, Client>(
  source: DataSource<State, Client>,
): AnyDataSource<Client> {
  return source as unknown as AnyDataSource<Client>;
}
