// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import type { World } from '../../../../domain/world';
import { nodeIn, reasons, withBase } from './stacks';

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
