/** One JSON request to a platform. Everything that can go wrong on the way becomes a one-line error. */
import { CliError, messageOf, systemCodeOf } from './errors';

export interface JsonRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** Below the base URL, with a leading slash. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON; a `URLSearchParams` is sent as a form. */
  readonly body?: unknown;
}

export interface JsonReply {
  readonly status: number;
  /** The decoded body; undefined when it is empty. */
  readonly body: unknown;
}

const timeoutMilliseconds = 30_000;

const causes: Record<string, string> = {
  ECONNREFUSED: 'the connection was refused',
  ECONNRESET: 'the connection was closed in mid-answer',
  UND_ERR_SOCKET: 'the connection was closed in mid-answer',
  ENOTFOUND: 'the host is not known',
  EAI_AGAIN: 'the host is not known',
  EHOSTUNREACH: 'the host cannot be reached',
  ENETUNREACH: 'the host cannot be reached',
  ETIMEDOUT: 'the connection timed out',
  UND_ERR_CONNECT_TIMEOUT: 'the connection timed out',
};

/** `fetch` hides the system's error in `cause`, and several attempts in an AggregateError below that. */
function causeOf(error: unknown): string {
  if (error instanceof Error && error.name === 'TimeoutError') {
    return `there was no answer within ${timeoutMilliseconds / 1000} s`;
  }
  const inner = error instanceof Error && error.cause !== undefined ? error.cause : error;
  const first = inner instanceof AggregateError ? inner.errors[0] : inner;
  return causes[systemCodeOf(first) ?? ''] ?? messageOf(first);
}

function unreachable(base: string, error: unknown): CliError {
  return new CliError(
    {
      what: `no platform answers at ${base}`,
      rule: causeOf(error),
      remedy: "start one with 'keyquake up', or name its URL with --url or KEYQUAKE_URL",
    },
    { cause: error },
  );
}

/** What answered is not a Keyquake platform, or something between us and it answered instead. */
export function notAPlatform(base: string, found: string): CliError {
  return new CliError({
    what: `${base} is not a Keyquake platform`,
    rule: found,
    remedy: "name the URL that 'keyquake up' printed after 'ready'",
  });
}

function initOf({ method, headers, body }: JsonRequest): RequestInit {
  // A redirect is never followed: requests carry tokens, and a platform sends none.
  const init = { method, redirect: 'manual', signal: AbortSignal.timeout(timeoutMilliseconds) } as const;
  const accept = { accept: 'application/json', ...headers };
  if (body === undefined) return { ...init, headers: accept };
  if (body instanceof URLSearchParams) return { ...init, headers: accept, body };
  return {
    ...init,
    headers: { 'content-type': 'application/json', ...accept },
    body: JSON.stringify(body),
  };
}

function decode(base: string, { method, path }: JsonRequest, response: Response, text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    const type = response.headers.get('content-type') ?? 'no content type';
    throw notAPlatform(
      base,
      `it answered ${method} ${path} with status ${response.status} and ${type}, not with JSON`,
    );
  }
}

/** Sends one request; any status is an answer, a body that is not JSON is an error. */
export async function requestJson(base: string, request: JsonRequest): Promise<JsonReply> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(`${base}${request.path}`, initOf(request));
    text = await response.text();
  } catch (error) {
    throw unreachable(base, error);
  }
  return { status: response.status, body: decode(base, request, response, text) };
}
