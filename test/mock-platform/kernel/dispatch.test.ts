/** What happens to one request between the socket and the handler, whatever the service. */

import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlDialect } from '../../../mock-platform/control/errors';
import { frozenClock } from '../../../mock-platform/kernel/clock';
import { createContext, seededRandom } from '../../../mock-platform/kernel/context';
import { ServiceError } from '../../../mock-platform/kernel/errors';
import type { Kernel } from '../../../mock-platform/kernel/http/dispatch';
import { createApp } from '../../../mock-platform/kernel/http/router';
import {
  noContent,
  ok,
  operation,
  operationWithBody,
  operationWithForm,
  operationWithOptionalBody,
  type Service,
} from '../../../mock-platform/kernel/operation';
import { defaultOptions } from '../../../mock-platform/kernel/options';
import { SqliteStore } from '../../../mock-platform/kernel/store/sqlite';
import { collection, RevisionConflictError } from '../../../mock-platform/kernel/store/store';
import { TokenAuthority } from '../../../mock-platform/kernel/tokens';
import { Validator } from '../../../mock-platform/kernel/validation';
import { Vault } from '../../../mock-platform/kernel/vault';

const notes = collection<{ text: string }>('note');
const schema = {
  type: 'object',
  properties: { text: { type: 'string' } },
  required: ['text'],
  additionalProperties: false,
};
/** What these operations answer is their handlers' business. */
const anything = {};
const common = { access: 'public', response: anything } as const;
let conflicts = 0;

const service: Service = {
  name: 'notes',
  title: 'Notes',
  dialect: controlDialect,
  hosts: [/^(?<owner>[a-z]+)\.notes\.example$/],
  mount: '/notes',
  paths: [/^\/v1\//],
  unemulated: [{ operation: 'shareNote', method: 'POST', path: '/v1/notes/:id/share' }],
  operations: [
    operationWithBody<{ text: string }>({
      ...common,
      operation: 'createNote',
      method: 'POST',
      path: '/v1/notes',
      audit: 'notes.create',
      schema,
      async handle(session, { body }) {
        const note = await session.tx.insert(notes, {
          id: session.context.ids.uuid(),
          scope: 'n',
          doc: body,
        });
        if (body.text === 'refuse') throw new ServiceError({ status: 409, code: 'refused', message: 'no' });
        if (body.text === 'crash') throw new Error('canary-detail');
        session.describe({ target: note.id });
        return ok(note.doc);
      },
    }),
    operationWithOptionalBody<{ text: string }>({
      ...common,
      operation: 'touchNotes',
      method: 'POST',
      path: '/v1/touch',
      schema,
      handle: async (_session, { body }) => ok({ had: body ?? 'no body' }),
    }),
    operationWithForm<{ text: string }>({
      ...common,
      operation: 'formNote',
      method: 'POST',
      path: '/v1/form',
      schema,
      handle: async (_session, { body }) => ok(body),
    }),
    operation({
      ...common,
      operation: 'getOwner',
      method: 'GET',
      path: '/v1/owner/:id',
      handle: async (_session, { params, query }) => ok({ ...params, q: query.get('q') }),
    }),
    operation({
      ...common,
      operation: 'race',
      method: 'DELETE',
      path: '/v1/race/:losses',
      async handle(_session, { params }) {
        if (conflicts < Number(params['losses'])) {
          conflicts += 1;
          throw new RevisionConflictError('note', '1');
        }
        return noContent;
      },
    }),
  ],
};

const logged: string[] = [];
const store = new SqliteStore(':memory:');
let server: Server;
let url: string;

beforeAll(async () => {
  const random = seededRandom(1);
  const vault = new Vault(random.bytes(32), random);
  const logger = {
    info: (line: string) => logged.push(line),
    warn: () => 0,
    error: (line: string) => logged.push(line),
  };
  const kernel: Kernel = {
    store,
    context: createContext({ clock: frozenClock(0), random }),
    vault,
    tokens: new TokenAuthority(vault),
    options: { ...defaultOptions, verifyResponses: true },
    validator: new Validator({ lenient: false }),
    logger: logger as unknown as Kernel['logger'],
    roles: async () => true,
    settlers: [],
  };
  server = createServer(createApp(kernel, [service]));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await store.close();
});

async function send(method: string, path: string, body?: string, headers: Record<string, string> = {}) {
  const response = await fetch(url + path, { method, headers, ...(body === undefined ? {} : { body }) });
  const text = await response.text();
  return {
    status: response.status,
    body: text === '' ? undefined : JSON.parse(text),
    headers: response.headers,
  };
}

const counted = () => store.transaction((tx) => tx.count(notes));
const lastEvent = async () => (await store.transaction((tx) => tx.events({ limit: 1 })))[0];

test('a body is read whatever its content type says', async () => {
  const reply = await send('POST', '/notes/v1/notes', '{"text":"a"}', { 'content-type': 'text/plain' });
  expect([reply.status, reply.body]).toEqual([200, { text: 'a' }]);
});

test.each([undefined, '', 'null', '  null '])('%j is no body (ibm-control-plane.md 1.6)', async (body) => {
  expect((await send('POST', '/notes/v1/touch', body)).body).toEqual({ had: 'no body' });
  const refused = await send('POST', '/notes/v1/notes', body);
  expect([refused.status, refused.body.error]).toEqual([400, 'missing_body']);
});

test('a form is read as one', async () => {
  expect((await send('POST', '/notes/v1/form', 'text=a%20b')).body).toEqual({ text: 'a b' });
});

test('a refusal rolls back and is audited as a failure with its code', async () => {
  const before = await counted();
  const refused = await send('POST', '/notes/v1/notes', '{"text":"refuse"}');
  expect([refused.status, refused.body.error, refused.body.message]).toEqual([409, 'refused', 'no']);
  expect(await counted()).toBe(before);
  expect((await lastEvent())?.body).toMatchObject({
    action: 'notes.create',
    outcome: 'failure',
    reason: { reasonCode: 409, reasonType: 'refused' },
    target: { id: '/v1/notes' },
  });
});

test('a success is audited with the target that the handler named', async () => {
  await send('POST', '/notes/v1/notes', '{"text":"b"}', { 'x-request-id': 'r-7' });
  expect((await lastEvent())?.body).toMatchObject({
    outcome: 'success',
    requestId: 'r-7',
    eventTime: '1970-01-01T00:00:00.000Z',
  });
  expect((await lastEvent())?.target).toMatch(/^[0-9a-f-]{36}$/);
});

test('a crash answers 500 without its details, rolls back, and is logged', async () => {
  const before = await counted();
  const reply = await send('POST', '/notes/v1/notes', '{"text":"crash"}');
  expect([reply.status, reply.body.error]).toEqual([500, 'internal_error']);
  expect(JSON.stringify(reply.body)).not.toContain('canary-detail');
  expect(await counted()).toBe(before);
  expect(logged.some((line) => line.startsWith('notes createNote failed: Error: canary-detail'))).toBe(true);
});

test('malformed JSON is refused without quoting it', async () => {
  const reply = await send('POST', '/notes/v1/notes', '{"text":"canary');
  expect([reply.status, reply.body.error]).toEqual([400, 'malformed_body']);
  expect(JSON.stringify(reply.body)).not.toContain('canary');
});

test('a body over the limit is refused with 413', async () => {
  const reply = await send('POST', '/notes/v1/notes', JSON.stringify({ text: 'x'.repeat(4 * 1024 * 1024) }));
  expect([reply.status, reply.body.error]).toEqual([413, 'body_too_large']);
});

test.each([
  [3, 204],
  [4, 409],
])('after %d lost races it answers %d', async (losses, status) => {
  conflicts = 0;
  expect((await send('DELETE', `/notes/v1/race/${losses}`)).status).toBe(status);
});

test('a path parameter may be an encoded CRN', async () => {
  const id = 'crn:v1:bluemix:public:kms:us-south:a/1:g::';
  expect((await send('GET', `/notes/v1/owner/${encodeURIComponent(id)}?q=x`)).body).toEqual({ id, q: 'x' });
});

test('an operation that is not emulated answers 501 with its name, an unknown one with its route', async () => {
  const named = await send('POST', '/notes/v1/notes/7/share');
  expect([named.status, named.body.message]).toEqual([501, expect.stringContaining('shareNote')]);
  const unknown = await send('PUT', '/notes/v1/notes/7');
  expect([unknown.status, unknown.body.message]).toEqual([501, expect.stringContaining('PUT /v1/notes/7')]);
});

test.each([
  ['/elsewhere', 404, 'not_found'],
  ['/notes/v1/owner/%zz', 400, 'malformed_request'],
])('%s answers %d', async (path, status, error) => {
  const reply = await send('GET', path);
  expect([reply.status, reply.body.error]).toEqual([status, error]);
});
