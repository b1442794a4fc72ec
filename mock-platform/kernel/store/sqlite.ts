/** The embedded engine: SQLite through libsql, in memory or in one file with a write-ahead log. */
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'libsql';
import { Mutex } from './mutex';
import { migrate } from './schema';
import { SqliteTransaction } from './sqlite-transaction';
import type { Edge, Store, StoreDump, Stored, StoredEvent, Transaction } from './store';

/** How often, and how many times, a transaction asks for a file that another platform is writing: for five seconds. */
const retry = { every: 2, times: 2500 } as const;

/** Another platform has been writing to the same file for too long. */
export class StoreBusyError extends Error {
  override readonly name = 'StoreBusyError';
  constructor(location: string) {
    super(
      `the store ${location} is being written to by another platform for more than ${(retry.every * retry.times) / 1000} seconds`,
    );
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'SQLITE_BUSY';
}

export class SqliteStore implements Store {
  private readonly database: Database.Database;
  /** One connection serves every request, so transactions take turns. */
  private readonly turns = new Mutex();
  private readonly session: SqliteTransaction;

  /** `location` is `:memory:` or a file path. Throws when the file is no store, or of a newer version. */
  constructor(private readonly location: string) {
    this.database = new Database(location);
    if (location !== ':memory:') {
      this.database.pragma('busy_timeout = 5000');
      this.database.pragma('journal_mode = WAL');
      this.database.pragma('synchronous = NORMAL');
    }
    migrate(this.database);
    // From here on whoever waits for the file does so in `begin`, which lets other work go on.
    this.database.pragma('busy_timeout = 0');
    this.session = new SqliteTransaction(this.database);
  }

  transaction<Result>(body: (tx: Transaction) => Promise<Result>): Promise<Result> {
    return this.turns.run(async () => {
      await this.begin();
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

  /** Throws {@link StoreBusyError} when another platform keeps the file. */
  private async begin(): Promise<void> {
    for (let time = 0; time < retry.times; time += 1) {
      try {
        this.database.exec('BEGIN IMMEDIATE');
        return;
      } catch (error) {
        if (!isBusy(error)) throw error;
        await pause(retry.every);
      }
    }
    throw new StoreBusyError(this.location);
  }

  dump(): Promise<StoreDump> {
    return this.transaction(async () => ({
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
