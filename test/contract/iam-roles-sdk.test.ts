/** Custom roles, last permits and conditions of time through the vendor's Node SDK (ibm-control-plane.md 6.3). */
import { NoAuthAuthenticator } from '@ibm-cloud/platform-services/auth';
import IamPolicyManagement from '@ibm-cloud/platform-services/iam-policy-management/v1';
import { startTestPlatform, type TestPlatform } from '../support/platform';

const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
const role = {
  name: 'Rotator',
  displayName: 'Rotator of keys',
  accountId: account,
  serviceName: 'kms',
  actions: ['kms.secrets.rotate'],
};

let platform: TestPlatform;
let iam: IamPolicyManagement;
beforeEach(async () => {
  platform = await startTestPlatform();
  iam = new IamPolicyManagement({ authenticator: new NoAuthAuthenticator(), serviceUrl: platform.url });
});
afterEach(() => platform.close());

/** What the SDK makes of an error. */
async function failure(call: Promise<unknown>): Promise<{ status: number; message: string }> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    ({ status, message }: { status: number; message: string }) => ({ status, message }),
  );
}

test('a custom role is made, read, listed, changed with its ETag, and deleted', async () => {
  const { status, result } = await iam.createRole(role);
  expect([status, result.display_name, result.service_name]).toEqual([201, 'Rotator of keys', 'kms']);
  const roleId = result.id ?? '';
  const read = await iam.getRole({ roleId });
  expect(read.result).toEqual(result);
  const { result: lists } = await iam.listRoles({ accountId: account, serviceName: 'kms' });
  expect(lists.custom_roles.map(({ crn }) => crn)).toEqual([result.crn]);
  const ifMatch = String(read.headers['etag']);
  const change = { roleId, ifMatch, displayName: 'Lister', actions: ['kms.secrets.list'] };
  expect((await iam.replaceRole(change)).result.actions).toEqual(['kms.secrets.list']);
  expect((await iam.deleteRole({ roleId })).status).toBe(204);
});

test('refusals carry the vendor’s words', async () => {
  await iam.createRole(role);
  expect(await failure(iam.createRole(role))).toEqual({
    status: 409,
    message: 'This role name has already been used, please update the existing one or change the role name.',
  });
  const gone = { status: 404, message: "The role 'none' was not found." };
  expect(await failure(iam.getRole({ roleId: 'none' }))).toEqual(gone);
  expect(await failure(iam.deleteRole({ roleId: 'none' }))).toEqual(gone);
  const change = { roleId: 'none', ifMatch: '*', displayName: 'x', actions: ['kms.secrets.list'] };
  expect(await failure(iam.replaceRole(change))).toEqual(gone);
});

test('a policy with conditions of time, and with what it last permitted', async () => {
  const attribute = (key: string, value: string) => ({ key, operator: 'stringEquals', value });
  const rule = {
    key: '{{environment.attributes.day_of_week}}',
    operator: 'dayOfWeekAnyOf',
    value: ['1+00:00', '2+00:00'],
  };
  const pattern = 'time-based-conditions:weekly:all-day';
  const { result } = await iam.createV2Policy({
    type: 'access',
    control: { grant: { roles: [{ role_id: 'crn:v1:bluemix:public:iam::::role:Viewer' }] } },
    subject: { attributes: [attribute('iam_id', 'IBMid-anna')] },
    resource: { attributes: [attribute('accountId', account), attribute('serviceName', 'kms')] },
    pattern,
    rule,
  });
  const read = await iam.getV2Policy({ id: result.id ?? '', format: 'include_last_permit' });
  expect(read.result).toMatchObject({ pattern, rule, last_permit_at: null, last_permit_frequency: 0 });
});
