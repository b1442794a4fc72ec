// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import { nodeIn, withBase } from './stacks';

const instance_id = '${ibm_resource_instance.kp.guid}';

/** Dual authorization of the one key `ibm_kms_key.own`, as its policies say. */
function dualAuthDelete(policies: object): unknown {
  const world = withBase({
    ibm_kms_key: { own: { instance_id, key_name: 'own' } },
    ibm_kms_key_policies: { own: { instance_id, key_id: '${ibm_kms_key.own.key_id}', ...policies } },
  });
  const key = nodeIn(world, 'ibm_kms_key.own');
  return key?.kind === 'root-key' ? key.dualAuthDelete : 'no key';
}

test.each([
  ['switched on', { dual_auth_delete: [{ enabled: true }] }, true],
  ['switched off', { dual_auth_delete: [{ enabled: false }] }, undefined],
  ['not mentioned', { rotation: [{ enabled: true, interval_month: 3 }] }, undefined],
])('dual authorization %s', (_case, policies, expected) => {
  expect(dualAuthDelete(policies)).toBe(expected);
});

test('policies that come with the key say it, too', () => {
  const world = withBase({
    ibm_kms_key_with_policy_overrides: {
      own: { instance_id, key_name: 'own', dual_auth_delete: [{ enabled: true }] },
    },
  });
  expect(nodeIn(world, 'ibm_kms_key_with_policy_overrides.own')).toMatchObject({ dualAuthDelete: true });
});
