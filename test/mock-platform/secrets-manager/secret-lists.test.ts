/** Listing secrets: filters, order, pages (ibm-control-plane.md 6.2.1, 6.2.7). */
import { refusalOf, startWithInstance, type World } from './support';

let world: World;
let group: string;
beforeEach(async () => {
  world = await startWithInstance();
  const { cloud, secretsManager } = world;
  group = (await secretsManager.request('POST', '/secret_groups', { name: 'team' })).body.id;
  await secretsManager.secret({ name: 'beta', labels: ['env:test', 'db'] });
  cloud.wait('PT1H');
  await secretsManager.secret({ name: 'alpha', secret_group_id: group, labels: ['env:test'] });
  cloud.wait('PT1H');
  await secretsManager.secret({ name: 'gamma', description: 'holds ALPHA too' });
});
afterEach(() => world.platform.close());

const call = (method: string, path: string) => world.secretsManager.request(method, path);
const names = async (query: string): Promise<string[]> =>
  (await call('GET', `/secrets${query}`)).body.secrets.map(({ name }: { name: string }) => name);

test('items are metadata without payload', async () => {
  const { body } = await call('GET', '/secrets');
  expect(body.secrets).toHaveLength(3);
  for (const item of body.secrets) {
    expect(item.secret_type).toBe('arbitrary');
    expect(item).not.toHaveProperty('payload');
  }
});

test.each([
  ['?sort=name', ['alpha', 'beta', 'gamma']],
  ['?sort=-name', ['gamma', 'beta', 'alpha']],
  ['?sort=created_at', ['beta', 'alpha', 'gamma']],
  ['?sort=-created_at', ['gamma', 'alpha', 'beta']],
  ['?search=alpha', ['alpha', 'gamma']],
  ['?search=env:test', ['beta', 'alpha']],
  ['?match_all_labels=env:test,db', ['beta']],
  ['?groups=default', ['beta', 'gamma']],
  ['?secret_types=kv', []],
  ['?secret_types=kv,arbitrary&sort=name', ['alpha', 'beta', 'gamma']],
])('%s', async (query, expected) => {
  expect(await names(query)).toEqual(expected);
});

test('groups takes ids, comma-joined', async () => {
  expect(await names(`?groups=${group}`)).toEqual(['alpha']);
  expect(await names(`?groups=${group},default&sort=name`)).toEqual(['alpha', 'beta', 'gamma']);
});

test('pages by offset and limit (6.2.7)', async () => {
  const href = (offset: number) =>
    `${world.platform.url}/secrets-manager/${world.secretsManager.guid}/api/v2/secrets?limit=2&offset=${offset}`;
  const first = (await call('GET', '/secrets?limit=2')).body;
  expect(first).toMatchObject({
    total_count: 3,
    limit: 2,
    offset: 0,
    first: { href: href(0) },
    next: { href: href(2) },
    last: { href: href(2) },
  });
  expect(first).not.toHaveProperty('previous');
  const second = (await call('GET', '/secrets?limit=2&offset=2')).body;
  expect(second).toMatchObject({ offset: 2, previous: { href: href(0) } });
  expect(second).not.toHaveProperty('next');
  expect([...first.secrets, ...second.secrets].map(({ name }) => name)).toEqual(['beta', 'alpha', 'gamma']);
  expect((await call('GET', '/secrets?offset=9')).body.secrets).toEqual([]);
  expect((await call('GET', '/secrets')).body.limit).toBe(200);
});

test.each([
  ['?limit=0', 'limit', 'must match pattern "^([1-9][0-9]{0,2}|1000)$"'],
  ['?limit=1001', 'limit', 'must match pattern "^([1-9][0-9]{0,2}|1000)$"'],
  ['?offset=-1', 'offset', 'must match pattern "^(0|[1-9][0-9]{0,8})$"'],
  [
    '?sort=colour',
    'sort',
    'must match pattern "^-?(id|created_at|updated_at|retrieved_at|expiration_date|secret_type|name)$"',
  ],
])('%s is refused', async (query, name, rule) => {
  expect(refusalOf(await call('GET', `/secrets${query}`))).toEqual([
    400,
    'bad_request',
    `Request validation error: Invalid parameter '${name}' in query: ${rule}`,
  ]);
});
