/** How long each operation may last (ibm-control-plane.md 3 and 4, the facts), and that a `timeouts` block says otherwise. */
import { Catalog } from '../../../provider/core/server/catalog';
import { Instance, operation } from '../../../provider/core/server/instance';
import { ibmProvider } from '../../../provider/ibm/provider';
import { fixedContext } from '../../support/awkward-provider';

const catalog = new Catalog(ibmProvider);
const minutes = 60_000;

/** In minutes, by operation; an operation that is not named has no limit. */
const limits: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  ibm_iam_authorization_policy: {},
  ibm_kms_instance_policies: { create: 10, update: 10 },
  ibm_kms_key: { create: 10, update: 10 },
  ibm_kms_key_alias: {},
  ibm_kms_key_policies: { create: 10, update: 10 },
  ibm_kms_key_rings: {},
  ibm_kms_key_with_policy_overrides: { create: 10, update: 10 },
  ibm_kp_key: { create: 60, update: 60 },
  ibm_resource_group: { delete: 20 },
  ibm_resource_instance: { create: 10, update: 10, delete: 10 },
  ibm_resource_reclamation_delete: {},
};

const operations = ['create', 'read', 'update', 'delete'];

describe.each(Object.entries(limits))('%s', (type, expected) => {
  const { schema } = catalog.resources.get(type);
  const instance = new Instance(catalog, fixedContext);
  const timeoutOf = (name: string, timeouts: Readonly<Record<string, string>> | null) =>
    operation(instance, schema, name, { timeouts }).timeout;

  test.each(operations)('%s, without a block', (name) => {
    const limit = expected[name];
    expect(timeoutOf(name, null)).toBe(limit === undefined ? undefined : limit * minutes);
  });

  test('its block takes these operations and no others, and what it says counts', () => {
    const { attributes } = schema.block.blocks.get('timeouts')?.block ?? {};
    expect([...(attributes?.keys() ?? [])].sort()).toEqual(Object.keys(expected).sort());
    for (const name of Object.keys(expected)) {
      expect(timeoutOf(name, { [name]: '1h30m' })).toBe(90 * minutes);
    }
  });
});
