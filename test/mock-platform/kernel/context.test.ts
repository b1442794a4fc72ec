import { parseInstant } from '../../../domain/time';
import { frozenClock, systemClock } from '../../../mock-platform/kernel/clock';
import { createContext, idsFrom, seededRandom } from '../../../mock-platform/kernel/context';

const noon = parseInstant('2026-01-15T12:00:00Z');

describe('the clock', () => {
  test('ticks with its base from where it was started', () => {
    let machine = 1000;
    const clock = systemClock(() => machine, noon);
    machine += 250;
    expect(clock.now()).toBe(noon + 250);
    expect(clock.advance(750)).toBe(noon + 1000);
  });

  test('stands still when frozen, moves when told', () => {
    const clock = frozenClock(noon);
    expect([clock.now(), clock.now()]).toEqual([noon, noon]);
    expect(clock.set(noon + 5)).toBe(noon + 5);
  });

  test('never runs backwards', () => {
    const clock = frozenClock(noon);
    expect(() => clock.advance(-1)).toThrow('a clock advances by zero or more, not by -1 ms');
    expect(() => clock.advance(Number.NaN)).toThrow('not by NaN ms');
    expect(() => clock.set(noon - 1)).toThrow(
      "2026-01-15T11:59:59.999Z is before 2026-01-15T12:00:00.000Z, the platform's time; a clock is never set back: begin another platform for an earlier time",
    );
    expect(clock.now()).toBe(noon);
  });
});

test('time ends before years have five digits, which RFC 3339 does not know', () => {
  const end = parseInstant('9000-01-01T00:00:00Z');
  const message = "the platform's time ends at 9000-01-01T00:00:00.000Z; choose an earlier one";
  const clock = frozenClock(noon);
  expect(() => clock.advance(Number.POSITIVE_INFINITY)).toThrow(message);
  expect(() => clock.advance(end - noon + 1)).toThrow(message);
  expect(() => clock.set(end + 1)).toThrow(message);
  expect(() => frozenClock(end + 1)).toThrow(message);
  expect(clock.now()).toBe(noon);
  expect(clock.set(end)).toBe(end);
});

describe('chance', () => {
  test('is repeated by the seed, and differs by seed and by salt', () => {
    const draw = (seed: number, salt?: string) => idsFrom(seededRandom(seed, salt)).uuid();
    expect(draw(1)).toBe(draw(1));
    expect(new Set([draw(1), draw(2), draw(1, 'second start')]).size).toBe(3);
  });

  test('ids are version 4 UUIDs', () => {
    const { ids } = createContext({ random: seededRandom(1) });
    const drawn = Array.from({ length: 200 }, () => ids.uuid());
    for (const id of drawn)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
    expect(new Set(drawn).size).toBe(200);
    expect(ids.hex(5)).toMatch(/^[0-9a-f]{5}$/);
  });
});
