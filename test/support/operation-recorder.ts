/**
 * Notes which requests the platforms of a test process answered, and in which test: what `npm run coverage` makes its
 * page from. Jest loads it into every test file when that command runs it; by itself it does nothing.
 */

import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { appendFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join, relative } from 'node:path';

/** One answered request; a line of the recording, as JSON. */
export interface RecordedRequest {
  readonly method: string;
  readonly host: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  /** Path of the test file below the package's root. */
  readonly file: string;
  /** Full name of the test; requests outside of tests, in `beforeAll` say, are not recorded. */
  readonly test: string;
}

const channel = 'http.server.response.finish';
const root = join(__dirname, '../..');
const recording = process.env['KEYQUAKE_COVERAGE_FILE'];

/** Express takes the mount of a router off the URL, and keeps the whole of it beside. */
type Asked = IncomingMessage & { readonly originalUrl?: string };

function note(message: unknown): void {
  const { request, response } = message as { request: Asked; response: ServerResponse };
  const { currentTestName: test, testPath = '' } = expect.getState();
  if (recording === undefined || test === undefined) return;
  const [path = ''] = (request.originalUrl ?? request.url ?? '').split('?');
  const recorded: RecordedRequest = {
    method: request.method ?? '',
    host: request.headers.host ?? '',
    path,
    status: response.statusCode,
    file: relative(root, testPath),
    test,
  };
  appendFileSync(recording, `${JSON.stringify(recorded)}\n`);
}

if (recording !== undefined) {
  subscribe(channel, note);
  afterAll(() => {
    unsubscribe(channel, note);
  });
}
