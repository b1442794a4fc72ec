/** Durations as Go writes them, `10m0s` or `1h30m`: the form of the `timeouts` block. */
import { type Duration, hour, minute, second } from '../../domain/time';

const units: Readonly<Record<string, Duration>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: second,
  m: minute,
  h: hour,
};

const part = /(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g;

export class DurationFormatError extends Error {
  override readonly name = 'DurationFormatError';
}

/** Throws {@link DurationFormatError} on anything that is not a non-negative Go duration. */
export function parseGoDuration(text: string): Duration {
  if (text === '0') return 0;
  if (text === '' || text.replace(part, '') !== '') {
    throw new DurationFormatError(`'${text}' is not a duration; write it like 90s, 10m or 1h30m`);
  }
  return [...text.matchAll(part)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (units[unit ?? ''] ?? 0),
    0,
  );
}
