/**
 * When a policy last permitted something, and how often: format=include_last_permit (IBM Cloud IAM docs
 * iam-audit-policies.md; formats per operation: PSGO ListPolicies, ListV2Policies, GetV2Policy).
 */

import { bearerOf } from '../../support/callers';
import { Encryption } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { vpcOf } from '../vpc/support';
import { accessV2, account, authorizationV2, reader } from './support';

const never = { last_permit_at: null, last_permit_frequency: 0 };
let platform: TestPlatform;
afterEach(() => platform.close());

async function permits(id: string, headers: Record<string, string> = {}): Promise<unknown> {
  const { body } = await platform.request(
    'GET',
    `/v2/policies/${id}?format=include_last_permit`,
    undefined,
    headers,
  );
  const { last_permit_at, last_permit_frequency } = body;
  return { last_permit_at, last_permit_frequency };
}

describe('an access policy', () => {
  const identities = {
    ownerApiKeys: ['owner'],
    users: [
      { id: 'IBMid-anna', name: 'Anna', apiKeys: ['anna'] },
      { id: 'IBMid-ben', name: 'Ben', apiKeys: ['ben'] },
    ],
    accessGroups: [{ id: 'AccessGroupId-a', name: 'a', members: ['IBMid-anna', 'IBMid-ben'] }],
  };
  let owner: Record<string, string>;
  let anna: Record<string, string>;
  let instance: string;

  async function start(auth: 'warn' | 'enforce' = 'enforce'): Promise<void> {
    platform = await startTestPlatform({ auth, identities });
    owner = await bearerOf(platform, 'owner');
    anna = await bearerOf(platform, 'anna');
    const group = (await as(owner, 'GET', '/v2/resource_groups?default=true')).body.resources[0].id;
    instance = `/v2/resource_instances/${(await made('keys', group)).body.guid}`;
  }
  const as = (headers: Record<string, string>, method: string, path: string, body?: unknown) =>
    platform.request(method, path, body, headers);
  const made = (name: string, group: string) =>
    as(owner, 'POST', '/v2/resource_instances', {
      name,
      target: 'us-south',
      resource_group: group,
      resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
    });
  const policy = async (settings: Parameters<typeof accessV2>[0]) =>
    (await as(owner, 'POST', '/v2/policies', accessV2(settings))).body.id;

  test('tells the time of its last permit and counts', async () => {
    await start();
    const id = await policy({ resource: { serviceName: 'kms' } });
    expect(await permits(id, owner)).toEqual(never);
    platform.platform.clock.advance(60_000);
    expect((await as(anna, 'GET', instance)).status).toBe(200);
    platform.platform.clock.advance(60_000);
    expect((await as(anna, 'GET', instance)).status).toBe(200);
    const expected = { last_permit_at: '2026-01-15T10:02:00.000Z', last_permit_frequency: 2 };
    expect(await permits(id, owner)).toEqual(expected);
    platform.platform.clock.advance(60_000);
    expect(await permits(id, owner)).toEqual(expected);
  });

  test('does not count what is refused: by it, or after it', async () => {
    await start();
    const id = await policy({ resource: { serviceName: 'kms' } });
    expect((await as(anna, 'DELETE', instance)).status).toBe(403);
    const editor = await policy({
      resource: { serviceName: 'kms', serviceInstance: instance.split('/').at(-1) },
      roles: ['crn:v1:bluemix:public:iam::::role:Editor'],
    });
    expect((await as(anna, 'PATCH', instance, { name: 5 })).status).toBe(400);
    expect([await permits(id, owner), await permits(editor, owner)]).toEqual([never, never]);
  });

  test('counts for every member of its group, once in a request however long the list', async () => {
    await start();
    const id = await policy({
      subject: { access_group_id: 'AccessGroupId-a' },
      resource: { serviceName: 'kms' },
    });
    const group = (await as(owner, 'GET', '/v2/resource_groups?default=true')).body.resources[0].id;
    for (const name of ['two', 'three']) await made(name, group);
    const list = (headers: Record<string, string>) => as(headers, 'GET', '/v2/resource_instances');
    expect((await list(anna)).body.rows_count).toBe(3);
    expect((await list(await bearerOf(platform, 'ben'))).body.rows_count).toBe(3);
    expect(await permits(id, owner)).toMatchObject({ last_permit_frequency: 2 });
  });

  test('the owner needs no policy, and none counts', async () => {
    await start();
    const id = await policy({ subject: { iam_id: 'IBMid-0000000001' }, resource: { serviceName: 'kms' } });
    expect((await as(owner, 'GET', instance)).status).toBe(200);
    expect(await permits(id, owner)).toEqual(never);
  });

  test('counts under warn as well', async () => {
    await start('warn');
    const id = await policy({ resource: { serviceName: 'kms' } });
    await as(anna, 'GET', instance);
    expect(await permits(id, owner)).toMatchObject({ last_permit_frequency: 1 });
  });

  test('begins anew when the policy is deleted and restored', async () => {
    await start();
    const id = await policy({ resource: { serviceName: 'kms' } });
    await as(anna, 'GET', instance);
    await as(owner, 'DELETE', `/v2/policies/${id}`);
    expect(await permits(id, owner)).toEqual(never);
    const headers = { ...owner, 'If-Match': '*' };
    const active = { state: 'active' };
    expect((await platform.request('PATCH', `/v1/policies/${id}`, active, headers)).status).toBe(200);
    expect(await permits(id, owner)).toEqual(never);
    await as(anna, 'GET', instance);
    expect(await permits(id, owner)).toMatchObject({ last_permit_frequency: 1 });
  });

  test('readers at once all count, and none is refused for another', async () => {
    await start();
    const id = await policy({ resource: { serviceName: 'kms' } });
    const replies = await Promise.all(Array.from({ length: 20 }, () => as(anna, 'GET', instance)));
    expect(replies.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(await permits(id, owner)).toMatchObject({ last_permit_frequency: 20 });
  });

  test('does not change the ETag of the policy by permitting', async () => {
    await start();
    const id = await policy({ resource: { serviceName: 'kms' } });
    const etag = async () => (await as(owner, 'GET', `/v2/policies/${id}`)).headers.get('etag');
    const before = await etag();
    await as(anna, 'GET', instance);
    expect(await etag()).toBe(before);
  });

  test('is kept in a snapshot', async () => {
    await start();
    const id = await policy({ resource: { serviceName: 'kms' } });
    await as(anna, 'GET', instance);
    const snapshot = await platform.platform.snapshot();
    await as(anna, 'GET', instance);
    await platform.platform.restore(snapshot);
    expect(await permits(id, owner)).toMatchObject({ last_permit_frequency: 1 });
  });
});

describe('an authorization policy', () => {
  let kms: string;
  let cloud: Encryption;

  async function volume(): Promise<number> {
    const key = await cloud.key(kms);
    return (
      await vpcOf(platform).volume({ name: `v-${key.id.slice(0, 8)}`, encryption_key: { crn: key.crn } })
    ).status;
  }

  beforeEach(async () => {
    platform = await startTestPlatform();
    cloud = new Encryption(platform);
    kms = (await cloud.instance({ service: 'kms' })).guid;
  });

  test('tells when it last let a service use a key, and how often', async () => {
    const { id } = (await platform.request('POST', '/v2/policies', authorizationV2())).body;
    const other = authorizationV2({ subject: { serviceName: 'is' } });
    const idle = (await platform.request('POST', '/v2/policies', other)).body.id;
    expect(await permits(id)).toEqual(never);
    platform.platform.clock.advance(1_000);
    expect(await volume()).toBe(201);
    platform.platform.clock.advance(1_000);
    expect(await volume()).toBe(201);
    expect(await permits(id)).toEqual({
      last_permit_at: '2026-01-15T10:00:02.000Z',
      last_permit_frequency: 2,
    });
    expect(await permits(idle)).toEqual(never);
  });

  test('that does not reach the key is not counted', async () => {
    const narrow = authorizationV2({ resource: { serviceInstance: 'another' } });
    const { id } = (await platform.request('POST', '/v2/policies', narrow)).body;
    expect(await volume()).toBe(400);
    expect(await permits(id)).toEqual(never);
  });
});

describe('formats', () => {
  let ids: string[];

  beforeEach(async () => {
    platform = await startTestPlatform();
    const cloud = new Encryption(platform);
    const kms = (await cloud.instance({ service: 'kms' })).guid;
    ids = [];
    for (const serviceName of ['server-protect', 'is', 'secrets-manager']) {
      ids.push(
        (await platform.request('POST', '/v2/policies', authorizationV2({ subject: { serviceName } }))).body
          .id,
      );
    }
    const key = await cloud.key(kms);
    platform.platform.clock.advance(1_000);
    await vpcOf(platform).volume({ name: 'a', encryption_key: { crn: key.crn } });
    platform.platform.clock.advance(1_000);
    await cloud.instance({ service: 'secrets-manager', parameters: { kms_key: key.crn } });
  });

  const list = async (version: string, query: string) =>
    (await platform.request('GET', `/${version}/policies?account_id=${account}&${query}`)).body.policies;

  test.each(['v1', 'v2'])('%s lists carry it when it is asked for', async (version) => {
    const told = (await list(version, 'format=include_last_permit')).map(
      (each: { last_permit_at: string | null }) => each.last_permit_at,
    );
    expect(told).toEqual(['2026-01-15T10:00:01.000Z', null, '2026-01-15T10:00:02.000Z']);
    for (const each of [...(await list(version, '')), ...(await list(version, 'format=display'))]) {
      expect(each).not.toHaveProperty('last_permit_at');
      expect(each).not.toHaveProperty('last_permit_frequency');
    }
  });

  test.each([
    ['last_permit_at', [1, 0, 2]],
    ['-last_permit_at', [2, 0, 1]],
  ])('sorted by %s: the never used are the least', async (sort, order) => {
    const found = await list('v2', `format=include_last_permit&sort=${sort}`);
    expect(found.map(({ id }: { id: string }) => id)).toEqual(order.map((index) => ids[index]));
  });

  test('sorted by last_permit_frequency', async () => {
    const found = await list('v2', 'format=include_last_permit&sort=-last_permit_frequency');
    expect(found.at(-1).id).toBe(ids[1]);
  });

  test('one policy of version 1 has no format', async () => {
    const path = `/v1/policies/${ids[0]}`;
    const plain = (await platform.request('GET', path)).body;
    for (const format of ['include_last_permit', 'display']) {
      expect((await platform.request('GET', `${path}?format=${format}`)).body).toEqual(plain);
    }
  });

  test.each([
    `/v2/policies?account_id=${account}&`,
    `/v1/policies?account_id=${account}&`,
    '/v2/policies/x?',
  ])('%sformat=everything is refused', async (path) => {
    const reply = await platform.request('GET', `${path}format=everything`);
    expect([reply.status, reply.body.errors[0]]).toEqual([
      400,
      { code: 'request_not_processed', message: 'format must be one of include_last_permit, display' },
    ]);
  });

  test('display names roles in lists of both versions', async () => {
    const [v1] = await list('v1', 'format=display');
    const [v2] = await list('v2', 'format=display');
    for (const [granted] of [v1.roles, v2.control.grant.roles]) {
      expect(granted).toMatchObject({ role_id: reader, display_name: 'Reader' });
      expect(granted.actions).toContainEqual({
        id: 'kms.secrets.wrap',
        display_name: 'kms.secrets.wrap',
        description: '',
      });
    }
  });
});
