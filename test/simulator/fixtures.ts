import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseInstant } from '../../domain/time';

export const fixtureFolder = join(__dirname, 'fixtures');

export const at = parseInstant('2026-01-01T00:00:00Z');

export function fixtureText(...path: readonly string[]): string {
  return readFileSync(join(fixtureFolder, ...path), 'utf8');
}

/** Parsed anew for each caller, so that a test may change it. */
export function fixture(...path: readonly string[]): Record<string, unknown> {
  return JSON.parse(fixtureText(...path)) as Record<string, unknown>;
}
