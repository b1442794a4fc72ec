import type { ProviderContext } from './context';
import type { AnyDataSource } from './data-source';
import type { Diagnostics } from './diagnostics';
import type { AnyEphemeralResource } from './ephemeral';
import type { ProviderFacts } from './facts';
import type { ProviderFunction } from './function';
import type { AnyResource, AnyState, ValidateRequest } from './resource';
import type { Validator } from './validators';

export interface ConfigureRequest {
  /** The provider block with the schema's defaults; what is not known yet is null and named in `unknown`. */
  readonly config: AnyState;
  /** Top-level attributes whose value is not known at this time (while planning). */
  readonly unknown: readonly string[];
  readonly terraformVersion: string;
  readonly context: ProviderContext;
  readonly signal: AbortSignal;
  readonly diagnostics: Diagnostics;
}

/** A Terraform provider. `Client` is what its resources need in order to talk to their API. */
export interface Provider<Client> {
  /** Provider type, `ibm`: the last part of its address. */
  readonly name: string;
  readonly facts: ProviderFacts;
  configure(request: ConfigureRequest): Promise<Client>;
  validate?(request: ValidateRequest<AnyState>): Promise<void>;
  readonly validators?: Readonly<Record<string, Validator>>;
  readonly notEmulated?: readonly string[];

  readonly resources: readonly AnyResource<Client>[];
  readonly dataSources: readonly AnyDataSource<Client>[];
  readonly ephemeralResources?: readonly AnyEphemeralResource<Client>[];
  readonly functions?: readonly ProviderFunction[];
  /** For every resource that does not say otherwise. See `Resource.legacyTypeSystem`. @default false */
  readonly legacyTypeSystem?: boolean;
}

export type AnyProvider = Provider<unknown>;

/** Checks a provider against its client type, then forgets it. */
export function defineProvider<Client>(provider: Provider<Client>): AnyProvider {
  return provider as unknown as AnyProvider;
}
