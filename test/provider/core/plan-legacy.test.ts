/**
 * Plans of the vendor's types: what the SDK of its provider does (hashicorp/terraform-plugin-sdk v2, ibm-control-plane.md
 * 3.0).
 */
import { unknownValue as unknown, type ValueObject } from '../../../provider/core/values';
import { type Case, plan, rulesOf } from '../../support/planning';

const text = { type: 'string' } as const;

describe('types of the vendor (legacyTypeSystem)', () => {
  const rules = rulesOf(
    {
      attributes: {
        name: { ...text, optional: true },
        flag: { type: 'bool', optional: true },
        size: { type: 'number', optional: true },
        list: { type: ['list', 'string'], optional: true },
        both: { ...text, optional: true, computed: true },
        tags: { type: ['set', 'string'], optional: true, computed: true },
        status: { ...text, computed: true },
      },
      block_types: {
        policy: {
          nesting_mode: 'list',
          block: {
            attributes: {
              days: { type: 'number', optional: true, computed: true },
              kind: { ...text, optional: true },
            },
          },
        },
        subject: { nesting_mode: 'set', block: { attributes: { value: { ...text, required: true } } } },
        timeouts: { nesting_mode: 'single', block: { attributes: { create: { ...text, optional: true } } } },
      },
    },
    {
      flag: { default: false },
      both: { forceNew: true },
      policy: { optional: true, computed: true },
      subject: { optional: true, computed: true, forceNew: true },
    },
    { legacy: true },
  );
  const nothing = {
    name: null,
    flag: null,
    size: null,
    list: null,
    both: null,
    tags: null,
    status: null,
    policy: [],
    subject: [],
    timeouts: null,
  };
  const prior = {
    ...nothing,
    name: 'a',
    flag: false,
    both: 'b',
    tags: [],
    status: 'ok',
    policy: [{ days: 3, kind: 'x' }],
    subject: [{ value: 's' }],
  };
  const proposedWith = (change: ValueObject): ValueObject => ({
    ...prior,
    policy: [],
    subject: [],
    ...change,
  });

  test.each<[string, Case, ValueObject, string[]]>([
    [
      'create: what the API may fill in is unknown, blocks as well',
      { prior: null, config: { ...nothing, name: 'a' } },
      {
        ...nothing,
        name: 'a',
        flag: false,
        both: unknown,
        tags: unknown,
        status: unknown,
        policy: unknown,
        subject: unknown,
      },
      [],
    ],
    [
      'create: a blank is "not set" where a value can be computed',
      { prior: null, config: { ...nothing, name: '', both: '', tags: [] } },
      {
        ...nothing,
        name: '',
        flag: false,
        both: unknown,
        tags: unknown,
        status: unknown,
        policy: unknown,
        subject: unknown,
      },
      [],
    ],
    [
      'create: within a configured block computed members are unknown',
      { prior: null, config: { ...nothing, policy: [{ days: null, kind: 'y' }], subject: [{ value: 's' }] } },
      {
        ...nothing,
        flag: false,
        both: unknown,
        tags: unknown,
        status: unknown,
        policy: [{ days: unknown, kind: 'y' }],
        subject: [{ value: 's' }],
      },
      [],
    ],
    [
      'no change: blocks that are not configured stay what the API made them',
      { prior, config: { ...nothing, name: 'a' }, proposed: proposedWith({}) },
      prior,
      [],
    ],
    [
      'an update keeps them too',
      { prior, config: { ...nothing, name: 'z' }, proposed: proposedWith({ name: 'z' }) },
      { ...prior, name: 'z' },
      [],
    ],
    [
      'an update leaves computed ones without a value alone',
      {
        prior: { ...prior, status: null },
        config: { ...nothing, name: 'z' },
        proposed: proposedWith({ name: 'z', status: null }),
      },
      { ...prior, name: 'z', status: null },
      [],
    ],
    [
      'zero values of a prior state are no difference from nothing',
      {
        prior: { ...prior, name: '', size: 0, list: [] },
        config: nothing,
        proposed: proposedWith({ name: null, size: null, list: null }),
      },
      { ...prior, name: '', size: 0, list: [] },
      [],
    ],
    [
      'nothing is no difference from blanks',
      {
        prior: { ...prior, name: null },
        config: { ...nothing, name: '', list: [] },
        proposed: proposedWith({ name: '', list: [] }),
      },
      { ...prior, name: null },
      [],
    ],
    [
      'a default that is zero changes nothing by itself (after an import)',
      {
        prior: { ...prior, flag: null },
        config: { ...nothing, name: 'a' },
        proposed: proposedWith({ flag: null }),
      },
      { ...prior, flag: null },
      [],
    ],
    [
      'a blank keeps a computed value',
      { prior, config: { ...nothing, name: 'a', both: '' }, proposed: proposedWith({ both: '' }) },
      prior,
      [],
    ],
    [
      'timeouts alone change nothing',
      {
        prior,
        config: { ...nothing, name: 'a', timeouts: { create: '5m' } },
        proposed: proposedWith({ timeouts: { create: '5m' } }),
      },
      prior,
      [],
    ],
    [
      'timeouts are taken over with another change',
      {
        prior,
        config: { ...nothing, name: 'z', timeouts: { create: '5m' } },
        proposed: proposedWith({ name: 'z', timeouts: { create: '5m' } }),
      },
      { ...prior, name: 'z', timeouts: { create: '5m' } },
      [],
    ],
    [
      'a computed value that is not known yet replaces when it forces',
      { prior, config: { ...nothing, name: 'a', both: unknown }, proposed: proposedWith({ both: unknown }) },
      { ...prior, both: unknown },
      ['both'],
    ],
    [
      'a forcing set of blocks replaces when their number changes',
      {
        prior,
        config: { ...nothing, name: 'a', subject: [{ value: 's' }, { value: 't' }] },
        proposed: proposedWith({ subject: [{ value: 's' }, { value: 't' }] }),
      },
      { ...prior, subject: [{ value: 's' }, { value: 't' }] },
      ['subject'],
    ],
    [
      'and not when one is exchanged for another: its attributes do not force',
      {
        prior,
        config: { ...nothing, name: 'a', subject: [{ value: 't' }] },
        proposed: proposedWith({ subject: [{ value: 't' }] }),
      },
      { ...prior, subject: [{ value: 't' }] },
      [],
    ],
  ])('%s', (_name, given, planned, replaced) => {
    expect(plan(rules, given)).toEqual({ planned, replaced });
  });
});
