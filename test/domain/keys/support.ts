import type { KeyFacts } from '../../../domain/keys/transitions';
import { parseInstant } from '../../../domain/time';

export const now = parseInstant('2026-03-01T12:00:00Z');

/** An imported root key of Key Protect that protects nothing, with every wait long over and every window open. */
export function key(facts: Partial<KeyFacts>): KeyFacts {
  return {
    service: 'kms',
    state: 'active',
    imported: true,
    extractable: false,
    registrations: 0,
    ...facts,
  };
}

export const seconds = (number: number): number => number * 1_000;
export const hours = (number: number): number => number * 3_600_000;
export const days = (number: number): number => number * 86_400_000;
