/** Checks of names, descriptions and other text of props, against the limits that `domain/` states. */
import { Annotations, Token } from 'cdktf';
import type { Construct } from 'constructs';
import { formatSeconds, parseInstant, TimeFormatError } from '../../domain/time';
import { ConstructError } from '../construct-error';

export interface TextLimit {
  readonly min: number;
  readonly max: number;
  readonly pattern?: RegExp;
}

/** The part of a property that decides: absent values and unresolved tokens are not for the synthesis to judge. */
export function literal(value: string | undefined): string | undefined {
  return value === undefined || Token.isUnresolved(value) ? undefined : value;
}

/** Throws {@link ConstructError} when the text is too short, too long or has characters that are not allowed. */
export function checkText(
  construct: Construct,
  property: string,
  value: string | undefined,
  limit: TextLimit & { readonly characters?: string },
): void {
  const text = literal(value);
  if (text === undefined) return;
  const { min, max, pattern, characters } = limit;
  if (text.length < min || text.length > max) {
    throw new ConstructError(
      construct,
      `${property} ${quoted(text)} has a length of ${text.length}, outside of ${min} to ${max} characters`,
      'choose a text of such a length',
    );
  }
  if (pattern && !pattern.test(text)) {
    throw new ConstructError(
      construct,
      `${property} ${quoted(text)} does not match ${pattern.source}`,
      `use ${characters ?? 'the characters that it allows'}`,
    );
  }
}

/** A name: {@link checkText}, and a warning when it holds an e-mail address (behaviour.md B7). */
export function checkName(
  construct: Construct,
  property: string,
  value: string | undefined,
  limit?: TextLimit & { readonly characters?: string },
): void {
  if (limit) checkText(construct, property, value, limit);
  const text = literal(value);
  if (text !== undefined && emailAddress.test(text)) {
    Annotations.of(construct).addWarning(
      `${property} ${quoted(text)} holds an e-mail address; names are shown to everyone who can list the resource, so leave personal data out`,
    );
  }
}

const emailAddress = /[^\s@/]+@[^\s@/]+\.[^\s@/]+/;

const shownCharacters = 60;

export function quoted(text: string): string {
  return text.length > shownCharacters ? `'${text.slice(0, shownCharacters)}…'` : `'${text}'`;
}

/** One of the values that a vendor lists. */
export function checkOneOf(
  construct: Construct,
  property: string,
  value: string | undefined,
  allowed: readonly string[],
): void {
  const text = literal(value);
  if (text !== undefined && !allowed.includes(text)) {
    throw new ConstructError(
      construct,
      `${property} ${quoted(text)} is not one of ${allowed.join(', ')}`,
      'choose one of those',
    );
  }
}

/** A whole number within bounds, both included. */
export function checkInteger(
  construct: Construct,
  property: string,
  value: number | undefined,
  bounds: { readonly min: number; readonly max: number },
): void {
  if (value === undefined || Token.isUnresolved(value)) return;
  if (!Number.isInteger(value) || value < bounds.min || value > bounds.max) {
    throw new ConstructError(
      construct,
      `${property} ${value} is not a whole number from ${bounds.min} to ${bounds.max}`,
      'choose one in that range',
    );
  }
}

/**
 * A point in time, RFC 3339, in the one form in which the services write it: another form of the same time, with an
 * offset or a fraction, would be a difference at every plan, and replace a key (ibm-control-plane.md 4.1).
 */
export function checkedInstant(
  construct: Construct,
  property: string,
  value: string | undefined,
): string | undefined {
  const text = literal(value);
  if (text === undefined) return value;
  try {
    return formatSeconds(parseInstant(text));
  } catch (error) {
    if (!(error instanceof TimeFormatError)) throw error;
    throw new ConstructError(
      construct,
      `${property} ${quoted(text)} is not an RFC 3339 time`,
      'write it like 2030-01-31T00:00:00Z',
    );
  }
}
