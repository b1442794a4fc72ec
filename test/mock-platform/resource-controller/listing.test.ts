/** Lists of instances: filters and pages (ibm-control-plane.md 6.4.1). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { plans, type ResourceController, refusalOf, resourceControllerOf } from './support';

let platform: TestPlatform;
let rc: ResourceController;
let otherGroup: string;
const guids: Record<string, string> = {};

/** One minute apart; `deleted` awaits reclamation. */
beforeAll(async () => {
  platform = await startTestPlatform();
  rc = await resourceControllerOf(platform);
  otherGroup = (await platform.request('POST', '/v2/resource_groups', { name: 'other' })).body.id;
  const made = {
    a: {},
    b: { name: 'keys of b' },
    secrets: { resource_plan_id: plans.secretsManager, target: 'eu-de' },
    grouped: { resource_group: otherGroup },
    deleted: {},
  };
  for (const [name, overrides] of Object.entries(made)) {
    guids[name] = (await rc.create(overrides)).body.guid;
    platform.platform.clock.advance(60_000);
  }
  await rc.change('DELETE', guids['deleted'] ?? '');
});
afterAll(() => platform.close());

const token = (content: string): string => Buffer.from(content).toString('base64url');

const names = (body: { resources: readonly { guid: string }[] }): string[] =>
  body.resources.map(({ guid }) => Object.keys(guids).find((name) => guids[name] === guid) ?? guid);

test.each<[string, () => string, string[]]>([
  ['nothing', () => '', ['a', 'b', 'secrets', 'grouped']],
  ['the state active', () => '?state=active', ['a', 'b', 'secrets', 'grouped']],
  ['the state pending_reclamation', () => '?state=pending_reclamation', ['deleted']],
  ['the state removed', () => '?state=removed', []],
  ['the state failed', () => '?state=failed', []],
  ['a GUID', () => `?guid=${guids['b']}`, ['b']],
  ['a name', () => '?name=keys', ['a', 'secrets', 'grouped']],
  ['a resource group', () => `?resource_group_id=${otherGroup}`, ['grouped']],
  ['a service', () => '?resource_id=ee41347f-b18e-4ca6-bf80-b5467c63f9a6', ['a', 'b', 'grouped']],
  ['a plan', () => `?resource_plan_id=${plans.secretsManager}`, ['secrets']],
  ['a type', () => '?type=service_instance', ['a', 'b', 'secrets', 'grouped']],
  ['another type', () => '?type=cf_service_instance', []],
  ['a sub-type', () => '?sub_type=secrets-manager', ['secrets']],
  ['a time from', () => '?updated_from=2026-01-15T10:02:00Z', ['secrets', 'grouped']],
  ['a time to', () => '?updated_to=2026-01-15T10:01:00Z', ['a', 'b']],
  ['two filters', () => `?sub_type=kms&name=keys`, ['a', 'grouped']],
])('by %s', async (_name, query, expected) => {
  const { status, body } = await rc.list(query());
  expect([status, names(body), body.rows_count, body.next_url]).toEqual([
    200,
    expected,
    expected.length,
    null,
  ]);
});

test('pages by next_url, which keeps the filters', async () => {
  const first = (await rc.list('?sub_type=kms&limit=2')).body;
  expect([names(first), first.rows_count]).toEqual([['a', 'b'], 2]);
  expect(first.next_url).toMatch(/^\/v2\/resource_instances\?start=[\w-]+$/);
  const second = (await platform.request('GET', first.next_url)).body;
  expect([names(second), second.next_url]).toEqual([['grouped'], null]);
});

test('a page token alone decides; what stands beside it is ignored (PSJS)', async () => {
  const { next_url } = (await rc.list('?sub_type=kms&limit=2')).body;
  const start = new URL(next_url, platform.url).searchParams.get('start');
  const { body } = await rc.list(`?name=nothing&limit=1&start=${start}`);
  expect(names(body)).toEqual(['grouped']);
});

test.each([
  ['a limit of none', '?limit=0', 'limit must match pattern "^([1-9][0-9]?|100)$"'],
  ['a limit over 100', '?limit=101', 'limit must match pattern "^([1-9][0-9]?|100)$"'],
  ['a time that is none', '?updated_from=yesterday', 'updated_from must match format "date-time"'],
  ['a page token of something else', '?start=x', 'start is no page token of this list'],
  ['a page token made up', `?start=${token('position=x')}`, 'start is no page token of this list'],
  [
    'a page token with a limit that is none',
    `?start=${token('position=x&limit=many')}`,
    'start is no page token of this list',
  ],
  [
    'a page token with a time that is none',
    `?start=${token('position=x&updated_from=then')}`,
    'start is no page token of this list',
  ],
])('refuses %s', async (_name, query, message) => {
  expect(refusalOf(await rc.list(query))).toEqual([400, message]);
});

test('refuses an unknown state', async () => {
  const { status, body } = await rc.list('?state=happy');
  expect([status, body.message]).toEqual([
    400,
    'state must be one of active, inactive, failed, provisioning, pre_provisioning, pending_removal, pending_reclamation, removed',
  ]);
});
