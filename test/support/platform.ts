/** A platform for one test: in memory, seeded, checking its own answers, on a clock that stands still until it is moved. */
import { parseInstant } from '../../domain/time';
import { type CreatePlatformOptions, createPlatform, frozenClock, type Platform } from '../../mock-platform';

export const testStart = '2026-01-15T10:00:00Z';

export interface Reply {
  readonly status: number;
  readonly headers: Headers;
  // Test code reads wire JSON freely.
  // biome-ignore lint/suspicious/noExplicitAny: the body of a vendor API is asserted, not typed
  readonly body: any;
}

export interface TestPlatform {
  readonly platform: Platform;
  readonly url: string;
  /** Sends `body` as JSON (a string or buffer goes as it is); paths are below the base URL. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  close(): Promise<void>;
}

async function replyOf(response: Response): Promise<Reply> {
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: text === '' ? undefined : JSON.parse(text),
  };
}

export async function startTestPlatform(options: CreatePlatformOptions = {}): Promise<TestPlatform> {
  const platform = await createPlatform({
    seed: 1,
    clock: frozenClock(parseInstant(testStart)),
    verifyResponses: true,
    ...options,
  });
  const url = await platform.listen();
  return {
    platform,
    url,
    async request(method, path, body, headers = {}) {
      const raw = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
      const payload = raw ? (body as string | Uint8Array | undefined) : JSON.stringify(body);
      const init = { method, headers, ...(payload === undefined ? {} : { body: payload }) };
      return replyOf(await fetch(`${url}${path}`, init as RequestInit));
    },
    close: () => platform.close(),
  };
}
