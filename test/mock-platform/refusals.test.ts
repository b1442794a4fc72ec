/**
 * Refusals that belong to no scene: one for each operation that is not refused in the tests of its service. Codes and
 * statuses are those of ibm-control-plane.md 1.2 (tokens), 6.1.10 (keys), 6.3.3 (policies), 6.4.1 (instances), 6.4.4
 * (catalog, tags).
 */
import { Encryption } from '../support/encryption';
import { type Reply, startTestPlatform, type TestPlatform } from '../support/platform';

let platform: TestPlatform;
let keyInstance: string;
beforeAll(async () => {
  platform = await startTestPlatform();
  keyInstance = (await new Encryption(platform).instance({ service: 'kms' })).guid;
});
afterAll(() => platform.close());

/** Code and message, where each dialect has them. */
function words({ body }: Reply): unknown {
  const [error] = body.errors ?? body.resources?.[0]?.reasons ?? [];
  if (error !== undefined) return [error.code, error.message];
  return [body.errorCode ?? body.error ?? body.error_code, body.errorMessage ?? body.message];
}

type Case = readonly [
  operation: string,
  request: readonly [method: string, path: string, body?: unknown, instance?: string],
  status: number,
  code: string,
  message: string,
];

const policy = {
  type: 'authorization',
  subjects: [{ attributes: [{ name: 'serviceName', value: 'server-protect' }] }],
  roles: [{ role_id: 'crn:v1:bluemix:public:iam::::serviceRole:Reader' }],
  resources: [{ attributes: [{ name: 'serviceName', value: 'kms' }] }],
};
const unknownInstance = ['INSTANCE_NOT_FOUND_ERR', 'No key management instance nowhere can be used'] as const;
const serviceOnly = [
  'SERVICE_ONLY_ERR',
  'Only a service can do this, on behalf of the resources that it encrypts',
] as const;
const noEntry = ['not_found', "The catalog entry 'nothing' was not found."] as const;

const cases: readonly Case[] = [
  [
    'control/listEvents',
    ['GET', '/_keyquake/events?limit=many'],
    400,
    'invalid_parameter',
    'limit must match pattern "^[1-9][0-9]{0,5}$"',
  ],
  [
    'iam-identity/getTokenByOidcPath',
    ['POST', '/oidc/token', 'grant_type=password'],
    501,
    'not_emulated',
    'The grant type password is not emulated by this platform.',
  ],
  [
    'iam/getPolicy',
    ['GET', '/v1/policies/nothing'],
    404,
    'policy_not_found',
    "The policy 'nothing' was not found.",
  ],
  [
    'iam/replacePolicy',
    ['PUT', '/v1/policies/nothing', policy],
    404,
    'policy_not_found',
    "The policy 'nothing' was not found.",
  ],
  [
    'key-protect/getAllowedIpPort',
    ['GET', '/api/v2/instance/allowed_ip_port', undefined, 'nowhere'],
    404,
    ...unknownInstance,
  ],
  ['key-protect/listKeyRings', ['GET', '/api/v2/key_rings', undefined, 'nowhere'], 404, ...unknownInstance],
  ['key-protect/createRegistration', ['POST', '/api/v2/keys/one/registrations/crn', {}], 403, ...serviceOnly],
  [
    'key-protect/updateRegistration',
    ['PATCH', '/api/v2/keys/one/registrations/crn', {}],
    403,
    ...serviceOnly,
  ],
  ['key-protect/replaceRegistration', ['PUT', '/api/v2/keys/one/registrations/crn', {}], 403, ...serviceOnly],
  ['key-protect/deleteRegistration', ['DELETE', '/api/v2/keys/one/registrations/crn'], 403, ...serviceOnly],
  ['catalog/getChildObjects', ['GET', '/api/v1/nothing/*'], 404, ...noEntry],
  ['catalog/getFlavors', ['GET', '/api/v1/nothing/flavor'], 404, ...noEntry],
  ['search-tags/detachTag', ['POST', '/v3/tags/detach', {}], 400, 'bad_request', 'resources is required'],
  [
    'search-tags/deleteTag',
    ['DELETE', '/v3/tags/one?tag_type=secret'],
    400,
    'bad_request',
    'tag_type must be one of user, access, service',
  ],
];

test.each(cases)('%s', async (_operation, [method, path, body, instance], status, code, message) => {
  const headers = { 'Bluemix-Instance': instance ?? keyInstance };
  const reply = await platform.request(method, path, body, headers);
  expect([reply.status, words(reply)]).toEqual([status, [code, message]]);
});

test('key-protect/getKeyCollectionMetadata refuses without a body, as HEAD does', async () => {
  const reply = await platform.request('HEAD', '/api/v2/keys', undefined, { 'Bluemix-Instance': 'nowhere' });
  expect([reply.status, reply.body]).toEqual([404, undefined]);
});

describe('with enforced tokens', () => {
  let enforcing: TestPlatform;
  beforeAll(async () => {
    enforcing = await startTestPlatform({ auth: 'enforce' });
  });
  afterAll(() => enforcing.close());

  test.each([
    ['resource-controller/listReclamations', '/v1/reclamations'],
    ['resource-manager/listQuotaDefinitions', '/v2/quota_definitions'],
  ])('%s needs one', async (_operation, path) => {
    const reply = await enforcing.request('GET', path);
    expect([reply.status, words(reply)]).toEqual([
      401,
      ['RC-IamErrorResponse', 'Authorization header is missing'],
    ]);
  });
});
