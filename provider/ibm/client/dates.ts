import { formatSeconds, parseInstant } from '../../../domain/time';

/** A time as the vendor's provider keeps it in state: no fraction, empty when there is none. */
export function seconds(time: string | undefined): string {
  return time === undefined ? '' : formatSeconds(parseInstant(time));
}
