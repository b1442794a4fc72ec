/** What a resource adds to the plan rules: differences that mean nothing, and the form in which values are stored. */
import { pathText } from '../../../provider/core/path';
import type { PlanRules } from '../../../provider/core/plan';
import { unknownValue as unknown } from '../../../provider/core/values';
import { plan, rulesOf } from '../../support/planning';

const text = { type: 'string' } as const;

describe('hooks', () => {
  const block = {
    attributes: { url: { ...text, optional: true }, json: { ...text, optional: true } },
    block_types: {
      site: { nesting_mode: 'list', block: { attributes: { url: { ...text, optional: true } } } },
    },
  };
  const asked: string[] = [];
  const ignoreCase: NonNullable<PlanRules['diffSuppress']>[string] = ({ path, prior, planned, state }) => {
    asked.push(`${pathText(path)} of ${String(state.json)}`);
    return String(prior).toLowerCase() === String(planned).toLowerCase();
  };
  const rules = rulesOf(
    block,
    {},
    {
      diffSuppress: { url: ignoreCase, 'site.url': ignoreCase },
      stateFunc: { json: (value) => JSON.stringify(JSON.parse(String(value))) },
    },
  );
  beforeEach(() => asked.splice(0));

  test('a difference that means nothing keeps the prior value', () => {
    const prior = { url: 'HTTP://A', json: '{}', site: [{ url: 'HTTP://B' }] };
    const config = { url: 'http://a', json: '{ }', site: [{ url: 'http://b' }] };
    expect(plan(rules, { prior, config }).planned).toEqual(prior);
    expect(asked).toEqual(['url of {}', 'site[0].url of {}']);
  });

  test('one that means something does not, and an equal value is not asked about', () => {
    const prior = { url: 'a', json: null, site: [{ url: 'b' }] };
    const config = { ...prior, site: [{ url: 'c' }] };
    expect(plan(rules, { prior, config }).planned).toEqual(config);
    expect(asked).toEqual(['site[0].url of null']);
  });

  test('nothing is suppressed at creation', () => {
    const config = { url: 'a', json: null, site: [] };
    expect(plan(rules, { prior: null, config }).planned).toEqual(config);
    expect(asked).toEqual([]);
  });

  test('a configured value is planned in the form in which it is stored', () => {
    const config = { url: null, json: '{ "a" : 1 }', site: [] };
    expect(plan(rules, { prior: null, config }).planned.json).toBe('{"a":1}');
    expect(plan(rules, { prior: null, config: { ...config, json: unknown } }).planned.json).toBe(unknown);
  });
});
