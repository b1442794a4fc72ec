/**
 * Instants and durations. An {@link Instant} is milliseconds since the Unix epoch; documents on the wire and in
 * the store carry RFC 3339 text. Nothing here reads a clock: every function is told what time it is.
 */

/** Milliseconds since the Unix epoch. */
export type Instant = number;

/** Milliseconds. */
export type Duration = number;

export const second: Duration = 1_000;
export const minute: Duration = 60 * second;
export const hour: Duration = 60 * minute;
export const day: Duration = 24 * hour;

export class TimeFormatError extends Error {
  override readonly name = 'TimeFormatError';
}

/**
 * Reads RFC 3339 text such as `2026-01-02T03:04:05Z`. Throws {@link TimeFormatError} on anything else, a day that its
 * month does not have and the hour 24 included.
 */
export function parseInstant(text: string): Instant {
  const pattern = /^(\d{4})-(\d{2})-(\d{2})T(\d{2}):\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i;
  const [year, month, dayOfMonth, hourOfDay] = (pattern.exec(text) ?? []).slice(1).map(Number);
  const instant = isCalendarDay(year, month, dayOfMonth) && hourOfDay !== 24 ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(instant)) {
    throw new TimeFormatError(
      `'${text}' is not an RFC 3339 instant; write it like 2026-01-02T03:04:05Z, with a time zone`,
    );
  }
  return instant;
}

/** `Date` takes the 30th of February for the 2nd of March. */
function isCalendarDay(year = Number.NaN, month = Number.NaN, dayOfMonth = Number.NaN): boolean {
  return new Date(Date.UTC(2000 + (year % 400), month - 1, dayOfMonth)).getUTCDate() === dayOfMonth;
}

/** RFC 3339 with milliseconds, `2026-01-02T03:04:05.000Z`: how the store and most services write time. */
export function formatInstant(instant: Instant): string {
  return new Date(instant).toISOString();
}

/** RFC 3339 without fraction, `2026-01-02T03:04:05Z`: how Key Protect and Secrets Manager write time. */
export function formatSeconds(instant: Instant): string {
  return `${formatInstant(instant).slice(0, 19)}Z`;
}

/**
 * Reads an ISO 8601 duration of weeks, days, hours, minutes and seconds (`P7D`, `PT4H`, `PT0S`, `P1DT12H`).
 * Months and years are refused: their length depends on when they start.
 */
export function parseDuration(text: string): Duration {
  const match = /^P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/.exec(text);
  if (!match || text === 'P' || text.endsWith('T')) {
    throw new TimeFormatError(
      `'${text}' is not an ISO 8601 duration of weeks, days, hours, minutes or seconds; write it like P7D or PT4H`,
    );
  }
  const [weeks, days, hours, minutes, seconds] = match.slice(1).map((part) => Number(part ?? 0));
  return (
    (weeks ?? 0) * 7 * day +
    (days ?? 0) * day +
    (hours ?? 0) * hour +
    (minutes ?? 0) * minute +
    (seconds ?? 0) * second
  );
}
