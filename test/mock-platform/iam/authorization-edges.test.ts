/** Who may take an authorization away, and that each way of doing so does the same (behaviour.md A3). */

import { bearerOf } from '../../support/callers';
import { Encryption } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { vpcOf } from '../vpc/support';
import { authorizationV2 } from './support';

let platform: TestPlatform;
afterEach(() => platform.close());

describe('with roles enforced', () => {
  const person = (name: string, roles: readonly string[], service: string) => ({
    id: `IBMid-${name}`,
    name,
    apiKeys: [name],
    access: [{ roles, service }],
  });
  const identities = {
    ownerApiKeys: ['owner'],
    users: [
      person('target-viewer', ['Viewer'], 'kms'),
      person('target-operator', ['Operator'], 'kms'),
      person('target-editor', ['Editor'], 'kms'),
      person('target-manager', ['Manager'], 'kms'),
      person('target-purger', ['KeyPurge'], 'kms'),
      person('target-admin', ['Administrator'], 'kms'),
      person('source-admin', ['Administrator', 'Manager'], 'secrets-manager'),
    ],
  };
  const toKeys = authorizationV2({ subject: { serviceName: 'secrets-manager' } });
  let id: string;
  let owner: Record<string, string>;

  beforeEach(async () => {
    platform = await startTestPlatform({ auth: 'enforce', identities });
    owner = await bearerOf(platform, 'owner');
    id = (await platform.request('POST', '/v2/policies', toKeys, owner)).body.id;
  });

  const refusers = [
    'target-viewer',
    'target-operator',
    'target-editor',
    'target-manager',
    'target-purger',
    'source-admin',
  ];
  const ways = [
    ['DELETE', '/v1/policies/{id}', undefined, 'delete'],
    ['DELETE', '/v2/policies/{id}', undefined, 'delete'],
    ['PATCH', '/v1/policies/{id}', { state: 'deleted' }, 'update'],
    ['PUT', '/v2/policies/{id}', authorizationV2({ subject: { serviceName: 'is' } }), 'update'],
  ] as const;

  test.each(refusers.flatMap((who) => ways.map((way) => [who, ...way] as const)))(
    '%s is refused %s %s',
    async (who, method, path, body, verb) => {
      const headers = { ...(await bearerOf(platform, who)), 'If-Match': '*' };
      const reply = await platform.request(method, path.replace('{id}', id), body, headers);
      expect([reply.status, reply.body]).toEqual([
        403,
        {
          trace: expect.any(String),
          errors: [
            {
              code: 'insufficent_permissions',
              message: 'You are not allowed to perform this action on the requested policy.',
            },
          ],
          status_code: 403,
          keyquake: {
            cause: `iam.policy.${verb} needs the role Administrator on what the policy gives access to`,
            remedy: 'let an administrator of that resource do it, or be granted the role Administrator on it',
          },
        },
      ]);
      const kept = (await platform.request('GET', `/v2/policies/${id}`, undefined, owner)).body;
      expect([kept.state, kept.subject]).toEqual(['active', toKeys.subject]);
    },
  );

  test.each(ways)('the administrator of the target may: %s %s', async (method, path, body) => {
    const headers = { ...(await bearerOf(platform, 'target-admin')), 'If-Match': '*' };
    const reply = await platform.request(method, path.replace('{id}', id), body, headers);
    expect(reply.status).toBe(method === 'DELETE' ? 204 : 200);
  });
});

describe('a volume whose authorization goes and comes back', () => {
  let id: string;
  let volumeId: string;
  let key: string;

  beforeEach(async () => {
    platform = await startTestPlatform();
    const cloud = new Encryption(platform);
    const kms = (await cloud.instance({ service: 'kms' })).guid;
    key = (await cloud.key(kms)).crn;
    id = (await platform.request('POST', '/v2/policies', authorizationV2())).body.id;
    volumeId = (await vpcOf(platform).volume({ encryption_key: { crn: key } })).body.id;
  });

  const state = async () => {
    const { status, body } = await vpcOf(platform).request('GET', `/volumes/${volumeId}`);
    const made = await vpcOf(platform).volume({ name: 'another', encryption_key: { crn: key } });
    if (made.status === 201) await vpcOf(platform).request('DELETE', `/volumes/${made.body.id}`);
    return { status, volume: body.status, reasons: body.status_reasons, another: made.status };
  };
  const patch = (wanted: 'active' | 'deleted') =>
    platform.request('PATCH', `/v1/policies/${id}`, { state: wanted }, { 'If-Match': '*' });

  test.each([
    ['DELETE of version 1', () => platform.request('DELETE', `/v1/policies/${id}`)],
    ['DELETE of version 2', () => platform.request('DELETE', `/v2/policies/${id}`)],
    ['PATCH with the state deleted', () => patch('deleted')],
  ])('%s', async (_name, remove) => {
    const before = await state();
    expect(before).toMatchObject({ status: 200, volume: 'available', another: 201 });
    expect((await remove()).status).toBeLessThan(300);
    expect(await state()).toMatchObject({ status: 200, another: 400 });
    expect((await patch('active')).status).toBe(200);
    expect(await state()).toEqual(before);
  });

  test('each way leaves the volume in the same state', async () => {
    const removed: unknown[] = [];
    for (const remove of [
      () => platform.request('DELETE', `/v1/policies/${id}`),
      () => platform.request('DELETE', `/v2/policies/${id}`),
      () => patch('deleted'),
    ]) {
      await remove();
      removed.push(await state());
      await patch('active');
    }
    expect(removed).toEqual([removed[0], removed[0], removed[0]]);
  });
});
