/**
 * What a service is made of: a table of operations, each with its route, schema, access rule and handler. Routes,
 * validation, authorization, transactions, audit and the coverage page all read this table.
 */
import type { Instant } from '../../domain/time';
import type { AccessTarget } from './access-target';
import type { Context } from './context';
import type { ErrorDialect } from './errors';
import type { Identity } from './identity';
import type { Logger } from './logger';
import type { PlatformOptions } from './options';
import type { Transaction } from './store/store';
import type { TokenAuthority } from './tokens';
import type { Vault } from './vault';

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** A JSON Schema (draft 2020-12) as imported from a service's `schema/` folder. */
export type JsonSchema = Readonly<Record<string, unknown>>;

/** One definition of a schema file as a schema of its own: `volume.json` holds the list and, in `$defs`, the volume. */
export function definitionOf<Definitions extends object>(
  { $defs }: { readonly $defs: Definitions },
  name: keyof Definitions & string,
): JsonSchema {
  return { $ref: `#/$defs/${name}`, $defs };
}

/** An action of the vendor's and the service or platform role that is enough for it. */
export interface NamedAccess {
  readonly action: string;
  readonly role: string;
}

/** Who may call it: `public` needs no token, `authenticated` any identity, otherwise the named service or platform role. */
export type Access = 'public' | 'authenticated' | NamedAccess;

/** What is needed instead where a query parameter names one of these: several actions behind one path. */
export interface AccessCases {
  readonly parameter: string;
  readonly cases: Readonly<Record<string, NamedAccess>>;
}

/** What this request of the operation needs. */
export function accessFor(
  { access, accessCases }: Pick<Operation, 'access' | 'accessCases'>,
  { query }: Pick<Input<unknown>, 'query'>,
): Access {
  const named = accessCases && query.get(accessCases.parameter);
  return named && Object.hasOwn(accessCases.cases, named) ? (accessCases.cases[named] ?? access) : access;
}

/** Every action that some request of the operation needs. */
export function accessesOf({ access, accessCases }: Operation): readonly NamedAccess[] {
  return [...(typeof access === 'string' ? [] : [access]), ...Object.values(accessCases?.cases ?? {})];
}

/** Everything a handler, or a rule that it calls in another service, may touch while serving one request. */
export interface Session {
  readonly tx: Transaction;
  /** The one time of this request. */
  readonly now: Instant;
  readonly context: Context;
  readonly vault: Vault;
  readonly tokens: TokenAuthority;
  readonly options: PlatformOptions;
  readonly identity: Identity;
  readonly logger: Logger;
  readonly requestId: string;
  /** Scheme, host and port that the caller used, without a trailing slash: the base of every `href`. */
  readonly baseUrl: string;
  /** Adds an audit event beside the one of the operation (an instance stopped by a key's deletion, for one). */
  record(event: AuditDetail): void;
  /** Fills in the operation's own audit event. */
  describe(detail: Partial<AuditDetail>): void;
}

export interface AuditDetail {
  /** `kms.secrets.disable`. */
  readonly action: string;
  /** CRN, or the path where there is none. */
  readonly target: string;
  readonly before?: Readonly<Record<string, unknown>>;
  readonly after?: Readonly<Record<string, unknown>>;
}

export interface Input<Body> {
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** IP address of the caller; behind a proxy on this machine, the one that the proxy names. */
  readonly clientAddress: string;
  readonly body: Body;
}

export interface Answer {
  readonly status: number;
  /** JSON data, or text with a header `Content-Type` of its own; absent sends an empty body. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export type BodyRule =
  /** The operation takes no body; one that comes is ignored, as vendors do. */
  | { readonly kind: 'none' }
  | { readonly kind: 'json'; readonly schema: JsonSchema; readonly required: boolean }
  | { readonly kind: 'form'; readonly schema: JsonSchema };

export interface Operation {
  /** The vendor's operation id, `createKey`. Unique in its service. */
  readonly operation: string;
  readonly method: Method;
  /** Express path below the service's mount, `/api/v2/keys/:id`. */
  readonly path: string;
  readonly access: Access;
  readonly accessCases?: AccessCases;
  readonly body: BodyRule;
  /** Schema of the query as an object of strings; unknown parameters pass. */
  readonly query?: JsonSchema;
  /** Audit action of a mutation; absent for reads. */
  readonly audit?: string;
  /** Schema of the body of a success; absent where there is none. */
  readonly response?: JsonSchema;
  readonly handle: (session: Session, input: Input<unknown>) => Promise<Answer>;
}

interface OperationCommon {
  readonly operation: string;
  readonly method: Method;
  readonly path: string;
  readonly access: Access;
  readonly accessCases?: AccessCases;
  readonly query?: JsonSchema;
  readonly audit?: string;
  readonly response?: JsonSchema;
}

/** An operation without a body. */
export function operation(
  definition: OperationCommon & {
    readonly handle: (session: Session, input: Input<undefined>) => Promise<Answer>;
  },
): Operation {
  const { handle, ...common } = definition;
  return {
    ...common,
    body: { kind: 'none' },
    handle: (session, input) => handle(session, { ...input, body: undefined }),
  };
}

/** An operation whose JSON body must satisfy `schema`; `Body` is the type generated from that schema. */
export function operationWithBody<Body>(
  definition: OperationCommon & {
    readonly schema: JsonSchema;
    readonly handle: (session: Session, input: Input<Body>) => Promise<Answer>;
  },
): Operation {
  const { handle, schema, ...common } = definition;
  // Validated against the schema that `Body` was generated from before the handler runs.
  return {
    ...common,
    body: { kind: 'json', schema, required: true },
    handle: (session, input) => handle(session, input as Input<Body>),
  };
}

/** As {@link operationWithBody}, but the body may be left out (or be the literal `null`). */
export function operationWithOptionalBody<Body>(
  definition: OperationCommon & {
    readonly schema: JsonSchema;
    readonly handle: (session: Session, input: Input<Body | undefined>) => Promise<Answer>;
  },
): Operation {
  const { handle, schema, ...common } = definition;
  return {
    ...common,
    body: { kind: 'json', schema, required: false },
    handle: (session, input) => handle(session, input as Input<Body | undefined>),
  };
}

/** An operation whose form body (`application/x-www-form-urlencoded`) must satisfy `schema`. */
export function operationWithForm<Body>(
  definition: OperationCommon & {
    readonly schema: JsonSchema;
    readonly handle: (session: Session, input: Input<Body>) => Promise<Answer>;
  },
): Operation {
  const { handle, schema, ...common } = definition;
  return {
    ...common,
    body: { kind: 'form', schema },
    handle: (session, input) => handle(session, input as Input<Body>),
  };
}

/** An operation of the vendor's API that the platform does not emulate; it answers 501 with this name. */
export interface UnemulatedOperation {
  readonly operation: string;
  readonly method: Method;
  readonly path: string;
}

export interface Service {
  /** Folder name, `key-protect`. */
  readonly name: string;
  /** The vendor's name of it, `Key Protect`. */
  readonly title: string;
  readonly dialect: ErrorDialect;
  /** Vendor host names; named groups become path parameters. */
  readonly hosts: readonly RegExp[];
  /** Path prefix of the emulator for services that live on one host per instance, `/secrets-manager/:instance_id`. */
  readonly mount?: string;
  /** Paths below the mount that belong to this API: an unknown operation on them answers 501. */
  readonly paths: readonly RegExp[];
  /**
   * What the request acts on: the caller needs the operation's role on each. Asked before the body is checked; where
   * it is absent the account as a whole is meant.
   */
  readonly accessTargets?: (session: Session, input: Input<unknown>) => Promise<readonly AccessTarget[]>;
  /**
   * CRN of what a refused request would have acted on, for its audit event. Needed where that is not the access target:
   * a policy, for one, is not what it opens. Asked of bodies that were never checked.
   */
  readonly auditTarget?: (session: Session, input: Input<unknown>) => Promise<string | undefined>;
  readonly operations: readonly Operation[];
  readonly unemulated: readonly UnemulatedOperation[];
}

/** `Body`, where it is given, is the type generated from the schema of the response. */
export function ok<Body>(body: Body, headers?: Readonly<Record<string, string>>): Answer {
  return headers ? { status: 200, body, headers } : { status: 200, body };
}

/** As {@link ok}. */
export function created<Body>(body: Body, headers?: Readonly<Record<string, string>>): Answer {
  return headers ? { status: 201, body, headers } : { status: 201, body };
}

export const noContent: Answer = { status: 204 };
