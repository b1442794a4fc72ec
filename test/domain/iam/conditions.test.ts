/** IBM Cloud IAM docs: iam-based-conditions.md (patterns), iam-condition-properties.md (keys, operators, values). */
import { type PolicyRule, problemOfRule, ruleHolds, timePatterns } from '../../../domain/iam/conditions';

const once = 'time-based-conditions:once';
const allDay = 'time-based-conditions:weekly:all-day';
const customHours = 'time-based-conditions:weekly:custom-hours';

const day = (operator: string, value: PolicyRuleValue) => ({
  key: '{{environment.attributes.day_of_week}}',
  operator,
  value,
});
const time = (operator: string, value: PolicyRuleValue) => ({
  key: '{{environment.attributes.current_time}}',
  operator,
  value,
});
const moment = (operator: string, value: PolicyRuleValue) => ({
  key: '{{environment.attributes.current_date_time}}',
  operator,
  value,
});
type PolicyRuleValue = string | number | readonly (string | number)[];
const all = (...conditions: ReturnType<typeof day>[]): PolicyRule => ({ operator: 'and', conditions });

const at = (text: string): number => Date.parse(text);

describe('the vendor’s examples', () => {
  const office = all(
    day('dayOfWeekAnyOf', ['1-05:00', '2-05:00', '3-05:00', '4-05:00']),
    time('timeGreaterThanOrEquals', '09:00:00-05:00'),
    time('timeLessThanOrEquals', '17:00:00-05:00'),
  );

  // 2026-01-15 is a Thursday, 2026-01-16 a Friday.
  test.each([
    ['Thursday 08:59:59 there', '2026-01-15T13:59:59Z', false],
    ['Thursday 09:00 there', '2026-01-15T14:00:00Z', true],
    ['Thursday 17:00 there', '2026-01-15T22:00:00Z', true],
    ['Thursday 17:00:00.001 there', '2026-01-15T22:00:00.001Z', false],
    ['Friday noon there', '2026-01-16T17:00:00Z', false],
    ['Monday noon there', '2026-01-19T17:00:00Z', true],
  ])('Monday to Thursday, 9 to 17, UTC-5: %s', (_name, now, expected) => {
    expect(ruleHolds(office, at(now))).toBe(expected);
  });

  test.each([
    ['Tuesday 23:59:59 there', '2026-01-13T17:59:59Z', false],
    ['Wednesday 00:00 there', '2026-01-13T18:00:00Z', true],
    ['Wednesday 23:59:59 there', '2026-01-14T17:59:59Z', true],
    ['Thursday 00:00 there', '2026-01-14T18:00:00Z', false],
  ])('Wednesday at UTC+6: %s', (_name, now, expected) => {
    expect(ruleHolds(day('dayOfWeekEquals', '3+06:00'), at(now))).toBe(expected);
  });

  test.each([
    ['before', '2022-12-26T13:59:59Z', false],
    ['from', '2022-12-26T14:00:00Z', true],
    ['until', '2022-12-27T22:00:00Z', true],
    ['after', '2022-12-27T22:00:01Z', false],
  ])('26 December 9:00 to 27 December 17:00, UTC-5: %s', (_name, now, expected) => {
    const rule = all(
      moment('dateTimeGreaterThanOrEquals', '2022-12-26T09:00:00-05:00'),
      moment('dateTimeLessThanOrEquals', '2022-12-27T17:00:00-05:00'),
    );
    expect(ruleHolds(rule, at(now))).toBe(expected);
  });

  test('days without offset, as in one of the examples, are of UTC', () => {
    const rule = day('dayOfWeekAnyOf', [1, 2, 3, 4]);
    expect(ruleHolds(rule, at('2026-01-15T23:59:59Z'))).toBe(true);
    expect(ruleHolds(rule, at('2026-01-16T00:00:00Z'))).toBe(false);
  });
});

test.each([
  ['1', '2026-01-12'],
  ['2', '2026-01-13'],
  ['3', '2026-01-14'],
  ['4', '2026-01-15'],
  ['5', '2026-01-16'],
  ['6', '2026-01-17'],
  ['7', '2026-01-18'],
])('day %s is %s', (number, date) => {
  expect(ruleHolds(day('dayOfWeekEquals', `${number}+00:00`), at(`${date}T12:00:00Z`))).toBe(true);
  expect(ruleHolds(day('dayOfWeekEquals', `${number}+00:00`), at('2026-01-19T12:00:00Z'))).toBe(
    number === '1',
  );
});

describe('operators at, before and after their value', () => {
  test.each([
    ['timeLessThan', true, false, false],
    ['timeLessThanOrEquals', true, true, false],
    ['timeGreaterThan', false, false, true],
    ['timeGreaterThanOrEquals', false, true, true],
  ])('%s', (operator, before, same, after) => {
    const rule = time(operator, '12:00:00+00:00');
    const holds = ['11:59:59', '12:00:00', '12:00:01'].map((clock) =>
      ruleHolds(rule, at(`2026-01-15T${clock}Z`)),
    );
    expect(holds).toEqual([before, same, after]);
  });

  test.each([
    ['dateTimeLessThan', true, false, false],
    ['dateTimeLessThanOrEquals', true, true, false],
    ['dateTimeGreaterThan', false, false, true],
    ['dateTimeGreaterThanOrEquals', false, true, true],
  ])('%s', (operator, before, same, after) => {
    const rule = moment(operator, '2026-01-15T12:00:00+00:00');
    const holds = ['11:59:59', '12:00:00', '12:00:01'].map((clock) =>
      ruleHolds(rule, at(`2026-01-15T${clock}Z`)),
    );
    expect(holds).toEqual([before, same, after]);
  });

  test('one that is not known never holds', () => {
    expect(ruleHolds(time('toString', '12:00:00+00:00'), at('2026-01-15T12:00:00Z'))).toBe(false);
  });
});

describe('which rules a policy may have', () => {
  const from = moment('dateTimeGreaterThanOrEquals', '2026-01-15T09:00:00+00:00');
  const until = moment('dateTimeLessThanOrEquals', '2026-01-15T17:00:00+00:00');
  const monday = day('dayOfWeekAnyOf', ['1+00:00']);
  const nine = time('timeGreaterThanOrEquals', '09:00:00+00:00');
  const five = time('timeLessThanOrEquals', '17:00:00+00:00');

  test('there are three patterns', () => {
    expect(timePatterns).toEqual([once, allDay, customHours]);
  });

  test.each<readonly [string, PolicyRule]>([
    [once, all(from, until)],
    [once, all(until, from)],
    [allDay, monday],
    [allDay, all(monday)],
    [allDay, day('dayOfWeekEquals', '3+06:00')],
    [customHours, all(monday, nine, five)],
  ])('%s: %j', (pattern, rule) => {
    expect(problemOfRule(pattern, rule)).toBeUndefined();
  });

  test.each<readonly [string, string, PolicyRule, string]>([
    [
      'an end is missing',
      once,
      from,
      'a rule of the pattern time-based-conditions:once is made of: dateTime from, dateTime until; this one is made of: dateTime from',
    ],
    [
      'once and weekly together',
      once,
      all(from, until, monday),
      'a rule of the pattern time-based-conditions:once is made of: dateTime from, dateTime until; this one is made of: dateTime from, dateTime until, day',
    ],
    [
      'hours without a day',
      customHours,
      all(nine, five),
      'a rule of the pattern time-based-conditions:weekly:custom-hours is made of: day, time from, time until; this one is made of: time from, time until',
    ],
    [
      'hours all day',
      allDay,
      all(monday, nine, five),
      'a rule of the pattern time-based-conditions:weekly:all-day is made of: day; this one is made of: day, time from, time until',
    ],
    [
      'or',
      once,
      { operator: 'or', conditions: [from, until] },
      'rule.operator or does not combine time-based conditions; only and does',
    ],
    [
      'an operator that does not exist',
      allDay,
      day('dayOfMonthEquals', '3+00:00'),
      'rule operator dayOfMonthEquals is not one of dateTimeGreaterThan, dateTimeGreaterThanOrEquals, dateTimeLessThan, dateTimeLessThanOrEquals, timeGreaterThan, timeGreaterThanOrEquals, timeLessThan, timeLessThanOrEquals, dayOfWeekEquals, dayOfWeekAnyOf',
    ],
    [
      'an operator of another key',
      allDay,
      { ...monday, key: '{{environment.attributes.current_time}}' },
      'rule operator dayOfWeekAnyOf is for the key {{environment.attributes.day_of_week}}, not {{environment.attributes.current_time}}',
    ],
    [
      'one value for a list',
      allDay,
      day('dayOfWeekAnyOf', '1+00:00'),
      'rule operator dayOfWeekAnyOf takes a list',
    ],
    [
      'a list for one value',
      allDay,
      day('dayOfWeekEquals', ['1+00:00']),
      'rule operator dayOfWeekEquals takes a single value',
    ],
    [
      'day 8',
      allDay,
      day('dayOfWeekEquals', '8+00:00'),
      'rule value 8+00:00 is not a day of the week from 1 (Monday) to 7 with offset, 3+06:00',
    ],
    [
      'a time without offset',
      customHours,
      all(monday, time('timeGreaterThanOrEquals', '09:00:00'), five),
      'rule value 09:00:00 is not a time with offset, 09:00:00-05:00',
    ],
    [
      'the hour 24',
      customHours,
      all(monday, time('timeGreaterThanOrEquals', '24:00:00+00:00'), five),
      'rule value 24:00:00+00:00 is not a time with offset, 09:00:00-05:00',
    ],
    [
      'a moment without offset',
      once,
      all(moment('dateTimeGreaterThanOrEquals', '2026-01-15T09:00:00'), until),
      'rule value 2026-01-15T09:00:00 is not a date and time with offset, 2022-12-26T09:00:00-05:00',
    ],
  ])('%s', (_name, pattern, rule, problem) => {
    expect(problemOfRule(pattern, rule)).toBe(problem);
  });
});
