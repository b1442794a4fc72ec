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
