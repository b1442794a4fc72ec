/**
 * Custom roles (ibm-control-plane.md 6.3.1, 6.3.2; IBM Cloud IAM docs iam-roles-management.md; lengths: the vendor's
 * ibm_iam_custom_role; ids, CRNs, conflict: track-spend-with-cloudability troubleshoot-iam-role-conflict).
 */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { accessV2, account, authorizationV2, refusalOf } from './support';

let platform: TestPlatform;
beforeEach(async () => {
  platform = await startTestPlatform();
});
afterEach(() => platform.close());

const body = (overrides: Record<string, unknown> = {}) => ({
  name: 'Rotator',
  display_name: 'Rotator of keys',
  account_id: account,
  service_name: 'kms',
  actions: ['kms.secrets.rotate', 'kms.secrets.list'],
  ...overrides,
});
const crn = (name: string) =>
  `crn:v1:ibmcloud:public:iam-access-management::a/${account}::customRole:${name}`;
const idOf = (name: string) => Buffer.from(`customRole-${account}-${name}`).toString('hex');
const post = (overrides?: Record<string, unknown>) => platform.request('POST', '/v2/roles', body(overrides));
const path = (name = 'Rotator') => `/v2/roles/${idOf(name)}`;
const get = (name?: string) => platform.request('GET', path(name));
const put = (change: unknown, etag?: string) =>
  platform.request('PUT', path(), change, etag === undefined ? {} : { 'If-Match': etag });
const listed = async (query: string) =>
  (await platform.request('GET', `/v2/roles?${query}`)).body.custom_roles.map(
    ({ name }: { name: string }) => name,
  );

describe('creation', () => {
  test('answers the role with its id, CRN and ETag; reading answers the same', async () => {
    const reply = await post({ description: 'rotates' });
    const person = 'IBMid-0000000001';
    const time = '2026-01-15T10:00:00.000Z';
    expect([reply.status, reply.body]).toEqual([
      201,
      {
        id: idOf('Rotator'),
        name: 'Rotator',
        display_name: 'Rotator of keys',
        description: 'rotates',
        account_id: account,
        service_name: 'kms',
        actions: ['kms.secrets.rotate', 'kms.secrets.list'],
        crn: crn('Rotator'),
        created_at: time,
        created_by_id: person,
        last_modified_at: time,
        last_modified_by_id: person,
        href: `${platform.url}/v2/roles/${idOf('Rotator')}`,
      },
    ]);
    expect(reply.headers.get('etag')).toMatch(/^1-[0-9a-f]{32}$/);
    const read = await get();
    expect([read.status, read.body]).toEqual([200, reply.body]);
    expect(read.headers.get('etag')).toBe(reply.headers.get('etag'));
  });

  test('an empty description, as the vendor’s provider sends it, is none', async () => {
    expect((await post({ description: '' })).body).not.toHaveProperty('description');
  });

  test.each<readonly [string, Record<string, unknown>]>([
    ['a name of 30 characters', { name: `R${'o'.repeat(29)}` }],
    ['a display name of 50', { display_name: 'x'.repeat(50) }],
    ['a description of 250', { description: 'x'.repeat(250) }],
    ['platform actions beside its own', { actions: ['kms.secrets.list', 'iam.policy.read'] }],
    [
      'actions of Hyper Protect under its own names',
      { service_name: 'hs-crypto', actions: ['hs-crypto.secrets.purge'] },
    ],
    ['actions of volumes', { service_name: 'is', actions: ['is.volume.volume.create'] }],
    ['actions of secrets', { service_name: 'secrets-manager', actions: ['secrets-manager.secret.create'] }],
  ])('takes %s', async (_name, overrides) => {
    expect((await post(overrides)).status).toBe(201);
  });

  test.each<readonly [string, Record<string, unknown>, string]>([
    ['a small first letter', { name: 'rotator' }, 'name must match pattern "^[A-Z][A-Za-z0-9]{0,29}$"'],
    ['a hyphen in the name', { name: 'Key-Rotator' }, 'name must match pattern "^[A-Z][A-Za-z0-9]{0,29}$"'],
    [
      'a name of 31 characters',
      { name: `R${'o'.repeat(30)}` },
      'name must match pattern "^[A-Z][A-Za-z0-9]{0,29}$"',
    ],
    ['no name', { name: undefined }, 'name is required'],
    ['no display name', { display_name: undefined }, 'display_name is required'],
    ['an empty display name', { display_name: '' }, 'display_name must NOT have fewer than 1 characters'],
    [
      'a display name of 51',
      { display_name: 'x'.repeat(51) },
      'display_name must NOT have more than 50 characters',
    ],
    [
      'a description of 251',
      { description: 'x'.repeat(251) },
      'description must NOT have more than 250 characters',
    ],
    ['no actions', { actions: [] }, 'actions must NOT have fewer than 1 items'],
    ['no service', { service_name: undefined }, 'service_name is required'],
    ['another account', { account_id: 'f'.repeat(32) }, `account_id must be ${account}`],
    [
      'an unknown service',
      { service_name: 'wishes' },
      'service_name wishes is not a service that custom roles can be made for',
    ],
    [
      'an unknown action',
      { actions: ['kms.secrets.list', 'kms.secrets.fly'] },
      'action kms.secrets.fly is not an action of the service kms',
    ],
    [
      'an action of another service',
      { actions: ['kms.secrets.list', 'secrets-manager.secret.create'] },
      'action secrets-manager.secret.create is not an action of the service kms',
    ],
    [
      'an action of Key Protect for Hyper Protect',
      { service_name: 'hs-crypto' },
      'action kms.secrets.rotate is not an action of the service hs-crypto',
    ],
    [
      'platform actions alone',
      { actions: ['resource-controller.instance.retrieve'] },
      'actions must include at least one that the service kms defines',
    ],
    ['an unknown field', { colour: 'red' }, 'colour is not a known field'],
  ])('refuses %s', async (_name, overrides, message) => {
    expect(refusalOf(await post(overrides))).toEqual([400, 'invalid_body', message]);
    expect(await listed(`account_id=${account}`)).toEqual([]);
  });

  const used =
    'This role name has already been used, please update the existing one or change the role name.';
  test.each<readonly [string, Record<string, unknown>, string, string]>([
    [
      'the same name',
      { display_name: 'other', actions: ['kms.secrets.wrap'] },
      used,
      'has that name or display name',
    ],
    [
      'the same display name',
      { name: 'Other', actions: ['kms.secrets.wrap'] },
      used,
      'has that name or display name',
    ],
    [
      'the same actions',
      { name: 'Other', display_name: 'other', actions: ['kms.secrets.list', 'kms.secrets.rotate'] },
      'A custom role with the same actions already exists.',
      'permits the same actions of the same service',
    ],
  ])('refuses %s, showing the other role', async (_name, overrides, message, cause) => {
    const first = await post();
    const refused = await post(overrides);
    expect(refusalOf(refused)).toEqual([409, 'role_conflict_error', message]);
    expect(refused.body.errors[0].details.conflicts_with).toEqual({
      etag: first.headers.get('etag'),
      role: first.body,
    });
    expect(refused.body.keyquake.cause).toBe(`role ${first.body.id} ${cause}`);
    expect(await listed(`account_id=${account}`)).toEqual(['Rotator']);
  });

  test('of two at once of one name one wins', async () => {
    const replies = await Promise.all([post(), post()]);
    expect(replies.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

test('listRoles tells those of the account, of the service that is asked for, to people', async () => {
  await post();
  await post({
    name: 'Hider',
    display_name: 'h',
    service_name: 'secrets-manager',
    actions: ['secrets-manager.secret.create'],
  });
  expect(await listed(`account_id=${account}`)).toEqual(['Rotator', 'Hider']);
  expect(await listed(`account_id=${account}&service_name=kms`)).toEqual(['Rotator']);
  expect(await listed(`account_id=${account}&service_name=kms&policy_type=access`)).toEqual(['Rotator']);
  expect(await listed(`account_id=${account}&service_name=is`)).toEqual([]);
  expect(await listed(`account_id=${account}&service_name=kms&policy_type=authorization`)).toEqual([]);
  expect(await listed(`account_id=${'f'.repeat(32)}`)).toEqual([]);
  expect(await listed('service_name=kms')).toEqual([]);
});

describe('replacing', () => {
  const change = { display_name: 'Reader of keys', actions: ['kms.secrets.list'] };

  test('changes display name, description and actions; a description left out goes', async () => {
    const etag = (await post({ description: 'old' })).headers.get('etag') ?? '';
    platform.platform.clock.advance(1_000);
    const reply = await put(change, etag);
    expect([reply.status, reply.body]).toMatchObject([
      200,
      { ...change, name: 'Rotator', service_name: 'kms', last_modified_at: '2026-01-15T10:00:01.000Z' },
    ]);
    expect(reply.body).not.toHaveProperty('description');
    expect(reply.headers.get('etag')).toMatch(/^2-[0-9a-f]{32}$/);
    expect((await get()).body).toEqual(reply.body);
  });

  test('to the same display name and actions is no conflict with itself', async () => {
    await post();
    const { display_name, actions } = body();
    expect((await put({ display_name, actions }, '*')).status).toBe(200);
  });

  test.each<readonly [string, unknown, string]>([
    ['the name', { ...change, name: 'Other' }, 'name is not a known field'],
    ['the service', { ...change, service_name: 'is' }, 'service_name is not a known field'],
    ['to no actions', { ...change, actions: [] }, 'actions must NOT have fewer than 1 items'],
    [
      'to an unknown action',
      { ...change, actions: ['kms.secrets.fly'] },
      'action kms.secrets.fly is not an action of the service kms',
    ],
  ])('refuses to change %s', async (_name, wanted, message) => {
    await post();
    expect(refusalOf(await put(wanted, '*'))).toEqual([400, 'invalid_body', message]);
    expect((await get()).body.actions).toEqual(body().actions);
  });

  test('needs If-Match, and the present ETag', async () => {
    const etag = (await post()).headers.get('etag') ?? '';
    expect(refusalOf(await put(change))).toEqual([
      400,
      'request_not_processed',
      'the header If-Match is required',
    ]);
    const second = await put(change, etag);
    const refused = await put({ ...change, display_name: 'third' }, etag);
    expect(refusalOf(refused)).toEqual([
      409,
      'role_conflict_error',
      'The value of If-Match is not the ETag of the role.',
    ]);
    expect(refused.body.errors[0].details.conflicts_with.etag).toBe(second.headers.get('etag'));
  });

  test('refuses what another role says already', async () => {
    await post();
    await post({ name: 'Other', display_name: 'other', actions: ['kms.secrets.wrap'] });
    const refused = await put({ display_name: 'other', actions: ['kms.secrets.list'] }, '*');
    expect(refusalOf(refused).slice(0, 2)).toEqual([409, 'role_conflict_error']);
  });
});

describe.each([
  ['GET', undefined],
  ['PUT', { display_name: 'x', actions: ['kms.secrets.list'] }],
  ['DELETE', undefined],
])('%s of an unknown role', (method, sent) => {
  test('answers 404', async () => {
    const reply = await platform.request(method, '/v2/roles/none', sent, { 'If-Match': '*' });
    expect(refusalOf(reply)).toEqual([404, 'role_not_found', "The role 'none' was not found."]);
  });
});

describe('policies', () => {
  const granting = (roles: readonly string[], service = 'kms') =>
    platform.request('POST', '/v2/policies', accessV2({ resource: { serviceName: service }, roles }));
  const viewer = 'crn:v1:bluemix:public:iam::::role:Viewer';

  test('grant it; their formats name it and its actions', async () => {
    await post();
    const { status, body: made } = await granting([crn('Rotator')]);
    expect(status).toBe(201);
    const shown = (await platform.request('GET', `/v2/policies/${made.id}?format=display`)).body;
    expect(shown.control.grant.roles).toEqual([
      {
        role_id: crn('Rotator'),
        display_name: 'Rotator of keys',
        actions: ['kms.secrets.rotate', 'kms.secrets.list'].map((id) => ({
          id,
          display_name: id,
          description: '',
        })),
      },
    ]);
    expect((await platform.request('GET', `/v1/policies/${made.id}`)).body.roles).toEqual([
      { role_id: crn('Rotator'), display_name: 'Rotator of keys' },
    ]);
  });

  test.each([
    ['a role that does not exist', 'Nobody', 'kms'],
    ['a role of another service', 'Rotator', 'secrets-manager'],
  ])('naming %s are refused', async (_name, name, service) => {
    await post();
    expect(refusalOf(await granting([crn(name)], service))).toEqual([
      400,
      'invalid_body',
      `role ${crn(name)} does not exist for the resource of the policy`,
    ]);
  });

  test('that let a service use another take none', async () => {
    await post();
    const reply = await platform.request(
      'POST',
      '/v2/policies',
      authorizationV2({ roles: [crn('Rotator')] }),
    );
    expect(refusalOf(reply)).toEqual([
      400,
      'invalid_body',
      `role ${crn('Rotator')} does not exist for the resource of the policy`,
    ]);
  });

  test('lose it when it is deleted; one that granted nothing else is deleted too', async () => {
    await post();
    const both = (await granting([viewer, crn('Rotator')])).body.id;
    const alone = (await granting([crn('Rotator')])).body.id;
    const reply = await platform.request('DELETE', path());
    expect([reply.status, reply.body]).toEqual([204, undefined]);
    expect((await get()).status).toBe(404);
    const shown = (await platform.request('GET', `/v2/policies/${both}`)).body;
    expect([shown.state, shown.control.grant.roles]).toEqual(['active', [{ role_id: viewer }]]);
    expect((await platform.request('GET', `/v2/policies/${alone}`)).body.state).toBe('deleted');
  });
});

test('audit events tell who changed which role (behaviour.md A4)', async () => {
  await post();
  await put({ display_name: 'x', actions: ['kms.secrets.wrap'] }, '*');
  await platform.request('DELETE', path());
  await platform.request('DELETE', path());
  const { events } = (await platform.request('GET', '/_keyquake/events')).body;
  const target = { id: crn('Rotator') };
  const action = (verb: string) => `iam-access-management.customRole.${verb}`;
  expect(events).toMatchObject([
    { action: action('create'), target, outcome: 'success', after: { actions: body().actions } },
    {
      action: action('update'),
      target,
      before: { actions: body().actions },
      after: { actions: ['kms.secrets.wrap'] },
    },
    { action: action('delete'), target, before: { actions: ['kms.secrets.wrap'] } },
    {
      action: action('delete'),
      outcome: 'failure',
      reason: { reasonCode: 404, reasonType: 'role_not_found' },
    },
  ]);
});
