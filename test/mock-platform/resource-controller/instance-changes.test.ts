/** What becomes of instances: changed, locked, kept by their keys, told in audit events (ibm-control-plane.md 3.1, 6.4.1). */
import { Encryption } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { deployment, plans, type ResourceController, refusalOf, resourceControllerOf } from './support';

let platform: TestPlatform;
let rc: ResourceController;
beforeEach(async () => {
  platform = await startTestPlatform();
  rc = await resourceControllerOf(platform);
});
afterEach(() => platform.close());

const start = '2026-01-15T10:00:00.000Z';
describe('change', () => {
  const patch = (id: string, body: unknown) => rc.change('PATCH', id, body);

  test('of name, parameters and clean-up', async () => {
    const { crn } = (await rc.create({ parameters: { kept: 'yes', changed: 'old' } })).body;
    platform.platform.clock.advance(60_000);
    const body = { name: 'renamed', parameters: { changed: 'new' }, allow_cleanup: true };
    const reply = await patch(crn, body);
    expect(reply.status).toBe(200);
    expect(reply.body).toMatchObject({
      name: 'renamed',
      parameters: { kept: 'yes', changed: 'new' },
      allow_cleanup: true,
      updated_at: '2026-01-15T10:01:00.000Z',
      created_at: start,
      last_operation: { type: 'update', state: 'succeeded', async: false },
    });
    expect((await rc.list('?name=renamed')).body.rows_count).toBe(1);
  });

  test('an empty one is a change as well (3.1: sent when only tags changed)', async () => {
    const { guid } = (await rc.create()).body;
    expect((await patch(guid, {})).status).toBe(200);
  });

  test('of the plan, kept in the history', async () => {
    const { guid } = (await rc.create()).body;
    const resilient = '5f0d3c1e-6a7b-4f52-9d0e-2b8c64d1a903';
    const { status, body } = await patch(guid, { resource_plan_id: resilient });
    expect([status, body.resource_plan_id, body.target_crn]).toEqual([
      200,
      resilient,
      deployment(resilient, 'us-south'),
    ]);
    expect(
      body.plan_history.map(({ resource_plan_id }: { resource_plan_id: string }) => resource_plan_id),
    ).toEqual([plans.kms, resilient]);
  });

  test.each([
    ['an unknown plan', { resource_plan_id: 'none' }, 'Plan none does not exist in the catalog.'],
    [
      'a plan of another service',
      { resource_plan_id: plans.secretsManager },
      `Plan ${plans.secretsManager} is no plan of the service kms.`,
    ],
    ['an unknown field', { target: 'eu-de' }, 'target is not a known field'],
    ['a name with special characters', { name: '<b>' }, 'name must match pattern "^[\\p{L}\\p{N} _.:-]+$"'],
  ])('refuses %s', async (_name, body, message) => {
    const made = (await rc.create()).body;
    expect(refusalOf(await patch(made.guid, body))).toEqual([400, message]);
    expect((await rc.get(made.guid)).body).toEqual(made);
  });

  test('refuses a plan that is not offered in the region', async () => {
    const { guid } = (await rc.create({ target: 'eu-gb' })).body;
    expect(
      refusalOf(await patch(guid, { resource_plan_id: '5f0d3c1e-6a7b-4f52-9d0e-2b8c64d1a903' })),
    ).toEqual([400, 'Target eu-gb is no deployment of the plan.']);
  });
});

describe('locks (6.4.1)', () => {
  const lock = (id: string) => rc.change('POST', id, undefined, '/lock');
  const unlock = (id: string) => rc.change('DELETE', id, undefined, '/lock');
  const locked = [422, 'The resource instance is locked: it can be neither updated nor deleted.'];

  test('a locked instance is neither changed nor deleted, until it is unlocked', async () => {
    const { guid } = (await rc.create()).body;
    const reply = await lock(guid);
    expect([reply.status, reply.body.locked, reply.body.last_operation.type]).toEqual([200, true, 'lock']);
    expect(refusalOf(await rc.change('PATCH', guid, { name: 'other' }))).toEqual(locked);
    expect(refusalOf(await rc.change('DELETE', guid))).toEqual(locked);
    expect((await rc.get(guid)).body).toEqual(reply.body);
    const opened = await unlock(guid);
    expect([opened.status, opened.body.locked, opened.body.last_operation.type]).toEqual([
      200,
      false,
      'unlock',
    ]);
    expect((await rc.change('DELETE', guid)).status).toBe(204);
  });

  test('one made with Entity-Lock cannot be deleted', async () => {
    const { guid } = (await rc.create({}, { 'Entity-Lock': 'true' })).body;
    expect(refusalOf(await rc.change('DELETE', guid))).toEqual(locked);
  });

  test.each(['POST', 'DELETE'])('%s of nothing answers 404', async (method) => {
    expect(refusalOf(await rc.change(method, 'none', undefined, '/lock'))).toEqual([
      404,
      'Instance none was not found.',
    ]);
  });
});

test('the last operation cannot be cancelled: it has ended (6.4.1)', async () => {
  const { guid } = (await rc.create()).body;
  expect(refusalOf(await rc.change('DELETE', guid, undefined, '/last_operation'))).toEqual([
    422,
    'The last operation of the resource instance is not cancelable.',
  ]);
  expect((await rc.change('DELETE', 'none', undefined, '/last_operation')).status).toBe(404);
});

test('an instance with live keys cannot be deleted', async () => {
  const cloud = new Encryption(platform);
  const { guid } = (await rc.create()).body;
  const key = await cloud.key(guid);
  const refused = await rc.change('DELETE', guid);
  expect([refused.status, refused.body.error_code]).toEqual([422, 'RC-ServiceBrokerErrorResponse']);
  expect(refused.body.message).toMatch(
    /^Please contact the Service Provider for this error\. \[409, Conflict\] [A-Z_]+: /,
  );
  expect(refused.body.status_code).toBe(422);
  expect(JSON.parse(refused.body.details)).toMatchObject({ status_code: 409 });
  expect((await rc.get(guid)).body.state).toBe('active');
  await cloud.forceDelete(key);
  expect((await rc.change('DELETE', guid)).status).toBe(204);
});

describe('what is not emulated answers 501 by name', () => {
  test.each([
    ['GET', '/v2/resource_instances/x/resource_aliases', 'listResourceAliasesForInstance'],
    ['GET', '/v2/resource_instances/x/resource_keys', 'listResourceKeysForInstance'],
    ['GET', '/v2/resource_keys', 'listResourceKeys'],
    ['POST', '/v2/resource_keys', 'createResourceKey'],
    ['GET', '/v2/resource_keys/k', 'getResourceKey'],
    ['PATCH', '/v2/resource_keys/k', 'updateResourceKey'],
    ['DELETE', '/v2/resource_keys/k', 'deleteResourceKey'],
    ['GET', '/v2/resource_bindings', 'listResourceBindings'],
    ['POST', '/v2/resource_bindings', 'createResourceBinding'],
    ['GET', '/v2/resource_aliases', 'listResourceAliases'],
    ['DELETE', '/v2/resource_aliases/a', 'deleteResourceAlias'],
    ['GET', '/v2/resource_aliases/a/resource_bindings', 'listResourceBindingsForAlias'],
    ['PUT', '/v2/resource_instances/x', 'PUT /v2/resource_instances/x'],
  ])('%s %s: %s', async (method, path, operation) => {
    expect(refusalOf(await platform.request(method, path))).toEqual([
      501,
      `${operation} is not emulated by this platform`,
    ]);
  });
});

test('audit events tell of instances, without their parameters (behaviour.md A4)', async () => {
  const { guid, crn } = (await rc.create({ parameters: { token: 'canary-4711' } })).body;
  await rc.change('PATCH', guid, { name: 'renamed' });
  await rc.change('DELETE', 'none');
  const { events } = (await platform.request('GET', '/_keyquake/events')).body;
  expect(events).toMatchObject([
    { action: 'resource-controller.instance.create', target: { id: crn }, outcome: 'success' },
    {
      action: 'resource-controller.instance.update',
      target: { id: crn },
      before: { name: 'keys' },
      after: { name: 'renamed' },
    },
    {
      action: 'resource-controller.instance.delete',
      target: { id: '/v2/resource_instances/none' },
      outcome: 'failure',
      reason: { reasonCode: 404 },
    },
  ]);
  expect(JSON.stringify(events)).not.toContain('canary-4711');
});
