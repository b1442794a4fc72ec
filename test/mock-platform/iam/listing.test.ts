/** Lists of policies, and roles (ibm-control-plane.md 6.3.1). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { accessV2, account, authorizationV2, reader, refusalOf, role, serviceRole } from './support';

let platform: TestPlatform;
const ids: Record<string, string> = {};

/** Four policies, one minute apart: two authorizations, two access policies; and one deleted. */
const bodies = {
  volumes: authorizationV2(),
  shares: authorizationV2({ subject: { serviceName: 'is', resourceType: 'share' } }),
  anna: accessV2(),
  group: accessV2({
    subject: { access_group_id: 'AccessGroupId-ops' },
    resource: { serviceName: 'kms' },
    roles: [role('Editor'), reader],
  }),
  gone: accessV2({ subject: { iam_id: 'IBMid-gone' } }),
};

beforeAll(async () => {
  platform = await startTestPlatform();
  for (const [name, body] of Object.entries(bodies)) {
    ids[name] = (await platform.request('POST', '/v2/policies', body)).body.id;
    platform.platform.clock.advance(60_000);
  }
  await platform.request('DELETE', `/v2/policies/${ids['gone']}`);
});
afterAll(() => platform.close());

const names = (found: readonly { id: string }[]): string[] =>
  found.map(({ id }) => Object.keys(ids).find((name) => ids[name] === id) ?? id);

async function listed(query: string, version = 'v2'): Promise<string[]> {
  const reply = await platform.request('GET', `/${version}/policies?account_id=${account}${query}`);
  expect(reply.status).toBe(200);
  return names(reply.body.policies);
}

describe.each(['v1', 'v2'])('listing in %s', (version) => {
  test.each([
    ['', ['volumes', 'shares', 'anna', 'group']],
    ['&state=active', ['volumes', 'shares', 'anna', 'group']],
    ['&state=deleted', ['gone']],
    ['&type=authorization', ['volumes', 'shares']],
    ['&type=access', ['anna', 'group']],
    ['&iam_id=IBMid-anna', ['anna']],
    ['&iam_id=IBMid-nobody', []],
    ['&access_group_id=AccessGroupId-ops', ['group']],
    ['&service_type=service', ['anna']],
    ['&service_name=kms', ['volumes', 'shares', 'group']],
    ['&service_name=kms&type=access', ['group']],
    ['&tag_name=env', []],
    ['&sort=-created_at', ['group', 'anna', 'shares', 'volumes']],
    ['&sort=type', ['anna', 'group', 'volumes', 'shares']],
  ])('%s finds %j', async (query, expected) => {
    expect(await listed(query, version)).toEqual(expected);
  });

  test('pages with limit and start', async () => {
    const path = `/${version}/policies?account_id=${account}&limit=3`;
    const first = await platform.request('GET', path);
    expect(first.body).toMatchObject({
      limit: 3,
      first: { href: `${platform.url}/${version}/policies?account_id=${account}&limit=3` },
    });
    expect(names(first.body.policies)).toEqual(['volumes', 'shares', 'anna']);
    expect(first.body).not.toHaveProperty('previous');
    const second = await platform.request('GET', `${path}&start=${first.body.next.start}`);
    expect(names(second.body.policies)).toEqual(['group']);
    expect(second.body).not.toHaveProperty('next');
    const back = await platform.request('GET', second.body.previous.href.slice(platform.url.length));
    expect(names(back.body.policies)).toEqual(['volumes', 'shares', 'anna']);
  });

  test.each([
    ['no account', '', 400, 'missing_required_query_parameter', 'account_id is required'],
    [
      'an unknown type',
      `?account_id=${account}&type=wish`,
      400,
      'request_not_processed',
      'type must be one of access, authorization',
    ],
    [
      'a limit of none',
      `?account_id=${account}&limit=0`,
      400,
      'request_not_processed',
      'limit must match pattern "^[1-9][0-9]{0,2}$"',
    ],
    [
      'a start token of another list',
      `?account_id=${account}&start=elsewhere`,
      400,
      'request_not_processed',
      'start is not a page token of this collection',
    ],
  ])('refuses %s', async (_name, query, ...expected) => {
    expect(refusalOf(await platform.request('GET', `/${version}/policies${query}`))).toEqual(expected);
  });

  test('of another account is empty', async () => {
    const reply = await platform.request('GET', `/${version}/policies?account_id=${'f'.repeat(32)}`);
    expect([reply.status, reply.body.policies]).toEqual([200, []]);
  });
});

test('format=display names each role’s actions', async () => {
  const { body } = await platform.request('GET', `/v2/policies/${ids['volumes']}?format=display`);
  const [granted] = body.control.grant.roles;
  expect(granted).toMatchObject({ role_id: reader, display_name: 'Reader' });
  const actions = granted.actions.map(({ id }: { id: string }) => id);
  expect(actions).toEqual(expect.arrayContaining(['kms.secrets.list', 'kms.secrets.wrap']));
  expect(actions).not.toEqual(expect.arrayContaining(['kms.secrets.delete']));
  const plain = await platform.request('GET', `/v2/policies/${ids['volumes']}`);
  expect(plain.body.control.grant.roles).toEqual([{ role_id: reader }]);
});

describe('GET /v2/roles', () => {
  const rolesFor = async (query: string) => (await platform.request('GET', `/v2/roles${query}`)).body;
  const crns = (roles: readonly { crn: string }[]): string[] => roles.map(({ crn }) => crn);
  const platformRoles = ['Viewer', 'Operator', 'Editor', 'Administrator'].map(role);
  const everyService = ['Reader', 'Writer', 'Manager'].map(serviceRole);

  test('answers three lists, with every role CRN of an authorization on Key Protect', async () => {
    const body = await rolesFor(
      '?service_name=kms&source_service_name=server-protect&policy_type=authorization',
    );
    expect(body.custom_roles).toEqual([]);
    expect(crns(body.system_roles)).toEqual([...platformRoles, role('AuthorizationDelegator')]);
    expect(crns(body.service_roles)).toEqual([
      ...everyService,
      'crn:v1:bluemix:public:kms::::serviceRole:ReaderPlus',
      'crn:v1:bluemix:public:kms::::serviceRole:KeyPurge',
    ]);
    for (const each of [...body.system_roles, ...body.service_roles]) {
      expect(each).toEqual({
        crn: expect.any(String),
        display_name: expect.any(String),
        actions: expect.any(Array),
      });
    }
  });

  test.each([
    ['', everyService],
    ['?service_name=alliamserviceroles', everyService],
    ['?service_name=resource-controller&policy_type=authorization', everyService],
    [
      '?service_name=secrets-manager',
      [
        ...everyService,
        'crn:v1:bluemix:public:secrets-manager::::serviceRole:SecretsReader',
        'crn:v1:bluemix:public:secrets-manager::::serviceRole:SecretTaskUpdater',
      ],
    ],
  ])('%s has the service roles %j', async (query, expected) => {
    expect(crns((await rolesFor(query)).service_roles)).toEqual(expected);
  });

  test('the delegator is for authorizations only', async () => {
    expect(crns((await rolesFor('?service_name=kms&policy_type=access')).system_roles)).toEqual(
      platformRoles,
    );
  });

  test('platform roles carry the actions on instances', async () => {
    const { system_roles } = await rolesFor('?service_name=kms');
    const actionsOf = (name: string) =>
      system_roles.find(({ display_name }: { display_name: string }) => display_name === name).actions;
    expect(actionsOf('Viewer')).toContain('resource-controller.instance.retrieve');
    expect(actionsOf('Viewer')).not.toContain('resource-controller.instance.delete');
    expect(actionsOf('Editor')).toContain('resource-controller.instance.delete');
  });

  test('of a service group are refused by name', async () => {
    expect(refusalOf(await platform.request('GET', '/v2/roles?service_group_id=IAM'))).toEqual([
      501,
      'not_emulated',
      'roles of a service group is not emulated by this platform',
    ]);
  });
});
