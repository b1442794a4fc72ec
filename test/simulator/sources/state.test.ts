import type { World } from '../../../domain/world';
import { SourceError, worldFromJson } from '../../../simulator';
import { at, fixture } from '../fixtures';

const edges = (world: World, ...types: readonly string[]): readonly string[] =>
  world.edges.filter(({ type }) => types.includes(type)).map(({ from, to }) => `${from} -> ${to}`);

const shown = (resources: readonly object[]): World =>
  worldFromJson({ format_version: '1.0', values: { root_module: { resources } } }, 'state.json', at);

const raw = (resources: readonly object[]): World =>
  worldFromJson({ version: 4, lineage: 'x', resources }, 'terraform.tfstate', at);

const instance = 'crn:v1:bluemix:public:kms:us-south:a/1:6f0a1c2e-0000-4000-8000-000000000001';
const keyCrn = `${instance}:key:6f0a1c2e-0000-4000-8000-000000000002`;
const volumeCrn = 'crn:v1:bluemix:public:is:us-south-1:a/1::volume:r006-1';

const key = (values: object): object => ({
  address: 'ibm_kms_key.k',
  mode: 'managed',
  type: 'ibm_kms_key',
  name: 'k',
  values: { id: keyCrn, crn: keyCrn, key_name: 'k', ...values },
});

describe('a state', () => {
  const world = worldFromJson(fixture('modules', 'state.json'), 'state.json', at);

  it('links by what its values name, where a plan could not', () => {
    expect(edges(world, 'protects')).toEqual(
      expect.arrayContaining([
        'ibm_kms_key.imported -> ibm_is_volume.conditional',
        'ibm_kms_key.pool[1] -> ibm_is_volume.via_local',
        'ibm_kms_key.zone["b"] -> module.storage["b"].module.volume[1].ibm_is_volume.this',
        'module.keys.ibm_kms_key.second -> ibm_is_volume.from_object',
      ]),
    );
    expect(world.unmapped).toContainEqual({
      address: 'ibm_is_volume.wrong',
      reason: 'encryption_key names ibm_kms_key.standard, which is no root key',
    });
  });

  it('reads the same from the file as from what terraform prints', () => {
    const file = worldFromJson(fixture('orders', 'state-file.json'), 'terraform.tfstate', at);
    expect(file).toEqual(worldFromJson(fixture('orders', 'state.json'), 'state.json', at));
    expect(file.nodes).toHaveLength(13);
  });

  it.each([
    ['1', 'active'],
    ['2', 'suspended'],
    ['3', 'deactivated'],
    ['5', 'destroyed'],
    ['4', 'active'],
    ['', 'active'],
    [null, 'active'],
  ])('takes resource_status %j for a key that is %s', (resource_status, state) => {
    expect(shown([key({ resource_status })]).nodes[0]).toMatchObject({ kind: 'root-key', state });
  });

  it.each([
    [{ payload: 'CANARY' }, true],
    [{ encrypted_nonce: 'CANARY' }, true],
    [{ iv_value: 'CANARY' }, true],
    [{ payload: '' }, false],
    [{ payload: null }, false],
    [{}, false],
  ])('takes a key with %j for imported: %s', (values, imported) => {
    expect(shown([key(values)]).nodes[0]).toMatchObject({ imported });
  });

  it('lets a key be in the state it is to be in, unless it is past that', () => {
    const wanted = {
      address: 'keyquake_root_key_state.s',
      mode: 'managed',
      type: 'keyquake_root_key_state',
      name: 's',
      values: { key_id: keyCrn, state: 'suspended' },
    };
    expect(shown([key({ resource_status: '1' }), wanted]).nodes[0]).toMatchObject({ state: 'suspended' });
    expect(shown([key({ resource_status: '3' }), wanted]).nodes[0]).toMatchObject({ state: 'deactivated' });
  });

  it('reports what is registered on a key and not in the source', () => {
    const registrations = [{ key_id: 'x', resource_crn: volumeCrn, prevent_key_deletion: false }];
    expect(shown([key({ registrations })]).unmapped).toContainEqual({
      address: 'ibm_kms_key.k',
      reason: `${volumeCrn} is registered on the key and not managed by this source`,
    });
    const volume = {
      address: 'ibm_is_volume.v',
      mode: 'managed',
      type: 'ibm_is_volume',
      name: 'v',
      values: { id: 'r006-1', crn: volumeCrn, name: 'v', encryption_key: keyCrn },
    };
    expect(
      shown([key({ registrations, instance_id: `${instance}::` }), volume]).unmapped.map(
        ({ address }) => address,
      ),
    ).toEqual([`${instance}::`]);
  });

  it('reports a volume whose key it does not show', () => {
    const volume = {
      address: 'ibm_is_volume.v',
      mode: 'managed',
      type: 'ibm_is_volume',
      name: 'v',
      values: { id: 'r006-1', name: 'v', encryption_type: 'user_managed' },
    };
    expect(shown([volume]).unmapped).toEqual([
      { address: 'ibm_is_volume.v', reason: 'it is encrypted with a root key that the source does not show' },
    ]);
  });

  it('takes two addresses with one CRN for one key', () => {
    const data = {
      address: 'data.ibm_kms_key.k',
      mode: 'data',
      type: 'ibm_kms_key',
      name: 'k',
      values: {
        instance_id: '6f0a1c2e-0000-4000-8000-000000000001',
        keys: [{ crn: keyCrn, id: 'x', name: 'k' }],
      },
    };
    expect(shown([data, key({})]).nodes.map(({ id }) => id)).toEqual(['ibm_kms_key.k']);
  });

  it('compares a sensitive CRN and never shows it', () => {
    const volume = (encryption_key: string): object => ({
      address: 'ibm_is_volume.v',
      mode: 'managed',
      type: 'ibm_is_volume',
      name: 'v',
      values: { id: 'r006-1', name: 'v', encryption_key },
      sensitive_values: { encryption_key: true },
    });
    expect(edges(shown([key({}), volume(keyCrn)]), 'protects')).toEqual(['ibm_kms_key.k -> ibm_is_volume.v']);
    expect(shown([key({}), volume(`${instance}:key:CANARY`)]).unmapped).toEqual([
      {
        address: 'ibm_is_volume.v',
        reason: 'encryption_key is sensitive and names no root key of this source',
      },
    ]);
  });

  it('is a world without anything when it is empty', () => {
    expect(worldFromJson({ format_version: '1.0' }, 'state.json', at)).toEqual({
      at: '2026-01-01T00:00:00.000Z',
      nodes: [],
      edges: [],
      unmapped: [],
    });
  });
});

describe('addresses of a state file', () => {
  const volume = (more: object, instances: readonly object[]): object => ({
    mode: 'managed',
    type: 'ibm_is_volume',
    name: 'v',
    instances: instances.map((one) => ({ attributes: { name: 'v' }, ...one })),
    ...more,
  });

  it.each([
    ['of the only instance', volume({}, [{}]), ['ibm_is_volume.v']],
    [
      'with count',
      volume({}, [{ index_key: 0 }, { index_key: 1 }]),
      ['ibm_is_volume.v[0]', 'ibm_is_volume.v[1]'],
    ],
    ['with for_each', volume({}, [{ index_key: 'a"b' }]), ['ibm_is_volume.v["a\\"b"]']],
    [
      'in a module',
      volume({ module: 'module.m["x"].module.n[0]' }, [{}]),
      ['module.m["x"].module.n[0].ibm_is_volume.v'],
    ],
  ])('%s', (_, resource, addresses) => {
    expect(raw([resource]).nodes.map(({ address }) => address)).toEqual(addresses);
  });

  it('report what a replacement left behind', () => {
    const world = raw([volume({}, [{}, { deposed: 'a1b2c3d4' }])]);
    expect(world.nodes).toHaveLength(1);
    expect(world.unmapped).toEqual([
      {
        address: 'ibm_is_volume.v',
        reason:
          'an earlier object of it (deposed a1b2c3d4) still awaits deletion: what depends on it is not read',
      },
    ]);
    const printed = shown([
      {
        address: 'ibm_is_volume.v',
        mode: 'managed',
        type: 'ibm_is_volume',
        name: 'v',
        deposed_key: 'a1b2c3d4',
      },
    ]);
    expect(printed.unmapped).toEqual(world.unmapped);
  });
});

describe('a state of another version', () => {
  it.each([
    [3, '3'],
    ['4', '"4"'],
    [null, 'object'],
  ])('file version %j is refused', (version, named) => {
    expect(() => worldFromJson({ version, lineage: 'x' }, 'terraform.tfstate', at)).toThrow(
      new SourceError(
        `the Terraform state has version ${named}; only version 4 is read: let Terraform 0.12 or later upgrade it, or pass what 'terraform show -json' prints`,
      ),
    );
  });

  it('format 2.0 is refused', () => {
    expect(() => worldFromJson({ format_version: '2.0', values: {} }, 'state.json', at)).toThrow(
      new SourceError(
        `the Terraform state has format_version "2.0"; only 1.x is read: print it with 'terraform show -json' of Terraform 1.x`,
      ),
    );
  });
});
