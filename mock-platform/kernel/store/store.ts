/**
 * Where the platform keeps what it knows: documents with an id, a kind, a scope and a revision, edges between them,
 * audit events, and a few named values. It holds no rules. Everything is asynchronous so that an engine behind a
 * network can serve it without a change in any service.
 */

/** A kind of document. `Doc` is plain JSON data: no functions, no dates, no undefined that matters. */
export interface Collection<Doc extends object> {
  readonly kind: string;
  /** Never set; carries the document's type. */
  readonly documentType?: Doc;
}

export function collection<Doc extends object>(kind: string): Collection<Doc> {
  return { kind };
}

export interface Stored<Doc extends object> {
  readonly kind: string;
  /** Unique among its kind. */
  readonly id: string;
  /** What it belongs to and is listed by: an instance GUID, an account, a secret. */
  readonly scope: string;
  /** Indexed second key, for lookups by name within a scope. Not unique by itself. */
  readonly name: string;
  /** Grows by one with every update; a writer that read an older one is refused. */
  readonly revision: number;
  readonly doc: Readonly<Doc>;
}

export interface Edge {
  readonly type: string;
  /** `kind:id` or any stable identifier, a CRN for one. */
  readonly from: string;
  readonly to: string;
  readonly data?: Readonly<Record<string, unknown>>;
}

/** At least one member is given. */
export interface EdgeFilter {
  readonly type?: string;
  readonly from?: string;
  readonly to?: string;
}

export interface ListFilter {
  readonly scope?: string;
  readonly name?: string;
  /** A pattern of the id, in which `*` stands for any run of characters. */
  readonly idLike?: string;
}

/** A part of a list: `limit` documents after the first `offset`. All of it where it is left out. */
export interface ListRange {
  readonly offset?: number;
  readonly limit?: number;
  /** The last inserted first. */
  readonly newestFirst?: boolean;
}

export interface NewEntity<Doc extends object> {
  readonly id: string;
  readonly scope: string;
  readonly name?: string;
  readonly doc: Doc;
}

/** One request is one transaction: all of it happens or none. */
export interface Transaction {
  get<Doc extends object>(of: Collection<Doc>, id: string): Promise<Stored<Doc> | undefined>;
  /** In order of insertion, unless the range turns it round. What is outside the range is not read. */
  list<Doc extends object>(
    of: Collection<Doc>,
    filter?: ListFilter,
    range?: ListRange,
  ): Promise<Stored<Doc>[]>;
  count<Doc extends object>(of: Collection<Doc>, filter?: ListFilter): Promise<number>;
  /** Throws {@link DuplicateEntityError} when the id exists. */
  insert<Doc extends object>(into: Collection<Doc>, entity: NewEntity<Doc>): Promise<Stored<Doc>>;
  /** Throws {@link RevisionConflictError} when somebody else changed or removed it since it was read. */
  update<Doc extends object>(
    stored: Stored<Doc>,
    change: { readonly doc: Doc; readonly name?: string; readonly scope?: string },
  ): Promise<Stored<Doc>>;
  /** Removes the document (edges are the caller's). Throws {@link RevisionConflictError} as `update` does. */
  remove<Doc extends object>(stored: Stored<Doc>): Promise<void>;

  /** Adds or replaces the edge of that type between the two. */
  link(edge: Edge): Promise<void>;
  unlink(filter: EdgeFilter): Promise<number>;
  edges(filter: EdgeFilter): Promise<Edge[]>;

  append(event: StoredEvent): Promise<void>;
  events(filter: EventFilter): Promise<StoredEvent[]>;

  value(name: string): Promise<string | undefined>;
  setValue(name: string, value: string): Promise<void>;

  /** Removes every document, edge and event, and the named values whose name does not start with `keep:`. */
  clear(): Promise<void>;
}

export interface StoredEvent {
  readonly id: string;
  /** RFC 3339 with milliseconds. */
  readonly time: string;
  readonly action: string;
  readonly target: string;
  readonly outcome: string;
  /** The whole event as JSON data. */
  readonly body: Readonly<Record<string, unknown>>;
}

export interface EventFilter {
  readonly action?: string;
  readonly target?: string;
  readonly outcome?: string;
  /** RFC 3339, inclusive. */
  readonly since?: string;
  readonly limit?: number;
}

export interface Store {
  /** Runs `body` in one transaction; rolls all of it back when it throws. */
  transaction<Result>(body: (tx: Transaction) => Promise<Result>): Promise<Result>;
  /** Everything in it as plain data, secrets sealed as they are stored. */
  dump(): Promise<StoreDump>;
  /** Replaces everything in it. */
  load(dump: StoreDump): Promise<void>;
  close(): Promise<void>;
}

export interface StoreDump {
  readonly entities: readonly Stored<object>[];
  readonly edges: readonly Edge[];
  readonly events: readonly StoredEvent[];
}

export class RevisionConflictError extends Error {
  override readonly name = 'RevisionConflictError';
  constructor(kind: string, id: string) {
    super(`${kind} ${id} was changed by another request`);
  }
}

export class DuplicateEntityError extends Error {
  override readonly name = 'DuplicateEntityError';
  constructor(
    readonly kind: string,
    readonly id: string,
  ) {
    super(`${kind} ${id} exists already`);
  }
}
