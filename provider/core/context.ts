/**
 * What a provider takes from the world besides its API: the time, randomness for ids and certificates, and variables.
 * Entry points make one and hand it in; tests hand in a fixed one.
 */
import { randomBytes } from 'node:crypto';
import type { Instant } from '../../domain/time';

export type Environment = Readonly<Record<string, string | undefined>>;

export interface ProviderContext {
  now(): Instant;
  /** `length` bytes nobody can guess. */
  entropy(length: number): Uint8Array;
  /** Variables of the Terraform that is served: its own process's when it was started by us, else those of this one. */
  readonly environment: Environment;
}

/** The machine's own clock and randomness. For entry points only. */
export function hostContext(environment: Environment): ProviderContext {
  return { now: () => Date.now(), entropy: (length) => randomBytes(length), environment };
}
