/** One exchange: retries, refusals in every dialect, time limits (ibm-control-plane.md 1.5, 1.7). */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import nock from 'nock';
import { ApiError, exchange, type HttpRequest, UnreachableError } from '../../../../provider/ibm/client/http';
import { api, onlyWhatIsPlayed } from '../support/session';

onlyWhatIsPlayed();

const request: HttpRequest = { method: 'GET', url: `${api}/thing` };
const once = { retries: 0, timeout: 5_000 };

describe('what passes by itself is asked again', () => {
  test.each([429, 500, 502, 503, 504])('%d', async (status) => {
    nock(api).get('/thing').reply(status).get('/thing').reply(200, { ok: true });
    expect(await exchange(request, { ...once, retries: 1 })).toMatchObject({
      status: 200,
      body: { ok: true },
    });
  });

  test('until the retries are used up; then it is what the API said', async () => {
    nock(api)
      .get('/thing')
      .times(3)
      .reply(503, { errors: [{ code: 'busy', message: 'try later' }] });
    await expect(exchange(request, { ...once, retries: 2 })).rejects.toMatchObject({
      status: 503,
      code: 'busy',
      message: 'try later',
    });
  });

  test('after as many seconds as the API says', async () => {
    nock(api).get('/thing').reply(429, {}, { 'retry-after': '0' }).get('/thing').reply(204);
    expect(await exchange(request, { ...once, retries: 1 })).toMatchObject({ status: 204, body: undefined });
  });

  test('a connection that was reset', async () => {
    nock(api).get('/thing').replyWithError(new Error('socket hang up')).get('/thing').reply(200, {});
    expect(await exchange(request, { ...once, retries: 1 })).toMatchObject({ status: 200 });
  });
});

describe('what does not pass by itself is asked once', () => {
  test.each([400, 401, 403, 404, 409, 410, 412, 422, 501])('%d', async (status) => {
    nock(api).get('/thing').reply(status, { message: 'no' });
    await expect(exchange(request, { ...once, retries: 3 })).rejects.toMatchObject({ status, message: 'no' });
  });
});

describe('error bodies', () => {
  const dialects: readonly [string, object | string, Partial<ApiError>][] = [
    [
      'VPC, IAM policies, Secrets Manager: the first of errors',
      {
        errors: [
          { code: 'bad_field', message: 'zone is wrong', target: { type: 'field', name: 'zone.name' } },
          { code: 'other', message: 'not this one' },
        ],
        trace: 't',
      },
      { code: 'bad_field', message: 'zone is wrong', field: 'zone.name' },
    ],
    [
      'Key Protect: the resource, and its first reason',
      {
        metadata: { collectionType: 'application/vnd.ibm.kms.error+json', collectionTotal: 1 },
        resources: [
          {
            errorMsg: 'Conflict: Key could not be deleted: see reasons for details (PROTECTED_RESOURCE_ERR)',
            reasons: [
              {
                code: 'PROTECTED_RESOURCE_ERR',
                message: 'The key protects resources',
                target: { type: 'query_param', name: 'force' },
              },
            ],
          },
        ],
      },
      {
        code: 'PROTECTED_RESOURCE_ERR',
        message:
          'Conflict: Key could not be deleted: see reasons for details (PROTECTED_RESOURCE_ERR) (The key protects resources)',
        field: undefined,
      },
    ],
    [
      'Key Protect without reasons (401)',
      { resources: [{ errorMsg: 'Unauthorized: The user does not have access' }] },
      { code: undefined, message: 'Unauthorized: The user does not have access' },
    ],
    ['error as text', { error: 'gone', code: 'c1' }, { code: 'c1', message: 'gone' }],
    ['message and code', { message: 'not so', code: 'c2' }, { code: 'c2', message: 'not so' }],
    [
      'IAM identity',
      { errorCode: 'BXNIM0415E', errorMessage: 'Provided API key could not be found', context: {} },
      { code: 'BXNIM0415E', message: 'Provided API key could not be found' },
    ],
    [
      'Resource Controller',
      { error_code: 'RC-ServiceBrokerErrorResponse', message: 'refused by the service', status_code: 400 },
      { code: 'RC-ServiceBrokerErrorResponse', message: 'refused by the service' },
    ],
    [
      'an object where text should be',
      { error: { reason: 'x' }, code: 7 },
      { code: undefined, message: 'the API answered with status 400 (Bad Request)' },
    ],
    [
      'an empty list of errors',
      { errors: [] },
      { message: 'the API answered with status 400 (Bad Request)' },
    ],
    ['no JSON', '<html>', { message: 'the API answered with status 400 (Bad Request)' }],
    ['nothing', '', { message: 'the API answered with status 400 (Bad Request)' }],
    [
      "the platform's own words beside the vendor's",
      { message: 'refused', keyquake: { cause: 'the key is disabled', remedy: 'enable it' } },
      { message: 'refused', explanation: { cause: 'the key is disabled', remedy: 'enable it' } },
    ],
  ];

  test.each(dialects)('%s', async (_name, body, expected) => {
    nock(api).get('/thing').reply(400, body);
    const thrown = await exchange(request, once).catch((error: unknown) => error);
    expect(thrown).toBeInstanceOf(ApiError);
    expect(thrown).toMatchObject({ status: 400, ...expected });
  });
});

describe('requests', () => {
  test('JSON goes as JSON, undefined headers and query parameters not at all', async () => {
    nock(api, { badheaders: ['if-match'] })
      .post('/thing', { name: 'n' })
      .query({ a: '1' })
      .matchHeader('content-type', 'application/json')
      .reply(201, { id: 'x' });
    const headers = { 'if-match': undefined };
    const query = { a: '1', b: undefined };
    const answer = await exchange({ ...request, method: 'POST', body: { name: 'n' }, headers, query }, once);
    expect(answer).toMatchObject({ status: 201, body: { id: 'x' } });
  });

  test('another content type can be named', async () => {
    nock(api).patch('/thing').matchHeader('content-type', 'application/merge-patch+json').reply(200, {});
    const headers = { 'content-type': 'application/merge-patch+json' };
    await exchange({ ...request, method: 'PATCH', body: {}, headers }, once);
  });
});

describe('no answer', () => {
  /** A server that takes connections and says nothing. */
  async function silent(act: (url: string) => Promise<void>): Promise<void> {
    const server = createServer(() => undefined);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    nock.enableNetConnect('127.0.0.1');
    try {
      await act(`http://127.0.0.1:${(server.address() as AddressInfo).port}/thing`);
    } finally {
      nock.disableNetConnect();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    }
  }

  test('within the time limit: says for how long it was waited, and asks no more', () =>
    silent(async (url) => {
      await expect(exchange({ method: 'GET', url }, { retries: 3, timeout: 50 })).rejects.toThrow(
        new UnreachableError(`GET ${url} was not answered in 0.05 s`),
      );
    }));

  test('before the operation is aborted: throws the reason of the abortion', () =>
    silent(async (url) => {
      const abort = new AbortController();
      const reason = new Error('interrupted');
      const asking = exchange({ method: 'GET', url, signal: abort.signal }, once);
      abort.abort(reason);
      await expect(asking).rejects.toBe(reason);
    }));

  test('because nobody listens: names the address', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    nock.enableNetConnect('127.0.0.1');
    const url = `http://127.0.0.1:${port}/thing`;
    await expect(exchange({ method: 'GET', url }, once)).rejects.toThrow(
      `GET ${url} got no answer: connect ECONNREFUSED 127.0.0.1:${port}`,
    );
    nock.disableNetConnect();
  });
});
