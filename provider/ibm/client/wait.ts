import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, minute, second } from '../../../domain/time';
import { DiagnosticError } from '../../core/diagnostics';

export interface Wait<T> {
  /** What is waited for, `volume data-1 to become available`. */
  readonly what: string;
  readonly read: () => Promise<T>;
  /** True when it is over; throws when it cannot be reached any more. */
  readonly done: (seen: T) => boolean;
  /** For the message when time is over: what was seen last. */
  readonly show: (seen: T) => string;
  readonly signal: AbortSignal;
  readonly timeout: Duration | undefined;
}

const firstPause: Duration = 50;
const longestPause: Duration = 5 * second;
const defaultTimeout: Duration = 10 * minute;

/**
 * Asks at once, then after growing pauses. The vendor waits ten seconds before it asks first (ibm-vpc.md 1.6); a
 * platform that is ready at once need not cost that.
 */
export async function waitFor<T>(wait: Wait<T>): Promise<T> {
  const { what, read, done, show, signal, timeout = defaultTimeout } = wait;
  let pause = firstPause;
  for (let waited = 0; ; waited += pause, pause = Math.min(pause * 2, longestPause)) {
    const seen = await read();
    if (done(seen)) return seen;
    if (waited + pause > timeout) {
      throw new DiagnosticError({
        summary: `Gave up waiting for ${what}`,
        detail: `After ${timeout / second} s it is still ${show(seen)}. Raise the timeout in the resource's timeouts block, or find out what holds it.`,
      });
    }
    await delay(pause, undefined, { signal });
  }
}
