// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import { worldFromJson } from '../../../../simulator';
import { at } from '../../fixtures';
import { edges, kp, nodeIn, reasons, stack } from './stacks';

const assumed =
  'the instance is looked up, not managed by this source: what else it holds, or what it is encrypted with, is not seen';

const keyIn = (instance: string) => ({
  ibm_kms_key: { k: { instance_id: `\${${instance}.guid}`, key_name: 'k' } },
});

describe('an instance that is looked up', () => {
  it('holds the keys that name it, and is reported', () => {
    const world = stack(keyIn('data.ibm_resource_instance.kp'), {
      data: { ibm_resource_instance: { kp: { name: 'shared', service: 'kms', location: 'us-south' } } },
    });
    expect(nodeIn(world, 'data.ibm_resource_instance.kp')).toEqual({
      id: 'data.ibm_resource_instance.kp',
      address: 'data.ibm_resource_instance.kp',
      kind: 'kms-instance',
      service: 'kms',
      name: 'shared',
      region: 'us-south',
    });
    expect(edges(world, 'contains')).toEqual(['data.ibm_resource_instance.kp -> ibm_kms_key.k']);
    expect(reasons(world)).toEqual([['data.ibm_resource_instance.kp', assumed]]);
  });

  it('under the name of a managed one is that one', () => {
    const world = stack(
      { ibm_resource_instance: { kp }, ...keyIn('data.ibm_resource_instance.d') },
      { data: { ibm_resource_instance: { d: { name: 'kp', service: 'kms' } } } },
    );
    expect(nodeIn(world, 'data.ibm_resource_instance.d')).toBeUndefined();
    expect(edges(world, 'contains')).toEqual(['ibm_resource_instance.kp -> ibm_kms_key.k']);
    expect(reasons(world)).toEqual([]);
  });

  it.each([
    ['service', { name: 'kp', service: 'hs-crypto' }],
    ['region', { name: 'kp', service: 'kms', location: 'eu-de' }],
  ])('of another %s is another one, whatever its name', (_fact, lookup) => {
    const world = stack(
      { ibm_resource_instance: { kp }, ...keyIn('data.ibm_resource_instance.d') },
      { data: { ibm_resource_instance: { d: lookup } } },
    );
    expect(edges(world, 'contains')).toEqual(['data.ibm_resource_instance.d -> ibm_kms_key.k']);
  });

  it('is found before the keys that are looked up in it', () => {
    const world = stack(
      { ibm_resource_instance: { kp }, ...keyIn('ibm_resource_instance.kp') },
      {
        data: {
          ibm_kms_key: { a: { instance_id: '${data.ibm_resource_instance.d.guid}', key_name: 'k' } },
          ibm_resource_instance: { d: { name: 'kp', service: 'kms' } },
        },
      },
    );
    expect(nodeIn(world, 'data.ibm_kms_key.a')).toBeUndefined();
    expect(reasons(world)).toEqual([]);
  });

  it('of Secrets Manager is protected by the key that its parameters show', () => {
    const crn = `crn:v1:bluemix:public:kms:us-south:a/${'0'.repeat(32)}:guid-1:key:key-1`;
    const values = {
      id: 'crn-of-sm',
      name: 'vault',
      service: 'secrets-manager',
      parameters_json: JSON.stringify({ kms_key: crn }),
    };
    const resource = {
      address: 'data.ibm_resource_instance.sm',
      mode: 'data',
      type: 'ibm_resource_instance',
      name: 'sm',
      values,
    };
    const world = worldFromJson(
      { format_version: '1.0', values: { root_module: { resources: [resource] } } },
      'state.json',
      at,
    );
    expect(edges(world, 'protects')).toEqual([`${crn} -> data.ibm_resource_instance.sm`]);
  });
});
