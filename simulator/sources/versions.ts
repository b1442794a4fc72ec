import { SourceError } from './errors';
import { textOf } from './json';

/** Throws {@link SourceError} unless the format version is of that major version. */
export function requireMajor(version: unknown, what: 'plan' | 'state', major: string): void {
  if (textOf(version)?.split('.')[0] === major) return;
  throw new SourceError(
    `the Terraform ${what} has format_version ${brief(version)}; only ${major}.x is read: print it with 'terraform show -json' of Terraform 1.x`,
  );
}

/** A version as it stands in the source, cut short: nothing else of the source gets into a message. */
export function brief(value: unknown): string {
  const text = typeof value === 'string' || typeof value === 'number' ? JSON.stringify(value) : typeof value;
  return text.length > 20 ? `${text.slice(0, 20)}…` : text;
}
