/** What becomes of policies: replaced, deleted, restored, refused by name, told in audit events (ibm-control-plane.md 6.3). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import {
  accessV2,
  account,
  authorizationV1,
  authorizationV2,
  reader,
  refusalOf,
  serviceRole,
} from './support';

const created = '2026-01-15T10:00:00.000Z';
const duplicate =
  "The policy wasn't created because an access policy with identical attributes and roles already exists.";

let platform: TestPlatform;
beforeEach(async () => {
  platform = await startTestPlatform();
});
afterEach(() => platform.close());

const post = (path: string, body: unknown) => platform.request('POST', path, body);
const get = (path: string) => platform.request('GET', path);

async function policyCount(): Promise<number> {
  return (await get(`/v2/policies?account_id=${account}`)).body.policies.length;
}

async function made(body: unknown = authorizationV2()): Promise<{ id: string; etag: string }> {
  const reply = await post('/v2/policies', body);
  expect(reply.status).toBe(201);
  return { id: reply.body.id, etag: reply.headers.get('etag') ?? '' };
}

describe('replacing', () => {
  const put = (path: string, body: unknown, etag?: string) =>
    platform.request('PUT', path, body, etag === undefined ? {} : { 'If-Match': etag });

  test.each([
    ['v1', '/v1/policies', authorizationV1],
    ['v2', '/v2/policies', authorizationV2],
  ])('changes roles and description, and the ETag (%s)', async (_name, path, body) => {
    const { id, etag } = await made();
    platform.platform.clock.advance(60_000);
    const roles = [serviceRole('Writer')];
    const reply = await put(`${path}/${id}`, body({ roles, description: 'more' }), etag);
    expect(reply.status).toBe(200);
    expect(reply.headers.get('etag')).toMatch(/^2-[0-9a-f]{32}$/);
    expect(reply.body).toMatchObject({
      id,
      description: 'more',
      created_at: created,
      last_modified_at: '2026-01-15T10:01:00.000Z',
    });
    const after = await get(`/v2/policies/${id}`);
    expect(after.body.control.grant.roles).toEqual([{ role_id: roles[0] }]);
    expect(after.headers.get('etag')).toBe(reply.headers.get('etag'));
  });

  test('a description that is left out goes', async () => {
    const { id, etag } = await made(authorizationV2({ description: 'old' }));
    await put(`/v2/policies/${id}`, authorizationV2(), etag);
    expect((await get(`/v2/policies/${id}`)).body).not.toHaveProperty('description');
  });

  test('takes the ETag in quotation marks, and *', async () => {
    const { id, etag } = await made();
    expect((await put(`/v2/policies/${id}`, authorizationV2(), `"${etag}"`)).status).toBe(200);
    expect((await put(`/v2/policies/${id}`, authorizationV2(), '*')).status).toBe(200);
  });

  test('needs If-Match', async () => {
    const { id } = await made();
    expect(refusalOf(await put(`/v2/policies/${id}`, authorizationV2()))).toEqual([
      400,
      'request_not_processed',
      'the header If-Match is required',
    ]);
  });

  test('refuses the ETag of an earlier state, with the present one (6.3.1)', async () => {
    const { id, etag } = await made();
    const second = await put(`/v2/policies/${id}`, authorizationV2({ description: 'two' }), etag);
    const refused = await put(`/v2/policies/${id}`, authorizationV2({ description: 'three' }), etag);
    expect(refusalOf(refused)).toEqual([
      409,
      'policy_conflict_error',
      'The value of If-Match is not the ETag of the policy.',
    ]);
    const { conflicts_with } = refused.body.errors[0].details;
    expect(conflicts_with.etag).toBe(second.headers.get('etag'));
    expect(conflicts_with.policy.id).toBe(id);
    expect((await get(`/v2/policies/${id}`)).body.description).toBe('two');
  });

  test('the type stays', async () => {
    const { id, etag } = await made();
    expect(refusalOf(await put(`/v2/policies/${id}`, accessV2(), etag))).toEqual([
      400,
      'invalid_body',
      'type must stay authorization: the type of a policy cannot be changed',
    ]);
  });

  test('what another policy says already is refused', async () => {
    await made();
    const { id, etag } = await made(authorizationV2({ roles: [serviceRole('Writer')] }));
    expect(refusalOf(await put(`/v2/policies/${id}`, authorizationV2(), etag))).toEqual([
      409,
      'policy_conflict_error',
      duplicate,
    ]);
    expect((await get(`/v2/policies/${id}`)).headers.get('etag')).toBe(etag);
  });

  test.each(['nothing', '00000000-0000-4000-8000-000000000000'])('of %s answers 404', async (id) => {
    expect(refusalOf(await put(`/v2/policies/${id}`, authorizationV2(), '*'))).toEqual([
      404,
      'policy_not_found',
      `The policy '${id}' was not found.`,
    ]);
  });

  test('two at once end in one winner', async () => {
    const { id, etag } = await made();
    const replies = await Promise.all(
      ['one', 'two'].map((description) => put(`/v2/policies/${id}`, authorizationV2({ description }), etag)),
    );
    expect(replies.map(({ status }) => status).sort()).toEqual([200, 409]);
    const winner = replies.find(({ status }) => status === 200)?.body.description;
    expect((await get(`/v2/policies/${id}`)).body.description).toBe(winner);
  });
});

describe('deleting and restoring', () => {
  const patch = (id: string, body: unknown, etag: string) =>
    platform.request('PATCH', `/v1/policies/${id}`, body, { 'If-Match': etag });

  test.each(['/v1/policies', '/v2/policies'])('%s marks it deleted', async (path) => {
    const { id } = await made();
    const reply = await platform.request('DELETE', `${path}/${id}`);
    expect([reply.status, reply.body]).toEqual([204, undefined]);
    for (const version of ['v1', 'v2']) {
      const shown = await get(`/${version}/policies/${id}`);
      expect([shown.status, shown.body.state]).toEqual([200, 'deleted']);
    }
    expect(await policyCount()).toBe(0);
  });

  test('a deleted one can be neither deleted nor replaced', async () => {
    const { id } = await made();
    await platform.request('DELETE', `/v1/policies/${id}`);
    const etag = (await get(`/v1/policies/${id}`)).headers.get('etag') ?? '';
    const notFound = [404, 'policy_not_found', `The policy '${id}' was not found.`];
    expect(refusalOf(await platform.request('DELETE', `/v2/policies/${id}`))).toEqual(notFound);
    const put = await platform.request('PUT', `/v2/policies/${id}`, authorizationV2(), { 'If-Match': etag });
    expect(refusalOf(put)).toEqual(notFound);
  });

  test('of nothing answers 404', async () => {
    expect(refusalOf(await platform.request('DELETE', '/v1/policies/none'))).toEqual([
      404,
      'policy_not_found',
      "The policy 'none' was not found.",
    ]);
  });

  test('restores with the state active, and its ETag', async () => {
    const { id } = await made();
    await platform.request('DELETE', `/v1/policies/${id}`);
    const etag = (await get(`/v1/policies/${id}`)).headers.get('etag') ?? '';
    expect(etag).toMatch(/^2-/);
    const reply = await patch(id, { state: 'active' }, etag);
    expect([reply.status, reply.body.state]).toEqual([200, 'active']);
    expect(await policyCount()).toBe(1);
  });

  test('the state that it has already changes nothing', async () => {
    const { id, etag } = await made();
    const reply = await patch(id, { state: 'active' }, etag);
    expect([reply.status, reply.headers.get('etag')]).toEqual([200, etag]);
  });

  test('the state deleted deletes', async () => {
    const { id, etag } = await made();
    expect((await patch(id, { state: 'deleted' }, etag)).body.state).toBe('deleted');
    expect(await policyCount()).toBe(0);
  });

  test('a deleted one is kept for ten days, and then is gone (iam-audit-policies.md)', async () => {
    const { id } = await made();
    await platform.request('DELETE', `/v1/policies/${id}`);
    const etag = (await get(`/v1/policies/${id}`)).headers.get('etag') ?? '';
    const deleted = async () =>
      (await get(`/v2/policies?account_id=${account}&state=deleted`)).body.policies.length;
    platform.platform.clock.advance(10 * 86_400_000 - 1);
    expect([(await get(`/v2/policies/${id}`)).status, await deleted()]).toEqual([200, 1]);
    platform.platform.clock.advance(1);
    expect(await deleted()).toBe(0);
    const notFound = [404, 'policy_not_found', `The policy '${id}' was not found.`];
    expect(refusalOf(await get(`/v2/policies/${id}`))).toEqual(notFound);
    expect(refusalOf(await patch(id, { state: 'active' }, etag))).toEqual(notFound);
  });

  test.each([
    [{ state: 'gone' }, 'state must be one of active, deleted'],
    [{ status: 'active' }, 'status is not a known field'],
  ])('refuses %j', async (body, message) => {
    const { id, etag } = await made();
    expect(refusalOf(await patch(id, body, etag))).toEqual([400, 'invalid_body', message]);
  });

  test('is not restored beside one that says the same', async () => {
    const { id } = await made();
    await platform.request('DELETE', `/v1/policies/${id}`);
    const etag = (await get(`/v1/policies/${id}`)).headers.get('etag') ?? '';
    await made();
    expect(refusalOf(await patch(id, { state: 'active' }, etag))).toEqual([
      409,
      'policy_conflict_error',
      duplicate,
    ]);
  });
});

describe('what is not emulated', () => {
  test.each([
    ['GET', '/v1/policy_templates', 'listPolicyTemplates'],
    ['POST', '/v1/role_templates/t/versions/1/commit', 'commitRoleTemplate'],
    ['PATCH', '/v1/action_control_assignments/a', 'updateActionControlAssignment'],
    ['PUT', '/v1/policies', 'PUT /v1/policies'],
  ])('%s %s answers 501 naming %s', async (method, path, operation) => {
    expect(refusalOf(await platform.request(method, path))).toEqual([
      501,
      'not_emulated',
      `${operation} is not emulated by this platform`,
    ]);
  });
});

describe('audit (behaviour.md A4)', () => {
  test('tells who did what to which policy, and of refusals', async () => {
    const { id } = await made();
    await post('/v2/policies', authorizationV2());
    await platform.request('DELETE', `/v1/policies/${id}`);
    const { events } = (await get('/_keyquake/events')).body;
    const target = { id: `crn:v1:bluemix:public:iam-access-management::a/${account}::policy:${id}` };
    const owner = { id: 'IBMid-0000000001', typeURI: 'service/security/account/user', name: 'account owner' };
    expect(events).toMatchObject([
      {
        action: 'iam-am.policy.create',
        target,
        outcome: 'success',
        initiator: owner,
        after: { roles: [reader] },
      },
      {
        action: 'iam-am.policy.create',
        target: { id: '/v2/policies' },
        outcome: 'failure',
        reason: { reasonCode: 409, reasonType: 'policy_conflict_error' },
      },
      {
        action: 'iam-am.policy.delete',
        target,
        outcome: 'success',
        before: { state: 'active' },
        after: { state: 'deleted' },
      },
    ]);
  });
});
