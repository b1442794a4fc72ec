/**
 * One HTTP exchange with an API of the vendor: JSON both ways, the vendor's error bodies, retries of what passes by
 * itself. Refusals (4xx) are never retried.
 */
import { setTimeout as delay } from 'node:timers/promises';

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
  /** Parsed JSON; undefined for an empty body. */
  readonly body: unknown;
}

/** What an API refused, in its own words, with our plain cause and remedy when the platform gave them. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  constructor(
    readonly status: number,
    readonly code: string | undefined,
    message: string,
    readonly explanation: { readonly cause?: string; readonly remedy?: string } = {},
  ) {
    super(message);
  }
}

/** No answer at all: refused, reset, timed out. */
export class UnreachableError extends Error {
  override readonly name = 'UnreachableError';
}

const retries = 4;
const firstWait = 200;

function passesByItself(status: number): boolean {
  return status === 429 || (status >= 500 && status !== 501);
}

export async function exchange(request: HttpRequest): Promise<HttpResponse> {
  for (let attempt = 0; ; attempt += 1) {
    const last = attempt === retries;
    try {
      const response = await once(request);
      if (response.status < 400) return response;
      if (last || !passesByItself(response.status)) throw errorOf(response);
    } catch (error) {
      if (error instanceof ApiError || request.signal?.aborted || last) throw unreachable(error, request);
    }
    await delay(firstWait * 2 ** attempt, undefined, request.signal ? { signal: request.signal } : {});
  }
}

function unreachable(error: unknown, { method, url }: HttpRequest): Error {
  if (error instanceof ApiError || (error instanceof Error && error.name === 'AbortError')) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
  return new UnreachableError(`${method} ${url} got no answer: ${cause}`);
}

async function once(request: HttpRequest): Promise<HttpResponse> {
  const { method, body, signal } = request;
  const form = body instanceof URLSearchParams;
  const headers = new Headers({ accept: 'application/json' });
  if (body !== undefined && !form) headers.set('content-type', 'application/json');
  for (const [name, value] of Object.entries(request.headers ?? {}))
    if (value !== undefined) headers.set(name, value);
  const response = await fetch(urlOf(request), {
    method,
    headers,
    ...(body === undefined ? {} : { body: form ? body : JSON.stringify(body) }),
    ...(signal ? { signal } : {}),
  });
  return { status: response.status, headers: response.headers, body: parse(await response.text()) };
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

interface ErrorBody {
  readonly errors?: readonly { readonly code?: string; readonly message?: string }[];
  readonly resources?: readonly {
    readonly errorMsg?: string;
    readonly reasons?: readonly { readonly code?: string; readonly message?: string }[];
  }[];
  readonly error?: string;
  readonly message?: string;
  readonly errorMessage?: string;
  readonly errorCode?: string;
  readonly code?: string;
  readonly keyquake?: { readonly cause?: string; readonly remedy?: string };
}

/** Reads every error body of ibm-control-plane.md 1.7. */
function errorOf({ status, body }: HttpResponse): ApiError {
  const said = (typeof body === 'object' && body !== null ? body : {}) as ErrorBody;
  const first = said.errors?.[0];
  const resource = said.resources?.[0];
  const reason = resource?.reasons?.[0];
  const code = first?.code ?? reason?.code ?? said.code ?? said.errorCode;
  const text = first?.message ?? resource?.errorMsg ?? said.error ?? said.message ?? said.errorMessage;
  const message = reason?.message === undefined ? text : `${text} (${reason.message})`;
  return new ApiError(status, code, message ?? `the API answered with status ${status}`, said.keyquake);
}
