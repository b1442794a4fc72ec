// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of Terraform
import { nodeIn, reasons, stack, withBase } from './stacks';

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

describe('policies of a key from elsewhere', () => {
  const of = (policies: object) =>
    reasons(stack({ ibm_kms_key_policies: { p: { instance_id: 'guid', key_id: 'key-1', ...policies } } }));

  test('for rotation are nothing to report', () => {
    expect(of({ rotation: [{ enabled: true, interval_month: 3 }] })).toEqual([]);
  });

  test('for dual authorization are reported: which key it protects is not known', () => {
    expect(of({ dual_auth_delete: [{ enabled: true }] })).toEqual([
      ['ibm_kms_key_policies.p', "key_id is 'key-1', which names no root key of this source"],
    ]);
  });
});

describe('policies of an instance', () => {
  const of = (policies: object) =>
    withBase({ ibm_kms_instance_policies: { p: { instance_id, ...policies } } });

  test('for dual authorization are reported, for they hold for later keys only', () => {
    const world = of({ dual_auth_delete: [{ enabled: true }] });
    expect(nodeIn(world, 'ibm_kms_key.k')).not.toHaveProperty('dualAuthDelete');
    expect(reasons(world)).toEqual([
      [
        'ibm_kms_instance_policies.p',
        'dual_auth_delete holds for keys that are created after it: read as if it did not for ibm_kms_key.k',
      ],
    ]);
  });

  test('for dual authorization are nothing to report where every key has its own', () => {
    const world = withBase({
      ibm_kms_instance_policies: { p: { instance_id, dual_auth_delete: [{ enabled: true }] } },
      ibm_kms_key_policies: {
        k: { instance_id, key_id: '${ibm_kms_key.k.key_id}', dual_auth_delete: [{ enabled: true }] },
      },
    });
    expect(reasons(world)).toEqual([]);
  });

  test.each([
    ['switched off', { dual_auth_delete: [{ enabled: false }] }],
    ['others', { metrics: [{ enabled: true }] }],
  ])('%s are nothing to report', (_case, policies) => {
    expect(reasons(of(policies))).toEqual([]);
  });
});
