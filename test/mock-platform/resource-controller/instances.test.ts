/** Service instances: creation and reading (ibm-control-plane.md 3.1, 6.4.1, 6.4.2). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';
import {
  account,
  deployment,
  plans,
  type ResourceController,
  refusalOf,
  resourceControllerOf,
} from './support';

let platform: TestPlatform;
let rc: ResourceController;
beforeEach(async () => {
  platform = await startTestPlatform();
  rc = await resourceControllerOf(platform);
});
afterEach(() => platform.close());

const start = '2026-01-15T10:00:00.000Z';
const owner = 'IBMid-0000000001';

async function count(): Promise<number> {
  return (await rc.list()).body.rows_count;
}

describe('creation', () => {
  test('answers 201 with the whole instance (6.4.2)', async () => {
    const { status, body } = await rc.create({ parameters: { allowed_network: 'public-and-private' } });
    expect(status).toBe(201);
    const { guid } = body;
    expect(guid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    const crn = `crn:v1:bluemix:public:kms:us-south:a/${account}:${guid}::`;
    const url = `/v2/resource_instances/${guid}`;
    expect(body).toEqual({
      id: crn,
      guid,
      crn,
      url,
      name: 'keys',
      account_id: account,
      region_id: 'us-south',
      resource_group_id: rc.group,
      resource_group_crn: `crn:v1:bluemix:public:resource-controller::a/${account}::resource-group:${rc.group}`,
      resource_id: 'ee41347f-b18e-4ca6-bf80-b5467c63f9a6',
      resource_plan_id: plans.kms,
      target_crn: deployment(plans.kms, 'us-south'),
      state: 'active',
      type: 'service_instance',
      sub_type: 'kms',
      parameters: { allowed_network: 'public-and-private' },
      extensions: {
        endpoints: { public: platform.url, private: 'https://private.us-south.kms.cloud.ibm.com' },
      },
      onetime_credentials: false,
      allow_cleanup: false,
      locked: false,
      migrated: false,
      controlled_by: '',
      dashboard_url: `https://cloud.ibm.com/services/kms/${encodeURIComponent(crn)}`,
      last_operation: {
        type: 'create',
        state: 'succeeded',
        async: false,
        description: 'Completed create instance operation',
        cancelable: false,
        poll: false,
      },
      plan_history: [{ resource_plan_id: plans.kms, start_date: start, requestor_id: owner }],
      resource_keys_url: `${url}/resource_keys`,
      resource_aliases_url: `${url}/resource_aliases`,
      resource_bindings_url: `${url}/resource_bindings`,
      created_at: start,
      created_by: owner,
      updated_at: start,
      updated_by: owner,
      deleted_at: null,
      deleted_by: '',
      scheduled_reclaim_at: null,
      scheduled_reclaim_by: '',
      restored_at: null,
      restored_by: '',
    });
    expect((await rc.get(guid)).body).toEqual(body);
  });

  test.each([
    ['the deployment’s CRN', deployment(plans.kms, 'eu-de')],
    ['that CRN with its colon in clear', deployment(plans.kms, 'eu-de').replace('%3A', ':')],
    ['the deployment’s id', `${plans.kms}:eu-de`],
    ['the bare region (6.4.4)', 'eu-de'],
  ])('takes as target %s', async (_name, target) => {
    const { status, body } = await rc.create({ target });
    expect([status, body.region_id, body.target_crn]).toEqual([201, 'eu-de', deployment(plans.kms, 'eu-de')]);
    expect(body.crn).toContain(':kms:eu-de:a/');
  });

  test.each([
    ['Key Protect', plans.kms, 'us-south', 'kms'],
    ['Hyper Protect Crypto Services', '9b1e7d24-3c5f-4a80-b6d9-0f2a8c4e5173', 'us-east', 'hs-crypto'],
    ['Secrets Manager', plans.secretsManager, 'eu-gb', 'secrets-manager'],
    ['Cloud Object Storage', '744bfc56-d12c-4866-88d5-dac9139e0e5d', 'global', 'cloud-object-storage'],
  ])('makes instances of %s', async (_name, plan, target, service) => {
    const { status, body } = await rc.create({ resource_plan_id: plan, target });
    expect([status, body.sub_type, body.region_id]).toEqual([201, service, target]);
    expect(body.crn).toBe(`crn:v1:bluemix:public:${service}:${target}:a/${account}:${body.guid}::`);
  });

  test('tags come with it', async () => {
    const { body } = await rc.create({ tags: ['env:test', 'team a'] });
    const search = { query: `crn:"${body.crn}"`, fields: ['tags'] };
    const found = await platform.request('POST', '/v3/resources/search', search);
    expect(found.body.items).toEqual([{ crn: body.crn, tags: ['env:test', 'team a'] }]);
  });

  test.each([
    ['true', true],
    ['false', false],
    [undefined, false],
  ])('Entity-Lock %s: locked %s', async (lock, locked) => {
    const { body } = await rc.create({}, lock === undefined ? {} : { 'Entity-Lock': lock });
    expect(body.locked).toBe(locked);
  });

  test.each([
    ['no name', { name: undefined }, 'name is required'],
    [
      'an empty name',
      { name: '' },
      'name must NOT have fewer than 1 characters; name must match pattern "^[\\p{L}\\p{N} _.:-]+$"',
    ],
    ['a name of 181 characters', { name: 'n'.repeat(181) }, 'name must NOT have more than 180 characters'],
    ['a name with special characters', { name: 'a/b' }, 'name must match pattern "^[\\p{L}\\p{N} _.:-]+$"'],
    ['a name that is no text', { name: 7 }, 'name must be string'],
    ['no target', { target: undefined }, 'target is required'],
    ['no resource group', { resource_group: undefined }, 'resource_group is required'],
    ['no plan', { resource_plan_id: undefined }, 'resource_plan_id is required'],
    ['parameters that are a list', { parameters: [] }, 'parameters must be object'],
    ['an unknown field', { colour: 'red' }, 'colour is not a known field'],
    ['an unknown plan', { resource_plan_id: 'none' }, 'Plan none does not exist in the catalog.'],
    [
      'a target with a stray percent sign',
      { target: '%E0%A4%A' },
      'Target %E0%A4%A is no deployment of the plan.',
    ],
    ['an unknown target', { target: 'mars-north' }, 'Target mars-north is no deployment of the plan.'],
    [
      'a deployment of another plan',
      { target: deployment(plans.secretsManager, 'us-south') },
      `Target ${deployment(plans.secretsManager, 'us-south')} is no deployment of the plan.`,
    ],
    [
      'an unknown resource group',
      { resource_group: 'f'.repeat(32) },
      `Resource group ${'f'.repeat(32)} does not exist in the account.`,
    ],
    [
      'a tag with special characters',
      { tags: ['a/b'] },
      "Tag 'a/b' must have 1 to 128 letters, digits, spaces, colons, underscores, periods or hyphens.",
    ],
  ])('refuses %s, and makes nothing', async (_name, overrides, message) => {
    expect(refusalOf(await rc.create(overrides))).toEqual([400, message]);
    expect(await count()).toBe(0);
  });

  test('an unknown target is answered with the plan’s locations', async () => {
    const { body } = await rc.create({ resource_plan_id: '744bfc56-d12c-4866-88d5-dac9139e0e5d' });
    expect(body.keyquake.remedy).toBe("use the plan's deployment in one of global");
  });

  test('a suspended resource group takes nothing', async () => {
    const { id } = (await platform.request('POST', '/v2/resource_groups', { name: 'old' })).body;
    await platform.request('PATCH', `/v2/resource_groups/${id}`, { state: 'SUSPENDED' });
    expect(refusalOf(await rc.create({ resource_group: id }))).toEqual([
      400,
      `Resource group ${id} is suspended.`,
    ]);
  });

  test('one trial of Secrets Manager per account, counting what awaits reclamation (provision.md)', async () => {
    const trial = { resource_plan_id: plans.secretsManagerTrial, target: 'us-south' };
    const { guid } = (await rc.create(trial)).body;
    const refused = [400, 'Only 1 instance of secrets-manager on the plan trial is allowed in an account.'];
    expect(refusalOf(await rc.create(trial))).toEqual(refused);
    await rc.change('DELETE', guid);
    expect(refusalOf(await rc.create(trial))).toEqual(refused);
    const [{ id }] = (await rc.reclamations()).body.resources;
    await rc.act(id, 'reclaim');
    expect((await rc.create(trial)).status).toBe(201);
  });

  test('what the service refuses is passed on as the broker’s (B3)', async () => {
    const key = `crn:v1:bluemix:public:kms:us-south:a/${account}:${'0'.repeat(8)}-0000-4000-8000-${'0'.repeat(12)}:key:k`;
    const overrides = {
      resource_plan_id: plans.secretsManager,
      target: 'us-south',
      parameters: { kms_key: key },
    };
    const { status, body } = await rc.create(overrides);
    expect([status, body.error_code]).toEqual([400, 'RC-ServiceBrokerErrorResponse']);
    expect(await count()).toBe(0);
  });
});

describe('reading', () => {
  test('by GUID, by CRN, and by encoded CRN', async () => {
    const { guid, crn } = (await rc.create()).body;
    expect((await rc.get(guid)).body.crn).toBe(crn);
    expect((await rc.get(crn)).body.guid).toBe(guid);
  });

  test.each([
    ['nothing', 'nothing'],
    ['a CRN of another account', `crn:v1:bluemix:public:kms:us-south:a/${'f'.repeat(32)}:GUID::`],
    ['a CRN in another region', `crn:v1:bluemix:public:kms:eu-de:a/${account}:GUID::`],
    ['a CRN of another service', `crn:v1:bluemix:public:hs-crypto:us-south:a/${account}:GUID::`],
  ])('%s answers 404', async (_name, id) => {
    const { guid } = (await rc.create()).body;
    const asked = id.replace('GUID', guid);
    expect(refusalOf(await rc.get(asked))).toEqual([404, `Instance ${asked} was not found.`]);
  });

  test.each([
    ['kms', plans.kms, '', 'https://private.eu-gb.kms.cloud.ibm.com'],
    [
      'hs-crypto',
      '9b1e7d24-3c5f-4a80-b6d9-0f2a8c4e5173',
      '',
      'https://GUID.api.private.eu-gb.hs-crypto.appdomain.cloud',
    ],
    [
      'secrets-manager',
      plans.secretsManager,
      '/secrets-manager/GUID',
      'https://GUID.private.eu-gb.secrets-manager.appdomain.cloud',
    ],
  ])('the endpoints of %s lead back to the platform (2.3, 2.4)', async (_name, plan, path, hidden) => {
    const { guid, extensions } = (await rc.create({ resource_plan_id: plan, target: 'eu-gb' })).body;
    expect(extensions.endpoints).toEqual({
      public: `${platform.url}${path.replace('GUID', guid)}`,
      private: hidden.replace('GUID', guid),
    });
  });

  test('who asks by the vendor’s host name is told the vendor’s endpoints', async () => {
    const { guid } = (await rc.create()).body;
    const call = { method: 'GET', path: `/v2/resource_instances/${guid}` };
    const { body } = await callHost(platform, 'resource-controller.cloud.ibm.com', call);
    expect(body.extensions.endpoints.public).toBe('https://us-south.kms.cloud.ibm.com');
  });
});
