/** Policies through both versions of the API (ibm-control-plane.md 3.4, 6.3). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';
import {
  accessV2,
  account,
  authorizationV1,
  authorizationV2,
  reader,
  refusalOf,
  role,
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

describe('one store behind both versions', () => {
  test('made through version 2, shown by both (6.3.2 mapping)', async () => {
    const body = authorizationV2({ subject: { serviceInstance: 'guid-1' }, description: 'volumes' });
    const reply = await post('/v2/policies', body);
    expect(reply.status).toBe(201);
    const { id } = reply.body;
    expect(id).toMatch(/^[0-9a-f-]{36}$/);
    const provenance = {
      created_at: created,
      created_by_id: 'IBMid-0000000001',
      last_modified_at: created,
      last_modified_by_id: 'IBMid-0000000001',
      state: 'active',
    };
    expect(reply.body).toEqual({
      id,
      type: 'authorization',
      description: 'volumes',
      subject: {
        attributes: [
          { key: 'serviceName', operator: 'stringEquals', value: 'server-protect' },
          { key: 'accountId', operator: 'stringEquals', value: account },
          { key: 'serviceInstance', operator: 'stringEquals', value: 'guid-1' },
        ],
      },
      control: { grant: { roles: [{ role_id: reader }] } },
      resource: {
        attributes: [
          { key: 'serviceName', operator: 'stringEquals', value: 'kms' },
          { key: 'accountId', operator: 'stringEquals', value: account },
        ],
      },
      href: `${platform.url}/v2/policies/${id}`,
      ...provenance,
    });
    expect((await get(`/v2/policies/${id}`)).body).toEqual(reply.body);
    expect((await get(`/v1/policies/${id}`)).body).toEqual({
      id,
      type: 'authorization',
      description: 'volumes',
      subjects: [
        {
          attributes: [
            { name: 'serviceName', value: 'server-protect' },
            { name: 'accountId', value: account },
            { name: 'serviceInstance', value: 'guid-1' },
          ],
        },
      ],
      roles: [{ role_id: reader, display_name: 'Reader' }],
      resources: [
        {
          attributes: [
            { name: 'serviceName', value: 'kms', operator: 'stringEquals' },
            { name: 'accountId', value: account, operator: 'stringEquals' },
          ],
        },
      ],
      href: `${platform.url}/v1/policies/${id}`,
      ...provenance,
    });
  });

  test('made through version 1, shown by version 2', async () => {
    const { body } = await post('/v1/policies', authorizationV1());
    const { id, href: _, ...shown } = (await get(`/v2/policies/${body.id}`)).body;
    expect(shown).toMatchObject(authorizationV2());
    expect(id).toBe(body.id);
  });

  test('every resource group is a boolean in version 2 and * in version 1 (3.4)', async () => {
    const { id } = await made(authorizationV2({ subject: { resourceGroupId: true } }));
    const [subject] = (await get(`/v1/policies/${id}`)).body.subjects;
    expect(subject.attributes[2]).toEqual({ name: 'resourceGroupId', value: '*' });
    const shown = (await get(`/v2/policies/${id}`)).body.subject.attributes[2];
    expect(shown).toEqual({ key: 'resourceGroupId', operator: 'stringExists', value: true });
  });

  test('roles keep their order (3.4)', async () => {
    const roles = [role('AuthorizationDelegator'), reader, serviceRole('Writer')];
    const { id } = await made(authorizationV2({ roles }));
    const shown = (await get(`/v2/policies/${id}`)).body.control.grant.roles;
    expect(shown.map(({ role_id }: { role_id: string }) => role_id)).toEqual(roles);
  });

  test('is reached under the vendor’s host name', async () => {
    const { id } = await made();
    const reply = await callHost(platform, 'iam.cloud.ibm.com', {
      method: 'GET',
      path: `/v2/policies/${id}`,
    });
    expect([reply.status, reply.body.id]).toEqual([200, id]);
  });
});

describe('creation', () => {
  test('answers an ETag and the transaction id', async () => {
    const reply = await platform.request('POST', '/v2/policies', authorizationV2(), {
      'Transaction-Id': 'tx-9',
    });
    expect(reply.headers.get('etag')).toMatch(/^1-[0-9a-f]{32}$/);
    expect(reply.headers.get('transaction-id')).toBe('tx-9');
  });

  test.each([
    ['v1', '/v1/policies', authorizationV1],
    ['v2', '/v2/policies', authorizationV2],
  ])('refuses identical attributes and roles (%s)', async (_name, path, body) => {
    const first = await made();
    const refused = await post(path, body());
    expect(refusalOf(refused)).toEqual([409, 'policy_conflict_error', duplicate]);
    expect(refused.body.errors[0].details.conflicts_with).toEqual({
      etag: first.etag,
      policy: (await get(`${path}/${first.id}`)).body,
    });
    expect(refused.body).toMatchObject({ status_code: 409, trace: refused.headers.get('transaction-id') });
    expect(refused.body.keyquake).toEqual({
      cause: `policy ${first.id} says the same`,
      remedy: 'use that one, import it, or delete it first',
    });
    expect(await policyCount()).toBe(1);
  });

  test('the order of attributes and roles does not make another policy', async () => {
    const roles = [reader, serviceRole('Writer')];
    await made(authorizationV2({ roles }));
    const body = authorizationV2({ roles: [...roles].reverse() });
    body.subject.attributes.reverse();
    expect((await post('/v2/policies', body)).status).toBe(409);
  });

  test.each([
    ['other roles', authorizationV2({ roles: [serviceRole('Writer')] })],
    ['another source', authorizationV2({ subject: { serviceName: 'is' } })],
    ['a narrower target', authorizationV2({ resource: { serviceInstance: 'guid' } })],
    ['another type', accessV2()],
  ])('%s make another policy', async (_name, body) => {
    await made();
    expect((await post('/v2/policies', body)).status).toBe(201);
  });

  test('a deleted policy is no duplicate', async () => {
    const { id } = await made();
    await platform.request('DELETE', `/v1/policies/${id}`);
    expect((await post('/v2/policies', authorizationV2())).status).toBe(201);
  });

  test.each([
    ['no JSON', '{', 'the body is not valid JSON'],
    ['no body', undefined, 'a JSON body is required'],
    ['the literal null', 'null', 'a JSON body is required'],
    ['a list', [], 'the body must be object'],
    ['no type', { ...authorizationV2(), type: undefined }, 'type is required'],
    ['an unknown type', { ...authorizationV2(), type: 'wish' }, 'type must be one of access, authorization'],
    ['an unknown field', { ...authorizationV2(), colour: 'red' }, 'colour is not a known field'],
    ['no roles', authorizationV2({ roles: [] }), 'control.grant.roles must NOT have fewer than 1 items'],
    [
      'an operator that subjects do not have',
      {
        ...authorizationV2(),
        subject: { attributes: [{ key: 'serviceName', operator: 'stringMatch', value: 'i*' }] },
      },
      'subject.attributes.0.operator must be one of stringEquals, stringExists',
    ],
    [
      'a value of 1,001 characters (6.3.2)',
      authorizationV2({ subject: { serviceInstance: 'x'.repeat(1001) } }),
      'subject.attributes.2.value must NOT have more than 1000 characters',
    ],
    [
      'an empty value (6.3.2)',
      authorizationV2({ resource: { serviceInstance: '' } }),
      'resource.attributes.2.value must NOT have fewer than 1 characters',
    ],
    [
      'a subject without account (6.3.2)',
      authorizationV2({ subject: { accountId: undefined } }),
      'subject must include the attribute accountId',
    ],
    [
      'a subject without service or resource group (6.3.2)',
      authorizationV2({ subject: { serviceName: undefined } }),
      'subject must include the attribute serviceName, resourceGroupId or both',
    ],
    [
      'no subject',
      { ...authorizationV2(), subject: undefined },
      'subject must include the attribute accountId',
    ],
    [
      'a subject attribute that is not allowed (6.3.2)',
      authorizationV2({ subject: { colour: 'red' } }),
      'subject attribute colour is not one of serviceName, serviceInstance, region, resourceType, resource, accountId, resourceGroupId',
    ],
    [
      'a resource without account (6.3.2)',
      authorizationV2({ resource: { accountId: undefined } }),
      `resource must include the attribute accountId with the value ${account}`,
    ],
    [
      'a resource of another account',
      authorizationV2({ resource: { accountId: 'f'.repeat(32) } }),
      `resource must include the attribute accountId with the value ${account}`,
    ],
    [
      'a text where a boolean belongs',
      {
        ...authorizationV2(),
        resource: {
          attributes: [
            { key: 'accountId', operator: 'stringEquals', value: account },
            { key: 'resourceGroupId', operator: 'stringExists', value: 'yes' },
          ],
        },
      },
      'attribute resourceGroupId: the operator stringExists does not take such a value',
    ],
    [
      'a role that does not exist',
      authorizationV2({ roles: [serviceRole('Reeder')] }),
      `role ${serviceRole('Reeder')} does not exist for the resource of the policy`,
    ],
    [
      'a role of another service',
      authorizationV2({ roles: ['crn:v1:bluemix:public:secrets-manager::::serviceRole:SecretsReader'] }),
      'role crn:v1:bluemix:public:secrets-manager::::serviceRole:SecretsReader does not exist for the resource of the policy',
    ],
    [
      'an access policy for a service',
      accessV2({ subject: { serviceName: 'is' } }),
      'subject must have exactly one attribute, iam_id or access_group_id',
    ],
    [
      'an access policy for two',
      accessV2({ subject: { iam_id: 'IBMid-a', access_group_id: 'AccessGroupId-b' } }),
      'subject must have exactly one attribute, iam_id or access_group_id',
    ],
    [
      'an access policy to nothing in particular (6.3.2)',
      accessV2({ resource: {} }),
      'resource must include one of the attributes serviceType, serviceName, resourceGroupId, service_group_id',
    ],
  ])('refuses %s', async (_name, body, message) => {
    expect(refusalOf(await post('/v2/policies', body))).toEqual([400, 'invalid_body', message]);
    expect(await policyCount()).toBe(0);
  });

  test.each([
    [
      'a rule',
      { ...accessV2(), pattern: 'time-based-conditions:once', rule: {} },
      'a policy with a rule (time-based or attribute-based conditions) is not emulated by this platform',
    ],
    [
      'access tags',
      {
        ...accessV2(),
        resource: { ...accessV2().resource, tags: [{ key: 'env', operator: 'stringEquals', value: 'x' }] },
      },
      'a policy limited by access tags is not emulated by this platform',
    ],
  ])('refuses %s by name', async (_name, body, message) => {
    expect(refusalOf(await post('/v2/policies', body))).toEqual([501, 'not_emulated', message]);
    expect(await policyCount()).toBe(0);
  });

  test('version 1 takes one subject and one resource', async () => {
    const body = authorizationV1();
    const two = { ...body, subjects: [...body.subjects, ...body.subjects] };
    expect(refusalOf(await post('/v1/policies', two))).toEqual([
      400,
      'invalid_body',
      'subjects must NOT have more than 1 items',
    ]);
  });
});

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
    ['POST', '/v2/roles', 'createRole'],
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

  test.each([`/v2/policies?account_id=${account}&`, '/v2/policies/x?'])(
    '%sformat=include_last_permit is refused by name',
    async (path) => {
      expect(refusalOf(await get(`${path}format=include_last_permit`))).toEqual([
        501,
        'not_emulated',
        'format=include_last_permit is not emulated by this platform',
      ]);
    },
  );
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
