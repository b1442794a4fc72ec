import type Database from 'libsql';
import {
  type Collection,
  DuplicateEntityError,
  type Edge,
  type EdgeFilter,
  type EventFilter,
  type ListFilter,
  type ListRange,
  type NewEntity,
  RevisionConflictError,
  type Stored,
  type StoredEvent,
  type Transaction,
} from './store';

interface EntityRow {
  kind: string;
  id: string;
  scope: string;
  name: string;
  revision: number;
  doc: string;
}

interface EdgeRow {
  type: string;
  source: string;
  target: string;
  data: string | null;
}

type Condition = readonly [column: string, value: string | undefined];

/** ` WHERE a = ? AND b = ?` over the conditions that have a value. */
function where(conditions: readonly Condition[]): { clause: string; values: string[] } {
  const given = conditions.filter((entry): entry is [string, string] => entry[1] !== undefined);
  const clause = given.length === 0 ? '' : ` WHERE ${given.map(([column]) => column).join(' AND ')}`;
  return { clause, values: given.map(([, value]) => value) };
}

function toStored<Doc extends object>(row: EntityRow): Stored<Doc> {
  const { kind, id, scope, name, revision } = row;
  return { kind, id, scope, name, revision, doc: JSON.parse(row.doc) as Doc };
}

function toEdge(row: EdgeRow): Edge {
  const { type, source, target, data } = row;
  return { type, from: source, to: target, ...(data === null ? {} : { data: JSON.parse(data) }) };
}

/** SQLite takes a negative limit for none. */
const unlimited = -1;

const entityColumns = 'kind, id, scope, name, revision, doc';

export class SqliteTransaction implements Transaction {
  private readonly prepared = new Map<string, Database.Statement>();

  constructor(private readonly database: Database.Database) {}

  async get<Doc extends object>(of: Collection<Doc>, id: string): Promise<Stored<Doc> | undefined> {
    const row = this.statement(`SELECT ${entityColumns} FROM entity WHERE kind = ? AND id = ?`).get(
      of.kind,
      id,
    );
    return row ? toStored(row as EntityRow) : undefined;
  }

  async list<Doc extends object>(
    of: Collection<Doc>,
    filter: ListFilter = {},
    { offset = 0, limit = unlimited, newestFirst = false }: ListRange = {},
  ): Promise<Stored<Doc>[]> {
    const { clause, values } = this.selection(of, filter);
    const order = newestFirst ? 'seq DESC' : 'seq';
    const rows = this.statement(
      `SELECT ${entityColumns} FROM entity${clause} ORDER BY ${order} LIMIT ? OFFSET ?`,
    ).all(...values, limit, offset);
    return (rows as EntityRow[]).map((row) => toStored<Doc>(row));
  }

  async count<Doc extends object>(of: Collection<Doc>, filter: ListFilter = {}): Promise<number> {
    const { clause, values } = this.selection(of, filter);
    const row = this.statement(`SELECT count(*) AS total FROM entity${clause}`).get(...values);
    return (row as { total: number }).total;
  }

  async insert<Doc extends object>(into: Collection<Doc>, entity: NewEntity<Doc>): Promise<Stored<Doc>> {
    if (await this.get(into, entity.id)) throw new DuplicateEntityError(into.kind, entity.id);
    const stored = { kind: into.kind, name: '', ...entity, revision: 1 };
    this.restore(stored);
    return stored;
  }

  async update<Doc extends object>(
    stored: Stored<Doc>,
    change: { readonly doc: Doc; readonly name?: string; readonly scope?: string },
  ): Promise<Stored<Doc>> {
    const next = { ...stored, ...change, revision: stored.revision + 1 };
    const { changes } = this.statement(
      'UPDATE entity SET doc = ?, name = ?, scope = ?, revision = ? WHERE kind = ? AND id = ? AND revision = ?',
    ).run(
      JSON.stringify(next.doc),
      next.name,
      next.scope,
      next.revision,
      stored.kind,
      stored.id,
      stored.revision,
    );
    if (changes !== 1) throw new RevisionConflictError(stored.kind, stored.id);
    return next;
  }

  async remove<Doc extends object>(stored: Stored<Doc>): Promise<void> {
    const { changes } = this.statement('DELETE FROM entity WHERE kind = ? AND id = ? AND revision = ?').run(
      stored.kind,
      stored.id,
      stored.revision,
    );
    if (changes !== 1) throw new RevisionConflictError(stored.kind, stored.id);
  }

  async link(edge: Edge): Promise<void> {
    this.statement('INSERT OR REPLACE INTO edge (type, source, target, data) VALUES (?, ?, ?, ?)').run(
      edge.type,
      edge.from,
      edge.to,
      edge.data === undefined ? null : JSON.stringify(edge.data),
    );
  }

  async unlink(filter: EdgeFilter): Promise<number> {
    if (Object.keys(filter).length === 0)
      throw new RangeError('unlink needs a filter; clear() removes everything');
    const { clause, values } = this.edgeSelection(filter);
    return this.statement(`DELETE FROM edge${clause}`).run(...values).changes;
  }

  async edges(filter: EdgeFilter): Promise<Edge[]> {
    const { clause, values } = this.edgeSelection(filter);
    const rows = this.statement(`SELECT type, source, target, data FROM edge${clause} ORDER BY rowid`).all(
      ...values,
    );
    return (rows as EdgeRow[]).map(toEdge);
  }

  async append(event: StoredEvent): Promise<void> {
    const { id, time, action, target, outcome, body } = event;
    this.statement(
      'INSERT INTO event (id, time, action, target, outcome, body) VALUES (?, ?, ?, ?, ?, ?)',
    ).run(id, time, action, target, outcome, JSON.stringify(body));
  }

  async events(filter: EventFilter): Promise<StoredEvent[]> {
    const { clause, values } = where([
      ['action = ?', filter.action],
      ['target = ?', filter.target],
      ['outcome = ?', filter.outcome],
      ['time >= ?', filter.since],
    ]);
    const limit = filter.limit === undefined ? '' : ` ORDER BY seq DESC LIMIT ${Math.trunc(filter.limit)}`;
    const columns = 'seq, id, time, action, target, outcome, body';
    const rows = this.statement(
      `SELECT * FROM (SELECT ${columns} FROM event${clause}${limit}) ORDER BY seq`,
    ).all(...values);
    return (rows as (Omit<StoredEvent, 'body'> & { seq: number; body: string })[]).map(
      ({ seq: _, body, ...event }) => ({
        ...event,
        body: JSON.parse(body) as Record<string, unknown>,
      }),
    );
  }

  async value(name: string): Promise<string | undefined> {
    const row = this.statement('SELECT value FROM setting WHERE name = ?').get(name);
    return (row as { value: string } | undefined)?.value;
  }

  async setValue(name: string, value: string): Promise<void> {
    this.statement('INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)').run(name, value);
  }

  async clear(): Promise<void> {
    this.database.exec(
      "DELETE FROM entity; DELETE FROM edge; DELETE FROM event; DELETE FROM setting WHERE name NOT LIKE 'keep:%'",
    );
  }

  /** Every document of every kind, in order of insertion. */
  allEntities(): Stored<object>[] {
    return (this.statement(`SELECT ${entityColumns} FROM entity ORDER BY seq`).all() as EntityRow[]).map(
      (row) => toStored(row),
    );
  }

  /** Writes a document with the revision it has. */
  restore(entity: Stored<object>): void {
    this.statement(`INSERT INTO entity (${entityColumns}) VALUES (?, ?, ?, ?, ?, ?)`).run(
      entity.kind,
      entity.id,
      entity.scope,
      entity.name,
      entity.revision,
      JSON.stringify(entity.doc),
    );
  }

  private selection(of: Collection<object>, filter: ListFilter): { clause: string; values: string[] } {
    return where([
      ['kind = ?', of.kind],
      ['scope = ?', filter.scope],
      ['name = ?', filter.name],
      ['id GLOB ?', filter.idLike?.replace(/[?[]/g, '[$&]')],
    ]);
  }

  private edgeSelection(filter: EdgeFilter): { clause: string; values: string[] } {
    return where([
      ['type = ?', filter.type],
      ['source = ?', filter.from],
      ['target = ?', filter.to],
    ]);
  }

  private statement(sql: string): Database.Statement {
    let statement = this.prepared.get(sql);
    if (!statement) {
      statement = this.database.prepare(sql);
      this.prepared.set(sql, statement);
    }
    return statement;
  }
}
