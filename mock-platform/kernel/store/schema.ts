import type Database from 'libsql';

const version = 1;

const ddl = `
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
PRAGMA user_version = ${version};
`;

export class StoreVersionError extends Error {
  override readonly name = 'StoreVersionError';
}

/** Creates the tables of a new store; refuses a store written by a newer version. */
export function migrate(database: Database.Database): void {
  const row = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (row.user_version === version) return;
  if (row.user_version > version) {
    throw new StoreVersionError(
      `the store is of version ${row.user_version}, this Keyquake reads up to version ${version}; use a newer Keyquake or another file`,
    );
  }
  database.exec(ddl);
}
