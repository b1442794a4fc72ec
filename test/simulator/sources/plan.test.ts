import type { World } from '../../../domain/world';
import { SourceError, worldFromJson } from '../../../simulator';
import { at, fixture } from '../fixtures';

const edges = (world: World, ...types: readonly string[]): readonly string[] =>
  world.edges.filter(({ type }) => types.includes(type)).map(({ from, to }) => `${from} -> ${to}`);

const account = 'a/1234567890abcdef1234567890abcdef';
const outside = `crn:v1:bluemix:public:kms:us-south:${account}:9d0c8a9e-0000-4000-8000-00000000aaaa`;

describe('a plan that creates everything', () => {
  const world = worldFromJson(fixture('modules', 'plan.json'), 'plan.json', at);

  it('links what is not known yet through the configuration', () => {
    expect(edges(world, 'protects')).toEqual([
      `${outside}:key:9d0c8a9e-0000-4000-8000-00000000bbbb -> ibm_is_volume.outside`,
      'data.ibm_kms_key.shared -> ibm_is_volume.shared',
      'ibm_kms_key.imported -> ibm_resource_instance.sm',
      'ibm_kms_key.pool[0] -> ibm_is_volume.pool[0]',
      'ibm_kms_key.pool[1] -> ibm_is_volume.pool[1]',
      'ibm_kms_key.zone["a"] -> ibm_is_volume.chained["a"]',
      'ibm_kms_key.zone["a"] -> module.storage["a"].module.volume[0].ibm_is_volume.this',
      'ibm_kms_key.zone["a"] -> module.storage["a"].module.volume[1].ibm_is_volume.this',
      'ibm_kms_key.zone["b"] -> ibm_is_volume.chained["b"]',
      'ibm_kms_key.zone["b"] -> module.storage["b"].module.volume[0].ibm_is_volume.this',
      'ibm_kms_key.zone["b"] -> module.storage["b"].module.volume[1].ibm_is_volume.this',
      'ibm_kp_key.hyper -> ibm_is_volume.hyper',
      'module.keys.ibm_kms_key.first -> ibm_is_volume.from_module',
      'module.keys.ibm_kms_key.second -> ibm_is_volume.from_object',
    ]);
    expect(edges(world, 'contains')).toEqual([
      '9d0c8a9e-0000-4000-8000-00000000cccc -> data.ibm_kms_key.shared',
      `${outside}:: -> ${outside}:key:9d0c8a9e-0000-4000-8000-00000000bbbb`,
      'ibm_resource_instance.hpcs -> ibm_kp_key.hyper',
      'ibm_resource_instance.kp -> ibm_kms_key.imported',
      'ibm_resource_instance.kp -> ibm_kms_key.pool[0]',
      'ibm_resource_instance.kp -> ibm_kms_key.pool[1]',
      'ibm_resource_instance.kp -> ibm_kms_key.zone["a"]',
      'ibm_resource_instance.kp -> ibm_kms_key.zone["b"]',
      'ibm_resource_instance.kp -> module.keys.ibm_kms_key.first',
      'ibm_resource_instance.kp -> module.keys.ibm_kms_key.second',
      'ibm_resource_instance.sm -> ibm_sm_arbitrary_secret.db',
    ]);
  });

  it('reports all that it cannot place', () => {
    expect(world.unmapped).toEqual(
      [
        [
          '9d0c8a9e-0000-4000-8000-00000000cccc',
          'it is not managed by this source: read as an instance of kms',
        ],
        [`${outside}::`, 'it is not managed by this source'],
        [
          `${outside}:key:9d0c8a9e-0000-4000-8000-00000000bbbb`,
          'it is not managed by this source: read as an active key that the service generated, whose deletion cannot be undone',
        ],
        [
          'data.ibm_kms_key.shared',
          'the key is looked up, not managed by this source: read as an active key that the service generated, whose deletion cannot be undone',
        ],
        [
          'ibm_iam_authorization_policy.block',
          'it is read as if it were not limited by target_resource_instance_id, which is not known before apply: it is set in a dynamic block, whose expressions a plan does not hold',
        ],
        [
          'ibm_iam_authorization_policy.secrets',
          'it is read as if it were not limited by resource of resource_attributes',
        ],
        [
          'ibm_is_image.golden',
          'there is no rule for ibm_is_image yet, and it depends on ibm_kms_key.imported (through encryption_key)',
        ],
        [
          'ibm_is_instance.web',
          'there is no rule for ibm_is_instance yet, and it depends on ibm_is_volume.from_module (through volumes), ibm_is_volume.pool[0] (through volumes)',
        ],
        [
          'ibm_is_snapshot.nightly',
          'there is no rule for ibm_is_snapshot yet, and it depends on ibm_is_volume.from_module (through source_volume)',
        ],
        [
          'ibm_is_volume.conditional',
          'encryption_key is not known before apply and may come from any of ibm_kms_key.imported, module.keys.ibm_kms_key.first',
        ],
        [
          'ibm_is_volume.restored',
          'it is made from a snapshot without naming a key: it takes the key of the snapshot, which the source does not show',
        ],
        [
          'ibm_is_volume.via_local',
          'encryption_key is not known before apply: it comes from local.log_key, and a plan does not say what a local value is made of (a state shows the value, a synthesized stack the expression)',
        ],
        [
          'ibm_is_volume.wrong',
          'encryption_key is not known before apply and leads to no root key: it comes from ibm_kms_key.standard',
        ],
        [
          'ibm_resource_instance.postgres',
          'there is no rule for databases-for-postgresql instances yet, and it depends on ibm_kms_key.imported (through parameters)',
        ],
        [
          'ibm_sm_arbitrary_secret.elsewhere',
          "instance_id is '9d0c8a9e-0000-4000-8000-00000000eeee', which names no secrets manager instance of this source: which key seals the secret is not known",
        ],
      ].map(([address, reason]) => ({ address, reason })),
    );
  });

  it.each([
    [
      'a key whose material the configuration brings',
      'ibm_kms_key.imported',
      { imported: true, state: 'active' },
    ],
    ['a key without material', 'ibm_kms_key.zone["a"]', { imported: false, name: 'zone-a' }],
    [
      'a key that is to be suspended',
      'ibm_kms_key.pool[1]',
      { state: 'suspended', expiresAt: '2027-01-01T00:00:00Z' },
    ],
    ['a key of Hyper Protect Crypto Services', 'ibm_kp_key.hyper', { service: 'hs-crypto' }],
    ['a volume that an instance holds', 'ibm_is_volume.from_module', { attached: true }],
    ['a volume that none holds', 'ibm_is_volume.pool[1]', { attached: false, zone: 'us-south-1' }],
    [
      'a lock with its consumer',
      'keyquake_secret_lock.web',
      { consumer: 'ibm_is_instance.web', versionAlias: 'previous' },
    ],
    [
      'an authorization written in blocks',
      'ibm_iam_authorization_policy.secrets',
      {
        sourceService: 'secrets-manager',
        sourceInstance: 'ibm_resource_instance.sm',
        targetInstance: 'ibm_resource_instance.kp',
        roles: ['Manager'],
      },
    ],
  ])('knows %s', (_, id, facts) => {
    expect(world.nodes.find((node) => node.id === id)).toMatchObject(facts);
  });
});

describe('a data source that apply reads', () => {
  it('is a key all the same', () => {
    const data = { address: 'data.ibm_kms_key.d', mode: 'data', type: 'ibm_kms_key', name: 'd' };
    const v = { address: 'ibm_is_volume.v', mode: 'managed', type: 'ibm_is_volume', name: 'v' };
    const references = [
      'data.ibm_kms_key.d.keys[0].crn',
      'data.ibm_kms_key.d.keys[0]',
      'data.ibm_kms_key.d.keys',
      'data.ibm_kms_key.d',
    ];
    const world = worldFromJson(
      {
        format_version: '1.2',
        planned_values: {
          root_module: {
            resources: [
              { ...data, values: { instance_id: 'guid-1', key_name: 'shared' } },
              { ...v, values: { name: 'v' } },
            ],
          },
        },
        resource_changes: [
          { ...data, change: { actions: ['read'], after_unknown: { keys: true } } },
          { ...v, change: { actions: ['create'], after_unknown: { encryption_key: true } } },
        ],
        configuration: {
          root_module: {
            resources: [
              { ...data, expressions: { key_name: { constant_value: 'shared' } } },
              { ...v, expressions: { encryption_key: { references } } },
            ],
          },
        },
      },
      'plan.json',
      at,
    );
    expect(edges(world, 'protects')).toEqual(['data.ibm_kms_key.d -> ibm_is_volume.v']);
  });
});

describe('a plan that is not the whole story', () => {
  const plan = (more: object): World =>
    worldFromJson({ format_version: '1.2', planned_values: {}, ...more }, 'plan.json', at);

  it('because it failed is refused', () => {
    expect(() => plan({ errored: true })).toThrow(
      new SourceError(
        'the Terraform plan ended in an error, so it holds a part only; correct it and plan again',
      ),
    );
  });

  it('because it is not complete is read and says so', () => {
    expect(plan({ complete: false }).unmapped).toEqual([
      { address: 'plan', reason: 'it is not complete: what it leaves out or puts off is not read' },
    ]);
    expect(plan({ complete: true }).unmapped).toEqual([]);
  });

  it.each([
    ['deletes a key', 'ibm_kms_key', ['delete'], 1],
    ['replaces a key', 'ibm_kms_key', ['delete', 'create'], 0],
    ['changes a key', 'ibm_kms_key', ['update'], 0],
    ['deletes something else', 'ibm_is_volume', ['delete'], 0],
  ])('because it %s', (_, type, actions, reports) => {
    const { unmapped } = plan({
      resource_changes: [{ address: `${type}.x`, mode: 'managed', type, name: 'x', change: { actions } }],
    });
    expect(unmapped).toEqual(
      reports === 0
        ? []
        : [
            {
              address: `${type}.x`,
              reason: 'the plan deletes this key: ask the state what its force-delete breaks',
            },
          ],
    );
  });
});

describe('a plan of another format', () => {
  it.each([
    ['2.0', '"2.0"'],
    ['0.1', '"0.1"'],
    [undefined, 'undefined'],
    [1, '1'],
    ['a version that is much too long to be shown', '"a version that is m…'],
  ])('%j is refused by name', (version, shown) => {
    const plan = { format_version: version, planned_values: {} };
    expect(() => worldFromJson(plan, 'plan.json', at)).toThrow(
      new SourceError(
        `the Terraform plan has format_version ${shown}; only 1.x is read: print it with 'terraform show -json' of Terraform 1.x`,
      ),
    );
  });
});
