/** From an API's refusal to a diagnostic: the vendor's words first, then our plain cause and remedy. */
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { ApiError } from './http';

export function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}

/** `value`, or undefined when the API answers that there is none. */
export async function unlessGone<T>(value: Promise<T>): Promise<T | undefined> {
  try {
    return await value;
  } catch (error) {
    if (isGone(error)) return undefined;
    throw error;
  }
}

function detailOf(error: ApiError): string {
  const { cause, remedy } = error.explanation;
  const code = error.code === undefined ? '' : ` (${error.code})`;
  const lines = [`${error.message}${code}, HTTP status ${error.status}.`];
  if (cause !== undefined) lines.push(`Cause: ${cause}.`);
  if (remedy !== undefined) lines.push(`Remedy: ${remedy}.`);
  return lines.join('\n');
}

/**
 * Runs one step of a resource. A refusal becomes a diagnostic titled `Could not {doing}`, on `attribute` when given:
 * one name, or the name for each of the API's codes.
 */
export async function step<T>(
  doing: string,
  task: Promise<T>,
  attribute?: string | Readonly<Record<string, string>>,
): Promise<T> {
  try {
    return await task;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const name = typeof attribute === 'string' ? attribute : attribute?.[error.code ?? ''];
    const path = name === undefined ? {} : { attribute: attributePath(name) };
    throw new DiagnosticError({ summary: `Could not ${doing}`, detail: detailOf(error), ...path });
  }
}
