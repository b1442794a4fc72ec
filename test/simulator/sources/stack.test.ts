// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import type { World } from '../../../domain/world';
import { worldFromStacks, worldFromSynthesized } from '../../../simulator';
import { at, fixture } from '../fixtures';

const edges = (world: World, ...types: readonly string[]): readonly string[] =>
  world.edges.filter(({ type }) => types.includes(type)).map(({ from, to }) => `${from} -> ${to}`);

const reasons = (world: World): Readonly<Record<string, string>> =>
  Object.fromEntries(world.unmapped.map(({ address, reason }) => [address, reason]));

function stackOf(resources: object, more: object = {}): World {
  return worldFromSynthesized({ resource: resources, ...more }, at);
}

const kp = { kp: { name: 'kp', service: 'kms', plan: 'tiered-pricing', location: 'us-south' } };
const key = { k: { instance_id: '${ibm_resource_instance.kp.guid}', key_name: 'k' } };
const keyed = { ibm_resource_instance: kp, ibm_kms_key: key };
const volume = (encryption_key: string, more: object = {}): object => ({
  name: 'v',
  profile: 'general-purpose',
  zone: 'us-south-1',
  encryption_key,
  ...more,
});

describe('one synthesized stack', () => {
  const world = worldFromSynthesized(fixture('orders', 'cdk.tf.json'), at);

  it('has a node for every key, authorization and dependant', () => {
    expect(world.nodes).toEqual([
      {
        id: 'ibm_iam_authorization_policy.block',
        name: 'block',
        address: 'ibm_iam_authorization_policy.block',
        kind: 'authorization',
        sourceService: 'server-protect',
        targetService: 'kms',
        targetInstance: 'ibm_resource_instance.kp',
        roles: ['Reader'],
      },
      {
        id: 'ibm_iam_authorization_policy.secrets',
        name: 'secrets',
        address: 'ibm_iam_authorization_policy.secrets',
        kind: 'authorization',
        sourceService: 'secrets-manager',
        targetService: 'kms',
        targetInstance: 'ibm_resource_instance.kp',
        roles: ['Reader'],
      },
      ...(['cold', 'db', 'log', 'scratch'] as const).map((name) => ({
        id: `ibm_is_volume.${name}`,
        name,
        address: `ibm_is_volume.${name}`,
        kind: 'volume',
        zone: 'us-south-1',
        attached: name === 'db',
      })),
      ...(['archive', 'orders'] as const).map((name) => ({
        id: `ibm_kms_key.${name}`,
        name,
        address: `ibm_kms_key.${name}`,
        kind: 'root-key',
        service: 'kms',
        state: 'active',
        imported: name === 'archive',
      })),
      {
        id: 'ibm_resource_instance.kp',
        name: 'orders-kms',
        address: 'ibm_resource_instance.kp',
        kind: 'kms-instance',
        service: 'kms',
        region: 'us-south',
      },
      {
        id: 'ibm_resource_instance.sm',
        name: 'orders-secrets',
        address: 'ibm_resource_instance.sm',
        kind: 'secrets-manager-instance',
        region: 'us-south',
      },
      {
        id: 'ibm_sm_arbitrary_secret.db_password',
        name: 'db-password',
        address: 'ibm_sm_arbitrary_secret.db_password',
        kind: 'secret',
        secretType: 'arbitrary',
      },
      {
        id: 'keyquake_secret_lock.billing',
        name: 'billing',
        address: 'keyquake_secret_lock.billing',
        kind: 'secret-lock',
        versionAlias: 'current',
        consumer: 'billing-service',
      },
      {
        id: 'keyquake_secret_lock.reports',
        name: 'reports',
        address: 'keyquake_secret_lock.reports',
        kind: 'secret-lock',
        versionAlias: 'current',
        consumer: 'ibm_is_volume.db',
      },
    ]);
  });

  it('links them', () => {
    expect(edges(world, 'protects')).toEqual([
      'ibm_kms_key.archive -> ibm_is_volume.cold',
      'ibm_kms_key.orders -> ibm_is_volume.db',
      'ibm_kms_key.orders -> ibm_is_volume.log',
      'ibm_kms_key.orders -> ibm_resource_instance.sm',
    ]);
    expect(edges(world, 'contains')).toEqual([
      'ibm_resource_instance.kp -> ibm_kms_key.archive',
      'ibm_resource_instance.kp -> ibm_kms_key.orders',
      'ibm_resource_instance.sm -> ibm_sm_arbitrary_secret.db_password',
    ]);
    expect(edges(world, 'locks', 'authorizes')).toEqual([
      'ibm_iam_authorization_policy.block -> ibm_resource_instance.kp',
      'ibm_iam_authorization_policy.secrets -> ibm_resource_instance.kp',
      'keyquake_secret_lock.billing -> ibm_sm_arbitrary_secret.db_password',
      'keyquake_secret_lock.reports -> ibm_sm_arbitrary_secret.db_password',
    ]);
  });

  it('is of the time that is asked about', () => {
    expect(world.at).toBe('2026-01-01T00:00:00.000Z');
  });
});

describe('several synthesized stacks', () => {
  const world = worldFromStacks(
    ['keys', 'workload'].map((name) => ({
      name,
      document: fixture('shop', 'stacks', name, 'cdk.tf.json') as never,
    })),
    at,
  );

  it('links a consumer in one to the key in the other, through remote state', () => {
    expect(edges(world, 'protects')).toContain('keys/ibm_kms_key.orders -> workload/ibm_is_volume.data');
  });

  it('follows iterators, counts, locals, lookups and JSON text', () => {
    expect(edges(world, 'protects')).toEqual([
      'keys/data.ibm_kms_key.shared -> keys/ibm_is_volume.viadata',
      'keys/ibm_kms_key.imported -> keys/ibm_is_volume.lookup',
      'keys/ibm_kms_key.many["a"] -> keys/ibm_is_volume.chained["a"]',
      'keys/ibm_kms_key.many["b"] -> keys/ibm_is_volume.chained["b"]',
      'keys/ibm_kms_key.orders -> keys/ibm_is_volume.cnt[0]',
      'keys/ibm_kms_key.orders -> keys/ibm_is_volume.cnt[1]',
      'keys/ibm_kms_key.orders -> keys/ibm_is_volume.each["x"]',
      'keys/ibm_kms_key.orders -> keys/ibm_is_volume.each["y"]',
      'keys/ibm_kms_key.orders -> keys/ibm_is_volume.vialocal',
      'keys/ibm_kms_key.orders -> keys/ibm_resource_instance.sm',
      'keys/ibm_kms_key.orders -> keys/ibm_resource_instance.smj',
      'keys/ibm_kms_key.orders -> keys/ibm_resource_instance.smj2',
      'keys/ibm_kms_key.orders -> workload/ibm_is_volume.data',
    ]);
  });

  it('says what it cannot link, under the stack', () => {
    expect(reasons(world)['keys/ibm_is_volume.cond']).toBe(
      'encryption_key is not known before apply and may come from any of keys/ibm_kms_key.imported, keys/ibm_kms_key.orders',
    );
  });

  it('finds the producer by its backend when the data source has a name of its own', () => {
    const consumer = fixture('shop', 'stacks', 'workload', 'cdk.tf.json');
    const renamed = JSON.parse(
      JSON.stringify(consumer).replaceAll('cross-stack-reference-input-keys', 'remote'),
    ) as never;
    const document = fixture('shop', 'stacks', 'keys', 'cdk.tf.json') as never;
    const both = worldFromStacks(
      [
        { name: 'a', document },
        { name: 'b', document: renamed },
      ],
      at,
    );
    expect(edges(both, 'protects')).toContain('a/ibm_kms_key.orders -> b/ibm_is_volume.data');
  });

  it('says so when the producer is not among them', () => {
    const alone = worldFromSynthesized(fixture('shop', 'stacks', 'workload', 'cdk.tf.json'), at);
    expect(reasons(alone)).toEqual({
      'ibm_is_volume.data':
        'encryption_key is not known before apply: it comes from the remote state cross-stack-reference-input-keys, which is of no stack of this source',
    });
  });
});

describe('what a stack cannot say is reported', () => {
  it.each([
    [
      '${var.key}',
      { variable: { key: {} } },
      'it comes from var.key, which has no value in a synthesized stack (a plan shows it)',
    ],
    [
      '${var.key}',
      { variable: { key: { sensitive: true, default: 'CANARY' } } },
      'it comes from var.key, which is sensitive',
    ],
    ['${var.key}', {}, 'it comes from var.key, which is not declared'],
    ['${local.key}', {}, 'it comes from local.key, which is not declared'],
    [
      '${local.a}',
      { locals: { a: '${local.b}', b: '${local.a}' } },
      'its expressions refer to each other in a circle',
    ],
    [
      '${module.keys.crn}',
      {},
      'it comes from module.keys, which a synthesized stack does not hold (a plan does)',
    ],
    ['${ibm_kms_key.missing.crn}', {}, 'it comes from ibm_kms_key.missing, which is not declared'],
    ['${each.value}', {}, 'each is used outside of for_each'],
    ['${count.index}', {}, 'count is used outside of count'],
  ])('%s %j', (encryption_key, more, problem) => {
    const world = stackOf({ ...keyed, ibm_is_volume: { v: volume(encryption_key) } }, more);
    expect(reasons(world)).toEqual({
      'ibm_is_volume.v': `encryption_key is not known before apply: ${problem}`,
    });
  });

  it('a module', () => {
    expect(reasons(stackOf(keyed, { module: { storage: { source: './storage' } } }))).toEqual({
      'module.storage': 'a synthesized stack does not hold what is in the module: ask the plan',
    });
  });
});

describe('what a stack says in other ways', () => {
  it('a variable that is null by default is no link to a key', () => {
    const variable = { key: { default: null } };
    const world = stackOf({ ...keyed, ibm_is_volume: { v: volume('${var.key}') } }, { variable });
    expect(edges(world, 'protects')).toEqual([]);
    expect(world.unmapped).toEqual([]);
  });

  it('key material from a variable makes a key imported, unless the variable is null by default', () => {
    const imported = (variable: object): unknown =>
      stackOf(
        { ibm_resource_instance: kp, ibm_kms_key: { k: { ...key.k, payload: '${var.material}' } } },
        { variable: { material: variable } },
      ).nodes.find(({ kind }) => kind === 'root-key');
    expect(imported({ sensitive: true })).toMatchObject({ imported: true });
    expect(imported({ sensitive: true, default: 'CANARY' })).toMatchObject({ imported: true });
    expect(imported({ sensitive: true, default: null })).toMatchObject({ imported: false });
  });

  it.each([
    [2, ['ibm_kms_key.k -> ibm_is_volume.v[0]', 'ibm_kms_key.k -> ibm_is_volume.v[1]']],
    ['${1 + 0}', ['ibm_kms_key.k -> ibm_is_volume.v[0]']],
    ['1', ['ibm_kms_key.k -> ibm_is_volume.v[0]']],
    [0, []],
  ])('a count of %j', (count, expected) => {
    const world = stackOf({ ...keyed, ibm_is_volume: { v: volume('${ibm_kms_key.k.crn}', { count }) } });
    expect(edges(world, 'protects')).toEqual(expected);
  });

  it('instances whose number is not known are one node that stands for all', () => {
    const world = stackOf({
      ...keyed,
      ibm_is_volume: { v: volume('${ibm_kms_key.k.crn}', { for_each: '${toset(ibm_kms_key.k.aliases)}' }) },
    });
    expect(edges(world, 'protects')).toEqual(['ibm_kms_key.k -> ibm_is_volume.v[*]']);
  });

  it('an argument that repeats one of another resource leads to what that one names', () => {
    const world = stackOf({
      ...keyed,
      ibm_is_volume: {
        v: volume('${ibm_kms_key.k.crn}'),
        w: volume('${ibm_is_volume.v.encryption_key}'),
      },
      ibm_iam_authorization_policy: {
        a: {
          source_service_name: 'server-protect',
          target_service_name: 'kms',
          target_resource_instance_id: '${ibm_kms_key.k.instance_crn}',
          roles: ['Reader'],
        },
      },
    });
    expect(edges(world, 'protects', 'authorizes')).toEqual([
      'ibm_iam_authorization_policy.a -> ibm_resource_instance.kp',
      'ibm_kms_key.k -> ibm_is_volume.v',
      'ibm_kms_key.k -> ibm_is_volume.w',
    ]);
  });

  it('dynamic blocks', () => {
    const block = (values: object): object => ({
      for_each: values,
      content: { name: '${resource_attributes.key}', value: '${resource_attributes.value}' },
    });
    const world = stackOf({
      ...keyed,
      ibm_iam_authorization_policy: {
        a: {
          subject_attributes: [{ name: 'serviceName', value: 'server-protect' }],
          dynamic: {
            resource_attributes: block({
              serviceName: 'kms',
              serviceInstance: '${ibm_resource_instance.kp.guid}',
            }),
          },
          roles: ['Reader'],
        },
      },
    });
    expect(edges(world, 'authorizes')).toEqual([
      'ibm_iam_authorization_policy.a -> ibm_resource_instance.kp',
    ]);
    expect(world.unmapped).toEqual([]);
  });

  it('blocks and bodies written as lists', () => {
    const world = worldFromSynthesized(
      {
        resource: [
          { ibm_resource_instance: [{ kp: [kp.kp] }] },
          { ibm_kms_key: key, ibm_is_volume: { v: [volume('${ibm_kms_key.k.crn}')] } },
        ],
      },
      at,
    );
    expect(edges(world, 'protects')).toEqual(['ibm_kms_key.k -> ibm_is_volume.v']);
  });
});
