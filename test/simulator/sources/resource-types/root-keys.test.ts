// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import { edges, kp, nodeIn, reasons, stack, withBase } from './stacks';

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

describe('root keys that are looked up', () => {
  const assumed =
    'the key is looked up, not managed by this source: read as an active key that the service generated, whose deletion cannot be undone';
  const volume = (type: string) => ({
    ibm_is_volume: { v: { name: 'v', zone: 'z', encryption_key: `\${data.${type}.d.keys[0].crn}` } },
  });

  it.each([
    ['ibm_kms_key', 'instance_id'],
    ['ibm_kms_keys', 'instance_id'],
    ['ibm_kp_key', 'key_protect_id'],
  ])('by data.%s: what they protect is found', (type, argument) => {
    const world = stack(
      { ibm_resource_instance: { kp }, ...volume(type) },
      { data: { [type]: { d: { [argument]: '${ibm_resource_instance.kp.guid}', key_name: 'shared' } } } },
    );
    expect(nodeIn(world, `data.${type}.d`)).toMatchObject({
      kind: 'root-key',
      name: 'shared',
      state: 'active',
    });
    expect(edges(world, 'protects')).toEqual([`data.${type}.d -> ibm_is_volume.v`]);
    expect(edges(world, 'contains')).toEqual([`ibm_resource_instance.kp -> data.${type}.d`]);
    expect(reasons(world)).toEqual([[`data.${type}.d`, assumed]]);
  });

  it('by a lookup of all keys of an instance: none is taken for the one that is used', () => {
    const world = stack(
      { ibm_resource_instance: { kp }, ...volume('ibm_kms_keys') },
      { data: { ibm_kms_keys: { d: { instance_id: '${ibm_resource_instance.kp.guid}' } } } },
    );
    expect(nodeIn(world, 'data.ibm_kms_keys.d')).toBeUndefined();
    expect(reasons(world)).toEqual([
      [
        'ibm_is_volume.v',
        'encryption_key is not known before apply and leads to no root key: it comes from data.ibm_kms_keys.d',
      ],
    ]);
  });
});
