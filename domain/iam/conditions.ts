/**
 * Time-based conditions of access policies: the `rule` that a policy holds in and the `pattern` that the rule follows.
 * Source: IBM Cloud IAM docs `iam-based-conditions.md` (patterns), `iam-condition-properties.md` (keys, operators, forms
 * of values).
 */
import {
  type Duration,
  day,
  hour,
  type Instant,
  minute,
  parseInstant,
  second,
  TimeFormatError,
} from '../time';

type ConditionValue = string | number;

export interface Condition {
  /** `{{environment.attributes.current_time}}` and its like. */
  readonly key: string;
  readonly operator: string;
  readonly value: ConditionValue | readonly ConditionValue[];
}

/** A single condition, or several that all have to hold. */
export type PolicyRule = Condition | { readonly operator: string; readonly conditions: readonly Condition[] };

/** What is measured: a moment, the time of day, the day of the week (1 is Monday). */
type Measure = 'dateTime' | 'time' | 'day';

interface MeasureRow {
  readonly key: string;
  /** The form of a value in plain words. */
  readonly form: string;
  /** Whether the instant is beyond the value (1), before it (-1) or at it (0); `undefined` for another form of value. */
  readonly compare: (now: Instant, value: ConditionValue) => number | undefined;
}

const measures = {
  dateTime: {
    key: '{{environment.attributes.current_date_time}}',
    form: 'a date and time with offset, 2022-12-26T09:00:00-05:00',
    compare: (now, value) => difference(now, instantOf(value)),
  },
  time: {
    key: '{{environment.attributes.current_time}}',
    form: 'a time with offset, 09:00:00-05:00',
    compare: compareTime,
  },
  day: {
    key: '{{environment.attributes.day_of_week}}',
    form: 'a day of the week from 1 (Monday) to 7 with offset, 3+06:00',
    compare: compareDay,
  },
} as const satisfies Record<Measure, MeasureRow>;

interface OperatorRow {
  readonly measure: Measure;
  /** Which end of a span of time it sets; absent for days. */
  readonly bound?: 'from' | 'until';
  readonly list?: true;
  /** Whether it holds for a comparison of now with the value. */
  readonly holds: (comparison: number) => boolean;
}

const beyond = (comparison: number) => comparison > 0;
const notBefore = (comparison: number) => comparison >= 0;
const before = (comparison: number) => comparison < 0;
const notBeyond = (comparison: number) => comparison <= 0;
const same = (comparison: number) => comparison === 0;

const operators = {
  dateTimeGreaterThan: { measure: 'dateTime', bound: 'from', holds: beyond },
  dateTimeGreaterThanOrEquals: { measure: 'dateTime', bound: 'from', holds: notBefore },
  dateTimeLessThan: { measure: 'dateTime', bound: 'until', holds: before },
  dateTimeLessThanOrEquals: { measure: 'dateTime', bound: 'until', holds: notBeyond },
  timeGreaterThan: { measure: 'time', bound: 'from', holds: beyond },
  timeGreaterThanOrEquals: { measure: 'time', bound: 'from', holds: notBefore },
  timeLessThan: { measure: 'time', bound: 'until', holds: before },
  timeLessThanOrEquals: { measure: 'time', bound: 'until', holds: notBeyond },
  dayOfWeekEquals: { measure: 'day', holds: same },
  dayOfWeekAnyOf: { measure: 'day', list: true, holds: same },
} as const satisfies Record<string, OperatorRow>;

function operatorOf(name: string): OperatorRow | undefined {
  return Object.hasOwn(operators, name) ? operators[name as keyof typeof operators] : undefined;
}

/** Which conditions each pattern is made of. */
const patterns = {
  'time-based-conditions:once': ['dateTime from', 'dateTime until'],
  'time-based-conditions:weekly:all-day': ['day'],
  'time-based-conditions:weekly:custom-hours': ['day', 'time from', 'time until'],
} as const satisfies Record<string, readonly string[]>;

export const timePatterns: readonly string[] = Object.keys(patterns);

function conditionsOf(rule: PolicyRule): readonly Condition[] {
  return 'conditions' in rule ? rule.conditions : [rule];
}

/** Whether the rule holds at the instant. A condition that is not understood never holds. */
export function ruleHolds(rule: PolicyRule, now: Instant): boolean {
  return conditionsOf(rule).every((condition) => holds(condition, now));
}

function holds({ operator, value }: Condition, now: Instant): boolean {
  const row = operatorOf(operator);
  if (row === undefined) return false;
  return [value].flat().some((each) => {
    const comparison = measures[row.measure].compare(now, each);
    return comparison !== undefined && row.holds(comparison);
  });
}

/** What is wrong with a rule of one of the {@link timePatterns}, in plain words; nothing when it can be used. */
export function problemOfRule(pattern: string, rule: PolicyRule): string | undefined {
  if ('conditions' in rule && rule.operator !== 'and') {
    return `rule.operator ${rule.operator} does not combine time-based conditions; only and does`;
  }
  const broken = conditionsOf(rule)
    .map(problemOfCondition)
    .find((problem) => problem !== undefined);
  if (broken !== undefined) return broken;
  const wanted: readonly string[] = patterns[pattern as keyof typeof patterns];
  const given = conditionsOf(rule).map(kindOf).sort();
  return given.join() === [...wanted].sort().join()
    ? undefined
    : `a rule of the pattern ${pattern} is made of: ${wanted.join(', ')}; this one is made of: ${given.join(', ')}`;
}

function kindOf({ operator }: Condition): string {
  const row = operatorOf(operator);
  return row?.bound === undefined ? String(row?.measure) : `${row.measure} ${row.bound}`;
}

function problemOfCondition({ key, operator, value }: Condition): string | undefined {
  const row = operatorOf(operator);
  if (row === undefined)
    return `rule operator ${operator} is not one of ${Object.keys(operators).join(', ')}`;
  const measure = measures[row.measure];
  if (key !== measure.key) return `rule operator ${operator} is for the key ${measure.key}, not ${key}`;
  if (Array.isArray(value) !== (row.list ?? false)) {
    return `rule operator ${operator} takes ${row.list ? 'a list' : 'a single value'}`;
  }
  const odd = [value].flat().find((each) => measure.compare(0, each) === undefined);
  return odd === undefined ? undefined : `rule value ${odd} is not ${measure.form}`;
}

function difference(now: number, value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.sign(now - value);
}

function instantOf(value: ConditionValue): Instant | undefined {
  try {
    return parseInstant(String(value));
  } catch (error) {
    if (error instanceof TimeFormatError) return undefined;
    throw error;
  }
}

/** `+06:00` as a duration. */
function offsetOf(text: string): Duration | undefined {
  const [, sign, hours, minutes] = /^([+-])([01]\d|2[0-3]):([0-5]\d)$/.exec(text) ?? [];
  if (sign === undefined) return undefined;
  return (sign === '-' ? -1 : 1) * (Number(hours) * hour + Number(minutes) * minute);
}

function compareTime(now: Instant, value: ConditionValue): number | undefined {
  const [, hours, minutes, seconds, zone = ''] =
    /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)(.*)$/.exec(String(value)) ?? [];
  const offset = offsetOf(zone);
  if (offset === undefined) return undefined;
  const local = (((now + offset) % day) + day) % day;
  return difference(local, Number(hours) * hour + Number(minutes) * minute + Number(seconds) * second);
}

/** The vendor's examples write a day without offset as a number; that is read as one of UTC. */
function compareDay(now: Instant, value: ConditionValue): number | undefined {
  const [, wanted, zone = ''] = /^([1-7])(.*)$/.exec(String(value)) ?? [];
  const offset = zone === '' ? 0 : offsetOf(zone);
  if (wanted === undefined || offset === undefined) return undefined;
  // The first of January 1970 was a Thursday, the fourth day.
  const today = ((Math.floor((now + offset) / day) + 3) % 7) + 1;
  return difference(today, Number(wanted));
}
