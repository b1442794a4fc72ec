/** Hosts, what is not emulated, roles, and who holds a lock (ibm-control-plane.md 2.3, 6.2; behaviour.md C3). */
import { Encryption } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';
import { prototype, refusalOf, startWithInstance, type World } from './support';

describe('an instance', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWithInstance();
  });
  afterAll(() => world.platform.close());

  // ibm-control-plane.md 2.3
  test.each([
    ['us-south.secrets-manager.appdomain.cloud'],
    ['private.us-south.secrets-manager.appdomain.cloud'],
    ['us-south.secrets-manager.test.appdomain.cloud'],
  ])('is reached at its host {guid}.%s', async (suffix) => {
    const host = `${world.secretsManager.guid}.${suffix}`;
    const { status, body } = await callHost(world.platform, host, { method: 'GET', path: '/api/v2/secrets' });
    expect([status, body.first.href]).toEqual([200, `http://${host}/api/v2/secrets?offset=0&limit=200`]);
  });

  test('is not reached at the host of another region', async () => {
    const host = `${world.secretsManager.guid}.eu-de.secrets-manager.appdomain.cloud`;
    const refused = await callHost(world.platform, host, { method: 'GET', path: '/api/v2/secrets' });
    expect(refusalOf(refused)).toEqual([
      404,
      'not_found',
      `There is no Secrets Manager instance ${world.secretsManager.guid}`,
    ]);
  });

  test('that is unknown, or of another service, answers 404', async () => {
    const { guid: kms } = await world.cloud.instance({ service: 'kms' });
    for (const guid of [kms, '00000000-0000-4000-8000-000000000000']) {
      const refused = await world.platform.request('GET', `/secrets-manager/${guid}/api/v2/secrets`);
      expect(refusalOf(refused)).toEqual([404, 'not_found', `There is no Secrets Manager instance ${guid}`]);
    }
  });

  test('echoes the caller’s correlation id, in the header and as trace', async () => {
    const refused = await world.secretsManager.request('GET', '/secrets/x', undefined, {
      'X-Correlation-Id': 'c-1',
    });
    expect([refused.headers.get('x-correlation-id'), refused.body]).toEqual([
      'c-1',
      { status_code: 404, trace: 'c-1', errors: [{ code: 'not_found', message: 'There is no secret x' }] },
    ]);
  });

  test.each([
    ['no body', undefined, 'Request validation error: a JSON body is required'],
    ['no JSON', '{"payload": "hunter2', 'Request validation error: the body is not valid JSON'],
    ['a list', '[]', "Request validation error: Invalid parameter '/': must be object"],
  ])('refuses %s', async (_name, body, message) => {
    expect(refusalOf(await world.secretsManager.request('POST', '/secrets', body))).toEqual([
      400,
      'bad_request',
      message,
    ]);
  });

  test.each([
    ['POST', '/secrets/x/actions', 'createSecretAction'],
    ['POST', '/secrets/x/versions/current/actions', 'createSecretVersionAction'],
    ['GET', '/secrets/x/tasks', 'listSecretTasks'],
    ['GET', '/configurations', 'listConfigurations'],
    ['POST', '/configurations', 'createConfiguration'],
    ['PATCH', '/configurations/ca', 'updateConfiguration'],
    ['GET', '/notifications/registration', 'getNotificationsRegistration'],
    ['GET', '/policies', 'GET /api/v2/policies'],
  ])('%s %s is not emulated and says so', async (method, path, name) => {
    expect(refusalOf(await world.secretsManager.request(method, path))).toEqual([
      501,
      'not_implemented',
      `${name} is not emulated`,
    ]);
  });

  test.each([
    ['GET', '/secrets', 'listAllSecrets of API v1'],
    ['POST', '/secrets/arbitrary', 'createSecret of API v1'],
    ['PUT', '/config/iam_credentials', 'putConfig of API v1'],
    ['GET', '/nothing', 'GET /api/v1/nothing'],
  ])('%s %s of API v1 is not emulated and says so', async (method, path, name) => {
    const refused = await world.platform.request(
      method,
      `/secrets-manager/${world.secretsManager.guid}/api/v1${path}`,
    );
    expect(refusalOf(refused)).toEqual([501, 'not_implemented', `${name} is not emulated`]);
  });

  test.each([
    [{ consumer: 'app-1', crn: 'crn:v1:x' }, 'app-1'],
    [
      { crn: 'crn:v1:bluemix:public:codeengine:::::', resource: 'r' },
      'crn:v1:bluemix:public:codeengine:::::',
    ],
    [{ resource: 'vm-7' }, 'vm-7'],
    [{ consumer: 7, resource: 'vm-8' }, 'vm-8'],
    [{ note: 'nobody' }, undefined],
  ])('a lock with the attributes %j is held by %s', async (attributes, consumer) => {
    const { id } = await world.secretsManager.secret({ name: `held-${JSON.stringify(attributes).length}` });
    const locks = [{ name: `lock-${id}`, attributes }];
    await world.secretsManager.request('POST', `/secrets/${id}/locks_bulk`, { locks });
    const { nodes } = (await world.platform.request('GET', '/_keyquake/graph')).body;
    expect(nodes.find(({ name }: { name: string }) => name === `lock-${id}`).consumer).toBe(consumer);
  });
});

describe('roles (Secrets Manager framework/iam.md; behaviour.md C3)', () => {
  const roles = ['Reader', 'SecretsReader', 'Writer', 'Manager'] as const;
  let platform: TestPlatform;
  let base: string;
  let id: string;
  const tokens = new Map<string, string>();

  async function tokenFor(apikey: string): Promise<string> {
    const grant_type = 'urn:ibm:params:oauth:grant-type:apikey';
    const form = new URLSearchParams({ grant_type, apikey }).toString();
    return (await platform.request('POST', '/identity/token', form)).body.access_token;
  }

  const as = (role: string, method: string, path: string, body?: unknown) =>
    platform.request(method, `${base}${path.replace('ID', id)}`, body, {
      Authorization: `Bearer ${tokens.get(role)}`,
    });

  beforeAll(async () => {
    const access = (role: string) => [{ roles: [role], service: 'secrets-manager' }];
    platform = await startTestPlatform({
      auth: 'enforce',
      identities: {
        ownerApiKeys: ['owner'],
        users: roles.map((role) => ({
          id: `IBMid-${role}`,
          name: role,
          apiKeys: [role],
          access: access(role),
        })),
      },
    });
    for (const name of ['owner', ...roles]) tokens.set(name, await tokenFor(name));
    const owner = { ...platform, request: withToken(platform, tokens.get('owner') ?? '') };
    const { guid } = await new Encryption(owner).instance({ service: 'secrets-manager' });
    base = `/secrets-manager/${guid}/api/v2`;
    id = (await as('owner', 'POST', '/secrets', prototype)).body.id;
  });
  afterAll(() => platform.close());

  function withToken({ request }: TestPlatform, token: string): TestPlatform['request'] {
    return (method, path, body, headers = {}) =>
      request(method, path, body, { Authorization: `Bearer ${token}`, ...headers });
  }

  test.each([
    ['Reader', 'GET', '/secrets', undefined],
    ['Reader', 'GET', '/secrets/ID/metadata', undefined],
    ['Reader', 'GET', '/secrets/ID/locks', undefined],
    ['SecretsReader', 'GET', '/secrets/ID', undefined],
    ['SecretsReader', 'GET', '/secrets/ID/versions/current', undefined],
    ['Writer', 'PATCH', '/secrets/ID/metadata', { description: 'changed' }],
    ['Writer', 'POST', '/secrets/ID/versions', { payload: 'next' }],
    ['Manager', 'POST', '/secrets/ID/locks_bulk', { locks: [{ name: 'lock-1' }] }],
    ['Manager', 'DELETE', '/secrets/ID/locks_bulk', undefined],
    ['Manager', 'POST', '/secret_groups', { name: 'team' }],
  ])('%s is needed for %s %s and is enough', async (needed, method, path, body) => {
    for (const role of roles.slice(0, roles.indexOf(needed as (typeof roles)[number]))) {
      const refused = await as(role, method, path, body);
      expect([role, refused.status, refused.body.errors[0].code]).toEqual([role, 403, 'forbidden']);
      expect(refused.body.keyquake.cause).toBe(`the caller lacks the role ${needed}`);
    }
    expect((await as(needed, method, path, body)).status).toBeLessThan(300);
  });

  test('no token answers 401', async () => {
    expect(refusalOf(await platform.request('GET', `${base}/secrets`))).toEqual([
      401,
      'unauthorized',
      'The bearer token is missing',
    ]);
  });
});
