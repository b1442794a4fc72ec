/**
 * One HTTP exchange with an API of the vendor: JSON both ways, the vendor's error bodies, retries of what passes by
 * itself. Refusals (4xx) are never retried. Sources: ibm-control-plane.md 1.5, 1.7.
 */
import { STATUS_CODES } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Duration, second } from '../../../domain/time';
import { messageOf } from '../../core/diagnostics';

export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent as JSON; {@link URLSearchParams} as a form. */
  readonly body?: unknown;
  readonly signal?: AbortSignal;
}

export interface HttpResponse {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; undefined when there is none. */
  readonly body: unknown;
}

/** How long an API is waited for, and how often it is asked again. */
export interface Patience {
  readonly retries: number;
  /** For one attempt. */
  readonly timeout: Duration;
}

export const defaultPatience: Patience = { retries: 4, timeout: 60 * second };

/** Plain words that the platform puts beside the vendor's. */
export interface Explanation {
  readonly cause?: string;
  readonly remedy?: string;
}

interface Told {
  readonly code?: string | undefined;
  /** Path of the request's member that it is about, `encryption_key.crn`. */
  readonly field?: string | undefined;
  readonly explanation?: Explanation;
  /** @default - the message */
  readonly vendorText?: string | undefined;
}

/** What an API refused, in its own words, with our plain cause and remedy when the platform gave them. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: string | undefined;
  readonly field: string | undefined;
  readonly explanation: Explanation;
  /** The text that the vendor's client makes of it, and its provider ends a message with. */
  readonly vendorText: string;

  constructor(
    readonly status: number,
    message: string,
    { code, field, explanation = {}, vendorText = message }: Told = {},
  ) {
    super(message);
    this.vendorText = vendorText;
    this.code = code;
    this.field = field;
    this.explanation = explanation;
  }
}

/** No answer at all: refused, reset, timed out. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

/** An answer without what was asked for. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';
}

/** What is wrong passes by itself, or has to be waited for: `Retry-After` in seconds says how long. */
class Retriable {
  constructor(
    readonly error: Error,
    readonly after?: Duration,
  ) {}
}

const firstWait: Duration = 200;
const longestWait: Duration = 5 * second;

/** Throws {@link ApiError} for a refusal, {@link UnreachableError}, or the reason for which `signal` was aborted. */
export async function exchange(
  request: HttpRequest,
  patience: Patience = defaultPatience,
): Promise<HttpResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const outcome = await once(request, patience.timeout);
    if (!(outcome instanceof Retriable)) return outcome;
    if (attempt >= patience.retries) throw outcome.error;
    const wait = outcome.after ?? Math.min(firstWait * 2 ** attempt, longestWait);
    await delay(wait, undefined, request.signal ? { signal: request.signal } : {});
  }
}

async function once(request: HttpRequest, timeout: Duration): Promise<HttpResponse | Retriable> {
  const response = await sent(request, timeout);
  if (response instanceof Retriable || response.status < 400) return response;
  const error = errorOf(response);
  if (!passesByItself(response.status)) throw error;
  const after = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new Retriable(error, Number.isInteger(after) ? after * second : undefined);
}

function passesByItself(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}

async function sent(request: HttpRequest, timeout: Duration): Promise<HttpResponse | Retriable> {
  const { method, url, body, signal } = request;
  const late = AbortSignal.timeout(timeout);
  try {
    const response = await fetch(urlOf(request), {
      method,
      headers: headersOf(request),
      ...(body === undefined ? {} : { body: body instanceof URLSearchParams ? body : JSON.stringify(body) }),
      signal: signal ? AbortSignal.any([signal, late]) : late,
    });
    return { status: response.status, headers: response.headers, body: parse(await response.text()) };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (late.aborted)
      throw new UnreachableError(`${method} ${url} was not answered in ${timeout / second} s`);
    return new Retriable(new UnreachableError(`${method} ${url} got no answer: ${reasonOf(error)}`));
  }
}

function headersOf({ headers: given = {}, body }: HttpRequest): Headers {
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined && !(body instanceof URLSearchParams))
    headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(given)) if (value !== undefined) headers.set(name, value);
  return headers;
}

/** `fetch` says "fetch failed" and keeps why in the cause, which may be one error per address. */
function reasonOf(error: unknown): string {
  const { cause, errors = [] } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly cause?: unknown;
    readonly errors?: readonly unknown[];
  };
  if (cause !== undefined) return reasonOf(cause);
  return errors.length > 0 ? errors.map(reasonOf).join('; ') : messageOf(error);
}

function urlOf({ url, query = {} }: HttpRequest): string {
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return given.length === 0 ? url : `${url}?${new URLSearchParams(given)}`;
}

function parse(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

interface Reason {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly moreInfo?: unknown;
  readonly target?: { readonly type?: unknown; readonly name?: unknown };
}

interface ErrorBody {
  readonly errors?: readonly Reason[];
  readonly resources?: readonly RefusedResource[];
  readonly error?: unknown;
  readonly message?: unknown;
  readonly errorMessage?: unknown;
  readonly errorCode?: unknown;
  /** Resource Controller and Resource Manager. */
  readonly error_code?: unknown;
  readonly code?: unknown;
  readonly keyquake?: Explanation;
}

/** The first that is text. */
function firstText(...values: readonly unknown[]): string | undefined {
  return values.find((value): value is string => typeof value === 'string' && value !== '');
}

interface RefusedResource {
  readonly errorMsg?: unknown;
  readonly reasons?: readonly Reason[];
}

/** As IBM/keyprotect-go-client words it (`kp.go`, `Error` and `reason`). */
function keyProtectText(headers: Headers, { errorMsg, reasons = [] }: RefusedResource): string {
  const told = reasons.map(({ code, message, moreInfo }) => {
    const more = firstText(moreInfo);
    return `${code}: ${message}${more === undefined ? '' : ` - FOR_MORE_INFO_REFER: ${more}`}`;
  });
  const why = told.length === 0 ? '' : `, reasons='[${told.join(' ')}]'`;
  return `kp.Error: correlation_id='${headers.get('correlation-id') ?? ''}', msg='${errorMsg}'${why}`;
}

/** Reads every error body of ibm-control-plane.md 1.7. */
function errorOf({ status, body, headers }: HttpResponse): ApiError {
  const said = (typeof body === 'object' && body !== null ? body : {}) as ErrorBody;
  const first = said.errors?.[0];
  const resource = said.resources?.[0];
  const reason = resource?.reasons?.[0];
  const target = first?.target ?? reason?.target;
  const text = firstText(first?.message, resource?.errorMsg, said.error, said.message, said.errorMessage);
  const why = firstText(reason?.message);
  const message = text ?? `the API answered with status ${status} (${STATUS_CODES[status] ?? 'unknown'})`;
  return new ApiError(status, why === undefined ? message : `${message} (${why})`, {
    code: firstText(first?.code, reason?.code, said.code, said.errorCode, said.error_code),
    field: target?.type === 'field' ? firstText(target.name) : undefined,
    ...(said.keyquake && { explanation: said.keyquake }),
    ...(resource && { vendorText: keyProtectText(headers, resource) }),
  });
}
