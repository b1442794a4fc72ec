// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import type { World } from '../../../../domain/world';
import { edges, kp, nodeIn, reasons, withBase } from './stacks';

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
