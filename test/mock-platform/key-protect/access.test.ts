/** Which instance a request is about, and who may do what there (Key Protect concepts/manage-access.md). */
import { type KeyPlatform, startKeyPlatform, unknownKey } from './support/key-platform';
import { envelope, material, newKey, refusalOf } from './support/keys';

const root = { type: 'application/vnd.ibm.kms.key+json', name: 'root-key', extractable: false };

describe('the instance', () => {
  let platform: KeyPlatform;
  beforeAll(async () => {
    platform = await startKeyPlatform();
  });
  afterAll(() => platform.close());

  test('the header is required', async () => {
    const reply = await platform.request('GET', '/api/v2/keys');
    expect(refusalOf(reply)).toEqual([400, 'INVALID_FIELD_ERR']);
    expect(reply.body.resources[0].reasons[0].target).toEqual({ type: 'header', name: 'Bluemix-Instance' });
  });

  test('an unknown instance is not found', async () => {
    const reply = await platform.call('GET', '/keys', undefined, { instance: unknownKey });
    expect(refusalOf(reply)).toEqual([404, 'INSTANCE_NOT_FOUND_ERR']);
    expect(reply.body.keyquake.cause).toBe('there is no such instance');
  });

  test('keys of one instance are not seen from another', async () => {
    const { id } = await newKey(platform);
    const other = '99999999-8888-4777-8666-555555555555';
    expect(refusalOf(await platform.call('GET', `/keys/${id}`, undefined, { instance: other }))).toEqual([
      404,
      'KEY_NOT_FOUND_ERR',
    ]);
  });
});

describe('auth enforce', () => {
  let strict: KeyPlatform;
  beforeAll(async () => {
    strict = await startKeyPlatform({ auth: 'enforce' });
  });
  afterAll(() => strict.close());

  test('a malformed bearer', async () => {
    const headers = { Authorization: 'Basic abc' };
    const reply = await strict.call('GET', '/keys', undefined, { headers });
    expect(refusalOf(reply)).toEqual([400, 'BEARER_SUB_EXTRACTION_ERR']);
  });

  test('a missing token: 401, which carries the text alone', async () => {
    const reply = await strict.call('GET', '/keys');
    expect([reply.status, reply.body]).toEqual([
      401,
      {
        metadata: { collectionType: 'application/vnd.ibm.kms.error+json', collectionTotal: 1 },
        resources: [{ errorMsg: 'Unauthorized: The caller has no access to the specified resource' }],
        keyquake: {
          cause: 'the bearer token is missing',
          remedy: 'get a token from POST /identity/token',
        },
      },
    ]);
  });

  test('an expired token', async () => {
    const headers = await strict.as('anna');
    strict.advance('PT1H1S');
    const reply = await strict.call('GET', '/keys', undefined, { headers });
    expect([reply.status, reply.body.keyquake.cause]).toEqual([401, 'the bearer token is expired']);
  });

  /** Key Protect concepts/manage-access.md: the role that each action needs. */
  const roles = [
    ['GET', '/keys', 'rita', 200],
    ['POST', '/keys', 'rita', 401],
    ['GET', '/keys/{id}', 'rita', 401],
    ['GET', '/keys/{id}/metadata', 'rita', 200],
    ['GET', '/keys/{id}/versions', 'rita', 200],
    ['GET', '/keys/{id}/registrations', 'rita', 200],
    ['GET', '/keys/{id}/policies', 'rita', 401],
    ['POST', '/keys/{id}/actions/wrap', 'rita', 200],
    ['POST', '/keys/{id}/actions/rotate', 'rita', 401],
    ['POST', '/keys/{id}/actions/disable', 'rita', 401],
    ['POST', '/keys/{id}?action=wrap', 'rita', 200],
    ['POST', '/keys/{id}?action=rotate', 'rita', 401],
    ['DELETE', '/keys/{id}', 'rita', 401],
    ['GET', '/key_rings', 'rita', 200],
    ['GET', '/instance/policies', 'rita', 401],
    ['GET', '/keys/{id}', 'anna', 200],
    ['POST', '/keys/{id}/actions/rotate', 'anna', 204],
    ['DELETE', '/keys/{id}/purge', 'anna', 401],
    ['DELETE', '/keys/{id}', 'anna', 204],
    ['GET', '/keys', 'paul', 401],
    ['DELETE', '/keys/{id}/purge', 'paul', 204],
  ] as const;

  test('each operation asks for its role', async () => {
    const manager = { headers: await strict.as('anna') };
    const made = await strict.call('POST', '/keys', envelope({ ...root, payload: material }), manager);
    const { id } = made.body.resources[0];
    await strict.call('POST', `/keys/${id}/restore`, undefined, manager);
    const seen: unknown[] = [];
    for (const [method, path, user] of roles) {
      if (path.endsWith('purge') && user === 'paul') strict.advance('PT4H');
      const headers = await strict.as(user);
      const body = path.endsWith('rotate') ? { payload: Buffer.alloc(32, 3).toString('base64') } : undefined;
      const reply = await strict.call(method, path.replace('{id}', id), body, { headers });
      seen.push([method, path, user, reply.status]);
    }
    expect(seen).toEqual(roles);
  });

  test('the refusal names the missing role', async () => {
    const headers = await strict.as('rita');
    const reply = await strict.call('POST', '/key_rings/a-ring', undefined, { headers });
    expect(reply.body.keyquake).toEqual({
      cause: 'the caller lacks the role Writer, which kms.key-rings.create needs',
      remedy: 'grant Writer on the instance',
    });
  });
});
