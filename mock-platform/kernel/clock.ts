/** A clock that can be shown, advanced and set, and that never runs backwards. */
import { type Duration, formatInstant, type Instant, parseInstant } from '../../domain/time';

export class ClockError extends Error {
  override readonly name = 'ClockError';
}

export interface Clock {
  now(): Instant;
  /** Moves ahead by a duration in milliseconds; refuses negative ones, and the year 9000, with {@link ClockError}. */
  advance(by: Duration): Instant;
  /** Moves to an instant that is not before now; refuses earlier ones, and the year 9000, with {@link ClockError}. */
  set(to: Instant): Instant;
}

/** Later times are refused: what falls due centuries after them must still have a year of four digits (RFC 3339). */
export const latestInstant: Instant = parseInstant('9000-01-01T00:00:00Z');

/** Named value of the store that holds the latest time it has seen, in milliseconds. */
export const clockSetting = 'keep:clock';

function checkNotTooLate(at: Instant): void {
  if (at > latestInstant) {
    throw new ClockError(
      `the platform's time ends at ${formatInstant(latestInstant)}; choose an earlier one`,
    );
  }
}

class OffsetClock implements Clock {
  private offset: Duration = 0;

  constructor(private readonly base: () => Instant) {
    checkNotTooLate(base());
  }

  now(): Instant {
    return this.base() + this.offset;
  }

  advance(by: Duration): Instant {
    if (!(by >= 0)) throw new ClockError(`a clock advances by zero or more, not by ${by} ms`);
    checkNotTooLate(this.now() + by);
    this.offset += by;
    return this.now();
  }

  set(to: Instant): Instant {
    const now = this.now();
    if (to < now) {
      throw new ClockError(
        `${formatInstant(to)} is before ${formatInstant(now)}, the platform's time; a clock is never set back: begin another platform for an earlier time`,
      );
    }
    checkNotTooLate(to);
    this.offset += to - now;
    return this.now();
  }
}

/** Ticks with `base`, the machine's time; starts at `startAt` when that is given. */
export function systemClock(base: () => Instant, startAt?: Instant): Clock {
  if (startAt === undefined) return new OffsetClock(base);
  const begun = base();
  return new OffsetClock(() => startAt + (base() - begun));
}

/** Stands still until it is told to move. */
export function frozenClock(at: Instant): Clock {
  return new OffsetClock(() => at);
}
