import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'libsql';
import { SqliteStore } from '../../../mock-platform/kernel/store/sqlite';
import {
  collection,
  DuplicateEntityError,
  RevisionConflictError,
  type Store,
} from '../../../mock-platform/kernel/store/store';

interface Thing {
  readonly colour: string;
}

const things = collection<Thing>('thing');
const others = collection<Thing>('other');
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyquake-store-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ['memory', () => ':memory:'],
  ['file', (name: string) => join(folder, name)],
])('a store in a %s', (_engine, location) => {
  let store: Store;
  let count = 0;
  beforeEach(() => {
    count += 1;
    store = new SqliteStore(location(`store-${count}.db`));
  });
  afterEach(() => store.close());

  const add = (id: string, colour: string, scope = 's', name = '') =>
    store.transaction((tx) => tx.insert(things, { id, scope, name, doc: { colour } }));
  const read = (id: string) => store.transaction((tx) => tx.get(things, id));

  test('gives back what was put in, with revision 1', async () => {
    await add('a', 'red', 'scope', 'name');
    expect(await read('a')).toEqual({
      kind: 'thing',
      id: 'a',
      scope: 'scope',
      name: 'name',
      revision: 1,
      doc: { colour: 'red' },
    });
    expect(await read('b')).toBeUndefined();
  });

  test('refuses a second document of the same id, not of another kind', async () => {
    await add('a', 'red');
    await expect(add('a', 'blue')).rejects.toThrow(DuplicateEntityError);
    await store.transaction((tx) => tx.insert(others, { id: 'a', scope: 's', doc: { colour: 'blue' } }));
    expect((await read('a'))?.doc.colour).toBe('red');
  });

  test('lists by scope and name in order of insertion', async () => {
    await add('b', 'red', 's1', 'x');
    await add('a', 'green', 's1', 'y');
    await add('c', 'blue', 's2', 'x');
    const ids = (filter: object) =>
      store.transaction(async (tx) => (await tx.list(things, filter)).map((entity) => entity.id));
    expect(await ids({})).toEqual(['b', 'a', 'c']);
    expect(await ids({ scope: 's1' })).toEqual(['b', 'a']);
    expect(await ids({ scope: 's1', name: 'y' })).toEqual(['a']);
    expect(await store.transaction((tx) => tx.count(things, { name: 'x' }))).toBe(2);
  });

  test('gives the part of a list that a range names, from either end', async () => {
    for (const id of ['a', 'b', 'c', 'd', 'e']) await add(id, 'red', id === 'c' ? 'other' : 's');
    const ids = (range: object, filter: object = { scope: 's' }) =>
      store.transaction(async (tx) => (await tx.list(things, filter, range)).map(({ id }) => id));
    expect(await ids({ limit: 2 })).toEqual(['a', 'b']);
    expect(await ids({ offset: 1, limit: 2 })).toEqual(['b', 'd']);
    expect(await ids({ offset: 2 })).toEqual(['d', 'e']);
    expect(await ids({ newestFirst: true, limit: 3 })).toEqual(['e', 'd', 'b']);
    expect(await ids({ newestFirst: true, offset: 3 })).toEqual(['a']);
    expect(await ids({ limit: 0 })).toEqual([]);
    expect(await ids({ offset: 9, limit: 2 })).toEqual([]);
    expect(await ids({ offset: 1, limit: 2 }, {})).toEqual(['b', 'c']);
    expect(await ids({ limit: 1 }, { scope: 's', name: 'none' })).toEqual([]);
  });

  test('finds ids by a pattern, in which * alone is special', async () => {
    for (const id of ['k/a-1', 'k/a-2', 'k/b', 'K/a-1', 'k/[x]?', 'k/xy', 'other/a-1']) await add(id, 'red');
    const ids = (idLike: string) =>
      store.transaction(async (tx) => (await tx.list(things, { idLike })).map(({ id }) => id));
    expect(await ids('k/a-*')).toEqual(['k/a-1', 'k/a-2']);
    expect(await ids('*/a-1')).toEqual(['k/a-1', 'K/a-1', 'other/a-1']);
    expect(await ids('k/[x]?')).toEqual(['k/[x]?']);
    expect(await ids('k/?')).toEqual([]);
    expect(await store.transaction((tx) => tx.count(things, { idLike: 'k/*' }))).toBe(5);
  });

  test('an update raises the revision; a writer that read an older one is refused and loses nothing', async () => {
    const first = await add('a', 'red');
    const second = await store.transaction((tx) => tx.update(first, { doc: { colour: 'green' } }));
    expect(second.revision).toBe(2);
    await expect(store.transaction((tx) => tx.update(first, { doc: { colour: 'blue' } }))).rejects.toThrow(
      new RevisionConflictError('thing', 'a'),
    );
    await expect(store.transaction((tx) => tx.remove(first))).rejects.toThrow(RevisionConflictError);
    expect((await read('a'))?.doc.colour).toBe('green');
  });

  test('a transaction that throws leaves nothing behind', async () => {
    await add('a', 'red');
    const failing = store.transaction(async (tx) => {
      const stored = await tx.get(things, 'a');
      if (stored) await tx.update(stored, { doc: { colour: 'green' } });
      await tx.insert(things, { id: 'b', scope: 's', doc: { colour: 'blue' } });
      await tx.link({ type: 'protects', from: 'a', to: 'b' });
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect((await read('a'))?.doc.colour).toBe('red');
    expect(await read('b')).toBeUndefined();
    expect(await store.transaction((tx) => tx.edges({ from: 'a' }))).toEqual([]);
  });

  test('transactions that overlap in time take turns', async () => {
    await add('a', '0');
    const increment = () =>
      store.transaction(async (tx) => {
        const stored = await tx.get(things, 'a');
        await new Promise((resolve) => setImmediate(resolve));
        if (stored) await tx.update(stored, { doc: { colour: String(Number(stored.doc.colour) + 1) } });
      });
    await Promise.all(Array.from({ length: 20 }, increment));
    expect((await read('a'))?.doc.colour).toBe('20');
  });

  test('edges are found from both ends, replaced, and removed by filter', async () => {
    await store.transaction(async (tx) => {
      await tx.link({ type: 'protects', from: 'k', to: 'v1' });
      await tx.link({ type: 'protects', from: 'k', to: 'v2', data: { lag: 1 } });
      await tx.link({ type: 'protects', from: 'k', to: 'v2', data: { lag: 2 } });
      await tx.link({ type: 'boots', from: 'v1', to: 'i' });
    });
    await store.transaction(async (tx) => {
      expect((await tx.edges({ from: 'k' })).map((edge) => edge.to)).toEqual(['v1', 'v2']);
      expect(await tx.edges({ to: 'v2', type: 'protects' })).toEqual([
        { type: 'protects', from: 'k', to: 'v2', data: { lag: 2 } },
      ]);
      expect(await tx.unlink({ to: 'v1' })).toBe(1);
      await expect(tx.unlink({})).rejects.toThrow('unlink needs a filter');
    });
  });

  test('events are filtered, and limited to the newest', async () => {
    const event = (id: string, time: string, action: string) => ({
      id,
      time,
      action,
      target: 't',
      outcome: 'success',
      body: { id },
    });
    await store.transaction(async (tx) => {
      await tx.append(event('1', '2026-01-01T00:00:00.000Z', 'read'));
      await tx.append(event('2', '2026-01-02T00:00:00.000Z', 'write'));
      await tx.append(event('3', '2026-01-03T00:00:00.000Z', 'write'));
      expect((await tx.events({ action: 'write' })).map(({ id }) => id)).toEqual(['2', '3']);
      expect((await tx.events({ since: '2026-01-02T00:00:00.000Z', limit: 1 })).map(({ id }) => id)).toEqual([
        '3',
      ]);
    });
  });

  test('clear forgets everything but the values to keep', async () => {
    await add('a', 'red');
    await store.transaction(async (tx) => {
      await tx.setValue('keep:clock', '1');
      await tx.setValue('gone', '2');
      await tx.clear();
      expect([await tx.value('keep:clock'), await tx.value('gone'), await tx.count(things)]).toEqual([
        '1',
        undefined,
        0,
      ]);
    });
  });

  test('a dump loads into another store, revisions and order kept', async () => {
    const first = await add('b', 'red');
    await store.transaction((tx) => tx.update(first, { doc: { colour: 'green' } }));
    await add('a', 'blue');
    const dump = await store.dump();
    const copy = new SqliteStore(':memory:');
    await copy.load(dump);
    expect(await copy.dump()).toEqual(dump);
    await copy.close();
  });
});

test('a file keeps its documents, and one of a newer version is refused', async () => {
  const file = join(folder, 'kept.db');
  const store = new SqliteStore(file);
  await store.transaction((tx) => tx.insert(things, { id: 'a', scope: 's', doc: { colour: 'red' } }));
  await store.close();
  const again = new SqliteStore(file);
  expect((await again.transaction((tx) => tx.get(things, 'a')))?.doc).toEqual({ colour: 'red' });
  await again.close();
  const raw = new Database(file);
  raw.exec('PRAGMA user_version = 99');
  raw.close();
  expect(() => new SqliteStore(file)).toThrow(
    'the store is of version 99, this Keyquake reads up to version 2; use a newer Keyquake or another file',
  );
});

describe('one file, two platforms', () => {
  const open = (name: string) => {
    const file = join(folder, name);
    return [new SqliteStore(file), new SqliteStore(file)] as const;
  };

  test('writers take turns, and none is lost', async () => {
    const stores = open('shared.db');
    await stores[0].transaction((tx) => tx.insert(things, { id: 'a', scope: 's', doc: { colour: '0' } }));
    const increment = (store: Store) =>
      store.transaction(async (tx) => {
        const stored = await tx.get(things, 'a');
        await new Promise((resolve) => setImmediate(resolve));
        if (stored) await tx.update(stored, { doc: { colour: String(Number(stored.doc.colour) + 1) } });
      });
    await Promise.all(Array.from({ length: 20 }, (_, index) => increment(stores[index % 2 === 0 ? 0 : 1])));
    const seen = await Promise.all(
      stores.map((store) => store.transaction(async (tx) => (await tx.get(things, 'a'))?.doc.colour)),
    );
    expect(seen).toEqual(['20', '20']);
    for (const store of stores) await store.close();
  });

  test('one that waits for the other lets the rest of its process go on', async () => {
    const [first, second] = open('waiting.db');
    const order: string[] = [];
    let release = (): void => undefined;
    const held = first.transaction(async () => {
      await new Promise<void>((resolve) => {
        release = resolve;
      });
      order.push('first');
    });
    const waiting = second.transaction(async () => order.push('second'));
    await new Promise((resolve) => setImmediate(resolve));
    order.push('meanwhile');
    release();
    await Promise.all([held, waiting]);
    expect(order).toEqual(['meanwhile', 'first', 'second']);
    await first.close();
    await second.close();
  });
});

test('a file of version 1 is brought up to date with what is in it', async () => {
  const file = join(folder, 'older.db');
  const store = new SqliteStore(file);
  await store.transaction((tx) => tx.insert(things, { id: 'a', scope: 's', doc: { colour: 'red' } }));
  await store.close();
  const raw = new Database(file);
  raw.exec('DROP INDEX entity_order; PRAGMA user_version = 1');
  raw.close();
  const again = new SqliteStore(file);
  expect((await again.transaction((tx) => tx.list(things, { scope: 's' }))).map(({ id }) => id)).toEqual([
    'a',
  ]);
  await again.close();
  const seen = new Database(file);
  expect(seen.prepare('PRAGMA user_version').get()).toMatchObject({ user_version: 2 });
  expect(seen.prepare("SELECT name FROM sqlite_master WHERE name = 'entity_order'").get()).toBeDefined();
  seen.close();
});
