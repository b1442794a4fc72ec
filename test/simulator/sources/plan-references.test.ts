/** What the references in a plan's configuration lead to. */
import type { World } from '../../../domain/world';
import { worldFromJson } from '../../../simulator';
import { at } from '../fixtures';

const edges = (world: World, ...types: readonly string[]): readonly string[] =>
  world.edges.filter(({ type }) => types.includes(type)).map(({ from, to }) => `${from} -> ${to}`);

/** A plan of one volume; the rest of the plan as given. */
function planOf(
  volume: object,
  more: { readonly resources?: readonly object[]; readonly calls?: object } = {},
): World {
  const key = { mode: 'managed', type: 'ibm_kms_key', name: 'k' };
  const planned = (one: { readonly address: string }): object => ({
    ...one,
    values: { key_name: one.address },
  });
  const instances = [
    { address: 'ibm_kms_key.k["a"]', index: 'a', ...key },
    { address: 'ibm_kms_key.k["b"]', index: 'b', ...key },
  ];
  const v = { address: 'ibm_is_volume.v', mode: 'managed', type: 'ibm_is_volume', name: 'v' };
  return worldFromJson(
    {
      format_version: '1.2',
      planned_values: {
        root_module: {
          resources: [...instances.map(planned), { ...v, values: { name: 'v' } }, ...(more.resources ?? [])],
        },
      },
      resource_changes: [{ ...v, change: { actions: ['create'], after_unknown: { encryption_key: true } } }],
      configuration: {
        root_module: {
          resources: [
            { address: 'ibm_kms_key.k', ...key, expressions: {}, for_each_expression: {} },
            { ...v, ...volume },
          ],
          module_calls: more.calls,
        },
      },
    },
    'plan.json',
    at,
  );
}

describe('references of a plan', () => {
  const refs = (...references: readonly string[]): object => ({
    expressions: { encryption_key: { references } },
  });

  it.each([
    [
      'a constant key',
      refs('ibm_kms_key.k["a"].crn', 'ibm_kms_key.k["a"]', 'ibm_kms_key.k'),
      ['ibm_kms_key.k["a"] -> ibm_is_volume.v'],
    ],
    ['no key, with several instances', refs('ibm_kms_key.k'), []],
    ['an index that is no instance key of the volume', refs('ibm_kms_key.k', 'each.key'), []],
    [
      'only things that are no resources',
      refs('path.module', 'terraform.workspace', 'count.index', 'self.id'),
      [],
    ],
  ])('with %s', (_, volume, expected) => {
    expect(edges(planOf(volume), 'protects')).toEqual(expected);
  });

  it.each([
    [
      refs('ibm_kms_key.k'),
      'encryption_key is not known before apply and may come from any of ibm_kms_key.k["a"], ibm_kms_key.k["b"]',
    ],
    [
      refs('ibm_is_volume.v.encryption_key', 'ibm_is_volume.v'),
      'encryption_key is not known before apply and leads to no root key: it comes from ibm_is_volume.v',
    ],
    [refs('path.module'), 'encryption_key is not known before apply and refers to no resource'],
    [
      refs('ibm_kms_key.gone.crn', 'ibm_kms_key.gone'),
      'encryption_key is not known before apply: ibm_kms_key.gone is not in this source',
    ],
    [
      refs('module.gone.crn', 'module.gone'),
      'encryption_key is not known before apply: there is no module.gone in the configuration',
    ],
  ])('%j say why they lead nowhere', (volume, reason) => {
    expect(planOf(volume).unmapped).toContainEqual({ address: 'ibm_is_volume.v', reason });
  });

  it('to all instances are no link to the one with the same key, unless the expression has an index that says so', () => {
    const world = (...references: readonly string[]): World => {
      const v = { mode: 'managed', type: 'ibm_is_volume', name: 'each' };
      const address = 'ibm_is_volume.each["a"]';
      const document = {
        format_version: '1.2',
        planned_values: {
          root_module: {
            resources: [
              ...['a', 'b'].map((index) => ({
                address: `ibm_kms_key.k["${index}"]`,
                mode: 'managed',
                type: 'ibm_kms_key',
                name: 'k',
                index,
                values: {},
              })),
              { ...v, address, index: 'a', values: { name: 'v' } },
            ],
          },
        },
        resource_changes: [
          { ...v, address, change: { actions: ['create'], after_unknown: { encryption_key: true } } },
        ],
        configuration: {
          root_module: {
            resources: [
              { ...v, address: 'ibm_is_volume.each', expressions: { encryption_key: { references } } },
            ],
          },
        },
      };
      return worldFromJson(document, 'plan.json', at);
    };
    expect(edges(world('ibm_kms_key.k'), 'protects')).toEqual([]);
    expect(edges(world('ibm_kms_key.k', 'each.key'), 'protects')).toEqual([
      'ibm_kms_key.k["a"] -> ibm_is_volume.each["a"]',
    ]);
  });

  it('to a module as a whole lead to the one key among its outputs', () => {
    const module = {
      resources: [
        {
          address: 'ibm_kms_key.inner',
          mode: 'managed',
          type: 'ibm_kms_key',
          name: 'inner',
          expressions: {},
        },
      ],
      outputs: {
        crn: { expression: { references: ['ibm_kms_key.inner.crn', 'ibm_kms_key.inner'] } },
        label: { expression: { constant_value: 'x' } },
      },
    };
    const world = planOf(refs('module.m', 'each.key'), {
      resources: [
        {
          address: 'module.m["a"].ibm_kms_key.inner',
          mode: 'managed',
          type: 'ibm_kms_key',
          name: 'inner',
          values: {},
        },
      ],
      calls: { m: { for_each_expression: {}, module } },
    });
    expect(edges(world, 'protects')).toEqual(['module.m["a"].ibm_kms_key.inner -> ibm_is_volume.v']);
  });
});
