/**
 * A managed resource type: its facts, and functions that map it to an API. Planning, defaults, replacement, conversion
 * and checks are the core's; a resource file holds its schema, its mapping and its five functions and nothing else.
 */
import type { Duration } from '../../domain/time';
import type { Diagnostics } from './diagnostics';
import type { TypeFacts } from './facts';
import type { AttributePath } from './path';
import type { Configured, Observed } from './state';
import type { Validator } from './validators';
import type { Value } from './values';

/** What a provider keeps about one object beside its state; Terraform stores it and does not show it. JSON. */
export type PrivateData = { readonly [name: string]: unknown };

export interface OperationRequest<Client> {
  /** What the provider's `configure` answered. */
  readonly client: Client;
  /** Aborted when the user interrupts Terraform, and when the operation's timeout is over. */
  readonly signal: AbortSignal;
  /** From the `timeouts` block, else the schema's default; absent when the type has no such timeout. */
  readonly timeout: Duration | undefined;
  /** For warnings, and for errors that shall not end the operation at once. */
  readonly diagnostics: Diagnostics;
}

export interface CreateRequest<State, Client> extends OperationRequest<Client> {
  /** The planned state. What only the API will decide is `null` (an empty list, set or map where it is a block). */
  readonly plan: State;
  /** The configuration as written: the only place where write-only attributes are. */
  readonly config: State;
  /**
   * To be called as soon as the object exists, with what identifies it. When creation fails later, Terraform then
   * keeps the object as tainted instead of losing it. Later calls add to earlier ones.
   */
  saveState(state: Observed<State>): void;
}

export interface UpdateRequest<State, Client> extends CreateRequest<State, Client> {
  readonly prior: State;
  readonly private: PrivateData | undefined;
  /** Whether the plan differs from the prior state in any of these attributes or blocks. */
  changed(...names: readonly (keyof State)[]): boolean;
}

export interface ReadRequest<State, Client> extends OperationRequest<Client> {
  readonly state: State;
  readonly private: PrivateData | undefined;
}

export type DeleteRequest<State, Client> = ReadRequest<State, Client>;

export interface ImportRequest<Client> extends Omit<OperationRequest<Client>, 'timeout'> {
  /** What the user gave to `terraform import`. */
  readonly id: string;
}

/** Attributes left out of `state` keep their planned value; those that were not known become null. */
export interface WriteResponse<State> {
  readonly state: Observed<State>;
  readonly private?: PrivateData;
}

export interface ReadResponse<State> {
  /** Null: the object is gone, Terraform will plan to create it again. */
  readonly state: Observed<State> | null;
  readonly private?: PrivateData;
}

/** Enough of the state for `read`, which follows at once, to find the object. */
export interface ImportResponse<State> {
  readonly state: Observed<State>;
  readonly private?: PrivateData;
}

export interface ModifyPlanRequest<State, Client>
  extends Pick<OperationRequest<Client>, 'signal' | 'diagnostics'> {
  /** Undefined while the provider is not configured. */
  readonly client: Client | undefined;
  /** Null when the resource is to be created. */
  readonly prior: State | null;
  readonly config: Configured<State>;
  /** The plan as the schema's rules make it. */
  readonly plan: Configured<State>;
}

export interface ModifyPlanResponse<State> {
  /** Attributes whose planned value shall be another one, `unknownValue` among them. */
  readonly plan?: Partial<Configured<State>>;
  /** Attributes or blocks whose change now needs a replacement. */
  readonly requiresReplace?: readonly (keyof State)[];
}

export interface ValidateRequest<State> {
  /** What is not known yet is `unknownValue` and must not be judged. */
  readonly config: Configured<State>;
  readonly diagnostics: Diagnostics;
}

export interface DiffSuppressRequest<State> {
  readonly path: AttributePath;
  readonly prior: Value;
  /** The value that the configuration or the default asks for; may be `unknownValue`. */
  readonly planned: Value;
  readonly state: State;
  readonly config: Configured<State>;
}

export interface MoveRequest {
  readonly sourceProviderAddress: string;
  readonly sourceTypeName: string;
  readonly sourceSchemaVersion: number;
  /** The source's state as parsed JSON; numbers beyond 2^53 as text. */
  readonly sourceState: { readonly [name: string]: unknown };
}

/** Hooks and validators are addressed by attribute name, with dots through blocks: `allowed_use.api_version`. */
export interface Resource<State, Client> {
  readonly facts: TypeFacts;

  create(request: CreateRequest<State, Client>): Promise<WriteResponse<State>>;
  read(request: ReadRequest<State, Client>): Promise<ReadResponse<State>>;
  /** Absent when every change replaces the resource. */
  update?(request: UpdateRequest<State, Client>): Promise<WriteResponse<State>>;
  /** An object that is gone already counts as deleted. */
  delete(request: DeleteRequest<State, Client>): Promise<void>;
  /** Absent when the type cannot be imported. See {@link importById}. */
  import?(request: ImportRequest<Client>): Promise<ImportResponse<State>>;

  /** What the vendor does in CustomizeDiff. Not called for a destroy. */
  modifyPlan?(request: ModifyPlanRequest<State, Client>): Promise<ModifyPlanResponse<State>>;
  /** Rules that no fact and no single attribute's validator can say. */
  validate?(request: ValidateRequest<State>): Promise<void>;
  readonly validators?: Readonly<Record<string, Validator>>;
  /** True: the difference means nothing and the prior value stays. Asked for existing resources only. */
  readonly diffSuppress?: Readonly<Record<string, (request: DiffSuppressRequest<State>) => boolean>>;
  /** The form in which a configured value is planned and stored, such as normalised JSON. */
  readonly stateFunc?: Readonly<Record<string, (value: Value) => Value>>;
  /** From the version that is the key to the schema's version: JSON in, JSON out. */
  readonly upgradeState?: Readonly<Record<number, (state: { readonly [name: string]: unknown }) => unknown>>;
  /** `moved` blocks from other types. Null when it does not take over from that type. */
  moveState?(request: MoveRequest): Promise<Observed<State> | null>;

  /** Attributes that are refused, with a diagnostic naming them, when a configuration sets them. */
  readonly notEmulated?: readonly string[];
  /**
   * Plans by the rules of the SDK of the vendor's provider (zero values count as absent, optional and computed blocks
   * may be filled in by the API) and tells Terraform to bear with it. For stand-ins of types made with that SDK.
   */
  readonly legacyTypeSystem?: boolean;
}

/** `import` for types whose `read` needs nothing but `id`. */
export function importById(request: { readonly id: string }): Promise<{ state: { id: string } }> {
  return Promise.resolve({ state: { id: request.id } });
}

/** A resource whose state type nobody needs to know any more: what a provider lists. */
export type AnyResource<Client> = Resource<AnyState, Client>;
export type AnyState = { readonly [name: string]: Value };

/** Checks a resource against its types, then forgets the state type. */
export function defineResource<State extends object, Client>(
  resource: Resource<State, Client>,
): AnyResource<Client> {
  return resource as unknown as AnyResource<Client>;
}
