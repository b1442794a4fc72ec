/**
 * What a provider takes from the world besides its API: the time, and randomness for ids and certificates. Entry points
 * make one and hand it in; tests hand in a fixed one.
 */
import { randomBytes } from 'node:crypto';
import type { Instant } from '../../domain/time';

export interface ProviderContext {
  now(): Instant;
  /** `length` bytes nobody can guess. */
  randomBytes(length: number): Uint8Array;
}

/** The machine's own clock and randomness. For entry points only. */
export function hostContext(): ProviderContext {
  return { now: () => Date.now(), randomBytes: (length) => randomBytes(length) };
}
