/** `null_resource` and `null_data_source`. Source: hashicorp/terraform-provider-null `internal/provider`. */
import { unknownValue as unknown, type Value } from '../../../provider';
import { Catalog } from '../../../provider/core/server/catalog';
import { configureProvider } from '../../../provider/core/server/configure-provider';
import { Instance } from '../../../provider/core/server/instance';
import { planResourceChange } from '../../../provider/core/server/plan-resource-change';
import { readDataSource } from '../../../provider/core/server/read-data-source';
import { nullProvider } from '../../../provider/null/provider';
import { randomNumber } from '../../../provider/null/random';
import { fixedContext } from '../../support/awkward-provider';

async function configured(): Promise<Instance> {
  const instance = new Instance(new Catalog(nullProvider), fixedContext);
  await configureProvider(instance, { terraformVersion: '1.11.4', config: {} });
  return instance;
}

describe('a change of triggers replaces the resource, unless only null values come in', () => {
  test.each<[string, Value, Value, boolean]>([
    ['no change', { a: '1' }, { a: '1' }, false],
    ['a changed value', { a: '1' }, { a: '2' }, true],
    ['an added trigger', { a: '1' }, { a: '1', b: '2' }, true],
    ['a removed trigger', { a: '1', b: '2' }, { a: '1' }, true],
    ['an added trigger that is null', { a: '1' }, { a: '1', b: null }, false],
    ['a value that becomes null', { a: '1' }, { a: null }, true],
    ['triggers where there were none', null, { a: '1' }, true],
    ['null triggers where there were none', null, { a: null }, false],
    ['no triggers where there were some', { a: '1' }, null, true],
    ['triggers that are not known yet', { a: '1' }, unknown, true],
    ['a trigger that is not known yet', { a: '1' }, { a: unknown }, true],
  ])('%s', async (_name, before, triggers, replaced) => {
    const { requiresReplace, planned } = await planResourceChange(await configured(), {
      typeName: 'null_resource',
      prior: { id: '5', triggers: before },
      proposed: { id: '5', triggers },
      config: { id: null, triggers },
      private: undefined,
    });
    expect(requiresReplace).toEqual(replaced ? [[{ attribute: 'triggers' }]] : []);
    expect(planned).toEqual({ id: '5', triggers });
  });
});

test('the id is a whole number below 2^63 from the context', () => {
  expect(randomNumber(fixedContext)).toBe(0x0707070707070707n.toString());
  expect(randomNumber({ ...fixedContext, entropy: (length) => Buffer.alloc(length, 0xff) })).toBe(
    '9223372036854775807',
  );
});

test.each<[string, Value, string]>([
  ['given', 'mine', 'mine'],
  ['not given', null, 'default'],
])('the data source copies its inputs; its default is %s', async (_name, given, expected) => {
  const { state } = await readDataSource(await configured(), {
    typeName: 'null_data_source',
    config: { id: null, inputs: { a: '1' }, outputs: null, random: null, has_computed_default: given },
  });
  expect(state).toEqual({
    id: 'static',
    inputs: { a: '1' },
    outputs: { a: '1' },
    random: '506381209866536711',
    has_computed_default: expected,
  });
});
