/** The token endpoint (ibm-control-plane.md 1.2, 1.3). */

import { bearerOf } from '../../support/callers';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';
import { apiKeyGrant, asBx, assumeGrant, claimsOf, requestToken } from './support';

const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

/** Status, code and message of a refusal. */
function refusalOf({ status, body }: { status: number; body: Record<string, unknown> }) {
  return [status, body['errorCode'], body['errorMessage']];
}

describe('an open platform', () => {
  let platform: TestPlatform;
  beforeAll(async () => {
    platform = await startTestPlatform();
  });
  afterAll(() => platform.close());

  test('gives a token for any API key, without Basic authorization and without response_type (7.1)', async () => {
    const reply = await requestToken(platform, { grant_type: apiKeyGrant, apikey: 'whatever' });
    expect(reply.status).toBe(200);
    expect(reply.headers.get('content-type')).toMatch(/^application\/json/);
    expect(reply.body).toEqual({
      access_token: expect.any(String),
      refresh_token: 'not_supported',
      token_type: 'Bearer',
      expires_in: 3600,
      expiration: Date.parse('2026-01-15T11:00:00Z') / 1000,
      scope: 'ibm openid',
    });
  });

  test('the token carries the claims that clients read (1.3)', async () => {
    const reply = await requestToken(platform, { grant_type: apiKeyGrant, apikey: 'whatever' });
    const [header = '', , signature] = reply.body.access_token.split('.');
    expect(JSON.parse(Buffer.from(header, 'base64url').toString())).toMatchObject({ alg: 'ES256' });
    expect(signature).toMatch(/^[\w-]+$/);
    expect(claimsOf(reply.body.access_token)).toMatchObject({
      id: 'IBMid-0000000001',
      iam_id: 'IBMid-0000000001',
      account: { bss: account },
      iss: 'https://iam.cloud.ibm.com/identity',
      iat: Date.parse('2026-01-15T10:00:00Z') / 1000,
      exp: Date.parse('2026-01-15T11:00:00Z') / 1000,
      grant_type: apiKeyGrant,
    });
  });

  test.each([
    ['/identity/token', 'application/x-www-form-urlencoded'],
    ['/identity/token', undefined],
    ['/oidc/token', 'application/x-www-form-urlencoded'],
  ])('answers at %s, content type %s', async (path, type) => {
    const form = String(new URLSearchParams({ grant_type: apiKeyGrant, apikey: 'k' }));
    const headers: Record<string, string> = type === undefined ? {} : { 'Content-Type': type };
    expect((await platform.request('POST', path, Buffer.from(form), headers)).status).toBe(200);
  });

  test('answers under the vendor’s host name', async () => {
    const reply = await callHost(platform, 'iam.cloud.ibm.com', { method: 'POST', path: '/identity/token' });
    expect(refusalOf(reply)).toEqual([400, 'BXNIM0109E', 'Property missing or empty.']);
  });

  test.each([
    ['no grant type', {}, 'grant_type'],
    ['an empty grant type', { grant_type: '' }, 'grant_type'],
    ['no API key', { grant_type: apiKeyGrant }, 'apikey'],
    ['an empty API key', { grant_type: apiKeyGrant, apikey: '' }, 'apikey'],
    ['no refresh token', { grant_type: 'refresh_token' }, 'refresh_token'],
    ['no access token to assume with', { grant_type: assumeGrant, profile_id: 'Profile-1' }, 'access_token'],
  ])('refuses %s, naming it', async (_name, fields, property) => {
    const reply = await requestToken(platform, fields as Record<string, string>);
    expect(refusalOf(reply)).toEqual([400, 'BXNIM0109E', 'Property missing or empty.']);
    expect(reply.body.errorDetails).toBe(`Property '${property}' either missing or empty.`);
  });

  test.each([
    [
      'a grant type that is unknown',
      { grant_type: 'magic' },
      [400, 'unsupported_grant_type', "The grant type 'magic' is not known."],
    ],
    [
      'a grant that is not emulated',
      { grant_type: 'urn:ibm:params:oauth:grant-type:cr-token', cr_token: 'x' },
      [
        501,
        'not_emulated',
        'The grant type urn:ibm:params:oauth:grant-type:cr-token is not emulated by this platform.',
      ],
    ],
    [
      'another kind of token',
      { grant_type: apiKeyGrant, apikey: 'k', response_type: 'delegated_refresh_token' },
      [501, 'not_emulated', 'The response type delegated_refresh_token is not emulated by this platform.'],
    ],
    [
      'a field that is unknown',
      { grant_type: apiKeyGrant, apikey: 'k', colour: 'red' },
      [400, 'invalid_request', "Property 'colour' is not a known field."],
    ],
  ])('refuses %s', async (_name, fields, expected) => {
    expect(refusalOf(await requestToken(platform, fields as unknown as Record<string, string>))).toEqual(
      expected,
    );
  });

  test('keeps the caller’s transaction id in the answer and in the error', async () => {
    const reply = await requestToken(platform, {}, { 'Transaction-Id': 'tx-1' });
    expect(reply.headers.get('transaction-id')).toBe('tx-1');
    expect(reply.body.context).toEqual({ requestId: 'tx-1' });
  });

  test('any profile can be assumed where none is configured', async () => {
    const { body } = await requestToken(platform, { grant_type: apiKeyGrant, apikey: 'k' });
    const fields = { grant_type: assumeGrant, access_token: body.access_token, profile_id: 'Profile-77' };
    const assumed = await requestToken(platform, fields);
    expect(claimsOf(assumed.body.access_token)).toMatchObject({ iam_id: 'iam-Profile-77' });
  });

  test.each([
    ['GET', '/v1/apikeys/details', 'getApiKeysDetails'],
    ['POST', '/v1/serviceids', 'createServiceId'],
    ['GET', '/v1/serviceids/', 'listServiceIds'],
    ['DELETE', '/v1/profiles/p', 'deleteProfile'],
    ['GET', '/identity/keys', 'GET /identity/keys'],
  ])('%s %s answers 501 naming %s', async (method, path, operation) => {
    expect(refusalOf(await platform.request(method, path))).toEqual([
      501,
      'not_emulated',
      `${operation} is not emulated by this platform.`,
    ]);
  });
});

describe('refreshing', () => {
  let platform: TestPlatform;
  beforeEach(async () => {
    platform = await startTestPlatform();
  });
  afterEach(() => platform.close());

  async function refreshToken(): Promise<string> {
    const { body } = await requestToken(platform, { grant_type: apiKeyGrant, apikey: 'k' }, asBx);
    return body.refresh_token;
  }

  test('the client bx gets a refresh token that gives another access token', async () => {
    const refresh_token = await refreshToken();
    platform.platform.clock.advance(30 * 60_000);
    const reply = await requestToken(platform, { grant_type: 'refresh_token', refresh_token }, asBx);
    expect(reply.status).toBe(200);
    expect(reply.body.expiration).toBe(Date.parse('2026-01-15T11:30:00Z') / 1000);
    expect(reply.body.refresh_token).not.toBe('not_supported');
    expect(claimsOf(reply.body.access_token)).toMatchObject({ grant_type: 'refresh_token' });
  });

  test('a refresh token is good for 72 hours', async () => {
    const refresh_token = await refreshToken();
    platform.platform.clock.advance(72 * 3_600_000 - 1);
    expect((await requestToken(platform, { grant_type: 'refresh_token', refresh_token })).status).toBe(200);
    platform.platform.clock.advance(1);
    expect(refusalOf(await requestToken(platform, { grant_type: 'refresh_token', refresh_token }))).toEqual([
      400,
      'BXNIM0408E',
      'Provided refresh_token is expired.',
    ]);
  });

  test.each(['not_supported', 'AAAA', ''.padEnd(80, 'A')])('refuses the refresh token %s', async (token) => {
    const reply = await requestToken(platform, { grant_type: 'refresh_token', refresh_token: token });
    expect(refusalOf(reply)).toEqual([400, 'BXNIM0407E', 'Provided refresh_token is invalid.']);
  });

  test('a refresh token of another platform is refused', async () => {
    const other = await startTestPlatform({ seed: 2 });
    const { body } = await requestToken(other, { grant_type: apiKeyGrant, apikey: 'k' }, asBx);
    await other.close();
    const fields = { grant_type: 'refresh_token', refresh_token: body.refresh_token };
    expect((await requestToken(platform, fields)).body.errorCode).toBe('BXNIM0407E');
  });
});

describe('configured identities', () => {
  const identities = {
    ownerApiKeys: ['owner-key'],
    users: [{ id: 'IBMid-anna', name: 'Anna', apiKeys: ['anna-key-1', 'anna-key-2'] }],
    serviceIds: [{ id: 'iam-ServiceId-ci', name: 'pipeline', apiKeys: ['ci-key'] }],
    profiles: [
      { id: 'Profile-ops', name: 'operations', assumableBy: ['IBMid-anna'] },
      { id: 'Profile-all', name: 'everybody' },
    ],
  };
  let platform: TestPlatform;
  beforeEach(async () => {
    platform = await startTestPlatform({ auth: 'enforce', identities });
  });
  afterEach(() => platform.close());

  test.each([
    ['owner-key', 'IBMid-0000000001'],
    ['anna-key-1', 'IBMid-anna'],
    ['anna-key-2', 'IBMid-anna'],
    ['ci-key', 'iam-ServiceId-ci'],
  ])('%s speaks for %s', async (apikey, iamId) => {
    const { body } = await requestToken(platform, { grant_type: apiKeyGrant, apikey });
    expect(claimsOf(body.access_token)).toMatchObject({
      iam_id: iamId,
      id: iamId,
      account: { bss: account },
    });
  });

  test('an API key of nobody is refused', async () => {
    const reply = await requestToken(platform, { grant_type: apiKeyGrant, apikey: 'stolen' });
    expect(refusalOf(reply)).toEqual([400, 'BXNIM0415E', 'Provided API key could not be found.']);
    expect(reply.body.keyquake).toEqual({
      cause: 'no identity of this platform has that API key',
      remedy: "use an API key of the platform's configured identities, or start it with open authentication",
    });
    expect(JSON.stringify(reply.body)).not.toContain('stolen');
  });

  async function assume(apikey: string, profile: Record<string, string>) {
    const { body } = await requestToken(platform, { grant_type: apiKeyGrant, apikey });
    return requestToken(platform, { grant_type: assumeGrant, access_token: body.access_token, ...profile });
  }

  test.each([
    ['by id', { profile_id: 'Profile-ops' }],
    ['by CRN', { profile_crn: `crn:v1:bluemix:public:iam-identity::a/${account}::profile:Profile-ops` }],
    ['by name and account', { profile_name: 'operations', account }],
  ])('a profile is assumed %s', async (_name, profile) => {
    const reply = await assume('anna-key-1', profile as unknown as Record<string, string>);
    expect(reply.status).toBe(200);
    expect(claimsOf(reply.body.access_token)).toMatchObject({
      iam_id: 'iam-Profile-ops',
      grant_type: assumeGrant,
    });
  });

  test.each([
    ['someone who may not', 'ci-key', { profile_id: 'Profile-ops' }, 'Profile-ops'],
    ['a profile that does not exist', 'anna-key-1', { profile_id: 'Profile-none' }, 'Profile-none'],
    [
      'a profile of that name in another account',
      'anna-key-1',
      { profile_name: 'operations', account: 'f'.repeat(32) },
      'operations',
    ],
  ])('refuses %s', async (_name, apikey, profile, named) => {
    const reply = await assume(apikey, profile as unknown as Record<string, string>);
    expect(refusalOf(reply)).toEqual([403, 'BXNIM0513E', 'You are not authorized to use this API.']);
    expect(reply.body.keyquake.cause).toBe(
      `there is no trusted profile ${named} that the holder of the access token may assume`,
    );
  });

  test.each([
    ['no profile', {}, 'profile_id'],
    ['a name without its account', { profile_name: 'everybody' }, 'account'],
  ])('refuses %s', async (_name, profile, property) => {
    const reply = await assume('ci-key', profile as Record<string, string>);
    expect([reply.status, reply.body.errorCode, reply.body.errorDetails]).toEqual([
      400,
      'BXNIM0109E',
      `Property '${property}' either missing or empty.`,
    ]);
  });

  test.each([
    ['malformed', 'abc', 'BXNIM0401E', 'Provided token is malformed.'],
    ['forged', undefined, 'BXNIM0407E', 'Provided token is invalid.'],
  ])('refuses to assume with a token that is %s', async (_name, given, code, message) => {
    const { Authorization = '' } = await bearerOf(platform, 'anna-key-1');
    const [header, payload] = Authorization.replace('Bearer ', '').split('.');
    const access_token = given ?? `${header}.${payload}.AAAA`;
    const fields = { grant_type: assumeGrant, access_token, profile_id: 'Profile-all' };
    expect(refusalOf(await requestToken(platform, fields))).toEqual([400, code, message]);
  });

  test('refuses to assume with an expired token', async () => {
    const { Authorization = '' } = await bearerOf(platform, 'anna-key-1');
    platform.platform.clock.advance(3_600_000);
    const access_token = Authorization.replace('Bearer ', '');
    const fields = { grant_type: assumeGrant, access_token, profile_id: 'Profile-all' };
    expect(refusalOf(await requestToken(platform, fields))).toEqual([
      400,
      'BXNIM0407E',
      'Provided token is expired.',
    ]);
  });

  test('API keys are nowhere in the store', async () => {
    await bearerOf(platform, 'anna-key-1');
    const dump = JSON.stringify(await platform.platform.snapshot());
    for (const key of ['owner-key', 'anna-key-1', 'ci-key']) expect(dump).not.toContain(key);
  });
});

describe('an API key of nobody', () => {
  const identities = { users: [{ id: 'IBMid-anna', name: 'Anna', apiKeys: ['anna-key'] }] };

  test.each([
    ['open', 200],
    ['warn', 200],
    ['enforce', 400],
  ] as const)('with authentication %s answers %i', async (auth, status) => {
    const warnings: string[] = [];
    const logger = { info: () => 0, warn: (line: string) => warnings.push(line), error: () => 0 };
    const platform = await startTestPlatform({ auth, identities, logger });
    const reply = await requestToken(platform, { grant_type: apiKeyGrant, apikey: 'other' });
    await platform.close();
    expect(reply.status).toBe(status);
    expect(warnings).toEqual(
      auth === 'warn' ? ['enforcing tokens would refuse getToken: no identity has that API key'] : [],
    );
  });

  test('speaks for the owner where no key is configured, tokens enforced or not', async () => {
    const platform = await startTestPlatform({ auth: 'enforce' });
    const { body } = await requestToken(platform, { grant_type: apiKeyGrant, apikey: 'any' });
    await platform.close();
    expect(claimsOf(body.access_token)).toMatchObject({ iam_id: 'IBMid-0000000001' });
  });
});
