/** Which keys a list shows, in which order (ibm-control-plane.md 6.1.2; Key Protect view-keys.md). */
import { hyperProtect, type KeyPlatform, startKeyPlatform } from './support/key-platform';
import { keyInState, newKey, refusalOf } from './support/keys';

let platform: KeyPlatform;
beforeAll(async () => {
  platform = await startKeyPlatform();
  await newKey(platform, { name: 'alpha', aliases: ['first'] });
  platform.advance('PT1M');
  await newKey(platform, { name: 'beta', extractable: true });
  platform.advance('PT1M');
  await newKey(platform, { name: 'alphabet', imported: true, expirationDate: '2026-06-01T00:00:00Z' });
  platform.advance('PT1M');
  await keyInState(platform, 'suspended', { name: 'gamma' });
  await keyInState(platform, 'destroyed', { name: 'delta', aliases: ['fourth'] });
  await newKey(platform, { name: 'elsewhere', instance: hyperProtect });
});
afterAll(() => platform.close());

/** In the order of creation where the query asks for no other. */
async function names(query: string): Promise<unknown> {
  const sort = /(^|&)sort=/.test(query) ? '' : '&sort=creationDate';
  const reply = await platform.call('GET', `/keys?${query}${sort}`);
  if (reply.status !== 200) return refusalOf(reply);
  expect(reply.body.metadata.collectionTotal).toBe(reply.body.resources.length);
  return reply.body.resources.map(({ name }: { name: string }) => name);
}

const enc = encodeURIComponent;

test.each([
  ['', ['alpha', 'beta', 'alphabet', 'gamma']],
  ['limit=2', ['alpha', 'beta']],
  ['limit=2&offset=1', ['beta', 'alphabet']],
  ['offset=4', []],
  ['state=5', ['delta']],
  ['state=2,5', ['gamma', 'delta']],
  ['state=0', []],
  ['extractable=true', ['beta']],
  ['extractable=false', ['alpha', 'alphabet', 'gamma']],
  ['search=alpha', ['alpha', 'alphabet']],
  ['search=alpha,', ['alpha', 'alphabet']],
  ['search=exact:alpha', ['alpha']],
  ['search=not:alpha', ['beta', 'gamma']],
  ['search=not:exact:alpha', ['beta', 'alphabet', 'gamma']],
  ['search=exact:not:alpha', []],
  ['search=first', ['alpha']],
  ['search=alias:first', ['alpha']],
  ['search=name:first', []],
  ['search=alias:alpha', []],
  ['search=alias:name:alpha', ['alpha', 'alphabet']],
  ['search=escape:name:alpha', []],
  ['search=fourth&state=5', ['delta']],
  ['search=ALPHA', ['alpha', 'alphabet']],
  ['search=alias:FIRST', ['alpha']],
  ['search=exact:ALPHA', []],
  ['sort=-creationDate', ['gamma', 'alphabet', 'beta', 'alpha']],
  ['sort=extractable,-creationDate', ['gamma', 'alphabet', 'alpha', 'beta']],
  ['sort=imported', ['alpha', 'beta', 'gamma', 'alphabet']],
  ['sort=-state', ['gamma', 'alpha', 'beta', 'alphabet']],
  ['sort=expirationDate', ['alphabet', 'alpha', 'beta', 'gamma']],
  ['sort=-expirationDate', ['alphabet', 'alpha', 'beta', 'gamma']],
  [`filter=${enc('state=2,5')}`, ['gamma', 'delta']],
  [`filter=${enc('extractable=true')}`, ['beta']],
  [`filter=${enc(' state=1 extractable=false')}`, ['alpha', 'alphabet']],
  [`filter=${enc('creationDate=gt:"2026-01-15T10:00:00Z"')}`, ['beta', 'alphabet', 'gamma']],
  [`filter=${enc('creationDate=gte:"2026-01-15T10:01:00Z"')}`, ['beta', 'alphabet', 'gamma']],
  [`filter=${enc('creationDate=lt:"2026-01-15T10:01:00Z"')}`, ['alpha']],
  [`filter=${enc('creationDate=lte:"2026-01-15T10:01:00Z"')}`, ['alpha', 'beta']],
  [`filter=${enc('creationDate="2026-01-15T10:01:00Z"')}`, ['beta']],
  [`filter=${enc('expirationDate=none')}`, ['alpha', 'beta', 'gamma']],
  [`filter=${enc('expirationDate=NONE')}`, ['alpha', 'beta', 'gamma']],
  [`filter=${enc('extractable=TRUE')}`, ['beta']],
  [
    `filter=${enc('creationDate=gte:"2026-01-15T10:01:00Z" creationDate=lt:"2026-01-15T10:03:00Z"')}`,
    ['beta', 'alphabet'],
  ],
  [`filter=${enc('extractable=false')}&state=2`, ['gamma']],
  [`filter=${enc('hasMigrationIntent=false')}`, ['alpha', 'beta', 'alphabet', 'gamma']],
  [`filter=${enc('hasMigrationIntent=true')}`, []],
  [`search=alpha&filter=${enc('expirationDate=none')}`, ['alpha']],
  [`filter=${enc('deletionDate=gt:"2026-01-01T00:00:00Z" state=5')}`, ['delta']],
])('GET /keys?%s', async (query, expected) => {
  expect(await names(query)).toEqual(expected);
});

test.each([
  'limit=0',
  'limit=5001',
  'limit=ten',
  'offset=-1',
  'state=4',
  'state=1,',
  'extractable=maybe',
  'sort=name',
  `filter=${enc('colour=red')}`,
  `filter=${enc('creationDate=gt:"yesterday"')}`,
  `filter=${enc('state=1')}&state=1`,
  `filter=${enc('extractable=true')}&extractable=true`,
  `filter=${enc('state=1 state=1 state=1 state=1')}`,
])('GET /keys?%s is refused', async (query) => {
  expect(await names(query)).toEqual([400, 'INVALID_QUERY_PARAM_ERR']);
});

test('without a word on the order, by id', async () => {
  const { resources } = (await platform.call('GET', '/keys?state=1,2,3,5')).body;
  const ids = resources.map(({ id }: { id: string }) => id);
  expect(ids).toHaveLength(5);
  expect(ids).toEqual([...ids].sort());
});

test('a key is found by its id, and comes first, as the key of an alias does', async () => {
  const local = await startKeyPlatform();
  const first = await newKey(local, { name: 'first' });
  const other = await newKey(local, { name: `copy of ${first.id}` });
  const third = await newKey(local, { name: 'third', aliases: ['copy', 'copy-2'] });
  const found = async (query: string) =>
    (await local.call('GET', `/keys?${query}`)).body.resources.map(({ id }: { id: string }) => id);
  for (const sort of ['', '&sort=id', '&sort=-id']) {
    expect(await found(`search=${first.id}${sort}`)).toEqual([first.id, other.id]);
    expect(await found(`search=copy${sort}`)).toEqual([third.id, other.id]);
  }
  expect(await found(`search=name:${first.id}`)).toEqual([first.id, other.id]);
  expect(await found('search=name:copy')).toEqual([other.id]);
  expect(await found(`search=not:${first.id}`)).toHaveLength(2);
  expect(await found(`search=${first.id}&state=5`)).toEqual([]);
  await local.close();
});

test('the search is told in the metadata', async () => {
  const reply = await platform.call('GET', '/keys?search=beta');
  expect(reply.body.metadata).toEqual({
    collectionType: 'application/vnd.ibm.kms.key+json',
    collectionTotal: 1,
    searchQuery: 'beta',
  });
});

test('the ring of X-Kms-Key-Ring restricts a list', async () => {
  const local = await startKeyPlatform();
  await local.call('POST', '/key_rings/a-ring');
  const { id } = await newKey(local, { name: 'in-a-ring' });
  await newKey(local, { name: 'in-default' });
  await local.call('PATCH', `/keys/${id}`, { keyRingID: 'a-ring' });
  const list = async (ring: string) =>
    (await local.call('GET', '/keys', undefined, { headers: { 'X-Kms-Key-Ring': ring } })).body.resources.map(
      ({ name }: { name: string }) => name,
    );
  expect([await list('a-ring'), await list('default')]).toEqual([['in-a-ring'], ['in-default']]);
  await local.close();
});

test('a search over more than 5000 keys is too broad; states narrow it', async () => {
  const local = await startKeyPlatform();
  const { id } = await newKey(local, { name: 'needle' });
  await local.inSession(async ({ tx }) => {
    const [pattern] = await tx.list<{ id: string }>({ kind: 'kms-key' });
    if (!pattern) throw new Error('the key is not in the store');
    for (let index = 0; index < 5000; index += 1) {
      const copy = { ...pattern.doc, id: `copy-${index}`, name: `copy ${index}` };
      await tx.insert({ kind: 'kms-key' }, { id: copy.id, scope: pattern.scope, doc: copy });
    }
  });
  const broad = await local.call('GET', '/keys?search=needle');
  expect(refusalOf(broad)).toEqual([400, 'KEY_SEARCH_TOO_BROAD']);
  await local.call('POST', `/keys/${id}/aliases/in-the-hay`);
  for (const text of [id, 'in-the-hay', 'alias:in-the-hay']) {
    const { metadata, resources } = (await local.call('GET', `/keys?search=${text}`)).body;
    expect(metadata).toEqual({
      collectionType: 'application/vnd.ibm.kms.key+json',
      collectionTotal: 1,
      searchQuery: text,
      incompleteSearch: true,
    });
    expect(resources.map((key: { id: string }) => key.id)).toEqual([id]);
  }
  expect(refusalOf(await local.call('GET', '/keys?search=name:in-the-hay'))).toEqual([
    400,
    'KEY_SEARCH_TOO_BROAD',
  ]);
  await local.call('POST', `/keys/${id}/actions/disable`);
  const filtered = await local.call('GET', `/keys?search=needle&filter=${enc('state=2')}`);
  expect(refusalOf(filtered)).toEqual([400, 'KEY_SEARCH_TOO_BROAD']);
  const narrowed = await local.call('GET', '/keys?search=needle&state=2');
  expect(narrowed.body.resources.map((key: { id: string }) => key.id)).toEqual([id]);
  const page = await local.call('GET', '/keys?limit=5000');
  expect(page.body.resources).toHaveLength(5000);
  await local.close();
});
