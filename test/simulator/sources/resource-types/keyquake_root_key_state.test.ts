// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import { edges, nodeIn, withBase } from './stacks';

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
