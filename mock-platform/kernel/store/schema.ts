import type Database from 'libsql';

/** What each version of the tables adds to the one before it. A new store gets all of them. */
const steps: readonly string[] = [
  `
CREATE TABLE entity (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL, id TEXT NOT NULL, scope TEXT NOT NULL, name TEXT NOT NULL,
  revision INTEGER NOT NULL, doc TEXT NOT NULL,
  UNIQUE (kind, id)
);
CREATE INDEX entity_scope ON entity (kind, scope, name);
CREATE TABLE edge (
  type TEXT NOT NULL, source TEXT NOT NULL, target TEXT NOT NULL, data TEXT,
  PRIMARY KEY (type, source, target)
);
CREATE INDEX edge_source ON edge (source);
CREATE INDEX edge_target ON edge (target, type);
CREATE TABLE event (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  id TEXT NOT NULL, time TEXT NOT NULL, action TEXT NOT NULL, target TEXT NOT NULL, outcome TEXT NOT NULL, body TEXT NOT NULL
);
CREATE INDEX event_target ON event (target);
CREATE TABLE setting (name TEXT PRIMARY KEY, value TEXT NOT NULL);
`,
  // Every index ends in the row's number: this one gives the documents of a scope in order, so that a page is read alone.
  'CREATE INDEX entity_order ON entity (kind, scope)',
];

const version = steps.length;

export class StoreVersionError extends Error {
  override readonly name = 'StoreVersionError';
}

/** Creates the tables of a new store, brings those of an older one up to date, refuses a store of a newer version. */
export function migrate(database: Database.Database): void {
  const found = versionOf(database);
  if (found === version) return;
  if (found > version) {
    throw new StoreVersionError(
      `the store is of version ${found}, this Keyquake reads up to version ${version}; use a newer Keyquake or another file`,
    );
  }
  database.exec('BEGIN IMMEDIATE');
  try {
    // Two platforms may open the same file at once: the second one finds done what it waited to do.
    for (const step of steps.slice(versionOf(database))) database.exec(step);
    database.exec(`PRAGMA user_version = ${version}`);
    database.exec('COMMIT');
  } catch (error) {
    if (database.inTransaction) database.exec('ROLLBACK');
    throw error;
  }
}

function versionOf(database: Database.Database): number {
  return (database.prepare('PRAGMA user_version').get() as { user_version: number }).user_version;
}
