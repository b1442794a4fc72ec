/** Configured identities and their access; tokens; the auth modes. (ibm-control-plane.md 1.2, 6.3) */

import { bearerOf } from '../../support/callers';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { identities, type Office, openOffice } from './people';
import { accessV2, account, authorizationV2 } from './support';

let office: Office;
let platform: TestPlatform;
beforeEach(async () => {
  office = await openOffice();
  ({ platform } = office);
});
afterEach(() => platform.close());

const as: Office['as'] = (...call) => office.as(...call);
const instanceOfOwner = () => office.instanceOfOwner();
const policyOfOwner = (body?: unknown) => office.policyOfOwner(body);

describe('configured access', () => {
  const accessPolicies = async () =>
    (await as('owner', 'GET', `/v2/policies?account_id=${account}&type=access`)).body.policies;

  test('is there as access policies; all of the account is two of them', async () => {
    const found = await accessPolicies();
    expect(found).toHaveLength(10);
    const ofAll = found.filter(({ subject }: { subject: { attributes: { value: string }[] } }) =>
      subject.attributes.some(({ value }) => value === 'IBMid-all'),
    );
    const types = ofAll.map(
      ({ resource }: { resource: { attributes: { key: string; value: string }[] } }) =>
        resource.attributes.find(({ key }) => key === 'serviceType')?.value,
    );
    expect(types).toEqual(['service', 'platform_service']);
  });

  test('comes back after a reset, without what was added', async () => {
    await policyOfOwner(accessV2());
    await platform.platform.reset();
    expect(await accessPolicies()).toHaveLength(10);
  });
});

describe('tokens', () => {
  test.each([
    [
      '/v2/resource_instances',
      { error_code: 'RC-IamErrorResponse', message: 'Authorization header is missing', status_code: 401 },
    ],
    [
      '/v2/resource_groups',
      { error_code: 'RC-IamErrorResponse', message: 'Authorization header is missing', status_code: 401 },
    ],
    [
      `/v2/policies?account_id=${account}`,
      {
        errors: [{ code: 'invalid_token', message: 'The request carries no access token.' }],
        status_code: 401,
      },
    ],
    [
      '/v3/tags',
      { errors: [{ code: 'unauthorized', message: 'The access token is missing.' }], status_code: 401 },
    ],
  ])('GET %s without one answers 401', async (path, body) => {
    const reply = await platform.request('GET', path);
    expect(reply.status).toBe(401);
    expect(reply.body).toMatchObject(body);
  });

  test('an expired one answers 401 in the vendor’s words', async () => {
    const headers = await bearerOf(platform, 'owner');
    platform.platform.clock.advance(3_600_000);
    const reply = await platform.request('GET', '/v2/resource_instances', undefined, headers);
    expect([reply.status, reply.body.message]).toEqual([401, 'Token is expired']);
  });

  test('the catalog needs none', async () => {
    expect((await platform.request('GET', '/api/v1/?q=kms')).status).toBe(200);
  });
});

test('KeyPurge is not even the owner’s unless it is granted (Key Protect grant-access-keys.md)', async () => {
  const guid = await instanceOfOwner();
  const header = { 'Bluemix-Instance': guid };
  const metadata = { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 };
  const resources = [{ type: 'application/vnd.ibm.kms.key+json', name: 'root', extractable: false }];
  const made = await as('owner', 'POST', '/api/v2/keys', { metadata, resources }, header);
  const key = `/api/v2/keys/${made.body.resources[0].id}`;
  await as('owner', 'DELETE', key, undefined, header);
  platform.platform.clock.advance(5 * 3_600_000);
  // Key Protect answers 401 where others answer 403 (ibm-control-plane.md 6.1.10).
  expect((await as('owner', 'DELETE', `${key}/purge`, undefined, header)).status).toBe(401);
  const resource = { serviceName: 'kms' };
  const roles = ['crn:v1:bluemix:public:kms::::serviceRole:KeyPurge'];
  await policyOfOwner(accessV2({ subject: { iam_id: 'IBMid-0000000001' }, resource, roles }));
  expect((await as('owner', 'DELETE', `${key}/purge`, undefined, header)).status).toBeLessThan(300);
});

describe('with authentication warn', () => {
  test('everything is let through, and the log says what would not be', async () => {
    const warnings: string[] = [];
    const logger = { info: () => 0, warn: (line: string) => warnings.push(line), error: () => 0 };
    const lax = await startTestPlatform({ auth: 'warn', identities, logger });
    const headers = await bearerOf(lax, 'kms-viewer');
    const made = await lax.request('POST', '/v2/policies', authorizationV2(), headers);
    expect(made.status).toBe(201);
    const list = await lax.request(
      'GET',
      `/v2/policies?account_id=${account}&type=authorization`,
      undefined,
      await bearerOf(lax, 'nobody'),
    );
    expect(list.body.policies).toHaveLength(1);
    await lax.close();
    expect(warnings).toEqual([
      'enforcing roles would refuse createV2Policy: IBMid-viewer lacks Administrator (iam.policy.create)',
      'enforcing roles would leave out what IBMid-none lacks Viewer for (iam.policy.read)',
    ]);
  });
});

describe('a configuration of identities that cannot be used is refused when the platform is made', () => {
  const user = { id: 'IBMid-a', name: 'a' };
  test.each([
    [
      'an id of the wrong form',
      { users: [{ id: 'anna', name: 'a' }] },
      "identities.users[0].id is 'anna'; such an id starts with IBMid-",
    ],
    [
      'a service id of the wrong form',
      { serviceIds: [{ id: 'ServiceId-1', name: 'a' }] },
      "identities.serviceIds[0].id is 'ServiceId-1'; such an id starts with iam-ServiceId-",
    ],
    ['an id given twice', { users: [user, user] }, "identities name 'IBMid-a' twice"],
    [
      'an API key used twice',
      { ownerApiKeys: ['k'], users: [{ ...user, apiKeys: ['k'] }] },
      'identities use one API key twice',
    ],
    ['an empty API key', { ownerApiKeys: [''] }, 'identities have an empty API key'],
    [
      'a role that does not exist',
      { users: [{ ...user, access: [{ roles: ['Reeder'], service: 'kms' }] }] },
      "identities.users[0].access[0].roles names 'Reeder', which is no role of kms",
    ],
    [
      'a role of another service',
      { users: [{ ...user, access: [{ roles: ['KeyPurge'] }] }] },
      "identities.users[0].access[0].roles names 'KeyPurge', which is no role of every service",
    ],
    [
      'access without roles',
      { users: [{ ...user, access: [{ roles: [] }] }] },
      'identities.users[0].access[0].roles is empty; name at least one role',
    ],
    [
      'an instance without its service',
      { users: [{ ...user, access: [{ roles: ['Reader'], instance: 'g' }] }] },
      'identities.users[0].access[0].instance needs service beside it',
    ],
    [
      'a member that does not exist',
      { accessGroups: [{ id: 'AccessGroupId-1', name: 'g', members: ['IBMid-x'] }] },
      "identities.accessGroups[0].members names 'IBMid-x', which is no configured identity",
    ],
  ])('%s', async (_name, broken, message) => {
    await expect(startTestPlatform({ identities: broken })).rejects.toThrow(message);
  });
});
