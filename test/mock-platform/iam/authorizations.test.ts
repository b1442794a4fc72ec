/**
 * Which service may use which key: every combination of source, target, role and resource type, asked by creating
 * volumes (source service server-protect, of no instance) and Secrets Manager instances. (behaviour.md A3, B3, B6;
 * ibm-control-plane.md 3.4)
 */
import { Encryption, type TestKey } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { vpcOf } from '../vpc/support';
import { type AuthorizationSettings, authorizationV2, reader, role, serviceRole } from './support';

let platform: TestPlatform;
let cloud: Encryption;
let kms: string;
let key: TestKey;
let group: string;

async function start(options: Parameters<typeof startTestPlatform>[0] = {}): Promise<void> {
  platform = await startTestPlatform(options);
  cloud = new Encryption(platform);
  kms = (await cloud.instance({ service: 'kms' })).guid;
  key = await cloud.key(kms, { imported: true });
  group = (await platform.request('GET', '/v2/resource_groups?default=true')).body.resources[0].id;
}
afterEach(() => platform.close());

const post = (settings: AuthorizationSettings) =>
  platform.request('POST', '/v2/policies', authorizationV2(settings));

let volumes = 0;
/** Whether a volume can be made with the key, and if not with which code and for which cause. */
async function volume(): Promise<true | string> {
  volumes += 1;
  const reply = await vpcOf(platform).volume({ name: `volume-${volumes}`, encryption_key: { crn: key.crn } });
  if (reply.status === 201) return true;
  return `${reply.body.errors[0].code}: ${reply.body.keyquake.cause}`.replace(kms, 'I');
}

/** ibm-vpc.md 4.10, 5 */
const refused = 'volume_crn_invalid: no authorization lets server-protect read keys of kms instance I';

describe('a volume (source server-protect)', () => {
  beforeEach(() => start());

  test('without any authorization is refused', async () => {
    expect(await volume()).toBe(refused);
  });

  const here = 'THIS INSTANCE';
  const elsewhere = '22222222-2222-4222-8222-222222222222';

  test.each<[string, AuthorizationSettings, boolean]>([
    ['every instance', {}, true],
    ['its instance', { resource: { serviceInstance: here } }, true],
    ['another instance', { resource: { serviceInstance: elsewhere } }, false],
    ['several instances, its own among them', { resource: { serviceInstance: [elsewhere, here] } }, true],
    ['several other instances', { resource: { serviceInstance: [elsewhere] } }, false],
    ['another service', { resource: { serviceName: 'secrets-manager' } }, false],
    ['Hyper Protect Crypto Services', { resource: { serviceName: 'hs-crypto' } }, false],
    ['the resource group', { resource: { resourceGroupId: 'THIS GROUP' } }, true],
    ['another resource group', { resource: { resourceGroupId: 'f'.repeat(32) } }, false],
    [
      'the instance in another resource group',
      { resource: { serviceInstance: here, resourceGroupId: 'f'.repeat(32) } },
      false,
    ],
    ['Writer', { roles: [serviceRole('Writer')] }, true],
    ['Manager', { roles: [serviceRole('Manager')] }, true],
    ['ReaderPlus', { roles: ['crn:v1:bluemix:public:kms::::serviceRole:ReaderPlus'] }, true],
    ['Administrator, which reads no keys', { roles: [role('Administrator')] }, false],
    ['Authorization Delegator alone', { roles: [role('AuthorizationDelegator')] }, false],
    ['Reader beside another', { roles: [role('AuthorizationDelegator'), reader] }, true],
    ['one instance of the source, which volumes are not', { subject: { serviceInstance: elsewhere } }, false],
    ['a resource type of the source, which volumes have not', { subject: { resourceType: 'share' } }, false],
    ['the service of file shares', { subject: { serviceName: 'is', resourceType: 'share' } }, false],
    ['the other spelling of the source', { subject: { serviceName: 'is.server-protect' } }, true],
    ['a source of another account', { subject: { accountId: 'f'.repeat(32) } }, false],
  ])('with an authorization for %s', async (_name, settings, allowed) => {
    const placed = JSON.parse(
      JSON.stringify(settings).replaceAll(here, kms).replaceAll('THIS GROUP', group),
    ) as AuthorizationSettings;
    expect((await post(placed)).status).toBe(201);
    expect(await volume()).toBe(allowed ? true : refused);
  });

  test('follows the replacement, the deletion and the restoration of its authorization at once', async () => {
    const made = await post({});
    const path = `/v2/policies/${made.body.id}`;
    const etag = async () => (await platform.request('GET', path)).headers.get('etag') ?? '';
    const narrowed = authorizationV2({ resource: { serviceInstance: elsewhere } });
    await platform.request('PUT', path, narrowed, { 'If-Match': await etag() });
    expect(await volume()).toBe(refused);
    await platform.request('PUT', path, authorizationV2(), { 'If-Match': await etag() });
    expect(await volume()).toBe(true);
    await platform.request('DELETE', path);
    expect(await volume()).toBe(refused);
    const state = { state: 'active' };
    const patch = `/v1/policies/${made.body.id}`;
    expect((await platform.request('PATCH', patch, state, { 'If-Match': await etag() })).status).toBe(200);
    expect(await volume()).toBe(true);
  });

  test('two authorizations: one may go', async () => {
    const wide = await post({});
    await post({ resource: { serviceInstance: kms } });
    await platform.request('DELETE', `/v2/policies/${wide.body.id}`);
    expect(await volume()).toBe(true);
  });
});

describe('propagation (issue: authorizations that are not there yet)', () => {
  beforeEach(() => start({ propagation: 60_000 }));

  /** `time` on 2026-01-15, the day of the platform's clock, which starts at 10:00:00. */
  const notBefore = (time: string): string =>
    `volume_crn_invalid: the authorization that lets server-protect read keys of kms instance I is not visible to it before 2026-01-15T${time}.000Z`;

  test('a new authorization is noticed after the delay, a deleted one is missed after it', async () => {
    const { body } = await post({});
    expect(await volume()).toBe(notBefore('10:01:00'));
    platform.platform.clock.advance(59_999);
    expect(await volume()).toBe(notBefore('10:01:00'));
    platform.platform.clock.advance(1);
    expect(await volume()).toBe(true);
    await platform.request('DELETE', `/v1/policies/${body.id}`);
    expect(await volume()).toBe(true);
    platform.platform.clock.advance(60_000);
    expect(await volume()).toBe(refused);
  });

  test('changes in quick succession are noticed one after the other', async () => {
    const { body } = await post({});
    const path = `/v2/policies/${body.id}`;
    platform.platform.clock.advance(30_000);
    const elsewhere = authorizationV2({ resource: { serviceInstance: 'other' } });
    await platform.request('PUT', path, elsewhere, { 'If-Match': '*' });
    platform.platform.clock.advance(30_000);
    expect(await volume()).toBe(true);
    await platform.request('PUT', path, authorizationV2(), { 'If-Match': '*' });
    platform.platform.clock.advance(30_000);
    expect(await volume()).toBe(notBefore('10:02:00'));
    platform.platform.clock.advance(30_000);
    expect(await volume()).toBe(true);
  });

  test('of several authorizations that are not noticed yet the earliest counts', async () => {
    await post({});
    platform.platform.clock.advance(10_000);
    await post({ resource: { serviceInstance: kms } });
    expect(await volume()).toBe(notBefore('10:01:00'));
  });

  test('an authorization that was replaced by one that permits the same is there from its first day', async () => {
    const { body } = await post({});
    platform.platform.clock.advance(10_000);
    const narrower = authorizationV2({ resource: { serviceInstance: kms } });
    await platform.request('PUT', `/v2/policies/${body.id}`, narrower, { 'If-Match': '*' });
    expect(await volume()).toBe(notBefore('10:01:00'));
  });

  test('one that is gone again, or permits something else, is none to wait for', async () => {
    const { body } = await post({});
    await post({ roles: [role('Administrator')] });
    await platform.request('DELETE', `/v2/policies/${body.id}`);
    expect(await volume()).toBe(refused);
  });

  test('the graph shows that it is not noticed yet', async () => {
    const { body } = await post({});
    const statusOf = async () => {
      const { statuses } = (await platform.request('GET', '/_keyquake/graph')).body;
      return Object.entries(statuses).find(([id]) => id.endsWith(body.id))?.[1];
    };
    expect(await statusOf()).toEqual({ status: 'propagating', reasons: ['not_noticed_yet'], live: true });
    platform.platform.clock.advance(60_000);
    expect(await statusOf()).toEqual({ status: 'active', reasons: [], live: true });
  });
});

describe('a Secrets Manager instance (a source that is an instance)', () => {
  beforeEach(() => start());

  const withKey = () => cloud.tryInstance({ service: 'secrets-manager', parameters: { kms_key: key.crn } });
  const groups = (guid: string) => platform.request('GET', `/secrets-manager/${guid}/api/v2/secret_groups`);

  async function limitedTo(policy: string, sourceInstance: string): Promise<void> {
    const settings = { subject: { serviceName: 'secrets-manager', serviceInstance: sourceInstance } };
    const put = await platform.request('PUT', `/v2/policies/${policy}`, authorizationV2(settings), {
      'If-Match': '*',
    });
    expect(put.status).toBe(200);
  }

  test('is made with an authorization of its service, not of another', async () => {
    await post({});
    expect((await withKey()).status).toBe(400);
    await post({ subject: { serviceName: 'secrets-manager' } });
    expect((await withKey()).status).toBe(201);
  });

  test('goes on with an authorization limited to itself, and not with one limited to another', async () => {
    const policy = (await post({ subject: { serviceName: 'secrets-manager' } })).body.id;
    const { guid } = (await withKey()).body;
    await limitedTo(policy, guid);
    expect((await groups(guid)).status).toBe(200);
    await limitedTo(policy, 'another-instance');
    expect((await groups(guid)).status).not.toBe(200);
  });
});

describe('the graph', () => {
  beforeEach(() => start());

  const node = (body: { nodes: { id: string; kind: string }[] }, policy: string) =>
    body.nodes.find(({ id }) => id.endsWith(policy));

  test('shows authorizations with what they open (domain/world.ts)', async () => {
    const wide = (await post({ description: 'all volumes' })).body.id;
    const narrow = (
      await post({
        subject: { serviceName: 'is', resourceType: 'share' },
        resource: { serviceInstance: kms },
      })
    ).body.id;
    const other = (await post({ resource: { serviceInstance: 'gone' } })).body.id;
    const graph = (await platform.request('GET', '/_keyquake/graph')).body;
    const instance = `crn:v1:bluemix:public:kms:us-south:a/0a1b2c3d4e5f60718293a4b5c6d7e8f9:${kms}::`;
    expect(node(graph, wide)).toMatchObject({
      kind: 'authorization',
      name: 'all volumes',
      sourceService: 'server-protect',
      targetService: 'kms',
      roles: ['Reader'],
    });
    expect(node(graph, narrow)).toMatchObject({
      name: 'is to kms',
      sourceResourceType: 'share',
      targetInstance: instance,
    });
    expect(node(graph, other)).toMatchObject({ targetInstance: 'gone' });
    const opened = (policy: string) =>
      graph.edges
        .filter(
          ({ type, from }: { type: string; from: string }) => type === 'authorizes' && from.endsWith(policy),
        )
        .map(({ to }: { to: string }) => to);
    expect([opened(wide), opened(narrow), opened(other)]).toEqual([[instance], [instance], []]);
  });

  test('leaves out what was deleted', async () => {
    const { id } = (await post({})).body;
    await platform.request('DELETE', `/v1/policies/${id}`);
    expect(node((await platform.request('GET', '/_keyquake/graph')).body, id)).toBeUndefined();
  });
});
