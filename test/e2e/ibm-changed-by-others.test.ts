/**
 * Each type of key management when somebody else changes or deletes its object: shown by the next plan, and put right by
 * the next apply. Sources: ibm-control-plane.md 3, 4, 8 (removal on refresh).
 */
import { others } from '../provider/ibm/support/others';
import { actionsOf, driftOf, importedBy, openStage, Stack, type Stage } from '../provider/ibm/support/stage';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

const at = (type: string, which: 'changed' | 'gone'): string => `${type}.of["${which}"]`;

/**
 * What can be seen of a change. Nothing of an alias or a ring can be changed; a reclamation that ended stays as it is
 * (`ibm-key-management.test.ts`).
 */
const shown = {
  [at('ibm_resource_group', 'changed')]: { name: ['changed', 'elsewhere'] },
  [at('ibm_resource_instance', 'changed')]: { tags: [['mine'], ['mine', 'theirs']] },
  [at('ibm_iam_authorization_policy', 'changed')]: { roles: [['Reader'], ['Writer']] },
  [at('ibm_kms_key', 'changed')]: { key_ring_id: ['default', 'changed'] },
  [at('ibm_kp_key', 'changed')]: { resource_status: ['1', '2'] },
  [at('ibm_kms_key_with_policy_overrides', 'changed')]: {
    rotation: [[{ enabled: true, interval_month: 4 }], [{ enabled: true, interval_month: 9 }]],
  },
  [at('ibm_kms_key_policies', 'changed')]: {
    rotation: [[{ enabled: true, interval_month: 4 }], [{ enabled: true, interval_month: 9 }]],
  },
  [at('ibm_kms_instance_policies', 'changed')]: { metrics: [[{ enabled: true }], [{ enabled: false }]] },
};

/** What the next plan does about it. */
const actions = {
  [at('ibm_resource_group', 'changed')]: 'update',
  [at('ibm_resource_group', 'gone')]: 'create',
  [at('ibm_resource_instance', 'changed')]: 'update',
  [at('ibm_resource_instance', 'gone')]: 'create',
  [at('ibm_iam_authorization_policy', 'changed')]: 'update',
  [at('ibm_iam_authorization_policy', 'gone')]: 'create',
  [at('ibm_kms_key_rings', 'gone')]: 'create',
  [at('ibm_kms_key', 'changed')]: 'delete+create',
  [at('ibm_kms_key', 'gone')]: 'create',
  'ibm_kms_key.policed["gone"]': 'create',
  [at('ibm_kp_key', 'gone')]: 'create',
  [at('ibm_kms_key_with_policy_overrides', 'changed')]: 'update',
  [at('ibm_kms_key_with_policy_overrides', 'gone')]: 'create',
  [at('ibm_kms_key_alias', 'gone')]: 'create',
  [at('ibm_kms_key_policies', 'changed')]: 'update',
  [at('ibm_kms_key_policies', 'gone')]: 'create',
  [at('ibm_kms_instance_policies', 'changed')]: 'update',
  [at('ibm_kms_instance_policies', 'gone')]: 'create',
};

const policyType = 'application/vnd.ibm.kms.policy+json';

const policyBody = (policy: object) => ({
  metadata: { collectionType: policyType, collectionTotal: 1 },
  resources: [policy],
});

describeWithTerraform('changed by others', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;
  let made: Awaited<ReturnType<Stack['state']>>;
  const text = (address: string, name: string): string => String(made[address]?.[name]);
  const of = (type: string, which: 'changed' | 'gone', name = 'id') => text(at(type, which), name);
  const kms = (address = 'ibm_resource_instance.keys') => ({ 'Bluemix-Instance': text(address, 'guid') });
  const key = (address: string): string => `/api/v2/keys/${text(address, 'key_id')}`;

  beforeAll(async () => {
    stage = await openStage();
    stack = new Stack(stage, others);
    await stack.init();
    await stack.apply();
    made = await stack.state();
  });
  afterAll(() => stage.close());

  test('imported, each in the one form of id that the vendor takes: nothing is to be replaced', async () => {
    const managed = Object.keys(made);
    const blocks = managed.map((to) => `import {\n  to = ${to}\n  id = "${text(to, 'id')}"\n}\n`);
    const other = new Stack(stage, others + blocks.join(''));
    await other.init();
    const imported = importedBy(await other.plan());
    expect(Object.keys(imported).sort()).toEqual(managed.sort());
    // The blocks of an instance's policies are not told when nobody asked for them (4.5).
    const updated = managed.filter((address) => address.startsWith('ibm_kms_instance_policies.'));
    expect(imported).toEqual({
      ...Object.fromEntries(managed.map((address) => [address, 'no-op'])),
      ...Object.fromEntries(updated.map((address) => [address, 'update'])),
    });
  });

  test.each([
    [
      'the GUID of an instance',
      'ibm_resource_instance.keys',
      () => text('ibm_resource_instance.keys', 'guid'),
    ],
    ['a policy of another account', at('ibm_iam_authorization_policy', 'gone'), () => 'nowhere'],
    [
      'a ring that is not there',
      at('ibm_kms_key_rings', 'gone'),
      () => of('ibm_kms_key_rings', 'gone').replace('gone', 'x1'),
    ],
    ['a key that is not there', at('ibm_kms_key', 'gone'), () => `${of('ibm_kms_key', 'gone')}0`],
  ])('%s names nothing to import', async (_what, address, id) => {
    const [type] = address.split('.');
    const other = new Stack(stage, `${others}import {\n  to = ${address}\n  id = "${id()}"\n}\n`);
    await other.init();
    const [error] = await other.errors('plan');
    expect(error).toMatchObject({
      summary: 'Nothing to import',
      detail: `There is no ${type} with the import id '${id()}'. Check the id and the account and region it is in.`,
    });
  });

  describe('when somebody else was there', () => {
    beforeAll(async () => {
      const rotation = (interval_month: number) =>
        policyBody({ type: policyType, rotation: { enabled: true, interval_month } });
      const group = (which: 'changed' | 'gone') => `/v2/resource_groups/${of('ibm_resource_group', which)}`;
      await stage.outside('PATCH', group('changed'), { name: 'elsewhere' });
      await stage.outside('DELETE', group('gone'));

      await stage.outside('POST', '/v3/tags/attach?tag_type=user', {
        tag_names: ['theirs'],
        resources: [{ resource_id: of('ibm_resource_instance', 'changed', 'crn') }],
      });
      const metrics = { policy_type: 'metrics', policy_data: { enabled: false } };
      const changedInstance = kms(at('ibm_resource_instance', 'changed'));
      await stage.outside('PUT', '/api/v2/instance/policies', policyBody(metrics), changedInstance);
      await stage.outside('DELETE', `/v2/resource_instances/${of('ibm_resource_instance', 'gone', 'guid')}`);

      const policy = `/v2/policies/${of('ibm_iam_authorization_policy', 'changed')}`;
      const { body, headers } = await stage.outside('GET', policy);
      const writer = { role_id: 'crn:v1:bluemix:public:iam::::serviceRole:Writer' };
      const { type, subject, resource } = body;
      const wanted = { type, subject, resource, control: { grant: { roles: [writer] } } };
      await stage.outside('PUT', policy, wanted, { 'If-Match': headers.get('etag') ?? '' });
      await stage.outside('DELETE', `/v1/policies/${of('ibm_iam_authorization_policy', 'gone')}`);

      await stage.outside('PATCH', key(at('ibm_kms_key', 'changed')), { keyRingID: 'changed' }, kms());
      await stage.outside('POST', `${key(at('ibm_kp_key', 'changed'))}/actions/disable`, undefined, kms());
      for (const type of ['ibm_kms_key_with_policy_overrides', 'ibm_kms_key_policies']) {
        await stage.outside('PUT', `${key(at(type, 'changed'))}/policies`, rotation(9), kms());
      }
      for (const type of [
        'ibm_kms_key',
        'ibm_kp_key',
        'ibm_kms_key_with_policy_overrides',
        'ibm_kms_key_policies',
      ]) {
        await stage.outside('DELETE', key(at(type, 'gone')), undefined, kms());
      }
      await stage.outside('DELETE', '/api/v2/key_rings/gone', undefined, kms());
      await stage.outside('DELETE', `${key('ibm_kms_key.named')}/aliases/gone`, undefined, kms());
    });

    test('the plan shows it, and makes again what is gone', async () => {
      const plan = await stack.plan();
      const gone = Object.entries(actions).filter(([, action]) => action === 'create');
      expect(driftOf(plan)).toMatchObject({
        ...shown,
        ...Object.fromEntries(gone.map(([address]) => [address, null])),
      });
      expect(actionsOf(plan)).toEqual(actions);
      await stack.applyPlan();
      // Metrics alone are not sent (4.5), and a key that is suspended stays it.
      expect(actionsOf(await stack.plan())).toEqual({
        [at('ibm_kms_instance_policies', 'changed')]: 'update',
      });
    });

    test('a key that was purged is gone as well', async () => {
      const address = 'ibm_kms_key.named';
      await stage.outside('DELETE', `${key(address)}?force=true`, undefined, kms());
      await stage.platform.request('POST', '/_keyquake/clock', { advance: 'P91D' });
      expect(actionsOf(await stack.plan())).toMatchObject({
        [address]: 'create',
        [at('ibm_kms_key_alias', 'changed')]: expect.stringMatching(/create/),
      });
      await stack.apply();
    });

    test('destroying leaves nothing that is live', async () => {
      await stack.ok('destroy', '-auto-approve');
      expect(await stage.live()).toEqual([]);
    });
  });
});
