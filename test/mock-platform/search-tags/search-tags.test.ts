/** Search and tags (ibm-control-plane.md 3.1, 6.4.5). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';
import {
  account,
  plans,
  type ResourceController,
  resourceControllerOf,
} from '../resource-controller/support';

let platform: TestPlatform;
let rc: ResourceController;
let crn: string;
beforeEach(async () => {
  platform = await startTestPlatform();
  rc = await resourceControllerOf(platform);
  crn = (await rc.create()).body.crn;
});
afterEach(() => platform.close());

const volume = `crn:v1:bluemix:public:is:us-south-1:a/${account}::volume:r006-1`;
const post = (path: string, body: unknown) => platform.request('POST', path, body);
const tag = (verb: string, names: readonly string[], id = crn, query = '') =>
  post(`/v3/tags/${verb}${query}`, { tag_names: names, resources: [{ resource_id: id }] });
const refusal = ({
  status,
  body,
}: {
  status: number;
  body: { errors: readonly { code: string; message: string }[] };
}) => [status, body.errors[0]?.code, body.errors[0]?.message];
const fields = ['access_tags', 'tags', 'service_tags'];
const search = async (body: unknown, query = '') => (await post(`/v3/resources/search${query}`, body)).body;

describe('search by CRN, as every reading of an instance does (3.1)', () => {
  test('finds an instance without tags as an item with empty lists (7.13)', async () => {
    expect(await search({ query: `crn:"${crn}"`, fields })).toEqual({
      items: [{ crn, access_tags: [], tags: [], service_tags: [] }],
      limit: 10,
    });
  });

  test('finds nothing for a CRN that nobody has', async () => {
    expect(await search({ query: `crn:"${volume}"`, fields })).toEqual({ items: [], limit: 10 });
  });

  test('finds whatever has a tag', async () => {
    await tag('attach', ['a'], volume);
    expect((await search({ query: `crn:"${volume}"`, fields })).items).toEqual([
      { crn: volume, access_tags: [], tags: ['a'], service_tags: [] },
    ]);
  });
});

describe('the query language', () => {
  test.each<[string, number]>([
    ['*', 2],
    ['', 2],
    ['service_name:kms', 1],
    ['service_name:secrets-manager', 1],
    ['name:key*', 1],
    ['tags:"env:test"', 1],
    ['tags:"env:prod"', 0],
    ['service_name:kms AND region:us-south', 1],
    ['service_name:kms AND region:eu-de', 0],
    ['type:resource-instance', 2],
    ['colour:red', 0],
  ])('%s finds %i', async (query, count) => {
    await rc.create({ name: 'vault', resource_plan_id: plans.secretsManager, target: 'eu-de' });
    await tag('attach', ['env:test']);
    expect((await search({ query })).items).toHaveLength(count);
  });

  test.each(['a OR b', 'name:(x', 'NOT name:x', 'just words'])('%s is refused by name', async (query) => {
    expect(refusal(await post('/v3/resources/search', { query }))).toEqual([
      501,
      'not_emulated',
      `the search query '${query}' is not emulated by this platform`,
    ]);
  });

  test('without a body everything is found, with the fields of the vendor’s default', async () => {
    expect((await search(undefined)).items).toEqual([
      { account_id: account, name: 'keys', type: 'resource-instance', family: 'resource_controller', crn },
    ]);
  });

  test('all fields', async () => {
    const [item] = (await search({ fields: ['*'] })).items;
    expect(item).toMatchObject({ crn, region: 'us-south', resource_group_id: rc.group, tags: [] });
  });
});

test('pages by a cursor that keeps query and fields', async () => {
  for (const name of ['b', 'c']) await rc.create({ name });
  const first = await search({ query: 'service_name:kms', fields: ['name'] }, '?limit=2');
  expect(first.items.map(({ name }: { name: string }) => name)).toEqual(['keys', 'b']);
  const second = await search({ search_cursor: first.search_cursor, query: 'name:none' }, '?limit=2');
  expect(second.items.map(({ name }: { name: string }) => name)).toEqual(['c']);
  expect(Object.keys(second.items[0])).toEqual(['name', 'crn']);
  expect(second).not.toHaveProperty('search_cursor');
});

test.each([
  [
    'a cursor of something else',
    { search_cursor: 'x' },
    '',
    'search_cursor is none that a search has answered with',
  ],
  ['an unknown field', { words: 'x' }, '', 'words is not a known field'],
  ['a limit of none', {}, '?limit=0', 'limit must match pattern "^([1-9][0-9]{0,2}|1000)$"'],
])('search refuses %s', async (_name, body, query, message) => {
  expect(refusal(await post(`/v3/resources/search${query}`, body))).toEqual([400, 'bad_request', message]);
});

test.each([
  ['false', 0],
  ['true', 1],
  ['any', 1],
])('what awaits reclamation is found with is_reclaimed=%s: %i', async (reclaimed, count) => {
  await rc.change('DELETE', crn);
  expect((await search({}, `?is_reclaimed=${reclaimed}`)).items).toHaveLength(count);
  expect((await search({}, '?is_deleted=true')).items).toEqual([]);
});

describe('user tags', () => {
  const tagsNow = async (id = crn) =>
    (await platform.request('GET', `/v3/tags?attached_to=${encodeURIComponent(id)}`)).body.items.map(
      ({ name }: { name: string }) => name,
    );

  test('are attached and detached', async () => {
    const attached = await tag('attach', ['b', 'a:1', 'with space']);
    expect([attached.status, attached.body]).toEqual([
      200,
      { results: [{ resource_id: crn, is_error: false }] },
    ]);
    expect(await tagsNow()).toEqual(['a:1', 'b', 'with space']);
    await tag('attach', ['b', 'c']);
    const detached = await tag('detach', ['b', 'never']);
    expect(detached.body.results).toEqual([{ resource_id: crn, is_error: false }]);
    expect(await tagsNow()).toEqual(['a:1', 'c', 'with space']);
  });

  test('replace=true leaves only the given ones', async () => {
    await tag('attach', ['a', 'b']);
    await tag('attach', ['c'], crn, '?replace=true');
    expect(await tagsNow()).toEqual(['c']);
  });

  test('one name may come as tag_name', async () => {
    await post('/v3/tags/attach', { tag_name: 'single', resources: [{ resource_id: crn }] });
    expect(await tagsNow()).toEqual(['single']);
  });

  test('what is not of the account is an error in the answer, beside what is', async () => {
    const foreign = `crn:v1:bluemix:public:kms:us-south:a/${'f'.repeat(32)}:g::`;
    const resources = [{ resource_id: foreign }, { resource_id: crn }, { resource_id: 'no crn' }];
    const { status, body } = await post('/v3/tags/attach', { tag_names: ['a'], resources });
    expect([status, body.results]).toEqual([
      200,
      [
        { resource_id: foreign, is_error: true, message: `${foreign} is no resource of the account` },
        { resource_id: crn, is_error: false },
        { resource_id: 'no crn', is_error: true, message: 'no crn is no resource of the account' },
      ],
    ]);
    expect(await tagsNow()).toEqual(['a']);
  });

  test('are deleted when nothing has them any more (the vendor’s provider does so after detaching)', async () => {
    await tag('attach', ['a']);
    const remove = async () => (await platform.request('DELETE', '/v3/tags/a')).body.results;
    expect(await remove()).toEqual([
      { provider: 'ghost', is_error: true, message: 'the tag a is attached to a resource' },
    ]);
    await tag('detach', ['a']);
    expect(await remove()).toEqual([{ provider: 'ghost', is_error: false }]);
    expect(await remove()).toEqual([
      { provider: 'ghost', is_error: true, message: 'the tag a does not exist' },
    ]);
  });

  test('are listed in order, page by page', async () => {
    await tag('attach', ['b', 'a', 'c']);
    await tag('detach', ['c']);
    const list = async (query: string) => (await platform.request('GET', `/v3/tags${query}`)).body;
    const names = (body: { items: readonly { name: string }[] }) => body.items.map(({ name }) => name);
    expect(await list('')).toMatchObject({ total_count: 3, offset: 0, limit: 100 });
    expect(names(await list(''))).toEqual(['a', 'b', 'c']);
    expect(names(await list('?attached_only=true'))).toEqual(['a', 'b']);
    expect(names(await list('?order_by_name=desc'))).toEqual(['c', 'b', 'a']);
    expect(await list('?offset=1&limit=1')).toEqual({
      total_count: 3,
      offset: 1,
      limit: 1,
      items: [{ name: 'b' }],
    });
  });

  test.each([
    ['no names', { resources: [{ resource_id: 'x' }] }, 'tag_names is required'],
    ['no resources', { tag_names: ['a'] }, 'resources is required'],
    [
      'an empty list of resources',
      { tag_names: ['a'], resources: [] },
      'resources must NOT have fewer than 1 items',
    ],
    [
      'a name with special characters',
      { tag_names: ['a/b'], resources: [{ resource_id: 'x' }] },
      "tag name 'a/b' must have 1 to 128 letters, digits, spaces, colons, underscores, periods or hyphens",
    ],
    [
      'a name of 129 characters',
      { tag_names: ['n'.repeat(129)], resources: [{ resource_id: 'x' }] },
      `tag name '${'n'.repeat(129)}' must have 1 to 128 letters, digits, spaces, colons, underscores, periods or hyphens`,
    ],
    [
      'an unknown field',
      { tag_names: ['a'], resources: [{ resource_id: 'x' }], x: 1 },
      'x is not a known field',
    ],
  ])('attaching refuses %s', async (_name, body, message) => {
    expect(refusal(await post('/v3/tags/attach', body))).toEqual([400, 'bad_request', message]);
    expect(await tagsNow()).toEqual([]);
  });

  test('update=true is refused by name', async () => {
    expect(refusal(await tag('attach', ['a:2'], crn, '?update=true'))).toEqual([
      501,
      'not_emulated',
      'attaching tags with update=true is not emulated by this platform',
    ]);
  });
});

describe('access tags', () => {
  const type = '?tag_type=access';

  test('have to be created before they are attached', async () => {
    expect((await tag('attach', ['env:prod'], crn, type)).body.results).toEqual([
      { resource_id: crn, is_error: true, message: 'the access tag env:prod does not exist' },
    ]);
    const made = await post(`/v3/tags${type}`, { tag_names: ['env:prod'] });
    expect(made.body).toEqual({ results: [{ tag_name: 'env:prod', is_error: false }] });
    expect((await tag('attach', ['env:prod'], crn, type)).body.results[0].is_error).toBe(false);
    expect((await search({ query: `crn:"${crn}"`, fields })).items[0]).toMatchObject({
      access_tags: ['env:prod'],
      tags: [],
    });
  });

  test('created twice: the second is an error in the answer', async () => {
    await post(`/v3/tags${type}`, { tag_names: ['a'] });
    const again = await post(`/v3/tags${type}`, { tag_names: ['a', 'b'] });
    expect(again.body.results).toEqual([
      { tag_name: 'a', is_error: true },
      { tag_name: 'b', is_error: false },
    ]);
  });

  test.each([
    ['without their type', '', { tag_names: ['a'] }, 'tag_type must be access'],
    ['as user tags', '?tag_type=user', { tag_names: ['a'] }, 'tag_type must be access'],
    [
      'of an unknown type',
      '?tag_type=wish',
      { tag_names: ['a'] },
      'tag_type must be one of user, access, service',
    ],
    ['without names', type, { tag_names: [] }, 'tag_names must NOT have fewer than 1 items'],
  ])('are not created %s', async (_name, query, body, message) => {
    expect(refusal(await post(`/v3/tags${query}`, body))).toEqual([400, 'bad_request', message]);
  });
});

test('deleting all unused tags is refused by name', async () => {
  expect(refusal(await platform.request('DELETE', '/v3/tags'))).toEqual([
    501,
    'not_emulated',
    'deleteTagAll is not emulated by this platform',
  ]);
});

test.each([
  ['api.global-search-tagging.cloud.ibm.com', 'POST', '/v3/resources/search'],
  ['tags.global-search-tagging.cloud.ibm.com', 'GET', '/v3/tags'],
])('answers under %s', async (host, method, path) => {
  expect((await callHost(platform, host, { method, path })).status).toBe(200);
});
