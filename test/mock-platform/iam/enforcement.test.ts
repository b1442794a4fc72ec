/** Who may do what when roles are enforced: seeded identities, access policies, groups, profiles. (behaviour.md A3) */

import { bearerOf } from '../../support/callers';
import type { TestPlatform } from '../../support/platform';
import { assumeGrant, requestToken } from '../iam-identity/support';
import { everybody, type Office, openOffice, type Who } from './people';
import { accessV2, account, authorizationV2, refusalOf, role } from './support';

let office: Office;
let platform: TestPlatform;
beforeEach(async () => {
  office = await openOffice();
  ({ platform } = office);
});
afterEach(() => platform.close());

const as: Office['as'] = (...call) => office.as(...call);
const instanceBody: Office['instanceBody'] = (overrides) => office.instanceBody(overrides);
const instanceOfOwner = () => office.instanceOfOwner();
const policyOfOwner = (body?: unknown) => office.policyOfOwner(body);

/** Who succeeds; everybody else is answered 403. `prepare` makes what the call is about. */
async function whoMay(call: (who: Who) => Promise<{ status: number }>): Promise<Who[]> {
  const allowed: Who[] = [];
  for (const who of everybody) {
    const { status } = await call(who);
    if (status < 300) allowed.push(who);
    else expect([who, status]).toEqual([who, 403]);
  }
  return allowed;
}

describe('authorization policies: only an administrator of the target', () => {
  const administrators: readonly Who[] = ['owner', 'kms-admin', 'all-admin', 'member'];

  test('deletes them', async () => {
    const allowed = await whoMay(async (who) => {
      const id = await policyOfOwner();
      const reply = await as(who, 'DELETE', `/v1/policies/${id}`);
      await as('owner', 'DELETE', `/v1/policies/${id}`);
      return reply;
    });
    expect(allowed).toEqual(administrators);
  });

  test('creates them', async () => {
    const allowed = await whoMay(async (who) => {
      const reply = await as(who, 'POST', '/v2/policies', authorizationV2());
      if (reply.status === 201) await as('owner', 'DELETE', `/v2/policies/${reply.body.id}`);
      return reply;
    });
    expect(allowed).toEqual(administrators);
  });

  test('replaces them', async () => {
    const id = await policyOfOwner();
    const allowed = await whoMay((who) =>
      as(who, 'PUT', `/v2/policies/${id}`, authorizationV2(), { 'If-Match': '*' }),
    );
    expect(allowed).toEqual(administrators);
  });

  test('moves them to another target only as administrator of both', async () => {
    const id = await policyOfOwner();
    const moved = authorizationV2({ resource: { serviceName: 'secrets-manager' } });
    const allowed = await whoMay(async (who) => {
      const reply = await as(who, 'PUT', `/v2/policies/${id}`, moved, { 'If-Match': '*' });
      await as('owner', 'PUT', `/v2/policies/${id}`, authorizationV2(), { 'If-Match': '*' });
      return reply;
    });
    expect(allowed).toEqual(['owner', 'all-admin']);
  });

  test('an administrator of one instance cannot touch those of all instances, or of another', async () => {
    const mine = await instanceOfOwner();
    await as(
      'owner',
      'POST',
      '/v2/policies',
      accessV2({
        subject: { iam_id: 'IBMid-none' },
        resource: { serviceName: 'kms', serviceInstance: mine },
        roles: [role('Administrator')],
      }),
    );
    const deletes = async (resource: Record<string, string>) =>
      (await as('nobody', 'DELETE', `/v1/policies/${await policyOfOwner(authorizationV2({ resource }))}`))
        .status;
    expect(await deletes({})).toBe(403);
    expect(await deletes({ serviceInstance: 'another' })).toBe(403);
    expect(await deletes({ serviceInstance: mine })).toBe(204);
  });

  test('the refusal names the missing role, and the policy stays', async () => {
    const id = await policyOfOwner();
    const refused = await as('kms-editor', 'DELETE', `/v1/policies/${id}`);
    expect(refusalOf(refused)).toEqual([
      403,
      'insufficent_permissions',
      'You are not allowed to perform this action on the requested policy.',
    ]);
    expect(refused.body.keyquake).toEqual({
      cause: 'iam.policy.delete needs the role Administrator on what the policy gives access to',
      remedy: 'let an administrator of that resource do it, or be granted the role Administrator on it',
    });
    expect((await as('owner', 'GET', `/v1/policies/${id}`)).body.state).toBe('active');
    const { events } = (await platform.request('GET', '/_keyquake/events?outcome=failure')).body;
    expect(events).toMatchObject([
      { action: 'iam-am.policy.delete', initiator: { id: 'IBMid-editor' }, reason: { reasonCode: 403 } },
    ]);
  });

  test('a malformed body is not a way around', async () => {
    expect((await as('kms-editor', 'POST', '/v2/policies', '{')).status).toBe(403);
    expect((await as('all-admin', 'POST', '/v2/policies', '{')).status).toBe(400);
  });
});

test('policies are read by those who may view their target; lists leave the others out', async () => {
  const keys = await policyOfOwner();
  const secrets = await policyOfOwner(authorizationV2({ resource: { serviceName: 'secrets-manager' } }));
  expect(await whoMay((who) => as(who, 'GET', `/v2/policies/${keys}`))).toEqual([
    'owner',
    'kms-admin',
    'kms-editor',
    'kms-viewer',
    'all-admin',
    'member',
    'ci',
  ]);
  const seen = async (who: Who) => {
    const { body } = await as(who, 'GET', `/v2/policies?account_id=${account}&type=authorization`);
    return body.policies.map(({ id }: { id: string }) => id);
  };
  expect(await seen('all-admin')).toEqual([keys, secrets]);
  expect(await seen('kms-viewer')).toEqual([keys]);
  expect(await seen('sm-admin')).toEqual([secrets]);
  expect(await seen('nobody')).toEqual([]);
});

describe('service instances (Key Protect manage-access.md)', () => {
  test('are made by editors of the service', async () => {
    const allowed = await whoMay((who) => as(who, 'POST', '/v2/resource_instances', instanceBody()));
    expect(allowed).toEqual(['owner', 'kms-admin', 'kms-editor', 'all-admin', 'member']);
  });

  test('are viewed by viewers of the service; service roles do not count', async () => {
    const guid = await instanceOfOwner();
    expect(await whoMay((who) => as(who, 'GET', `/v2/resource_instances/${guid}`))).toEqual([
      'owner',
      'kms-admin',
      'kms-editor',
      'kms-viewer',
      'all-admin',
      'member',
      'ci',
    ]);
  });

  test.each([
    ['changed', 'PATCH', '', { name: 'other' }],
    ['locked', 'POST', '/lock', undefined],
    ['unlocked', 'DELETE', '/lock', undefined],
  ])('are %s by editors', async (_name, method, path, body) => {
    const guid = await instanceOfOwner();
    expect(
      await whoMay(async (who) => {
        const reply = await as(who, method, `/v2/resource_instances/${guid}${path}`, body);
        await as('owner', 'DELETE', `/v2/resource_instances/${guid}/lock`);
        return reply;
      }),
    ).toEqual(['owner', 'kms-admin', 'kms-editor', 'all-admin', 'member']);
  });

  test('are deleted and brought back by editors', async () => {
    const guid = await instanceOfOwner();
    const allowed = await whoMay(async (who) => {
      const reply = await as(who, 'DELETE', `/v2/resource_instances/${guid}`);
      const { resources } = (await as('owner', 'GET', '/v1/reclamations')).body;
      if (resources.length > 0) {
        const action = `/v1/reclamations/${resources[0].id}/actions/restore`;
        expect((await as('kms-viewer', 'POST', action)).status).toBe(403);
        expect((await as(who, 'POST', action)).status).toBe(200);
      }
      return reply;
    });
    expect(allowed).toEqual(['owner', 'kms-admin', 'kms-editor', 'all-admin', 'member']);
  });

  test('are listed for those who may view them', async () => {
    await instanceOfOwner();
    const count = async (who: Who) => (await as(who, 'GET', '/v2/resource_instances')).body.rows_count;
    expect([await count('kms-viewer'), await count('sm-admin'), await count('nobody')]).toEqual([1, 0, 0]);
  });

  test('access may be limited to a resource group', async () => {
    const other = (await as('owner', 'POST', '/v2/resource_groups', { name: 'other' })).body.id;
    const resource = { serviceName: 'kms', resourceGroupId: other };
    await as(
      'owner',
      'POST',
      '/v2/policies',
      accessV2({ subject: { iam_id: 'IBMid-none' }, resource, roles: [role('Editor')] }),
    );
    expect((await as('nobody', 'POST', '/v2/resource_instances', instanceBody())).status).toBe(403);
    const inGroup = instanceBody({ resource_group: other });
    const made = await as('nobody', 'POST', '/v2/resource_instances', inGroup);
    expect(made.status).toBe(201);
    expect((await as('nobody', 'GET', `/v2/resource_instances/${made.body.guid}`)).status).toBe(200);
  });

  test('a refused creation says so in the Resource Controller’s words', async () => {
    const { status, body } = await as('kms-viewer', 'POST', '/v2/resource_instances', instanceBody());
    expect([status, body]).toEqual([
      403,
      {
        error_code: 'RC-IamErrorResponse',
        message: 'You are not authorized to perform this action.',
        status_code: 403,
        transaction_id: expect.any(String),
        keyquake: {
          cause: 'resource-controller.instance.create needs the role Editor',
          remedy: 'let an administrator grant the role Editor on it',
        },
      },
    ]);
  });
});

test('resource groups are made by editors of the account', async () => {
  let number = 0;
  const allowed = await whoMay((who) => {
    number += 1;
    return as(who, 'POST', '/v2/resource_groups', { name: `group ${number}` });
  });
  expect(allowed).toEqual(['owner', 'all-admin']);
});

test('tags are attached by editors of the resource', async () => {
  const crn = `crn:v1:bluemix:public:kms:us-south:a/${account}:${await instanceOfOwner()}::`;
  const body = { tag_names: ['a'], resources: [{ resource_id: crn }] };
  const allowed = await whoMay((who) => as(who, 'POST', '/v3/tags/attach', body));
  expect(allowed).toEqual(['owner', 'kms-admin', 'kms-editor', 'all-admin', 'member']);
});

test('a profile acts with its own access, not with that of who assumes it', async () => {
  const { Authorization = '' } = await bearerOf(platform, 'nobody');
  const access_token = Authorization.replace('Bearer ', '');
  const { body } = await requestToken(platform, {
    grant_type: assumeGrant,
    access_token,
    profile_id: 'Profile-ops',
  });
  const headers = { Authorization: `Bearer ${body.access_token}` };
  const id = await policyOfOwner();
  expect((await platform.request('DELETE', `/v1/policies/${id}`, undefined, headers)).status).toBe(204);
});

test('access that is granted at run time counts from then on, and no longer when it is taken away', async () => {
  const id = await policyOfOwner();
  const read = async () => (await as('nobody', 'GET', `/v2/policies/${id}`)).status;
  expect(await read()).toBe(403);
  const grant = accessV2({ subject: { iam_id: 'IBMid-none' }, resource: { serviceName: 'kms' } });
  const policy = await policyOfOwner(grant);
  expect(await read()).toBe(200);
  await as('owner', 'DELETE', `/v2/policies/${policy}`);
  expect(await read()).toBe(403);
});

test('where a Hyper Protect instance is reached is shown to whoever may view the instance', async () => {
  const plan = { resource_plan_id: '9b1e7d24-3c5f-4a80-b6d9-0f2a8c4e5173' };
  const { guid } = (await as('owner', 'POST', '/v2/resource_instances', instanceBody(plan))).body;
  const statusOf = async (who: Who) => (await as(who, 'GET', `/crypto_v2/instances/${guid}`)).status;
  expect(await statusOf('all-admin')).toBe(200);
  expect(await statusOf('kms-admin')).toBe(401);
  expect(await statusOf('nobody')).toBe(401);
});
