/**
 * How calls of the vendor's Node SDK for platform services fail: the status and the message that its user reads, the
 * code in the body (ibm-control-plane.md 1.7, 6.3.3, 6.4).
 */
import { IamAuthenticator } from '@ibm-cloud/platform-services/auth';
import GlobalCatalog from '@ibm-cloud/platform-services/global-catalog/v1';
import GlobalSearch from '@ibm-cloud/platform-services/global-search/v2';
import GlobalTagging from '@ibm-cloud/platform-services/global-tagging/v1';
import IamPolicyManagement from '@ibm-cloud/platform-services/iam-policy-management/v1';
import ResourceController from '@ibm-cloud/platform-services/resource-controller/v2';
import ResourceManager from '@ibm-cloud/platform-services/resource-manager/v2';
import { startTestPlatform, type TestPlatform } from '../support/platform';

const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const keyPlan = 'eedd3585-90c6-4c8f-be3d-062069e99fc3';
const unknown = '00000000-0000-4000-8000-000000000000';
const unknownGroup = '00000000000000000000000000000000';
const reader = 'crn:v1:bluemix:public:iam::::serviceRole:Reader';

let platform: TestPlatform;
let controller: ResourceController;
let manager: ResourceManager;
let iam: IamPolicyManagement;
let catalog: GlobalCatalog;
let tagging: GlobalTagging;
let search: GlobalSearch;
let viewerController: ResourceController;
let viewerIam: IamPolicyManagement;
/** Active, in the default group. */
let guid: string;
let group: string;

beforeAll(async () => {
  const access = [{ roles: ['Viewer'], service: 'kms' }];
  const identities = {
    ownerApiKeys: ['owner'],
    users: [{ id: 'IBMid-v', name: 'v', apiKeys: ['viewer'], access }],
  };
  platform = await startTestPlatform({ auth: 'enforce', identities });
  const of = (apikey: string) => ({
    authenticator: new IamAuthenticator({ apikey, url: platform.url }),
    serviceUrl: platform.url,
  });
  const options = of('owner');
  controller = new ResourceController(options);
  manager = new ResourceManager(options);
  iam = new IamPolicyManagement(options);
  catalog = new GlobalCatalog({ ...options, serviceUrl: `${platform.url}/api/v1` });
  tagging = new GlobalTagging(options);
  search = new GlobalSearch(options);
  viewerController = new ResourceController(of('viewer'));
  viewerIam = new IamPolicyManagement(of('viewer'));
  const groups = await manager.listResourceGroups({ accountId: account });
  group = groups.result.resources[0]?.id ?? '';
  guid = (await controller.createResourceInstance(draft())).result.guid ?? '';
});
afterAll(() => platform.close());

const draft = (members: object = {}) => ({
  name: 'keys',
  target: 'us-south',
  resourceGroup: group,
  resourcePlanId: keyPlan,
  ...members,
});

const equals = (key: string, value: string) => ({ key, operator: 'stringEquals', value });
const authorization = (role: string) => ({
  type: 'authorization',
  control: { grant: { roles: [{ role_id: role }] } },
  subject: { attributes: [equals('accountId', account), equals('serviceName', 'server-protect')] },
  resource: { attributes: [equals('accountId', account), equals('serviceName', 'kms')] },
});
const authorizationV1 = {
  type: 'authorization',
  subjects: [{ attributes: [{ name: 'accountId', value: account }] }],
  roles: [{ role_id: reader }],
  resources: [{ attributes: [{ name: 'accountId', value: account }] }],
};

interface Failure {
  readonly status: number;
  readonly message: string;
  readonly body: string;
}

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: Failure) => error,
  );
}

type Case = readonly [method: string, status: number, message: RegExp, call: () => Promise<unknown>];

const noInstance = /^Instance 0{8}-.+ was not found/;
const noPolicy = /^The policy '0{8}-.+' was not found/;
const noGroup = /^Resource group 0{32} was not found/;
const ifMatch = '"1"';
const id = unknown;
const policyId = unknown;

const ofInstances: readonly Case[] = [
  [
    'createResourceInstance',
    400,
    /^Plan 0{8}-.+ does not exist in the catalog/,
    () => controller.createResourceInstance(draft({ resourcePlanId: unknown })),
  ],
  [
    'createResourceInstance',
    400,
    /^Resource group 0{32} does not exist in the account/,
    () => controller.createResourceInstance(draft({ resourceGroup: unknownGroup })),
  ],
  ['getResourceInstance', 404, noInstance, () => controller.getResourceInstance({ id })],
  ['updateResourceInstance', 404, noInstance, () => controller.updateResourceInstance({ id, name: 'x' })],
  ['deleteResourceInstance', 404, noInstance, () => controller.deleteResourceInstance({ id })],
  ['lockResourceInstance', 404, noInstance, () => controller.lockResourceInstance({ id })],
  ['unlockResourceInstance', 404, noInstance, () => controller.unlockResourceInstance({ id })],
  ['cancelLastopResourceInstance', 404, noInstance, () => controller.cancelLastopResourceInstance({ id })],
  [
    'listResourceInstances',
    400,
    /^limit must match/,
    () => controller.listResourceInstances({ limit: 1000 }),
  ],
  [
    'runReclamationAction',
    404,
    /^Reclamation 0{8}-.+ was not found/,
    () => controller.runReclamationAction({ id, actionName: 'restore' }),
  ],
];

const ofGroups: readonly Case[] = [
  [
    'createResourceGroup',
    409,
    /^Resource group Default exists already/,
    () => manager.createResourceGroup({ name: 'Default', accountId: account }),
  ],
  ['getResourceGroup', 404, noGroup, () => manager.getResourceGroup({ id: unknownGroup })],
  ['updateResourceGroup', 404, noGroup, () => manager.updateResourceGroup({ id: unknownGroup, name: 'x' })],
  ['deleteResourceGroup', 404, noGroup, () => manager.deleteResourceGroup({ id: unknownGroup })],
  [
    'getQuotaDefinition',
    404,
    /^Quota definition 0{8}-.+ was not found/,
    () => manager.getQuotaDefinition({ id }),
  ],
];

const ofPolicies: readonly Case[] = [
  [
    'createV2Policy',
    400,
    /^role crn:.+serviceRole:None does not exist/,
    () => iam.createV2Policy(authorization('crn:v1:bluemix:public:iam::::serviceRole:None')),
  ],
  ['getV2Policy', 404, noPolicy, () => iam.getV2Policy({ id })],
  ['replaceV2Policy', 404, noPolicy, () => iam.replaceV2Policy({ ...authorization(reader), id, ifMatch })],
  ['deleteV2Policy', 404, noPolicy, () => iam.deleteV2Policy({ id })],
  ['listV2Policies', 400, /^sort must/, () => iam.listV2Policies({ accountId: account, sort: 'colour' })],
  [
    'createPolicy',
    400,
    /^type must be one of access, authorization/,
    () => iam.createPolicy({ ...authorizationV1, type: 'permission' }),
  ],
  ['getPolicy', 404, noPolicy, () => iam.getPolicy({ policyId })],
  ['replacePolicy', 404, noPolicy, () => iam.replacePolicy({ ...authorizationV1, policyId, ifMatch })],
  ['deletePolicy', 404, noPolicy, () => iam.deletePolicy({ policyId })],
  ['updatePolicyState', 404, noPolicy, () => iam.updatePolicyState({ policyId, ifMatch, state: 'active' })],
  ['listPolicies', 400, /^sort must/, () => iam.listPolicies({ accountId: account, sort: 'colour' })],
  ['listRoles', 400, /^policy_type must be one of/, () => iam.listRoles({ policyType: 'permission' })],
];

const ofOthers: readonly Case[] = [
  ['getCatalogEntry', 404, /was not found/, () => catalog.getCatalogEntry({ id })],
  ['getChildObjects', 404, /was not found/, () => catalog.getChildObjects({ id, kind: 'plan' })],
  [
    'attachTag',
    400,
    /^tag name 'a\/b' must have/,
    () => tagging.attachTag({ tagNames: ['a/b'], resources: [{ resource_id: 'crn' }] }),
  ],
  ['search', 501, /^the search query 'name:' is not emulated/, () => search.search({ query: 'name:' })],
];

test.each([...ofInstances, ...ofGroups, ...ofPolicies, ...ofOthers])(
  '%s: %i',
  async (_method, status, message, call) => {
    const failure = await failureOf(call());
    expect(failure.status).toBe(status);
    expect(failure.message).toMatch(message);
  },
);

/** The SDK puts fixed words over every 403 (1.7); what the platform said stays in the body. */
test('whoever lacks the role reads it in the body', async () => {
  const creating = await failureOf(viewerController.createResourceInstance(draft()));
  const deleting = await failureOf(viewerController.deleteResourceInstance({ id: guid }));
  const granting = await failureOf(viewerIam.createV2Policy(authorization(reader)));
  expect([creating, deleting, granting].map(({ status }) => status)).toEqual([403, 403, 403]);
  for (const { message } of [creating, deleting, granting]) expect(message).not.toContain('Viewer');
  expect(JSON.parse(granting.body).errors[0].code).toBe('insufficent_permissions');
});

test('instances are listed a page at a time', async () => {
  const { result } = await controller.listResourceInstances({ resourceGroupId: group, limit: 1 });
  expect([result.rows_count, result.resources.map((each) => each.guid)]).toEqual([1, [guid]]);
});
