/**
 * Plan rules, table by table. Expected plans: terraform-plugin-protocol.md 4; for the vendor's types the behaviour of
 * hashicorp/terraform-plugin-sdk v2 (ibm-control-plane.md 3.0).
 */
import type { WireBlock } from '../../../provider/core/facts';
import { attributePath, pathText } from '../../../provider/core/path';
import { unknownValue as unknown, type ValueObject } from '../../../provider/core/values';
import { type Case, plan, rulesOf } from '../../support/planning';

const text = { type: 'string' } as const;

describe('attributes', () => {
  const rules = rulesOf(
    {
      attributes: {
        required: { ...text, required: true },
        optional: { ...text, optional: true },
        computed: { ...text, computed: true },
        both: { ...text, optional: true, computed: true },
        defaulted: { ...text, optional: true, computed: true },
        count: { type: 'number', optional: true, computed: true },
        anew: { ...text, computed: true },
        secret: { ...text, optional: true, write_only: true },
        fixed: { ...text, optional: true },
      },
    },
    {
      defaulted: { default: 'plain' },
      count: { default: 3 },
      anew: { unknownOnUpdate: true },
      fixed: { forceNew: true },
    },
  );
  const nothing = {
    required: null,
    optional: null,
    computed: null,
    both: null,
    defaulted: null,
    count: null,
    anew: null,
    secret: null,
    fixed: null,
  };
  const config = { ...nothing, required: 'a' };
  const prior = {
    ...nothing,
    required: 'a',
    computed: 'c',
    both: 'b',
    defaulted: 'plain',
    count: 3,
    anew: 'x',
  };

  test.each<[string, Case, ValueObject, string[]]>([
    [
      'create: computed ones are unknown, defaults are filled in',
      { prior: null, config },
      { ...config, computed: unknown, both: unknown, defaulted: 'plain', count: 3, anew: unknown },
      [],
    ],
    [
      'create: configured values win, and write-only ones are gone',
      { prior: null, config: { ...config, both: 'mine', defaulted: 'fancy', secret: 'canary' } },
      { ...config, both: 'mine', defaulted: 'fancy', computed: unknown, count: 3, anew: unknown },
      [],
    ],
    [
      'create: what is not known yet stays unknown',
      { prior: null, config: { ...config, required: unknown, optional: unknown } },
      {
        ...config,
        required: unknown,
        optional: unknown,
        computed: unknown,
        both: unknown,
        defaulted: 'plain',
        count: 3,
        anew: unknown,
      },
      [],
    ],
    ['no change: the prior state', { prior, config, proposed: { ...prior } }, prior, []],
    [
      'update: computed ones stay, except those that every update sets anew',
      { prior, config: { ...config, optional: 'new' }, proposed: { ...prior, optional: 'new' } },
      { ...prior, optional: 'new', anew: unknown },
      [],
    ],
    [
      'update: an optional one that was removed is null',
      { prior: { ...prior, optional: 'old' }, config, proposed: { ...prior, optional: null } },
      { ...prior, optional: null, anew: unknown },
      [],
    ],
    [
      'update: a removed value goes back to its default, not to the prior value',
      { prior: { ...prior, defaulted: 'fancy' }, config, proposed: { ...prior, defaulted: 'fancy' } },
      { ...prior, defaulted: 'plain', anew: unknown },
      [],
    ],
    [
      'update: an optional and computed one that was removed keeps its value',
      { prior: { ...prior, both: 'mine' }, config, proposed: { ...prior, both: 'mine' } },
      { ...prior, both: 'mine' },
      [],
    ],
    [
      'update: an empty text is a value',
      { prior, config: { ...config, both: '' }, proposed: { ...prior, both: '' } },
      { ...prior, both: '', anew: unknown },
      [],
    ],
    [
      'update: computed ones that have no value yet may get one',
      {
        prior: { ...prior, computed: null, both: null },
        config: { ...config, optional: 'new' },
        proposed: { ...prior, computed: null, both: null, optional: 'new' },
      },
      { ...prior, optional: 'new', computed: unknown, both: unknown, anew: unknown },
      [],
    ],
    [
      'no change: they stay without',
      { prior: { ...prior, computed: null }, config, proposed: { ...prior, computed: null } },
      { ...prior, computed: null },
      [],
    ],
    [
      'replace: a forcing attribute that changes',
      { prior, config: { ...config, fixed: 'f' }, proposed: { ...prior, fixed: 'f' } },
      { ...prior, fixed: 'f', anew: unknown },
      ['fixed'],
    ],
    [
      'replace: a forcing attribute that is removed',
      { prior: { ...prior, fixed: 'f' }, config, proposed: { ...prior } },
      { ...prior, anew: unknown },
      ['fixed'],
    ],
    [
      'replace: a forcing attribute that is not known yet',
      {
        prior: { ...prior, fixed: 'f' },
        config: { ...config, fixed: unknown },
        proposed: { ...prior, fixed: unknown },
      },
      { ...prior, fixed: unknown, anew: unknown },
      ['fixed'],
    ],
  ])('%s', (_name, given, planned, replaced) => {
    expect(plan(rules, given)).toEqual({ planned, replaced });
  });
});

describe('nested blocks', () => {
  const inner = {
    attributes: {
      name: { ...text, required: true },
      id: { ...text, computed: true },
      size: { type: 'number', optional: true },
    },
  };
  const blocks = (nesting_mode: string): WireBlock => ({
    attributes: {},
    block_types: { disk: { nesting_mode, block: inner } },
  });
  const planning = { disk: { block: { size: { forceNew: true } } } };
  const a = { name: 'a', id: 'id-a', size: null };
  const b = { name: 'b', id: 'id-b', size: null };

  test.each<[string, string, Case, ValueObject, string[]]>([
    ['none in a list', 'list', { prior: null, config: { disk: [] } }, { disk: [] }, []],
    ['none in a set', 'set', { prior: null, config: { disk: [] } }, { disk: [] }, []],
    ['none in a map', 'map', { prior: null, config: { disk: {} } }, { disk: {} }, []],
    ['no single one', 'single', { prior: null, config: { disk: null } }, { disk: null }, []],
    [
      'a single one is created',
      'single',
      { prior: null, config: { disk: { name: 'a', id: null, size: 1 } } },
      { disk: { name: 'a', id: unknown, size: 1 } },
      [],
    ],
    [
      'a single one changes',
      'single',
      {
        prior: { disk: a },
        config: { disk: { ...a, id: null, size: 1 } },
        proposed: { disk: { ...a, size: 1 } },
      },
      { disk: { ...a, size: 1 } },
      ['disk.size'],
    ],
    [
      'an element is added to a list',
      'list',
      {
        prior: { disk: [a] },
        config: {
          disk: [
            { ...a, id: null },
            { ...b, id: null },
          ],
        },
        proposed: { disk: [a, { ...b, id: null }] },
      },
      { disk: [a, { ...b, id: unknown }] },
      [],
    ],
    [
      'an element of a list changes a forcing attribute',
      'list',
      {
        prior: { disk: [a, b] },
        config: {
          disk: [
            { ...a, id: null },
            { ...b, id: null, size: 2 },
          ],
        },
        proposed: { disk: [a, { ...b, size: 2 }] },
      },
      { disk: [a, { ...b, size: 2 }] },
      ['disk[1].size'],
    ],
    [
      'an element is removed from a list',
      'list',
      {
        prior: { disk: [a, { ...b, size: 2 }] },
        config: { disk: [{ ...a, id: null }] },
        proposed: { disk: [a] },
      },
      { disk: [a] },
      ['disk[1].size'],
    ],
    [
      'blocks that are not known yet',
      'list',
      { prior: { disk: [a] }, config: { disk: unknown }, proposed: { disk: unknown } },
      { disk: unknown },
      [],
    ],
    [
      'an element of a map changes',
      'map',
      {
        prior: { disk: { x: a } },
        config: { disk: { x: { ...a, id: null, size: 1 } } },
        proposed: { disk: { x: { ...a, size: 1 } } },
      },
      { disk: { x: { ...a, size: 1 } } },
      ['disk["x"].size'],
    ],
    [
      'a set in another order is the same set',
      'set',
      {
        prior: { disk: [a, b] },
        config: {
          disk: [
            { ...b, id: null },
            { ...a, id: null },
          ],
        },
      },
      { disk: [b, a] },
      [],
    ],
    [
      'an element is added to a set',
      'set',
      {
        prior: { disk: [a] },
        config: {
          disk: [
            { ...b, id: null },
            { ...a, id: null },
          ],
        },
      },
      { disk: [{ ...b, id: unknown }, a] },
      [],
    ],
    [
      'a forcing attribute in a set names the set',
      'set',
      { prior: { disk: [a] }, config: { disk: [{ ...a, id: null, size: 4 }] } },
      { disk: [{ ...a, id: unknown, size: 4 }] },
      ['disk'],
    ],
  ])('%s', (_name, nesting, given, planned, replaced) => {
    expect(plan(rulesOf(blocks(nesting), planning), given)).toEqual({ planned, replaced });
  });

  test('a block that forces replacement does so by any change', () => {
    const rules = rulesOf(blocks('list'), { disk: { forceNew: true } });
    const given = {
      prior: { disk: [a] },
      config: { disk: [{ ...a, id: null, name: 'z' }] },
      proposed: { disk: [{ ...a, name: 'z' }] },
    };
    expect(plan(rules, given).replaced).toEqual(['disk']);
  });
});

describe('attributes with members', () => {
  const rules = rulesOf(
    {
      attributes: {
        settings: {
          optional: true,
          nested_type: {
            nesting_mode: 'single',
            attributes: {
              color: { ...text, required: true },
              shade: { ...text, optional: true, computed: true },
              key: { ...text, optional: true, write_only: true },
            },
          },
        },
      },
    },
    { settings: { block: { color: { forceNew: true } } } },
  );
  const config = { settings: { color: 'red', shade: null, key: 'canary' } };

  test('are planned member by member', () => {
    expect(plan(rules, { prior: null, config })).toEqual({
      planned: { settings: { color: 'red', shade: unknown, key: null } },
      replaced: [],
    });
    const prior = { settings: { color: 'blue', shade: 'light', key: null } };
    const proposed = { settings: { color: 'red', shade: 'light', key: 'canary' } };
    expect(plan(rules, { prior, config, proposed })).toEqual({
      planned: { settings: { color: 'red', shade: 'light', key: null } },
      replaced: ['settings.color'],
    });
  });

  test('may be null', () => {
    expect(plan(rules, { prior: null, config: { settings: null } }).planned).toEqual({ settings: null });
  });
});

test('paths name elements as configurations do', () => {
  expect(pathText(attributePath('disk', 0, 'label', { key: 'a b' }))).toBe('disk[0].label["a b"]');
});
