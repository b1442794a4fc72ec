/** Answers are checked against the schemas that their operations declare, where the platform is told to. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { controlDialect } from '../../../mock-platform/control/errors';
import { frozenClock } from '../../../mock-platform/kernel/clock';
import { createContext, seededRandom } from '../../../mock-platform/kernel/context';
import { type ErrorDialect, ServiceError } from '../../../mock-platform/kernel/errors';
import { createApp } from '../../../mock-platform/kernel/http/router';
import {
  type Answer,
  created,
  definitionOf,
  noContent,
  ok,
  operation,
  type Service,
} from '../../../mock-platform/kernel/operation';
import { defaultOptions } from '../../../mock-platform/kernel/options';
import { SqliteStore } from '../../../mock-platform/kernel/store/sqlite';
import { collection } from '../../../mock-platform/kernel/store/store';
import { TokenAuthority } from '../../../mock-platform/kernel/tokens';
import { Validator } from '../../../mock-platform/kernel/validation';
import { Vault } from '../../../mock-platform/kernel/vault';
import { createPlatform } from '../../../mock-platform/platform';

const notes = collection<{ text: string }>('note');
const file = {
  type: 'object',
  properties: { notes: { type: 'array', items: { $ref: '#/$defs/Note' } } },
  required: ['notes'],
  additionalProperties: false,
  $defs: {
    Note: {
      type: 'object',
      properties: { text: { type: 'string' }, mood: { enum: ['good', 'bad'] } },
      required: ['text'],
      additionalProperties: false,
    },
  },
};

/** What the operation of each name answers; all but `undeclared` declare a note. */
const answers: Readonly<Record<string, Answer>> = {
  whole: ok({ text: 'a', mood: 'good' }),
  'with-undefined': ok({ text: 'a', mood: undefined, more: undefined }),
  without: ok({}),
  unknown: ok({ text: 'a', canary: 'canary-value' }),
  wrong: ok({ text: 'a', mood: 'canary-value' }),
  type: created({ text: { canary: 'canary-value' } }),
  nothing: { status: 200 },
  'nothing-created': { status: 201 },
  'no-content': noContent,
  'content-with-204': { status: 204, body: { text: 'a' } },
  undeclared: ok({ text: 'canary-value' }),
};

/** Of the control plane's, but for one error body that it does not declare. */
const dialect: ErrorDialect = {
  ...controlDialect,
  schema: {
    type: 'object',
    properties: { error: { type: 'string' }, message: { type: 'string' }, request_id: { type: 'string' } },
    required: ['error', 'message', 'request_id'],
    additionalProperties: false,
  },
  render: (problem, context) => ({
    ...controlDialect.render(problem, context),
    ...(problem.code === 'misshapen' && { canary: 'canary-value' }),
  }),
};

const common = { access: 'public', audit: 'notes.act' } as const;
const service: Service = {
  name: 'notes',
  title: 'Notes',
  dialect,
  hosts: [],
  paths: [/^\//],
  unemulated: [],
  operations: [
    ...Object.entries(answers).map(([name, answer]) =>
      operation({
        ...common,
        operation: name,
        method: 'POST',
        path: `/${name}`,
        ...(name !== 'undeclared' && { response: definitionOf(file, 'Note') }),
        async handle(session) {
          await session.tx.insert(notes, { id: session.context.ids.uuid(), scope: 'n', doc: { text: 'a' } });
          return answer;
        },
      }),
    ),
    ...['refused', 'misshapen'].map((code) =>
      operation({
        ...common,
        operation: code,
        method: 'GET',
        path: `/${code}`,
        handle: async () => {
          throw new ServiceError({ status: 409, code, message: 'no', cause: 'a cause', remedy: 'a remedy' });
        },
      }),
    ),
  ],
};

const logged: string[] = [];
const store = new SqliteStore(':memory:');
const servers: Server[] = [];

async function serve(verifyResponses: boolean): Promise<string> {
  const random = seededRandom(servers.length + 1);
  const vault = new Vault(random.bytes(32), random);
  const app = createApp(
    {
      store,
      context: createContext({ clock: frozenClock(0), random }),
      vault,
      tokens: new TokenAuthority(vault),
      options: { ...defaultOptions, verifyResponses },
      validator: new Validator({ lenient: false }),
      logger: { info: () => undefined, warn: () => undefined, error: (line) => logged.push(line) },
      roles: async () => true,
      settlers: [],
    },
    [service],
  );
  const server = createServer(app);
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

let verifying: string;
let trusting: string;

beforeAll(async () => {
  verifying = await serve(true);
  trusting = await serve(false);
});
beforeEach(() => {
  logged.length = 0;
});
afterAll(async () => {
  for (const server of servers) {
    server.closeAllConnections();
    server.close();
  }
  await store.close();
});

async function send(url: string, method: string, path: string, headers: Record<string, string> = {}) {
  const response = await fetch(`${url}/${path}`, { method, headers });
  const text = await response.text();
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

const counted = () => store.transaction((tx) => tx.count(notes));

test.each([
  ['whole', 200],
  ['with-undefined', 200],
  ['no-content', 204],
])('an answer that conforms is sent: %s', async (name, status) => {
  expect((await send(verifying, 'POST', name)).status).toBe(status);
  expect(logged).toEqual([]);
});

test.each([
  ['without', 'text is required'],
  ['unknown', 'canary is not a known field'],
  ['wrong', 'mood must be one of good, bad'],
  ['type', 'text must be string'],
  ['nothing', 'the body is required'],
  ['nothing-created', 'the body is required'],
  ['content-with-204', 'the body is not permitted with status 204'],
  ['undeclared', 'the body has no schema: the operation declares no response'],
])('an answer that does not conform is an internal error: %s, %s', async (name, rule) => {
  const before = await counted();
  const reply = await send(verifying, 'POST', name);
  expect([reply.status, reply.body.error]).toEqual([500, 'internal_error']);
  expect(logged).toHaveLength(1);
  expect(logged[0]).toContain(
    `notes ${name} failed: NonconformingAnswerError: the answer of ${name}: ${rule}\n`,
  );
  expect(logged[0] + JSON.stringify(reply.body)).not.toContain('canary-value');
  expect(await counted()).toBe(before);
  const [event] = await store.transaction((tx) => tx.events({ limit: 1 }));
  expect(event?.body['reason']).toEqual({ reasonCode: 500, reasonType: 'internal_error' });
});

test('a caller that prefers a minimal answer may get none (RFC 7240)', async () => {
  const prefer = { prefer: 'return=minimal' };
  expect((await send(verifying, 'POST', 'nothing-created', prefer)).status).toBe(201);
});

test('an error body that conforms is sent, with what the platform explains beside it', async () => {
  const reply = await send(verifying, 'GET', 'refused');
  expect([reply.status, reply.body]).toEqual([
    409,
    {
      error: 'refused',
      message: 'no',
      request_id: expect.any(String),
      keyquake: { cause: 'a cause', remedy: 'a remedy' },
    },
  ]);
});

test('an error body that does not conform is an internal error', async () => {
  const reply = await send(verifying, 'GET', 'misshapen');
  expect([reply.status, reply.body.error]).toEqual([500, 'internal_error']);
  expect(logged).toEqual(['notes 409 misshapen: the error body of misshapen: canary is not a known field']);
});

test('without the option nothing is checked', async () => {
  expect((await send(trusting, 'POST', 'without')).status).toBe(200);
  expect((await send(trusting, 'POST', 'undeclared')).status).toBe(200);
  expect((await send(trusting, 'GET', 'misshapen')).status).toBe(409);
});

test('a platform checks nothing unless it is told to', async () => {
  const platforms = [await createPlatform(), await createPlatform({ verifyResponses: true })];
  expect(platforms.map(({ options }) => options.verifyResponses)).toEqual([false, true]);
  for (const platform of platforms) await platform.close();
});
