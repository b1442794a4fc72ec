/** The embedded engine: SQLite through libsql, in memory or in one file with a write-ahead log. */
import Database from 'libsql';
import { Mutex } from './mutex';
import { migrate } from './schema';
import { SqliteTransaction } from './sqlite-transaction';
import type { Edge, Store, StoreDump, Stored, StoredEvent, Transaction } from './store';

export class SqliteStore implements Store {
  private readonly database: Database.Database;
  /** One connection serves every request, so transactions take turns. */
  private readonly turns = new Mutex();
  private readonly session: SqliteTransaction;

  /** `location` is `:memory:` or a file path. Throws when the file is no store, or of a newer version. */
  constructor(location: string) {
    this.database = new Database(location);
    if (location !== ':memory:') {
      this.database.pragma('journal_mode = WAL');
      this.database.pragma('synchronous = NORMAL');
      this.database.pragma('busy_timeout = 5000');
    }
    migrate(this.database);
    this.session = new SqliteTransaction(this.database);
  }

  transaction<Result>(body: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.turns.run(async () => {
      this.database.exec('BEGIN IMMEDIATE');
      try {
        const result = await body(this.session);
        this.database.exec('COMMIT');
        return result;
      } catch (error) {
        if (this.database.inTransaction) this.database.exec('ROLLBACK');
        throw error;
      }
    });
  }

  dump(): Promise<StoreDump> {
    return this.turns.run(async () => ({
      entities: this.session.allEntities(),
      edges: await this.session.edges({}),
      events: await this.session.events({}),
    }));
  }

  load(dump: StoreDump): Promise<void> {
    return this.transaction(async (tx) => {
      this.database.exec('DELETE FROM entity; DELETE FROM edge; DELETE FROM event');
      for (const entity of dump.entities) this.session.restore(entity as Stored<object>);
      for (const edge of dump.edges) await tx.link(edge as Edge);
      for (const event of dump.events) await tx.append(event as StoredEvent);
    });
  }

  close(): Promise<void> {
    return this.turns.run(async () => {
      this.database.close();
    });
  }
}
