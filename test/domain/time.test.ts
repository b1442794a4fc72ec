import * as fc from 'fast-check';
import {
  day,
  formatInstant,
  formatSeconds,
  hour,
  minute,
  parseDuration,
  parseInstant,
  second,
  TimeFormatError,
} from '../../domain/time';

const instantMessage = (text: string): string =>
  `'${text}' is not an RFC 3339 instant; write it like 2026-01-02T03:04:05Z, with a time zone`;
const durationMessage = (text: string): string =>
  `'${text}' is not an ISO 8601 duration of weeks, days, hours, minutes or seconds; write it like P7D or PT4H`;

describe('units', () => {
  test('are milliseconds', () => {
    expect([second, minute, hour, day]).toEqual([1_000, 60_000, 3_600_000, 86_400_000]);
  });
});

describe('parseInstant', () => {
  test.each([
    ['2026-01-02T03:04:05Z', 1_767_323_045_000],
    ['2026-01-02T03:04:05.250Z', 1_767_323_045_250],
    ['2026-01-02T04:04:05+01:00', 1_767_323_045_000],
    ['2026-01-01T21:34:05-05:30', 1_767_323_045_000],
    ['2026-01-02t03:04:05z', 1_767_323_045_000],
    ['1970-01-01T00:00:00Z', 0],
    ['2024-02-29T00:00:00Z', 1_709_164_800_000],
  ])('%s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  test.each([
    ['nothing', ''],
    ['a date alone', '2026-01-02'],
    ['no time zone', '2026-01-02T03:04:05'],
    ['a space for the T', '2026-01-02 03:04:05Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['day 0', '2026-01-00T00:00:00Z'],
    ['the 30th of February', '2026-02-30T00:00:00Z'],
    ['the 29th of February of a common year', '2026-02-29T00:00:00Z'],
    ['hour 24', '2026-01-01T24:00:00Z'],
    ['minute 60', '2026-01-01T00:60:00Z'],
    ['second 60', '2026-01-01T00:00:60Z'],
    ['words', 'tomorrow'],
    ['a number', '1767323045000'],
    ['text around it', 'at 2026-01-02T03:04:05Z'],
  ])('refuses %s', (_what, text) => {
    expect(() => parseInstant(text)).toThrow(new TimeFormatError(instantMessage(text)));
  });

  test('reads back every instant that formatInstant writes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (instant) => {
        expect(parseInstant(formatInstant(instant))).toBe(instant);
      }),
    );
  });
});

describe('formatInstant and formatSeconds', () => {
  test('write with milliseconds and without', () => {
    expect(formatInstant(1_767_323_045_250)).toBe('2026-01-02T03:04:05.250Z');
    expect(formatSeconds(1_767_323_045_250)).toBe('2026-01-02T03:04:05Z');
    expect(formatInstant(0)).toBe('1970-01-01T00:00:00.000Z');
  });

  test('formatSeconds drops the fraction and never rounds up', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 253_402_300_799_999 }), (instant) => {
        expect(parseInstant(formatSeconds(instant))).toBe(Math.floor(instant / 1_000) * 1_000);
      }),
    );
  });
});

describe('parseDuration', () => {
  test.each([
    ['PT0S', 0],
    ['PT30S', 30_000],
    ['PT1.5S', 1_500],
    ['PT4H', 14_400_000],
    ['PT1H30M', 5_400_000],
    ['P7D', 604_800_000],
    ['P1W', 604_800_000],
    ['P1DT12H', 129_600_000],
    ['P1W2DT3H4M5S', 788_645_000],
  ])('%s', (text, duration) => {
    expect(parseDuration(text)).toBe(duration);
  });

  test.each([
    ['nothing', ''],
    ['P alone', 'P'],
    ['a T with nothing after it', 'P7DT'],
    ['PT alone', 'PT'],
    ['months', 'P1M'],
    ['years', 'P1Y'],
    ['no P', '7D'],
    ['a sign', '-P7D'],
    ['lower case', 'p7d'],
    ['hours without T', 'P4H'],
    ['parts out of order', 'PT5S4M'],
    ['a fraction of an hour', 'PT1.5H'],
    ['a space', 'P 7D'],
    ['words', 'a week'],
  ])('refuses %s', (_what, text) => {
    expect(() => parseDuration(text)).toThrow(new TimeFormatError(durationMessage(text)));
  });

  test('is the sum of its parts, whichever are left out', () => {
    const part = fc.option(fc.nat(999), { nil: undefined });
    fc.assert(
      fc.property(part, part, part, part, part, (weeks, days, hours, minutes, seconds) => {
        const write = (number: number | undefined, unit: string): string =>
          number === undefined ? '' : `${number}${unit}`;
        const date = write(weeks, 'W') + write(days, 'D');
        const clock = write(hours, 'H') + write(minutes, 'M') + write(seconds, 'S');
        fc.pre(date + clock !== '');
        const text = `P${date}${clock === '' ? '' : `T${clock}`}`;
        expect(parseDuration(text)).toBe(
          ((((weeks ?? 0) * 7 + (days ?? 0)) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60_000 +
            (seconds ?? 0) * 1_000,
        );
      }),
    );
  });
});
