/** Times as the vendor's provider keeps them in state: each API's client renders them in its own way. */
import { formatInstant, formatSeconds, parseInstant, TimeFormatError } from '../../../domain/time';
import { invalidValue } from '../../core/complaint';
import type { Validator } from '../../core/validators';

/** RFC 3339 without fraction, empty when there is none: Secrets Manager. */
export function seconds(time: string | undefined): string {
  return time === undefined ? '' : formatSeconds(parseInstant(time));
}

/** RFC 3339 with milliseconds: Resource Controller and Resource Manager. */
export function milliseconds(time: string): string {
  return formatInstant(parseInstant(time));
}

/** `2021-04-20 18:15:24 +0000 UTC`, how Go prints a time: Key Protect (ibm-control-plane.md 4.0). */
export function goTime(time: string): string {
  const [date, clock = ''] = milliseconds(time).slice(0, -1).split('T');
  const fraction = clock.slice('10:00:00'.length).replace(/\.?0+$/, '');
  return `${date} ${clock.slice(0, '10:00:00'.length)}${fraction} +0000 UTC`;
}

/** Of a configured time. The vendor refuses anything else when it sends it. */
export const rfc3339: Validator = (value, { name }) => {
  try {
    if (value !== '') parseInstant(String(value));
    return undefined;
  } catch (error) {
    if (error instanceof TimeFormatError) return invalidValue(`${name}: ${error.message}`);
    throw error;
  }
};
