/** From an API's refusal to a diagnostic: the vendor's words first, then our plain cause and remedy. */
import { DiagnosticError } from '../../core/diagnostics';
import { type AttributePath, attributePath } from '../../core/path';
import { ApiError } from './http';
import { remedyFor } from './remedies';

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

/** Some APIs end their sentences, some do not. */
function unended(sentence: string): string {
  return sentence.replace(/\.$/, '');
}

/** What an API refused and why, as the detail of a diagnostic. */
export function refusalText(error: ApiError): string {
  const { cause, remedy = remedyFor(error) } = error.explanation;
  const isNamed = error.code === undefined || error.message.includes(error.code);
  const code = isNamed ? '' : ` (${error.code})`;
  const lines = [`${unended(error.message)}${code}, HTTP status ${error.status}.`];
  if (cause !== undefined) lines.push(`Cause: ${unended(cause)}.`);
  if (remedy !== undefined) lines.push(`Remedy: ${unended(remedy)}.`);
  return lines.join('\n');
}

/**
 * The attribute that a refusal is about: one for all of them, or a table of the API's codes and of the members of its
 * requests (`encryption_key`, which stands for `encryption_key.crn` too). A code says more than a member. Attributes of
 * blocks are named with the block's place: `rotation.0.interval_month`.
 */
export type AttributeOf = string | AttributeTable;

export type AttributeTable = Readonly<Record<string, string>>;

function nameOf({ code = '', field = '' }: ApiError, of: AttributeOf | undefined): string | undefined {
  if (of === undefined || typeof of === 'string') return of;
  // Key Protect takes its objects in a list, of one.
  const member = field.replace(/^resources\.\d+\./, '');
  return of[code] ?? of[member] ?? of[/^\/?([^./]*)/.exec(member)?.[1] ?? ''];
}

function pathOf(name: string): AttributePath {
  return attributePath(...name.split('.').map((step) => (/^\d+$/.test(step) ? Number(step) : step)));
}

/** How the vendor's provider begins the message of a failed step; what its client makes of the refusal follows. */
export interface VendorWords {
  readonly says: string;
  /** What the step does, for deletions: Terraform shows no address of what it deletes, and the vendor's words name nothing. */
  readonly doing?: string;
}

/** What a step does, `create volume v`, or the words of the vendor's provider. */
export type Doing = string | VendorWords;

function summaryOf(doing: Doing, error: ApiError): string {
  return typeof doing === 'string' ? `Could not ${doing}` : `${doing.says}: ${unended(error.vendorText)}`;
}

function detailOf(doing: Doing, error: ApiError): string {
  const named = typeof doing === 'string' || doing.doing === undefined ? [] : [`Could not ${doing.doing}.`];
  return [...named, refusalText(error)].join('\n');
}

/** What a refused step is told as, without its attribute. */
export function toldAs(doing: Doing, error: ApiError): { readonly summary: string; readonly detail: string } {
  return { summary: summaryOf(doing, error), detail: detailOf(doing, error) };
}

/** Runs one step of a resource. A refusal becomes a diagnostic with the title of {@link Doing}. */
export async function step<T>(doing: Doing, task: Promise<T>, attribute?: AttributeOf): Promise<T> {
  try {
    return await task;
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const name = nameOf(error, attribute);
    const path = name === undefined ? {} : { attribute: pathOf(name) };
    throw new DiagnosticError({ ...toldAs(doing, error), ...path });
  }
}
