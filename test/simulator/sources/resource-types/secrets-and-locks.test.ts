// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import { edges, nodeIn, reasons, withBase } from './stacks';

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
