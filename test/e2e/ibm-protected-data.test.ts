/**
 * Volumes and secrets on a customer-managed key, locks and key states, under real Terraform: made, changed in place,
 * replaced, imported, changed and deleted by others, destroyed. Sources: ibm-vpc.md 2.6, ibm-control-plane.md 5 and 6.2.6.
 */
import { impactOfDisabling, protectedData } from '../provider/ibm/support/protected-data';
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

/** What changes in place, changed. */
const later = {
  fast: `
  name      = "faster"
  zone      = "us-south-1"
  profile   = "sdp"
  capacity  = 300
  iops      = 5000
  bandwidth = 3000`,
  tags: '["two", "three"]',
  accessTags: '["team:b"]',
  groupName: 'group-two',
  groupDescription: '',
  secret: `
  name                    = "password-two"
  description             = "of another database"
  payload                 = "canary-two"
  labels                  = ["shop"]
  custom_metadata         = { owner = "them" }
  version_custom_metadata = { made = "second" }
  expiration_date         = "2031-01-01T00:00:00Z"`,
  lock: `
  name       = "web"
  attributes = { consumer = "shop" }`,
  keyState: 'suspended',
};

describeWithTerraform('protected data', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;
  let made: Awaited<ReturnType<Stack['state']>>;
  const of = (address: string): Readonly<Record<string, unknown>> => made[address] ?? {};
  const text = (address: string, name: string): string => String(of(address)[name]);
  const secretsPath = (): string =>
    `/secrets-manager/${text('ibm_resource_instance.secrets', 'guid')}/api/v2`;
  const kms = () => ({ 'Bluemix-Instance': text('ibm_resource_instance.keys', 'guid') });
  const act = (action: string) =>
    stage.outside(
      'POST',
      `/api/v2/keys/${text('ibm_kms_key.other', 'key_id')}/actions/${action}`,
      undefined,
      kms(),
    );

  beforeAll(async () => {
    stage = await openStage();
    for (const tag of ['team:a', 'team:b']) {
      await stage.outside('POST', '/v3/tags?tag_type=access', { tag_names: [tag] });
    }
    stack = new Stack(stage, protectedData() + impactOfDisabling);
    await stack.init();
    await stack.apply();
    made = await stack.state();
  });
  afterAll(() => stage.close());

  test('what was made has the ids of the vendor (ibm-control-plane.md 8; ibm-vpc.md 1.8)', () => {
    const secrets = text('ibm_resource_instance.secrets', 'guid');
    expect(text('ibm_is_volume.fast', 'id')).toMatch(/^r006-[-0-9a-f]{36}$/);
    expect(text('ibm_sm_secret_group.group', 'id')).toBe(
      `us-south/${secrets}/${text('ibm_sm_secret_group.group', 'secret_group_id')}`,
    );
    expect(text('ibm_sm_arbitrary_secret.password', 'id')).toBe(
      `us-south/${secrets}/${text('ibm_sm_arbitrary_secret.password', 'secret_id')}`,
    );
    expect(text('keyquake_secret_lock.web', 'id')).toBe(
      `us-south/${secrets}/${text('ibm_sm_arbitrary_secret.bare', 'secret_id')}/${text('keyquake_secret_lock.web', 'secret_version_id')}/web`,
    );
    expect(text('keyquake_root_key_state.other', 'id')).toBe(text('ibm_kms_key.other', 'crn'));
  });

  test("state holds what the API says, in the vendor's form", () => {
    expect(of('ibm_is_volume.fast')).toMatchObject({
      status: 'available',
      capacity: 200,
      iops: 4000,
      bandwidth: 2000,
      encryption_type: 'provider_managed',
      encryption_key: null,
      storage_generation: 2,
      tags: ['one', 'two'],
      access_tags: ['team:a'],
      health_state: 'ok',
      status_reasons: [],
    });
    expect(of('ibm_is_volume.plain')).toMatchObject({ capacity: 100, iops: 3000, tags: [] });
    expect(of('ibm_is_volume.encrypted')).toMatchObject({
      encryption_type: 'user_managed',
      encryption_key: text('ibm_kms_key.root', 'crn'),
      profile: 'custom',
      iops: 500,
    });
    expect(of('ibm_sm_arbitrary_secret.password')).toMatchObject({
      payload: 'canary-one',
      labels: ['web', 'app'],
      custom_metadata: { owner: 'us' },
      version_custom_metadata: { made: 'first' },
      expiration_date: '2030-01-01T00:00:00Z',
      created_at: '2026-01-15T10:00:00Z',
      secret_type: 'arbitrary',
      state: 1,
      state_description: 'active',
      versions_total: 1,
      locks_total: 0,
    });
    expect(of('ibm_sm_arbitrary_secret.bare')).toMatchObject({
      secret_group_id: 'default',
      expiration_date: '',
    });
    expect(of('keyquake_secret_lock.web')).toMatchObject({
      version: 'current',
      secret_version_alias: 'current',
      attributes: { consumer: 'web' },
    });
    expect(of('keyquake_root_key_state.other')).toMatchObject({ state: 'active', state_number: 1 });
    expect(of('data.keyquake_impact.disable')).toMatchObject({ action: 'disable', verdict: 'breaks' });
  });

  test('a second plan is empty', async () => {
    // The lock of the secret is made after the secret was read.
    await stack.ok('apply', '-refresh-only', '-auto-approve');
    expect(await stack.planStatus()).toBe(0);
  });

  test('importing everything changes nothing', async () => {
    const managed = Object.keys(made).filter((address) => !address.startsWith('data.'));
    const blocks = managed.map((to) => `import {\n  to = ${to}\n  id = "${text(to, 'id')}"\n}\n`);
    const other = new Stack(stage, protectedData() + blocks.join(''));
    await other.init();
    expect(importedBy(await other.plan())).toEqual({
      ...Object.fromEntries(managed.map((address) => [address, 'no-op'])),
      // Parameters and force_delete are not told by the API (3.1, 4.1).
      'ibm_resource_instance.secrets': 'update',
      'ibm_kms_key.root': 'update',
      'ibm_kms_key.other': 'update',
    });
  });

  describe('changed by others', () => {
    beforeAll(async () => {
      const volume = (address: string): string =>
        `/v1/volumes/${text(address, 'id')}?version=2026-03-24&generation=2`;
      const secret = (address: string): string => `${secretsPath()}/secrets/${text(address, 'secret_id')}`;
      await stage.outside('PATCH', volume('ibm_is_volume.fast'), { name: 'elsewhere' });
      await stage.outside('DELETE', volume('ibm_is_volume.plain'));
      await stage.outside('POST', `${secret('ibm_sm_arbitrary_secret.password')}/versions`, {
        payload: 'canary-elsewhere',
      });
      await stage.outside('PATCH', `${secret('ibm_sm_arbitrary_secret.password')}/metadata`, {
        description: 'elsewhere',
      });
      await stage.outside('DELETE', `${secret('ibm_sm_arbitrary_secret.bare')}/locks_bulk?name=web`);
      await act('disable');
      const group = text('ibm_sm_secret_group.group', 'secret_group_id');
      await stage.outside('PATCH', `${secretsPath()}/secret_groups/${group}`, { name: 'elsewhere' });
    });

    test('the plan shows what was changed, and makes again what is gone', async () => {
      await stage.platform.request('POST', '/_keyquake/clock', { advance: 'PT30S' });
      stack.configure(protectedData());
      const plan = await stack.plan();
      expect(driftOf(plan)).toMatchObject({
        'ibm_is_volume.fast': { name: ['fast', 'elsewhere'], resource_name: ['fast', 'elsewhere'] },
        'ibm_is_volume.plain': null,
        'ibm_sm_arbitrary_secret.password': {
          payload: ['canary-one', 'canary-elsewhere'],
          description: ['of the database', 'elsewhere'],
          versions_total: [1, 2],
        },
        'ibm_sm_secret_group.group': { name: ['group', 'elsewhere'] },
        'keyquake_secret_lock.web': null,
        'keyquake_root_key_state.other': { state: ['active', 'suspended'], state_number: [1, 2] },
        // The same key in another state is no change of the key.
        'ibm_kms_key.other': { resource_status: ['1', '2'] },
      });
      expect(actionsOf(plan)).toEqual({
        'ibm_is_volume.fast': 'update',
        'ibm_is_volume.plain': 'create',
        'ibm_sm_arbitrary_secret.password': 'update',
        'ibm_sm_secret_group.group': 'update',
        'keyquake_secret_lock.web': 'create',
        'keyquake_root_key_state.other': 'update',
      });
      await stack.applyPlan();
      await stack.ok('apply', '-refresh-only', '-auto-approve');
      expect(await stack.planStatus()).toBe(0);
    });
  });

  test('what can change changes in place', async () => {
    stack.configure(protectedData(later));
    const plan = await stack.plan();
    expect(actionsOf(plan)).toEqual({
      'ibm_is_volume.fast': 'update',
      'ibm_sm_secret_group.group': 'update',
      'ibm_sm_arbitrary_secret.password': 'update',
      'keyquake_secret_lock.web': 'update',
      'keyquake_root_key_state.other': 'update',
    });
    await stack.applyPlan();
    const state = await stack.state();
    expect(state['ibm_is_volume.fast']).toMatchObject({
      id: text('ibm_is_volume.fast', 'id'),
      name: 'faster',
      capacity: 300,
      iops: 5000,
      bandwidth: 3000,
      tags: ['three', 'two'],
      access_tags: ['team:b'],
    });
    expect(state['ibm_sm_secret_group.group']).toMatchObject({ name: 'group-two' });
    expect(state['ibm_sm_arbitrary_secret.password']).toMatchObject({
      secret_id: text('ibm_sm_arbitrary_secret.password', 'secret_id'),
      name: 'password-two',
      description: 'of another database',
      payload: 'canary-two',
      labels: ['shop'],
      custom_metadata: { owner: 'them' },
      version_custom_metadata: { made: 'second' },
      expiration_date: '2031-01-01T00:00:00Z',
      versions_total: 4,
    });
    expect(state['keyquake_secret_lock.web']).toMatchObject({
      description: null,
      attributes: { consumer: 'shop' },
    });
    expect(state['keyquake_root_key_state.other']).toMatchObject({ state: 'suspended', state_number: 2 });
    const { body } = await stage.outside(
      'GET',
      `/api/v2/keys/${text('ibm_kms_key.other', 'key_id')}`,
      undefined,
      kms(),
    );
    expect(body.resources[0].state).toBe(2);
  });

  test('metadata of a version changes without a new one', async () => {
    const secret = `
  name                    = "password-two"
  description             = "of another database"
  payload                 = "canary-two"
  version_custom_metadata = { made = "third" }
  expiration_date         = "2031-01-01T00:00:00Z"`;
    stack.configure(protectedData({ ...later, secret }));
    await stack.apply('-target=ibm_sm_arbitrary_secret.password');
    expect((await stack.state())['ibm_sm_arbitrary_secret.password']).toMatchObject({
      version_custom_metadata: { made: 'third' },
      versions_total: 4,
    });
  });

  test('what cannot change is replaced, on account of the attributes that changed', async () => {
    stack.configure(
      protectedData({
        ...later,
        fast: `
  name           = "faster"
  zone           = "us-south-2"
  profile        = "sdp"
  capacity       = 300
  resource_group = "another"
  encryption_key = ibm_kms_key.root.crn`,
        encrypted: `
  name     = "encrypted"
  zone     = "us-south-1"
  profile  = "general-purpose"
  capacity = 20`,
        key: '',
        lock: `
  name    = "other"
  version = "previous"`,
      }).replaceAll(
        'instance_id     = ibm_resource_instance.secrets.guid',
        'instance_id = "x"\n  region = "eu-de"',
      ),
    );
    expect(replacePathsOf(await stack.plan())).toEqual({
      'ibm_is_volume.fast': ['encryption_key', 'resource_group', 'zone'],
      'ibm_is_volume.encrypted': ['encryption_key', 'profile'],
      'ibm_sm_arbitrary_secret.password': ['instance_id', 'region'],
      'keyquake_secret_lock.web': ['name', 'version'],
    });
  });

  test('an expiration date cannot be removed (ibm-control-plane.md 5.2)', async () => {
    const secret = '\n  name = "password-two"\n  payload = "canary-two"';
    stack.configure(protectedData({ ...later, secret }));
    const [diagnostic] = await stack.errors('plan', '-target=ibm_sm_arbitrary_secret.password');
    expect(diagnostic).toMatchObject({
      summary: 'An expiration date cannot be removed',
      address: 'ibm_sm_arbitrary_secret.password',
    });
  });

  test('no payload is in what Terraform prints', async () => {
    stack.configure(protectedData(later));
    const { output } = await stack.ok('plan');
    expect(output).not.toContain('canary');
  });

  test('destroying leaves nothing that is live', async () => {
    const { output } = await stack.ok('destroy', '-auto-approve');
    expect(output).not.toContain('canary');
    expect(await stage.live()).toEqual([]);
  });
});
