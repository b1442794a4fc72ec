/** Attributes that only the provider fills: a configuration that sets one is refused, in the words of the vendor's SDK (schema.go, validate). */
import type { AttributeFacts } from '../../../provider/core/facts';
import { pathText } from '../../../provider/core/path';
import { fromFacts } from '../../../provider/core/schema';
import { validateConfig } from '../../../provider/core/validate';
import { unknownValue, type ValueObject } from '../../../provider/core/values';

const computed = { type: 'string', computed: true } as const;
const schema = fromFacts({
  type: 'test_type',
  wire: {
    version: 0,
    block: {
      attributes: { id: computed, both: { type: 'string', optional: true, computed: true } },
      block_types: { policy: { nesting_mode: 'list', block: { attributes: { crn: computed } } } },
    },
  },
  planning: { attributes: {} as Readonly<Record<string, AttributeFacts>>, validators: [] },
});
const nothing = { id: null, both: null, policy: [] };

test.each<[string, ValueObject, string[]]>([
  ['left out', { policy: [{ crn: null }] }, []],
  ['computed and optional', { both: 'x' }, []],
  ['set', { id: 'x' }, ['id']],
  ['set to what is not known yet', { id: unknownValue }, ['id']],
  ['set within a block', { policy: [{ crn: 'x' }] }, ['policy.0.crn']],
])('%s', (_name, config, names) => {
  const rules = { schema, validators: {}, notEmulated: [], legacy: true, writeOnlyAllowed: true };
  const { items } = validateConfig(rules, { ...nothing, ...config });
  expect(items.map(({ summary, detail }) => [summary, detail])).toEqual(
    names.map((name) => [
      'Value for unconfigurable attribute',
      `Can't configure a value for "${name}": its value will be decided automatically based on the result of applying this configuration.`,
    ]),
  );
  expect(items.map(({ attribute = [] }) => pathText(attribute).replace(/\[(\d+)\]/, '.$1'))).toEqual(names);
});
