/**
 * Groups, instances, authorizations, keys and what hangs on them, under real Terraform: made, changed in place, replaced,
 * imported, changed and deleted by others, destroyed. Sources: ibm-control-plane.md 3 and 4, the vendor's facts.
 */

import { keyManagement, keyManagementData, material } from '../provider/ibm/support/key-management';
import {
  actionsOf,
  driftOf,
  importedBy,
  openStage,
  replacePathsOf,
  Stack,
  type Stage,
} from '../provider/ibm/support/stage';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

describeWithTerraform('key management', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;
  let made: Awaited<ReturnType<Stack['state']>>;
  const of = (address: string): Readonly<Record<string, unknown>> => made[address] ?? {};
  const text = (address: string, name: string): string => String(of(address)[name]);

  beforeAll(async () => {
    stage = await openStage();
    stack = new Stack(stage, keyManagement() + keyManagementData);
    await stack.init();
    await stack.apply();
    made = await stack.state();
  });
  afterAll(() => stage.close());

  test('what was made has the ids of the vendor (ibm-control-plane.md 8)', () => {
    const guid = text('ibm_resource_instance.keys', 'guid');
    const root = text('ibm_kms_key.root', 'crn');
    expect(root).toMatch(
      new RegExp(`^crn:v1:bluemix:public:kms:us-south:a/[0-9a-f]{32}:${guid}:key:[-0-9a-f]{36}$`),
    );
    expect(text('ibm_resource_instance.keys', 'id')).toBe(text('ibm_resource_instance.keys', 'crn'));
    expect(text('ibm_kms_key.root', 'id')).toBe(root);
    expect(text('ibm_kms_key_alias.alias', 'id')).toBe(`first:alias:${root}`);
    expect(text('ibm_kms_key_rings.ring', 'id')).toBe(
      `ring-1:keyRing:${text('ibm_resource_instance.keys', 'crn')}`,
    );
    expect(text('ibm_kms_key_policies.policies', 'id')).toBe(root);
    expect(text('ibm_kms_instance_policies.policies', 'id')).toBe(text('ibm_resource_instance.keys', 'crn'));
    expect(text('ibm_kp_key.older', 'id')).toBe(text('ibm_kp_key.older', 'crn'));
    expect(text('ibm_iam_authorization_policy.volumes', 'id')).toMatch(/^[-0-9a-f]{36}$/);
  });

  test("state holds what the API says, in the vendor's form", () => {
    expect(of('ibm_kms_key.root')).toMatchObject({
      instance_id: text('ibm_resource_instance.keys', 'guid'),
      key_ring_id: 'ring-1',
      description: 'the root of all',
      expiration_date: '2027-01-01T00:00:00Z',
      endpoint_type: 'public',
      type: 'kms',
      resource_status: '1',
      registrations: [],
      payload: '',
    });
    expect(of('ibm_kms_key.imported')).toMatchObject({ payload: material, standard_key: false });
    expect(of('ibm_resource_instance.secrets')).toMatchObject({
      // Members in order, signs escaped: the JSON of the vendor's language.
      parameters_json: '{"a":"\\u003cx\\u003e","b":1}',
      service_endpoints: 'public-and-private',
      status: 'active',
    });
    expect(of('ibm_kms_key_policies.policies')['rotation']).toEqual([
      expect.objectContaining({
        enabled: true,
        interval_month: 3,
        creation_date: '2026-01-15 10:00:00 +0000 UTC',
        crn: expect.stringMatching(/:policy:[-0-9a-f]{36}$/),
      }),
    ]);
    expect(of('ibm_kms_instance_policies.policies')['dual_auth_delete']).toEqual([]);
    expect(of('ibm_iam_authorization_policy.volumes')).toMatchObject({
      source_service_name: 'server-protect',
      roles: ['Reader'],
      subject_attributes: [],
      resource_attributes: [
        { name: 'accountId', operator: 'stringEquals' },
        { name: 'serviceInstance', operator: 'stringEquals' },
        { name: 'serviceName', operator: 'stringEquals', value: 'kms' },
      ],
    });
  });

  test('the data sources find it', () => {
    expect(of('data.ibm_resource_group.named')['id']).toBe(text('ibm_resource_group.team', 'id'));
    expect(of('data.ibm_resource_group.by_id')['name']).toBe('team');
    expect(of('data.ibm_resource_group.default')).toMatchObject({ name: 'Default', is_default: true });
    expect(of('data.ibm_resource_groups.all')['resource_groups']).toHaveLength(2);
    expect(of('data.ibm_resource_groups.named')['resource_groups']).toMatchObject([{ name: 'team' }]);
    expect(of('data.ibm_resource_instance.named')).toMatchObject({
      guid: text('ibm_resource_instance.keys', 'guid'),
      plan: 'tiered-pricing',
      resource_group_name: 'Default',
      parameters_json: '{"allowed_network":"public-and-private"}',
    });
    expect(of('data.ibm_resource_instance.by_id')).toMatchObject({
      name: 'secrets',
      service: 'secrets-manager',
    });
    expect(of('data.ibm_resource_reclamations.all')['reclamations']).toEqual([]);
    expect(of('data.ibm_iam_authorization_policies.all')['policies']).toMatchObject([
      {
        id: expect.stringMatching(/^[0-9a-f]{32}\/[-0-9a-f]{36}$/),
        source_service_name: 'server-protect',
        target_resource_instance_id: text('ibm_resource_instance.keys', 'guid'),
        roles: ['Reader'],
        description: 'volumes',
      },
    ]);
    const root = {
      id: text('ibm_kms_key.root', 'key_id'),
      name: 'root',
      key_ring_id: 'ring-1',
      aliases: ['first'],
    };
    const rotation = [expect.objectContaining({ interval_month: 3, enabled: true })];
    const policies = [{ rotation, dual_auth_delete: [expect.objectContaining({ enabled: false })] }];
    expect(of('data.ibm_kms_key.named')['keys']).toMatchObject([{ ...root, policies }]);
    expect(of('data.ibm_kms_key.by_alias')['keys']).toMatchObject([{ ...root, policies }]);
    // A list shows no policies (4.8).
    const listed = of('data.ibm_kms_keys.all')['keys'] as { name: string; policies: unknown[] }[];
    expect(listed.map(({ name }) => name).sort()).toEqual([
      'imported',
      'older-root',
      'over-root',
      'plain',
      'root',
    ]);
    expect(listed.flatMap((key) => key.policies)).toEqual([]);
    expect(of('data.ibm_kms_keys.two')['keys']).toHaveLength(2);
    expect(of('data.ibm_kms_key_rings.all')['key_rings']).toMatchObject([
      { id: 'default' },
      { id: 'ring-1' },
    ]);
    expect(of('data.ibm_kms_key_policies.of_root')).toMatchObject({
      key_id: text('ibm_kms_key.root', 'key_id'),
      policies: [{ rotation }],
    });
    expect(of('data.ibm_kms_key_policies.of_none')['policies']).toBeNull();
    expect(of('data.ibm_kms_instance_policies.all')).toMatchObject({
      rotation: [{ interval_month: 2 }],
      metrics: [{ enabled: true }],
      key_create_import_access: [{ create_root_key: true, enforce_token: false }],
      dual_auth_delete: [],
    });
    expect(of('data.ibm_kms_instance_policies.one')).toMatchObject({
      metrics: [{ enabled: true }],
      rotation: null,
    });
    expect(of('data.ibm_kp_key.named')['keys']).toMatchObject([{ name: 'older-root', standard_key: true }]);
  });

  test('a second plan is empty', async () => {
    expect(await stack.planStatus()).toBe(0);
  });

  test('importing everything changes nothing', async () => {
    const managed = Object.keys(made).filter((address) => !address.startsWith('data.'));
    const blocks = managed.map((to) => `import {\n  to = ${to}\n  id = "${text(to, 'id')}"\n}\n`);
    // Of an instance's policies and parameters an import knows nothing (4.5, 3.1): those are set again.
    const other = new Stack(stage, `${keyManagement()}${blocks.join('')}`);
    await other.init();
    const plan = await other.plan();
    expect(importedBy(plan)).toEqual({
      ...Object.fromEntries(managed.map((address) => [address, 'no-op'])),
      'ibm_kms_instance_policies.policies': 'update',
      'ibm_resource_instance.keys': 'update',
      'ibm_resource_instance.secrets': 'update',
      // Its material is never told, and another one is another key (4.1).
      'ibm_kms_key.imported': 'delete+create',
    });
    expect(replacePathsOf(plan)).toEqual({ 'ibm_kms_key.imported': ['payload'] });
  });

  describe('changed by others', () => {
    beforeAll(async () => {
      const kms = { 'Bluemix-Instance': text('ibm_resource_instance.keys', 'guid') };
      const key = (address: string): string => `/api/v2/keys/${text(address, 'key_id')}`;
      const policy = (kind: string, value: object) => ({
        metadata: { collectionType: 'application/vnd.ibm.kms.policy+json', collectionTotal: 1 },
        resources: [{ type: 'application/vnd.ibm.kms.policy+json', [kind]: value }],
      });
      const rotation = policy('rotation', { enabled: false, interval_month: 9 });
      const instance = `/v2/resource_instances/${text('ibm_resource_instance.keys', 'guid')}`;
      await stage.outside('PATCH', instance, { name: 'keys-elsewhere' });
      const group = `/v2/resource_groups/${text('ibm_resource_group.team', 'id')}`;
      await stage.outside('PATCH', group, { name: 'team-elsewhere' });
      await stage.outside('POST', `${key('ibm_kms_key.imported')}/actions/disable`, undefined, kms);
      await stage.outside('PUT', `${key('ibm_kms_key.root')}/policies`, rotation, kms);
      await stage.outside('DELETE', `${key('ibm_kms_key.root')}/aliases/first`, undefined, kms);
      for (const address of [
        'ibm_kms_key.plain',
        'ibm_kp_key.older',
        'ibm_kms_key_with_policy_overrides.over',
      ]) {
        await stage.outside('DELETE', key(address), undefined, kms);
      }
      const authorization = text('ibm_iam_authorization_policy.volumes', 'id');
      await stage.outside('DELETE', `/v1/policies/${authorization}`);
    });

    test('the plan shows what was changed, and makes again what is gone', async () => {
      stack.configure(keyManagement());
      const plan = await stack.plan();
      expect(driftOf(plan)).toMatchObject({
        'ibm_resource_instance.keys': { name: ['keys', 'keys-elsewhere'] },
        'ibm_resource_group.team': { name: ['team', 'team-elsewhere'] },
        'ibm_kms_key_policies.policies': {
          rotation: [[{ enabled: true, interval_month: 3 }], [{ enabled: false, interval_month: 9 }]],
        },
        'ibm_kms_key.plain': null,
        'ibm_kp_key.older': null,
        'ibm_kms_key_with_policy_overrides.over': null,
        'ibm_kms_key_alias.alias': null,
        'ibm_iam_authorization_policy.volumes': null,
      });
      expect(actionsOf(plan)).toEqual({
        'ibm_resource_instance.keys': 'update',
        'ibm_resource_group.team': 'update',
        'ibm_kms_key_policies.policies': 'update',
        'ibm_kms_key.plain': 'create',
        'ibm_kp_key.older': 'create',
        'ibm_kms_key_with_policy_overrides.over': 'create',
        'ibm_kms_key_alias.alias': 'create',
        'ibm_iam_authorization_policy.volumes': 'create',
      });
      await stack.applyPlan();
      expect(await stack.planStatus()).toBe(0);
      // A suspended key is the same key: its state is shown, nothing is planned for it.
      expect((await stack.state())['ibm_kms_key.imported']).toMatchObject({ resource_status: '2' });
    });
  });

  test('what can change changes in place', async () => {
    stack.configure(
      keyManagement({
        groupName: 'team-two',
        instanceName: 'keys-two',
        tags: '["keep", "new"]',
        // The other network would shut the public endpoint, at which the keys are.
        parameters: '{ allowed_network = "public-and-private", purpose = "tests" }',
        endpoints: 'private',
        smPlan: 'standard',
        smParameters: '{ b = 2 }',
        forced: true,
        keyRotation: 'enabled = false',
        instanceMonths: 6,
        overrideMonths: 8,
        roles: '["Writer", "Reader"]',
        description: 'volumes and more',
      }),
    );
    const plan = await stack.plan();
    expect(actionsOf(plan)).toEqual({
      'ibm_resource_group.team': 'update',
      'ibm_resource_instance.keys': 'update',
      'ibm_resource_instance.secrets': 'update',
      'ibm_kms_key.root': 'update',
      'ibm_kp_key.older': 'update',
      'ibm_kms_key_with_policy_overrides.over': 'update',
      'ibm_kms_key_policies.policies': 'update',
      'ibm_kms_instance_policies.policies': 'update',
      'ibm_iam_authorization_policy.volumes': 'update',
    });
    await stack.applyPlan();
    const state = await stack.state();
    expect(state['ibm_resource_instance.keys']).toMatchObject({ name: 'keys-two', tags: ['keep', 'new'] });
    expect(state['ibm_resource_instance.secrets']).toMatchObject({
      plan: 'standard',
      service_endpoints: 'private',
    });
    expect(state['ibm_kms_key.root']).toMatchObject({ force_delete: true });
    expect(state['ibm_kms_key_with_policy_overrides.over']).toMatchObject({
      rotation: [{ interval_month: 8 }],
    });
    expect(state['ibm_kms_key_policies.policies']).toMatchObject({
      rotation: [{ enabled: false, interval_month: 3 }],
    });
    expect(state['ibm_kms_instance_policies.policies']).toMatchObject({ rotation: [{ interval_month: 6 }] });
    expect(state['ibm_iam_authorization_policy.volumes']).toMatchObject({
      roles: ['Writer', 'Reader'],
      description: 'volumes and more',
    });
    const { body } = await stage.outside(
      'GET',
      `/v2/resource_instances/${text('ibm_resource_instance.keys', 'guid')}`,
    );
    const parameters = { allowed_network: 'public-and-private', purpose: 'tests' };
    expect(body).toMatchObject({ name: 'keys-two', parameters });
  });

  test('what cannot change is replaced, on account of the attributes that changed', async () => {
    const other = keyManagement({
      roles: '["Writer", "Reader"]',
      forced: true,
      keyName: 'root-two',
      standard: false,
      ring: 'ring-2',
      alias: 'second',
      service: 'hs-crypto',
      source: `
  source_service_name         = "is"
  source_service_account      = "another"
  source_resource_type        = "share"
  source_resource_group_id    = "g"
  source_resource_instance_id = "i"`,
      target: `
  target_resource_type     = "t"
  target_resource_group_id = "g"`,
    });
    const inPlace: readonly (readonly [was: string, is: string])[] = [
      ['"tiered-pricing"\n  location   = "us-south"', '"standard"\n  location   = "eu-de"'],
      ['"the root of all"', '"another description"'],
      ['"2027-01-01T00:00:00Z"', '"2028-01-01T00:00:00Z"'],
      [`payload     = "${material}"`, 'payload = "AAAA"\n  encrypted_nonce = "n"\n  iv_value = "i"'],
      ['key_name        = "root-two"', 'key_name = "root-two"\n  standard_key = true'],
      ['key_name     = "over-root-two"', 'key_name = "over-root-two"\n  endpoint_type = "private"'],
    ];
    stack.configure(inPlace.reduce((text, [was, is]) => text.replace(was, is), other));
    expect(replacePathsOf(await stack.plan())).toEqual({
      'ibm_resource_instance.keys': ['location', 'service'],
      'ibm_kms_key_rings.ring': ['instance_id', 'key_ring_id'],
      'ibm_kms_key.root': [
        'description',
        'expiration_date',
        'instance_id',
        'key_name',
        'key_ring_id',
        'standard_key',
      ],
      'ibm_kms_key.imported': ['encrypted_nonce', 'instance_id', 'iv_value', 'payload'],
      'ibm_kms_key.plain': ['instance_id', 'standard_key'],
      'ibm_kp_key.older': ['key_name', 'key_protect_id', 'standard_key'],
      'ibm_kms_key_with_policy_overrides.over': ['endpoint_type', 'instance_id', 'key_name'],
      'ibm_kms_key_alias.alias': ['alias', 'instance_id', 'key_id'],
      'ibm_kms_key_policies.policies': ['instance_id'],
      'ibm_kms_instance_policies.policies': ['instance_id'],
      'ibm_iam_authorization_policy.volumes': [
        'source_resource_group_id',
        'source_resource_instance_id',
        'source_resource_type',
        'source_service_account',
        'source_service_name',
        'target_resource_group_id',
        'target_resource_type',
      ],
    });
  });

  test('destroying leaves nothing that is live', async () => {
    await stack.ok('destroy', '-auto-approve');
    expect(await stage.live()).toEqual([]);
    const groups = await stage.outside('GET', '/v2/resource_groups');
    expect(groups.body.resources.map(({ name }: { name: string }) => name)).toEqual(['Default']);
    const { body } = await stage.outside(
      'GET',
      '/v1/policies?account_id=x&type=authorization'.replace('x', groups.body.resources[0].account_id),
    );
    expect(body.policies).toEqual([]);
  });

  test('a reclamation is ended by an action that stays in state', async () => {
    const { resources } = (await stage.outside('GET', '/v1/reclamations')).body;
    const [reclamation] = resources as { id: string; entity_crn: string }[];
    stack.configure(`
resource "ibm_resource_reclamation_delete" "now" {
  reclamation_id = "${reclamation?.id}"
  request_by     = "the team"
  comment        = "no longer needed"
}
`);
    await stack.apply();
    expect((await stack.state())['ibm_resource_reclamation_delete.now']).toMatchObject({
      id: reclamation?.id,
      entity_crn: reclamation?.entity_crn,
      state: 'RECLAIMING',
    });
    expect(await stack.planStatus()).toBe(0);
    const left = (await stage.outside('GET', '/v1/reclamations')).body.resources as { id: string }[];
    expect(left.map(({ id }) => id)).not.toContain(reclamation?.id);
    await stack.ok('destroy', '-auto-approve');
  });
});
