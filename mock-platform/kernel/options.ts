import { type Duration, day } from '../../domain/time';
import type { SeededIdentities } from './identities';

/** `open` needs no token, `warn` logs what `enforce` would refuse, `enforce` refuses it. */
export type AuthMode = 'open' | 'warn' | 'enforce';

/** The longest {@link PlatformOptions.propagation} and {@link PlatformOptions.registrationRelease}. */
export const longestDelay: Duration = 366 * day;

/** An option of a platform has a value that it cannot have. */
export class PlatformOptionsError extends Error {
  override readonly name = 'PlatformOptionsError';
}

export interface PlatformOptions {
  readonly auth: AuthMode;
  /** How long services take to notice a new authorization or a changed key, in milliseconds. */
  readonly propagation: Duration;
  /** How long a registration stays on its key after the resource is gone, in milliseconds. */
  readonly registrationRelease: Duration;
  /** Whether unknown fields in request bodies are let through instead of refused. */
  readonly lenient: boolean;
  /** The one account of this platform: 32 hexadecimal digits. */
  readonly account: string;
  /** Restore of a deleted key: only imported ones (the cautious reading), or generated ones too. behaviour.md A1. */
  readonly restoreGeneratedKeys: boolean;
  /**
   * Whether every answer is checked against the schema that its operation declares, and becomes an internal error when
   * it does not conform. For tests: it takes time.
   */
  readonly verifyResponses: boolean;
  /** Who there is besides the account's owner. */
  readonly identities: SeededIdentities;
}

export const defaultOptions: PlatformOptions = {
  auth: 'open',
  propagation: 0,
  registrationRelease: 0,
  lenient: false,
  account: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  restoreGeneratedKeys: false,
  verifyResponses: false,
  identities: {},
};

/** Throws {@link PlatformOptionsError} for a delay that is negative or longer than {@link longestDelay}. */
export function checkOptions(options: PlatformOptions): void {
  for (const name of ['propagation', 'registrationRelease'] as const) {
    const delay = options[name];
    if (delay >= 0 && delay <= longestDelay) continue;
    throw new PlatformOptionsError(
      `${name} is ${delay} ms; a delay is from 0 to ${longestDelay} ms, which is 366 days`,
    );
  }
}
