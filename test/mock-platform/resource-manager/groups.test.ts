/** Resource groups and quotas (ibm-control-plane.md 3.2, 6.4.3). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { account, resourceControllerOf } from '../resource-controller/support';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await startTestPlatform();
});
afterEach(() => platform.close());

const request = (method: string, below: string, body?: unknown) =>
  platform.request(method, `/v2/resource_groups${below}`, body);
const create = async (name: string) => (await request('POST', '', { name, account_id: account })).body.id;
const names = async (query = '') =>
  (await request('GET', query)).body.resources.map(({ name }: { name: string }) => name);
const refusal = ({ status, body }: { status: number; body: { message: string } }) => [status, body.message];

describe('the default group', () => {
  test('is there from the beginning, with every field that clients read', async () => {
    const { status, body } = await request('GET', `?account_id=${account}&default=true`);
    expect(status).toBe(200);
    const { id } = body.resources[0];
    expect(id).toMatch(/^[0-9a-f]{32}$/);
    expect(body).toEqual({
      resources: [
        {
          id,
          crn: `crn:v1:bluemix:public:resource-controller::a/${account}::resource-group:${id}`,
          account_id: account,
          name: 'Default',
          state: 'ACTIVE',
          default: true,
          quota_id: expect.any(String),
          quota_url: expect.stringMatching(/^\/v2\/quota_definitions\//),
          payment_methods_url: `/v2/resource_groups/${id}/payment_methods`,
          resource_linkages: [],
          teams_url: `/v2/resource_groups/${id}/teams`,
          created_at: '2026-01-15T10:00:00.000Z',
          updated_at: '2026-01-15T10:00:00.000Z',
        },
      ],
    });
    expect((await request('GET', `/${id}`)).body).toEqual(body.resources[0]);
  });

  test('is the same on every platform of an account, and after a reset', async () => {
    const id = async (of: TestPlatform) =>
      (await of.request('GET', '/v2/resource_groups?default=true')).body.resources[0].id;
    const before = await id(platform);
    await platform.platform.reset();
    expect(await id(platform)).toBe(before);
    const other = await startTestPlatform({ seed: 99 });
    expect(await id(other)).toBe(before);
    await other.close();
  });

  test('cannot be deleted', async () => {
    const [{ id }] = (await request('GET', '?default=true')).body.resources;
    expect(refusal(await request('DELETE', `/${id}`))).toEqual([
      400,
      'The default resource group cannot be deleted.',
    ]);
    expect(await names()).toEqual(['Default']);
  });
});

test('a group is created, read, changed and deleted', async () => {
  const made = await request('POST', '', { name: 'team a', account_id: account });
  const { id } = made.body;
  expect([made.status, made.body]).toEqual([
    201,
    { id, crn: `crn:v1:bluemix:public:resource-controller::a/${account}::resource-group:${id}` },
  ]);
  platform.platform.clock.advance(60_000);
  const changed = await request('PATCH', `/${id}`, { name: 'team b', state: 'SUSPENDED' });
  expect([changed.status, changed.body]).toEqual([
    200,
    expect.objectContaining({
      id,
      name: 'team b',
      state: 'SUSPENDED',
      default: false,
      created_at: '2026-01-15T10:00:00.000Z',
      updated_at: '2026-01-15T10:01:00.000Z',
    }),
  ]);
  const gone = await request('DELETE', `/${id}`);
  expect([gone.status, gone.body]).toEqual([204, undefined]);
  expect(refusal(await request('GET', `/${id}`))).toEqual([404, `Resource group ${id} was not found.`]);
  expect(await names()).toEqual(['Default']);
  expect(await names('?include_deleted=true')).toEqual(['Default', 'team b']);
});

test.each([
  ['', ['Default', 'a', 'b']],
  [`?account_id=${account}`, ['Default', 'a', 'b']],
  [`?account_id=${'f'.repeat(32)}`, []],
  ['?name=a', ['a']],
  ['?name=A', []],
  ['?default=true', ['Default']],
  ['?default=false', ['a', 'b']],
])('listing with %s finds %j', async (query, expected) => {
  await create('a');
  await create('b');
  expect(await names(query)).toEqual(expected);
});

test.each([
  ['no name', {}, 400, 'name is required'],
  ['an empty name', { name: '' }, 400, 'name must NOT have fewer than 1 characters'],
  ['a name of 41 characters', { name: 'n'.repeat(41) }, 400, 'name must NOT have more than 40 characters'],
  [
    'a name with special characters',
    { name: 'a/b' },
    400,
    'name may have letters, digits, spaces, hyphens and underscores only',
  ],
  ['an unknown field', { name: 'a', colour: 'red' }, 400, 'colour is not a known field'],
  ['a name that is taken', { name: 'Default' }, 409, 'Resource group Default exists already in the account.'],
  [
    'another account',
    { name: 'a', account_id: 'f'.repeat(32) },
    403,
    'You are not authorized to perform this action.',
  ],
])('creation refuses %s', async (_name, body, status, message) => {
  expect(refusal(await request('POST', '', body))).toEqual([status, message]);
  expect(await names()).toEqual(['Default']);
});

test.each([
  ['a state of another kind', { state: 'DELETED' }, 400, 'state must be one of ACTIVE, SUSPENDED'],
  ['a name that is taken', { name: 'Default' }, 409, 'Resource group Default exists already in the account.'],
])('a change refuses %s', async (_name, body, status, message) => {
  const id = await create('a');
  expect(refusal(await request('PATCH', `/${id}`, body))).toEqual([status, message]);
  expect(await names()).toEqual(['Default', 'a']);
});

test('a group keeps its own name, and the name of a deleted one is free', async () => {
  const id = await create('a');
  expect((await request('PATCH', `/${id}`, { name: 'a' })).status).toBe(200);
  await request('DELETE', `/${id}`);
  expect(await create('a')).not.toBe(id);
});

test.each(['GET', 'PATCH', 'DELETE'])('%s of nothing answers 404', async (method) => {
  expect(refusal(await request(method, '/none', method === 'GET' ? undefined : {}))).toEqual([
    404,
    'Resource group none was not found.',
  ]);
});

test('a group with instances stays, even when they await reclamation', async () => {
  const id = await create('busy');
  const rc = await resourceControllerOf(platform);
  const { guid } = (await rc.create({ resource_group: id })).body;
  const stays = [400, 'The resource group cannot be deleted: it has resources.'];
  const refused = await request('DELETE', `/${id}`);
  expect(refusal(refused)).toEqual(stays);
  expect(refused.body.keyquake.cause).toBe('it holds keys; what awaits reclamation counts too');
  await rc.change('DELETE', guid);
  expect(refusal(await request('DELETE', `/${id}`))).toEqual(stays);
  platform.platform.clock.advance(7 * 86_400_000);
  expect((await request('DELETE', `/${id}`)).status).toBe(204);
});

test('quota definitions are listed and read', async () => {
  const { resources } = (await platform.request('GET', '/v2/quota_definitions')).body;
  const one = await platform.request('GET', `/v2/quota_definitions/${resources[0].id}`);
  expect(one.body).toEqual(resources[0]);
  const none = await platform.request('GET', '/v2/quota_definitions/none');
  expect(refusal(none)).toEqual([404, 'Quota definition none was not found.']);
});

test('audit events tell of groups (behaviour.md A4)', async () => {
  const id = await create('a');
  await request('DELETE', `/${id}`);
  const { events } = (await platform.request('GET', '/_keyquake/events')).body;
  const target = { id: `crn:v1:bluemix:public:resource-controller::a/${account}::resource-group:${id}` };
  expect(events).toMatchObject([
    { action: 'resource-controller.group.create', target, after: { name: 'a' } },
    { action: 'resource-controller.group.delete', target, after: { state: 'DELETED' } },
  ]);
});
