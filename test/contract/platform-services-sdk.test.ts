/**
 * The vendor's Node SDK for platform services, unchanged, against the platform with tokens enforced: Resource
 * Controller, Resource Manager, IAM policy management, global catalog, search and tagging
 * (ibm-control-plane.md 1.2, 1.8, 6.3, 6.4).
 */
import { IamAuthenticator } from '@ibm-cloud/platform-services/auth';
import GlobalCatalog from '@ibm-cloud/platform-services/global-catalog/v1';
import GlobalSearch from '@ibm-cloud/platform-services/global-search/v2';
import GlobalTagging from '@ibm-cloud/platform-services/global-tagging/v1';
import IamIdentity from '@ibm-cloud/platform-services/iam-identity/v1';
import IamPolicyManagement from '@ibm-cloud/platform-services/iam-policy-management/v1';
import ResourceController from '@ibm-cloud/platform-services/resource-controller/v2';
import ResourceManager from '@ibm-cloud/platform-services/resource-manager/v2';
import { startTestPlatform, type TestPlatform } from '../support/platform';

const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const keyPlan = 'eedd3585-90c6-4c8f-be3d-062069e99fc3';
const reader = 'crn:v1:bluemix:public:iam::::serviceRole:Reader';
const writer = 'crn:v1:bluemix:public:iam::::serviceRole:Writer';

interface Options {
  readonly authenticator: IamAuthenticator;
  readonly serviceUrl: string;
}

let platform: TestPlatform;
let options: Options;
beforeEach(async () => {
  const identities = {
    ownerApiKeys: ['owner'],
    users: [
      { id: 'IBMid-v', name: 'v', apiKeys: ['viewer'], access: [{ roles: ['Viewer'], service: 'kms' }] },
    ],
  };
  platform = await startTestPlatform({ auth: 'enforce', identities });
  options = optionsOf('owner');
});
afterEach(() => platform.close());

function optionsOf(apikey: string): Options {
  return { authenticator: new IamAuthenticator({ apikey, url: platform.url }), serviceUrl: platform.url };
}

/** What the SDK makes of an error: its status, message and parsed body. */
async function failure(call: Promise<unknown>): Promise<{ status: number; message: string; body: string }> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: { status: number; message: string; body: string }) => error,
  );
}

async function defaultGroup(): Promise<string> {
  const { result } = await new ResourceManager(options).listResourceGroups({
    accountId: account,
    _default: true,
  });
  return result.resources[0]?.id ?? '';
}

async function newInstance(controller: ResourceController, name = 'keys') {
  const { status, result } = await controller.createResourceInstance({
    name,
    target: 'us-south',
    resourceGroup: await defaultGroup(),
    resourcePlanId: keyPlan,
    tags: ['sdk'],
  });
  expect(status).toBe(201);
  return { guid: result.guid ?? '', crn: result.crn ?? '' };
}

describe('Resource Controller', () => {
  test('an instance from creation to reclamation', async () => {
    const controller = new ResourceController(options);
    const { guid, crn } = await newInstance(controller);
    expect((await controller.getResourceInstance({ id: crn })).result.guid).toBe(guid);
    const renamed = await controller.updateResourceInstance({
      id: guid,
      name: 'renamed',
      parameters: { a: 1 },
    });
    expect([renamed.status, renamed.result.name]).toEqual([200, 'renamed']);
    expect((await controller.lockResourceInstance({ id: guid })).result.locked).toBe(true);
    const locked = await failure(controller.deleteResourceInstance({ id: guid }));
    expect([locked.status, locked.message]).toEqual([
      422,
      'The resource instance is locked: it can be neither updated nor deleted.',
    ]);
    expect((await controller.unlockResourceInstance({ id: guid })).result.locked).toBe(false);
    expect((await failure(controller.cancelLastopResourceInstance({ id: guid }))).status).toBe(422);
    expect((await controller.deleteResourceInstance({ id: crn, recursive: true })).status).toBe(204);
    const [scheduled] = (await controller.listReclamations({ accountId: account })).result.resources ?? [];
    expect(scheduled).toMatchObject({ state: 'SCHEDULED', resource_instance_id: guid });
    const id = scheduled?.id ?? '';
    const restored = await controller.runReclamationAction({ id, actionName: 'restore', comment: 'back' });
    expect(restored.result.state).toBe('RESTORING');
    expect((await controller.getResourceInstance({ id: guid })).result.state).toBe('active');
    await controller.deleteResourceInstance({ id: guid });
    const [again] = (await controller.listReclamations({ resourceInstanceId: guid })).result.resources ?? [];
    const reclaimed = await controller.runReclamationAction({ id: again?.id ?? '', actionName: 'reclaim' });
    expect(reclaimed.result.state).toBe('RECLAIMING');
    expect((await controller.getResourceInstance({ id: guid })).result.state).toBe('removed');
  });

  test('its pager walks all pages', async () => {
    const controller = new ResourceController(options);
    for (const name of ['a', 'b', 'c']) await newInstance(controller, name);
    const pager = new ResourceController.ResourceInstancesPager(controller, { limit: 2, subType: 'kms' });
    expect((await pager.getAll()).map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  });

  test.each([
    ['aliases', (controller: ResourceController) => controller.listResourceAliases()],
    ['keys', (controller: ResourceController) => controller.createResourceKey({ name: 'k', source: 'crn' })],
    ['bindings', (controller: ResourceController) => controller.listResourceBindings()],
  ])('%s are refused by name', async (_name, call) => {
    const { status, message } = await failure(call(new ResourceController(options)));
    expect([status, message]).toEqual([
      501,
      expect.stringMatching(/^(list|create)Resource\w+ is not emulated/),
    ]);
  });
});

describe('Resource Manager', () => {
  test('a group from creation to deletion, and quotas', async () => {
    const manager = new ResourceManager(options);
    const { result } = await manager.createResourceGroup({ name: 'team', accountId: account });
    const id = result.id ?? '';
    expect((await manager.getResourceGroup({ id })).result).toMatchObject({ name: 'team', state: 'ACTIVE' });
    expect((await manager.updateResourceGroup({ id, name: 'crew' })).result.name).toBe('crew');
    expect((await manager.deleteResourceGroup({ id })).status).toBe(204);
    expect((await failure(manager.getResourceGroup({ id }))).status).toBe(404);
    const [quota] = (await manager.listQuotaDefinitions()).result.resources;
    expect((await manager.getQuotaDefinition({ id: quota?.id ?? '' })).status).toBe(200);
  });
});

const etagOf = ({ headers }: { headers: Record<string, unknown> }): string => String(headers['etag']);

const equals = (key: string, value: string) => ({ key, operator: 'stringEquals', value });

const authorization = (roles: readonly string[]) => ({
  type: 'authorization',
  control: { grant: { roles: roles.map((role_id) => ({ role_id })) } },
  subject: { attributes: [equals('accountId', account), equals('serviceName', 'server-protect')] },
  resource: { attributes: [equals('accountId', account), equals('serviceName', 'kms')] },
});

describe('IAM policy management', () => {
  test('version 2: create, read, replace with the ETag, list, delete', async () => {
    const iam = new IamPolicyManagement(options);
    const made = await iam.createV2Policy(authorization([reader]));
    expect(made.status).toBe(201);
    const id = made.result.id ?? '';
    const read = await iam.getV2Policy({ id });
    const replaced = await iam.replaceV2Policy({
      ...authorization([writer]),
      id,
      ifMatch: etagOf(read),
    });
    expect(replaced.result.control).toEqual({ grant: { roles: [{ role_id: writer }] } });
    const stale = await failure(
      iam.replaceV2Policy({ ...authorization([reader]), id, ifMatch: etagOf(read) }),
    );
    expect(stale.status).toBe(409);
    expect(JSON.parse(stale.body).errors[0]).toMatchObject({
      code: 'policy_conflict_error',
      details: { conflicts_with: { etag: etagOf(replaced) } },
    });
    const listed = await iam.listV2Policies({ accountId: account, type: 'authorization', sort: '-id' });
    expect(listed.result.policies?.map((policy) => policy.id)).toEqual([id]);
    expect((await iam.deleteV2Policy({ id })).status).toBe(204);
    expect((await iam.getV2Policy({ id })).result.state).toBe('deleted');
  });

  test('version 1: create, read, replace, delete, restore', async () => {
    const iam = new IamPolicyManagement(options);
    const body = {
      type: 'authorization',
      subjects: [
        {
          attributes: [
            { name: 'accountId', value: account },
            { name: 'serviceName', value: 'secrets-manager' },
          ],
        },
      ],
      roles: [{ role_id: reader }],
      resources: [
        {
          attributes: [
            { name: 'accountId', value: account, operator: 'stringEquals' },
            { name: 'serviceName', value: 'kms', operator: 'stringEquals' },
          ],
        },
      ],
    };
    const { result } = await iam.createPolicy(body);
    expect([result.subjects, result.resources]).toEqual([body.subjects, body.resources]);
    const policyId = result.id ?? '';
    const etag = async () => etagOf(await iam.getPolicy({ policyId }));
    const described = await iam.replacePolicy({ ...body, policyId, ifMatch: await etag(), description: 'x' });
    expect(described.result.description).toBe('x');
    await iam.deletePolicy({ policyId });
    expect((await iam.listPolicies({ accountId: account, state: 'deleted' })).result.policies).toHaveLength(
      1,
    );
    const restored = await iam.updatePolicyState({ policyId, ifMatch: await etag(), state: 'active' });
    expect(restored.result.state).toBe('active');
  });

  test('a duplicate fails as with the vendor', async () => {
    const iam = new IamPolicyManagement(options);
    await iam.createV2Policy(authorization([reader]));
    const { status, message } = await failure(iam.createV2Policy(authorization([reader])));
    expect([status, message]).toEqual([
      409,
      "The policy wasn't created because an access policy with identical attributes and roles already exists.",
    ]);
  });

  test('its pager walks all pages', async () => {
    const iam = new IamPolicyManagement(options);
    for (const role of [reader, writer, `${reader.slice(0, -6)}Manager`]) {
      await iam.createV2Policy(authorization([role]));
    }
    const params = { accountId: account, type: 'authorization', limit: 2 };
    expect(await new IamPolicyManagement.V2PoliciesPager(iam, params).getAll()).toHaveLength(3);
  });

  test('roles come in three lists', async () => {
    const iam = new IamPolicyManagement(options);
    const { result } = await iam.listRoles({ serviceName: 'kms', policyType: 'authorization' });
    expect(result.custom_roles).toEqual([]);
    expect(result.service_roles?.map(({ crn }) => crn)).toContain(reader);
    expect(result.system_roles?.map(({ display_name }) => display_name)).toContain('Administrator');
  });

  test('whoever lacks the role is refused; the SDK puts its own words over a 403 (1.2)', async () => {
    const iam = new IamPolicyManagement(optionsOf('viewer'));
    const refused = await failure(iam.createV2Policy(authorization([reader])));
    expect(refused.status).toBe(403);
    expect(JSON.parse(refused.body).errors[0].code).toBe('insufficent_permissions');
  });

  test('an API key of nobody gives no token', async () => {
    const iam = new IamPolicyManagement(optionsOf('stolen'));
    const refused = await failure(iam.listRoles({}));
    expect(refused.message).toContain('Provided API key could not be found.');
  });
});

test('IAM identity is refused by name', async () => {
  const { status, message } = await failure(new IamIdentity(options).listServiceIds({ accountId: account }));
  expect([status, message]).toEqual([501, 'listServiceIds is not emulated by this platform.']);
});

test('the global catalog is searched and read', async () => {
  const catalog = new GlobalCatalog({ ...options, serviceUrl: `${platform.url}/api/v1` });
  const { result } = await catalog.listCatalogEntries({ q: 'kms', include: '*' });
  const [service] = result.resources ?? [];
  expect(service?.name).toBe('kms');
  const plans = await catalog.getChildObjects({ id: service?.id ?? '', kind: 'plan' });
  expect(plans.result.resources?.map(({ id }) => id)).toContain(keyPlan);
  expect((await catalog.getCatalogEntry({ id: keyPlan })).result.name).toBe('tiered-pricing');
});

test('search and tagging', async () => {
  const { crn } = await newInstance(new ResourceController(options));
  const tagging = new GlobalTagging(options);
  const search = new GlobalSearch(options);
  await tagging.attachTag({ tagNames: ['a', 'b'], resources: [{ resource_id: crn }] });
  await tagging.detachTag({ tagNames: ['sdk', 'b'], resources: [{ resource_id: crn }] });
  const found = await search.search({
    query: `crn:"${crn}"`,
    fields: ['tags', 'access_tags', 'service_tags'],
  });
  expect(found.result.items).toEqual([{ crn, tags: ['a'], access_tags: [], service_tags: [] }]);
  expect((await tagging.listTags({ attachedTo: crn })).result.items).toEqual([{ name: 'a' }]);
  const access = await tagging.createTag({ tagNames: ['env:x'], tagType: 'access' });
  expect(access.result.results).toEqual([{ tag_name: 'env:x', is_error: false }]);
  expect((await tagging.deleteTag({ tagName: 'b' })).result.results).toEqual([
    { provider: 'ghost', is_error: false },
  ]);
});
