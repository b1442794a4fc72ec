import type { Instant } from '../../domain/time';
import type { TypeFacts } from './facts';
import type { AnyState, OperationRequest, PrivateData, ValidateRequest } from './resource';
import type { Observed } from './state';
import type { Validator } from './validators';

export interface OpenRequest<State, Client> extends Omit<OperationRequest<Client>, 'timeout'> {
  readonly config: State;
}

export interface OpenResponse<State> {
  /** Attributes left out keep what the configuration says. */
  readonly result: Observed<State>;
  /** When Terraform shall call `renew`. */
  readonly renewAt?: Instant;
  readonly private?: PrivateData;
}

export interface RenewRequest<Client> extends Omit<OperationRequest<Client>, 'timeout'> {
  readonly private: PrivateData | undefined;
}

export type CloseRequest<Client> = RenewRequest<Client>;

export interface RenewResponse {
  readonly renewAt?: Instant;
  readonly private?: PrivateData;
}

/** A value that exists while Terraform runs and is written to neither plan nor state. */
export interface EphemeralResource<State, Client> {
  readonly facts: TypeFacts;
  open(request: OpenRequest<State, Client>): Promise<OpenResponse<State>>;
  renew?(request: RenewRequest<Client>): Promise<RenewResponse>;
  close?(request: CloseRequest<Client>): Promise<void>;

  validate?(request: ValidateRequest<State>): Promise<void>;
  readonly validators?: Readonly<Record<string, Validator>>;
}

export type AnyEphemeralResource<Client> = EphemeralResource<AnyState, Client>;

/** Checks an ephemeral resource against its types, then forgets the state type. */
export function defineEphemeralResource<State extends object, Client>(
  resource: EphemeralResource<State, Client>,
): AnyEphemeralResource<Client> {
  return resource as unknown as AnyEphemeralResource<Client>;
}
