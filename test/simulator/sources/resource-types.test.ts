// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
/** What each resource type becomes, written as small synthesized stacks. */
import type { World, WorldNode } from '../../../domain/world';
import { worldFromSynthesized } from '../../../simulator';
import { at } from '../fixtures';

const kp = { name: 'kp', service: 'kms', plan: 'tiered-pricing', location: 'us-south' };
const base = {
  ibm_resource_instance: { kp },
  ibm_kms_key: { k: { instance_id: '${ibm_resource_instance.kp.guid}', key_name: 'k' } },
};

function stack(resources: object, more: object = {}): World {
  return worldFromSynthesized({ resource: resources, ...more }, at);
}

/** The base with more resources; types that both have are put together. */
function withBase(resources: Readonly<Record<string, object>>, more: object = {}): World {
  const merged: Record<string, object> = { ...base };
  for (const [type, named] of Object.entries(resources)) merged[type] = { ...merged[type], ...named };
  return stack(merged, more);
}

const nodeIn = (world: World, id: string): WorldNode | undefined =>
  world.nodes.find((node) => node.id === id);

const edges = (world: World, type: string): readonly string[] =>
  world.edges.filter((edge) => edge.type === type).map(({ from, to }) => `${from} -> ${to}`);

const reasons = (world: World): readonly (readonly [string, string])[] =>
  world.unmapped.map(({ address, reason }) => [address, reason]);

describe('ibm_resource_instance', () => {
  it.each([
    ['kms', { kind: 'kms-instance', service: 'kms', name: 'x', region: 'us-south' }],
    ['hs-crypto', { kind: 'kms-instance', service: 'hs-crypto' }],
    ['secrets-manager', { kind: 'secrets-manager-instance', name: 'x', region: 'us-south' }],
  ])('of %s is a node', (service, facts) => {
    const world = stack({
      ibm_resource_instance: { x: { name: 'x', service, plan: 'p', location: 'us-south' } },
    });
    expect(nodeIn(world, 'ibm_resource_instance.x')).toMatchObject(facts);
  });

  it('of another service is none and is reported only when it uses a key', () => {
    const cos = { name: 'x', service: 'cloud-object-storage', plan: 'p', location: 'global' };
    expect(withBase({ ibm_resource_instance: { x: cos } }).unmapped).toEqual([]);
    const using = withBase({
      ibm_resource_instance: { x: { ...cos, parameters: { key: '${ibm_kms_key.k.crn}' } } },
    });
    expect(reasons(using)).toEqual([
      [
        'ibm_resource_instance.x',
        'there is no rule for cloud-object-storage instances yet, and it depends on ibm_kms_key.k (through parameters)',
      ],
    ]);
  });

  const sm = (parameters: object): World =>
    withBase({
      ibm_resource_instance: {
        sm: { name: 'sm', service: 'secrets-manager', plan: 'p', location: 'us-south', ...parameters },
      },
    });

  it.each([
    ['parameters', { parameters: { kms_key: '${ibm_kms_key.k.crn}' } }],
    [
      'JSON text',
      {
        parameters_json:
          '{"kms_instance": "${ibm_resource_instance.kp.crn}", "kms_key": "${ibm_kms_key.k.crn}"}',
      },
    ],
    ['jsonencode', { parameters_json: '${jsonencode({ kms_key = ibm_kms_key.k.crn })}' }],
    ['a base64 of the whole that is not computed', { parameters_json: '${file(ibm_kms_key.k.crn)}' }],
  ])('of secrets-manager takes its key from %s', (_, parameters) => {
    expect(edges(sm(parameters), 'protects')).toEqual(['ibm_kms_key.k -> ibm_resource_instance.sm']);
  });

  it.each([
    ['no parameters', {}],
    ['others', { parameters: { 'allowed-network': 'private-only' } }],
    ['other JSON', { parameters_json: '{"kms_instance": "${ibm_resource_instance.kp.crn}"}' }],
    ['no JSON', { parameters_json: 'CANARY' }],
  ])('of secrets-manager with %s has a key of the provider', (_, parameters) => {
    expect(sm(parameters).edges.filter(({ type }) => type === 'protects')).toEqual([]);
    expect(sm(parameters).unmapped).toEqual([]);
  });

  it('of secrets-manager whose parameters are not known is reported', () => {
    const world = withBase(
      {
        ibm_resource_instance: {
          sm: {
            name: 'sm',
            service: 'secrets-manager',
            plan: 'p',
            location: 'us-south',
            parameters: '${var.p}',
          },
        },
      },
      { variable: { p: {} } },
    );
    expect(reasons(world)).toEqual([
      [
        'ibm_resource_instance.sm',
        'parameters.kms_key is not known before apply: it comes from var.p, which has no value in a synthesized stack (a plan shows it)',
      ],
    ]);
  });
});

describe('root keys', () => {
  it.each([
    ['ibm_kms_key', 'instance_id'],
    ['ibm_kp_key', 'key_protect_id'],
    ['ibm_kms_key_with_policy_overrides', 'instance_id'],
  ])('%s is one, in the instance of %s', (type, argument) => {
    const world = stack({
      ibm_resource_instance: { kp },
      [type]: {
        k: {
          key_name: 'orders',
          [argument]: '${ibm_resource_instance.kp.guid}',
          expiration_date: '2027-01-01T00:00:00Z',
        },
      },
    });
    expect(nodeIn(world, `${type}.k`)).toMatchObject({
      kind: 'root-key',
      name: 'orders',
      service: 'kms',
      state: 'active',
      imported: false,
      expiresAt: '2027-01-01T00:00:00Z',
    });
    expect(edges(world, 'contains')).toEqual([`ibm_resource_instance.kp -> ${type}.k`]);
  });

  it('a standard key is none', () => {
    const world = withBase({ ibm_kms_key: { s: { instance_id: 'x', key_name: 's', standard_key: true } } });
    expect(nodeIn(world, 'ibm_kms_key.s')).toBeUndefined();
    expect(world.unmapped).toEqual([]);
  });

  it('in an instance that is given by its GUID makes a node for it', () => {
    const world = stack({ ibm_kms_key: { k: { instance_id: 'guid-1', key_name: 'k' } } });
    expect(nodeIn(world, 'guid-1')).toEqual({
      kind: 'kms-instance',
      id: 'guid-1',
      name: 'guid-1',
      service: 'kms',
    });
    expect(edges(world, 'contains')).toEqual(['guid-1 -> ibm_kms_key.k']);
    expect(reasons(world)).toEqual([
      ['guid-1', 'it is not managed by this source: read as an instance of kms'],
    ]);
  });

  it('in an instance that is not known is reported', () => {
    const world = stack({ ibm_kms_key: { k: { instance_id: '${module.kms.guid}', key_name: 'k' } } });
    expect(reasons(world)).toEqual([
      [
        'ibm_kms_key.k',
        'instance_id is not known before apply: it comes from module.kms, which a synthesized stack does not hold (a plan does)',
      ],
    ]);
  });

  it('an expiration date that is none is left out', () => {
    const world = withBase({
      ibm_kms_key: { k: { instance_id: 'x', key_name: 'k', expiration_date: 'soon' } },
    });
    expect(nodeIn(world, 'ibm_kms_key.k')).not.toHaveProperty('expiresAt');
  });

  it('looked up under the name of one that is managed is that one', () => {
    const world = withBase(
      { ibm_is_volume: { v: { name: 'v', zone: 'z', encryption_key: '${data.ibm_kms_key.d.keys[0].crn}' } } },
      {
        data: {
          ibm_kms_key: {
            d: { instance_id: '${ibm_kms_key.k.instance_id}', key_name: '${ibm_kms_key.k.key_name}' },
          },
        },
      },
    );
    expect(edges(world, 'protects')).toEqual(['ibm_kms_key.k -> ibm_is_volume.v']);
    expect(nodeIn(world, 'data.ibm_kms_key.d')).toBeUndefined();
    expect(world.unmapped).toEqual([]);
  });
});

describe('keyquake_root_key_state', () => {
  it.each(['active', 'suspended'])('makes its key %s', (state) => {
    const world = withBase({
      keyquake_root_key_state: {
        s: { instance_id: '${ibm_kms_key.k.instance_id}', key_id: '${ibm_kms_key.k.key_id}', state },
      },
    });
    expect(nodeIn(world, 'ibm_kms_key.k')).toMatchObject({ state });
    expect(nodeIn(world, 'keyquake_root_key_state.s')).toBeUndefined();
  });

  it('names its key to others', () => {
    const world = withBase({
      keyquake_root_key_state: {
        s: { instance_id: 'x', key_id: '${ibm_kms_key.k.key_id}', state: 'active' },
      },
      ibm_is_volume: { v: { name: 'v', zone: 'z', encryption_key: '${keyquake_root_key_state.s.key_crn}' } },
    });
    expect(edges(world, 'protects')).toEqual(['ibm_kms_key.k -> ibm_is_volume.v']);
  });
});

describe('ibm_iam_authorization_policy', () => {
  const policy = (body: object): World =>
    withBase({ ibm_iam_authorization_policy: { a: { roles: ['Reader'], ...body } } });
  const services = { source_service_name: 'server-protect', target_service_name: 'kms' };
  const id = 'ibm_iam_authorization_policy.a';

  it('without an instance opens every instance of the service', () => {
    const world = withBase({
      ibm_iam_authorization_policy: { a: { roles: ['Reader'], ...services } },
      ibm_resource_instance: { other: { ...kp, name: 'other' }, hpcs: { ...kp, service: 'hs-crypto' } },
    });
    expect(edges(world, 'authorizes')).toEqual([
      `${id} -> ibm_resource_instance.kp`,
      `${id} -> ibm_resource_instance.other`,
    ]);
  });

  it.each([
    ['by reference', '${ibm_resource_instance.kp.guid}', 'ibm_resource_instance.kp'],
    ['by GUID outside the source', 'guid-1', 'guid-1'],
  ])('is limited to one instance %s', (_, target_resource_instance_id, targetInstance) => {
    const world = policy({ ...services, target_resource_instance_id });
    expect(nodeIn(world, id)).toMatchObject({ targetInstance });
    expect(edges(world, 'authorizes')).toEqual([`${id} -> ${targetInstance}`]);
  });

  it('holds the source type and instance', () => {
    const world = policy({
      ...services,
      source_service_name: 'is',
      source_resource_type: 'share',
      source_resource_instance_id: 'guid-2',
    });
    expect(nodeIn(world, id)).toMatchObject({
      sourceService: 'is',
      sourceResourceType: 'share',
      sourceInstance: 'guid-2',
    });
  });

  it('for another service than a key management service opens none', () => {
    const world = policy({ source_service_name: 'is', target_service_name: 'cloud-object-storage' });
    expect(nodeIn(world, id)).toMatchObject({ targetService: 'cloud-object-storage' });
    expect(edges(world, 'authorizes')).toEqual([]);
  });

  it.each([
    [{ source_resource_group_id: 'group' }, 'source_resource_group_id'],
    [{ target_resource_group_id: 'group' }, 'target_resource_group_id'],
    [{ target_resource_type: 'key' }, 'target_resource_type'],
    [{ subject_attributes: [{ name: 'region', value: 'us-south' }] }, 'region of subject_attributes'],
    [{ resource_attributes: [{ name: 'keyRing', value: 'ring' }] }, 'keyRing of resource_attributes'],
  ])('limited by %j is read as if it were not', (limit, name) => {
    expect(reasons(policy({ ...services, ...limit }))).toEqual([
      [id, `it is read as if it were not limited by ${name}`],
    ]);
  });

  it('limited to a source instance that is not known is read as if it were not', () => {
    expect(reasons(policy({ ...services, source_resource_instance_id: '${module.x.guid}' }))).toEqual([
      [
        id,
        'it is read as if it were not limited by source_resource_instance_id, which is not known before apply: it comes from module.x, which a synthesized stack does not hold (a plan does)',
      ],
    ]);
  });

  it('with roles that are not known is read as if it granted Reader', () => {
    const world = policy({ ...services, roles: '${module.x.roles}' });
    expect(nodeIn(world, id)).toMatchObject({ roles: ['Reader'] });
    expect(reasons(world)).toEqual([
      [id, 'roles are not known before apply: it is read as if it granted Reader'],
    ]);
  });

  it('that does not name its services is reported when it refers to a key', () => {
    expect(
      policy({ source_resource_group_id: 'g', target_resource_type: 'resource-group' }).unmapped,
    ).toEqual([]);
    const world = policy({
      source_service_name: 'is',
      resource_attributes: [{ name: 'resource', value: '${ibm_kms_key.k.key_id}' }],
    });
    expect(reasons(world)).toEqual([
      [
        id,
        'there is no rule for an authorization that does not name both services yet, and it depends on ibm_kms_key.k (through resource_attributes)',
      ],
    ]);
  });
});

describe('secrets and their locks', () => {
  const sm = { name: 'sm', service: 'secrets-manager', plan: 'p', location: 'us-south' };
  const world = withBase({
    ibm_resource_instance: { sm },
    ibm_sm_secret_group: { g: { instance_id: '${ibm_resource_instance.sm.guid}', name: 'g' } },
    ibm_sm_arbitrary_secret: {
      s: { instance_id: '${ibm_resource_instance.sm.guid}', name: 'db', payload: 'CANARY' },
    },
    keyquake_secret_lock: {
      written: {
        secret_id: '${ibm_sm_arbitrary_secret.s.secret_id}',
        name: 'a',
        attributes: { consumer: 'billing' },
      },
      referring: {
        secret_id: '${ibm_sm_arbitrary_secret.s.secret_id}',
        name: 'b',
        attributes: { crn: '${ibm_resource_instance.sm.crn}' },
      },
      previous: { secret_id: '${ibm_sm_arbitrary_secret.s.secret_id}', name: 'c', version: 'previous' },
      lost: { secret_id: '${module.m.secret}', name: 'd' },
    },
  });

  it('are nodes, a secret group is none', () => {
    expect(nodeIn(world, 'ibm_sm_arbitrary_secret.s')).toEqual({
      id: 'ibm_sm_arbitrary_secret.s',
      name: 'db',
      address: 'ibm_sm_arbitrary_secret.s',
      kind: 'secret',
      secretType: 'arbitrary',
    });
    expect(nodeIn(world, 'ibm_sm_secret_group.g')).toBeUndefined();
    expect(nodeIn(world, 'keyquake_secret_lock.written')).toMatchObject({
      consumer: 'billing',
      versionAlias: 'current',
    });
    expect(nodeIn(world, 'keyquake_secret_lock.referring')).toMatchObject({
      consumer: 'ibm_resource_instance.sm',
    });
    expect(nodeIn(world, 'keyquake_secret_lock.previous')).toMatchObject({ versionAlias: 'previous' });
    expect(nodeIn(world, 'keyquake_secret_lock.previous')).not.toHaveProperty('consumer');
  });

  it('are linked, or reported', () => {
    expect(edges(world, 'locks')).toHaveLength(3);
    expect(reasons(world)).toEqual([
      [
        'keyquake_secret_lock.lost',
        'secret_id is not known before apply: it comes from module.m, which a synthesized stack does not hold (a plan does)',
      ],
    ]);
  });
});

describe('types without a rule', () => {
  const one = (type: string, body: object): World => withBase({ [type]: { x: body } });

  it.each([
    ['ibm_is_share', { encryption_key: '${ibm_kms_key.k.crn}' }, 'ibm_kms_key.k (through encryption_key)'],
    [
      'ibm_cos_bucket',
      { key_protect: 'crn:v1:bluemix:public:kms:us-south:a/1:i:key:k' },
      'crn:v1:bluemix:public:kms:us-south:a/1:i:key:k (through key_protect)',
    ],
    ['ibm_database', { nested: { deep: ['${ibm_kms_key.k.crn}'] } }, 'ibm_kms_key.k (through nested)'],
    ['ibm_cos_bucket', { kms_key_crn: '${module.m.crn}' }, 'a key (through kms_key_crn)'],
    ['kubernetes_secret', { data: { key: '${ibm_kms_key.k.key_id}' } }, 'ibm_kms_key.k (through data)'],
  ])('%s %j is reported', (type, body, use) => {
    expect(reasons(one(type, body))).toEqual([
      [`${type}.x`, `there is no rule for ${type} yet, and it depends on ${use}`],
    ]);
  });

  it.each([
    ['ibm_is_vpc', { name: 'vpc' }],
    ['ibm_is_share_mount_target', { transit_encryption: 'user_managed' }],
    ['ibm_kms_key_rings', { instance_id: '${ibm_resource_instance.kp.guid}' }],
    ['ibm_kms_key_alias', { key_id: '${ibm_kms_key.k.key_id}' }],
    ['null_resource', { triggers: { key: '${ibm_kms_key.k.crn}' } }],
    ['terraform_data', { input: '${ibm_kms_key.k.crn}' }],
  ])('%s %j is not', (type, body) => {
    expect(one(type, body).unmapped).toEqual([]);
  });

  it('is reported for what depends on a key through something else', () => {
    const world = withBase({
      ibm_is_volume: { v: { name: 'v', zone: 'z', encryption_key: '${ibm_kms_key.k.crn}' } },
      ibm_is_snapshot: { s: { source_volume: '${ibm_is_volume.v.id}' } },
      ibm_is_instance: { i: { volumes: ['${ibm_is_volume.v.id}'] } },
    });
    expect(world.unmapped.map(({ address }) => address)).toEqual(['ibm_is_instance.i', 'ibm_is_snapshot.s']);
    expect(nodeIn(world, 'ibm_is_volume.v')).toMatchObject({ attached: true });
  });
});
