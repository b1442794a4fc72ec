/** The end of instances: seven days to restore them, then nothing is left (behaviour.md B5, B6; ibm-control-plane.md 6.4.2). */
import { Encryption, type TestKey } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { authorizationV2 } from '../iam/support';
import { account, plans, type ResourceController, refusalOf, resourceControllerOf } from './support';

const day = 86_400_000;
let platform: TestPlatform;
let rc: ResourceController;
beforeEach(async () => {
  platform = await startTestPlatform();
  rc = await resourceControllerOf(platform);
});
afterEach(() => platform.close());

async function deletedInstance(
  overrides: Record<string, unknown> = {},
): Promise<{ guid: string; crn: string; reclamation: string }> {
  const { guid, crn } = (await rc.create(overrides)).body;
  expect((await rc.change('DELETE', crn, undefined, '?recursive=true')).status).toBe(204);
  const { resources } = (await rc.reclamations(`?resource_instance_id=${guid}`)).body;
  return { guid, crn, reclamation: resources[0].id };
}

describe('a deleted instance', () => {
  test('is pending_reclamation, still readable, no longer listed (7.10)', async () => {
    const { guid } = await deletedInstance();
    expect((await rc.get(guid)).body).toMatchObject({
      state: 'pending_reclamation',
      scheduled_reclaim_at: '2026-01-15T10:00:00.000Z',
      scheduled_reclaim_by: 'IBMid-0000000001',
      deleted_at: null,
      last_operation: { type: 'reclamation', state: 'succeeded', async: false },
    });
    expect((await rc.list()).body.rows_count).toBe(0);
  });

  test('is a SCHEDULED reclamation of seven days', async () => {
    const { guid, crn, reclamation } = await deletedInstance();
    expect(reclamation).toMatch(/^[0-9a-f]{32}$/);
    expect((await rc.reclamations()).body).toEqual({
      resources: [
        {
          id: reclamation,
          entity_id: guid,
          entity_type_id: 'resource_instance',
          entity_crn: crn,
          resource_instance_id: guid,
          resource_group_id: rc.group,
          account_id: account,
          policy_id: expect.stringMatching(/^[0-9a-f]{32}$/),
          state: 'SCHEDULED',
          target_time: '2026-01-22T10:00:00.000Z',
          custom_properties: {},
          created_at: '2026-01-15T10:00:00.000Z',
          created_by: 'IBMid-0000000001',
          updated_at: '2026-01-15T10:00:00.000Z',
          updated_by: 'IBMid-0000000001',
        },
      ],
    });
  });

  test('cannot be deleted again, changed, or locked', async () => {
    const { guid } = await deletedInstance();
    expect(refusalOf(await rc.change('DELETE', guid))).toEqual([
      422,
      'Instance is in reclamation, please use the API to the delete the resource reclamation for the instance',
    ]);
    const pending = [400, 'Instance is pending reclamation. Please restore the instance and retry.'];
    expect(refusalOf(await rc.change('PATCH', guid, { name: 'x' }))).toEqual(pending);
    expect(refusalOf(await rc.change('POST', guid, undefined, '/lock'))).toEqual(pending);
  });

  test('is not usable by its service', async () => {
    const { guid } = await deletedInstance();
    const keys = await platform.request('GET', '/api/v2/keys', undefined, { 'Bluemix-Instance': guid });
    expect(keys.status).toBe(404);
    expect(keys.body.keyquake.cause).toContain('reclamation');
  });
});

describe('listing', () => {
  test('by account, instance and group', async () => {
    const other = (await platform.request('POST', '/v2/resource_groups', { name: 'other' })).body.id;
    const one = await deletedInstance();
    const two = await deletedInstance({ resource_group: other });
    const ids = async (query: string) =>
      (await rc.reclamations(query)).body.resources.map(({ id }: { id: string }) => id);
    expect(await ids('')).toEqual([one.reclamation, two.reclamation]);
    expect(await ids(`?account_id=${account}`)).toEqual([one.reclamation, two.reclamation]);
    expect(await ids(`?account_id=${'f'.repeat(32)}`)).toEqual([]);
    expect(await ids(`?resource_instance_id=${two.guid}`)).toEqual([two.reclamation]);
    expect(await ids(`?resource_instance_id=${encodeURIComponent(two.crn)}`)).toEqual([two.reclamation]);
    expect(await ids(`?resource_group_id=${other}`)).toEqual([two.reclamation]);
  });
});

describe('restoring', () => {
  test('brings the instance back as it was', async () => {
    const { guid, reclamation } = await deletedInstance({ name: 'precious', parameters: { a: 'b' } });
    platform.platform.clock.advance(6 * day);
    const reply = await rc.act(reclamation, 'restore', { request_by: 'anna', comment: 'needed' });
    expect([reply.status, reply.body.id, reply.body.state, reply.body.updated_by]).toEqual([
      200,
      reclamation,
      'RESTORING',
      'anna',
    ]);
    expect((await rc.get(guid)).body).toMatchObject({
      state: 'active',
      name: 'precious',
      parameters: { a: 'b' },
      restored_at: '2026-01-21T10:00:00.000Z',
      restored_by: 'IBMid-0000000001',
      scheduled_reclaim_at: null,
      scheduled_reclaim_by: '',
      last_operation: { type: 'reclamation' },
    });
    expect((await rc.reclamations()).body.resources).toEqual([]);
  });

  test('is possible to the last moment, and not after it', async () => {
    const { reclamation } = await deletedInstance();
    platform.platform.clock.advance(7 * day - 1);
    expect((await rc.act(reclamation, 'restore')).status).toBe(200);
    const again = await deletedInstance();
    platform.platform.clock.advance(7 * day);
    expect(refusalOf(await rc.act(again.reclamation, 'restore'))).toEqual([
      404,
      `Reclamation ${again.reclamation} was not found.`,
    ]);
    expect((await rc.get(again.guid)).body.state).toBe('removed');
  });

  test('a restored instance can be deleted again, for seven days from then', async () => {
    const { guid, reclamation } = await deletedInstance();
    platform.platform.clock.advance(5 * day);
    await rc.act(reclamation, 'restore');
    await rc.change('DELETE', guid);
    const [scheduled] = (await rc.reclamations()).body.resources;
    expect(scheduled.id).not.toBe(reclamation);
    expect(scheduled.target_time).toBe('2026-01-27T10:00:00.000Z');
  });
});

describe('reclaiming', () => {
  test('removes at once and for good', async () => {
    const { guid, reclamation } = await deletedInstance();
    platform.platform.clock.advance(day);
    const reply = await rc.act(reclamation, 'reclaim', {});
    expect([reply.status, reply.body.state]).toEqual([200, 'RECLAIMING']);
    expect((await rc.get(guid)).body).toMatchObject({
      state: 'removed',
      deleted_at: '2026-01-16T10:00:00.000Z',
      deleted_by: 'IBMid-0000000001',
    });
    const removed = [410, `Instance ${guid} has been removed already.`];
    expect(refusalOf(await rc.change('DELETE', guid))).toEqual(removed);
    expect(refusalOf(await rc.change('PATCH', guid, {}))).toEqual(removed);
    expect(refusalOf(await rc.act(reclamation, 'restore'))).toEqual([
      404,
      `Reclamation ${reclamation} was not found.`,
    ]);
    expect((await rc.list('?state=removed')).body.rows_count).toBe(1);
  });

  test.each([
    ['no body', undefined],
    ['the literal null', 'null'],
    ['an empty object', {}],
  ])('takes %s', async (_name, body) => {
    const { reclamation } = await deletedInstance();
    expect((await rc.act(reclamation, 'reclaim', body)).status).toBe(200);
  });

  test.each([
    ['an unknown action', 'burn', {}, 400, 'Action burn must be one of reclaim, restore.'],
    ['an inherited name', 'toString', {}, 400, 'Action toString must be one of reclaim, restore.'],
    ['an unknown field', 'reclaim', { force: true }, 400, 'force is not a known field'],
  ])('refuses %s', async (_name, action, body, status, message) => {
    const { guid, reclamation } = await deletedInstance();
    expect(refusalOf(await rc.act(reclamation, action, body))).toEqual([status, message]);
    expect((await rc.get(guid)).body.state).toBe('pending_reclamation');
  });

  test('of nothing answers 404', async () => {
    expect(refusalOf(await rc.act('none', 'reclaim'))).toEqual([404, 'Reclamation none was not found.']);
  });
});

describe('after seven days', () => {
  test('it is removed as of the moment that they were over, whoever looks and when', async () => {
    const { guid, crn } = await deletedInstance();
    platform.platform.clock.advance(30 * day);
    expect((await rc.get(guid)).body).toMatchObject({
      state: 'removed',
      deleted_at: '2026-01-22T10:00:00.000Z',
    });
    const { events } = (await platform.request('GET', `/_keyquake/events?target=${encodeURIComponent(crn)}`))
      .body;
    expect(events.at(-1)).toMatchObject({
      action: 'resource-controller.instance.reclaim',
      eventTime: '2026-01-22T10:00:00.000Z',
      initiator: { id: 'iam-ServiceId-resource-controller' },
      before: { state: 'pending_reclamation' },
      after: { state: 'removed' },
    });
  });

  test('a request that is refused does not lose it', async () => {
    const { guid } = await deletedInstance();
    platform.platform.clock.advance(7 * day);
    expect((await rc.act('none', 'reclaim')).status).toBe(404);
    expect((await rc.get(guid)).body.state).toBe('removed');
  });

  test('several go in the order in which they fell due', async () => {
    const first = await deletedInstance();
    platform.platform.clock.advance(day);
    const second = await deletedInstance();
    platform.platform.clock.advance(6 * day);
    expect([(await rc.get(first.guid)).body.state, (await rc.get(second.guid)).body.state]).toEqual([
      'removed',
      'pending_reclamation',
    ]);
  });

  test('its tags are gone from the search', async () => {
    const { crn } = await deletedInstance({ tags: ['env:x'] });
    const found = async () =>
      (await platform.request('POST', '/v3/resources/search?is_reclaimed=any', { query: `crn:"${crn}"` }))
        .body.items;
    expect(await found()).toHaveLength(1);
    platform.platform.clock.advance(7 * day);
    expect(await found()).toEqual([]);
  });
});

describe('authorizations of an instance (B5, B6)', () => {
  const policy = async (subject: Record<string, string>, resource: Record<string, string> = {}) =>
    (await platform.request('POST', '/v2/policies', authorizationV2({ subject, resource }))).body.id;
  const stateOf = async (id: string) => (await platform.request('GET', `/v1/policies/${id}`)).body.state;

  test.each([
    ['reclaimed', async (reclamation: string) => void (await rc.act(reclamation, 'reclaim'))],
    ['left for seven days', async () => platform.platform.clock.advance(7 * day)],
  ])('go with it when it is %s: those of its own, as source or as target', async (_name, end) => {
    const { guid } = (await rc.create()).body;
    const asTarget = await policy({}, { serviceInstance: guid });
    const asSource = await policy({ serviceName: 'kms', serviceInstance: guid });
    const wide = await policy({});
    const other = await policy({}, { serviceInstance: 'another' });
    await rc.change('DELETE', guid);
    const [{ id }] = (await rc.reclamations()).body.resources;
    expect([await stateOf(asTarget), await stateOf(asSource)]).toEqual(['active', 'active']);
    await end(id);
    expect([await stateOf(asTarget), await stateOf(asSource)]).toEqual(['deleted', 'deleted']);
    expect([await stateOf(wide), await stateOf(other)]).toEqual(['active', 'active']);
    const { events } = (await platform.request('GET', '/_keyquake/events?action=iam-am.policy.delete')).body;
    expect(events).toHaveLength(2);
    expect(events[0].initiator.id).toBe('iam-ServiceId-iam-access-management');
  });
});

describe('Secrets Manager with a root key of the customer’s (B4–B6)', () => {
  let cloud: Encryption;
  let key: TestKey;
  let kms: string;
  let wide: string;
  beforeEach(async () => {
    cloud = new Encryption(platform);
    kms = (await cloud.instance({ service: 'kms' })).guid;
    key = await cloud.key(kms);
    wide = await cloud.authorize('secrets-manager', kms);
  });

  const create = () =>
    rc.create({
      resource_plan_id: plans.secretsManager,
      target: 'us-south',
      parameters: { kms_key: key.crn },
    });
  const secretGroups = (guid: string) =>
    platform.request('GET', `/secrets-manager/${guid}/api/v2/secret_groups`);

  test('deleted and restored: secrets and authorizations work again', async () => {
    const { guid, crn } = (await create()).body;
    await rc.change('DELETE', guid);
    expect((await secretGroups(guid)).status).not.toBe(200);
    expect(await cloud.registrations(key)).toEqual([crn]);
    const [{ id }] = (await rc.reclamations()).body.resources;
    await rc.act(id, 'restore');
    expect((await secretGroups(guid)).status).toBe(200);
  });

  /** An instance that is authorized by a policy of its own only, and deleted. */
  async function deletedWithOwnAuthorization(): Promise<{ crn: string; own: string }> {
    const { guid, crn } = (await create()).body;
    const own = await cloud.authorize('secrets-manager', kms, guid);
    await cloud.revoke(wide);
    expect(await cloud.registrations(key)).toEqual([crn]);
    await rc.change('DELETE', guid);
    return { crn, own };
  }

  test('removed: unregistered first, by means of its own authorization, which then goes too', async () => {
    const { own } = await deletedWithOwnAuthorization();
    platform.platform.clock.advance(7 * day);
    expect(await cloud.registrations(key)).toEqual([]);
    expect((await platform.request('GET', `/v1/policies/${own}`)).body.state).toBe('deleted');
  });

  test('removed after somebody deleted that authorization: the registration is left dangling', async () => {
    const { crn, own } = await deletedWithOwnAuthorization();
    await cloud.revoke(own);
    platform.platform.clock.advance(7 * day);
    expect(await cloud.registrations(key)).toEqual([crn]);
  });
});
