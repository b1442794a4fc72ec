/** The control API's client against answers of every kind (design.md 3.2). */
import nock from 'nock';
import { KeyClient } from '../../cli/key-client';
import { connect, PlatformClient } from '../../cli/platform-client';
import { keyquake } from './support';

const url = 'http://platform.test:4510';
const health = {
  status: 'ok',
  version: '0.1.0',
  now: '2026-01-15T10:00:00.000Z',
  auth: 'open',
  account: '0a1b2c3d4e5f60718293a4b5c6d7e8f9',
  services: [],
};

beforeAll(() => nock.disableNetConnect());
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([]);
  nock.cleanAll();
});

function messageOf(work: Promise<unknown>): Promise<string> {
  return work.then(
    () => 'no error',
    (error: Error) => error.message,
  );
}

function systemError(code: string): Error {
  return Object.assign(new Error(code), { code });
}

const unreachable = "start one with 'keyquake up', or name its URL with --url or KEYQUAKE_URL";
const wrongUrl = "name the URL that 'keyquake up' printed after 'ready'";

describe('a URL where no platform answers', () => {
  test.each([
    ['ECONNREFUSED', 'the connection was refused'],
    ['ECONNRESET', 'the connection was closed in mid-answer'],
    ['ENOTFOUND', 'the host is not known'],
    ['EHOSTUNREACH', 'the host cannot be reached'],
    ['ETIMEDOUT', 'the connection timed out'],
    ['EWEIRD', 'EWEIRD'],
  ])('%s', async (code, cause) => {
    nock(url).get('/_keyquake/health').replyWithError(systemError(code));
    expect(await messageOf(connect(url))).toBe(`no platform answers at ${url}; ${cause}; ${unreachable}`);
  });
});

describe('a URL where something else answers', () => {
  test.each<[string, number, string | object, Record<string, string>, string]>([
    [
      'a web page',
      200,
      '<html></html>',
      { 'content-type': 'text/html' },
      'it answered GET /_keyquake/health with status 200 and text/html, not with JSON',
    ],
    [
      'a redirect, which is not followed',
      302,
      '',
      { location: 'http://elsewhere.test/' },
      'it answered GET /_keyquake/health with status 302',
    ],
    [
      'another JSON API',
      404,
      { error: 'not_found' },
      {},
      'it answered GET /_keyquake/health with status 404',
    ],
    ['JSON of another shape', 200, { status: 'ok' }, {}, 'it answered GET /_keyquake/health with status 200'],
    ['JSON that is no object', 200, '[]', {}, 'it answered GET /_keyquake/health with status 200'],
  ])('%s', async (_name, status, body, headers, found) => {
    nock(url).get('/_keyquake/health').reply(status, body, headers);
    expect(await messageOf(connect(url))).toBe(`${url} is not a Keyquake platform; ${found}; ${wrongUrl}`);
  });

  test('a graph without statuses', async () => {
    nock(url).get('/_keyquake/graph').reply(200, { nodes: [], edges: [] });
    expect(await messageOf(new PlatformClient(url).graph())).toBe(
      `${url} is not a Keyquake platform; its graph lacks nodes, edges or statuses; ${wrongUrl}`,
    );
  });

  test('a clock without a time', async () => {
    nock(url).get('/_keyquake/clock').reply(200, {});
    expect(await messageOf(new PlatformClient(url).clock())).toBe(
      `${url} is not a Keyquake platform; its clock answers no time; ${wrongUrl}`,
    );
  });

  test('an IAM that gives no token', async () => {
    nock(url).post('/identity/token').reply(200, { token_type: 'Bearer' });
    expect(await messageOf(KeyClient.connect(url))).toBe(
      `${url} is not a Keyquake platform; it gave no token: POST /identity/token answered status 200; ${wrongUrl}`,
    );
  });
});

describe('refusals of the control API', () => {
  test('a clock that would go back', async () => {
    nock(url)
      .post('/_keyquake/clock', { set: '2020-01-01T00:00:00Z' })
      .reply(409, { error: 'clock_not_moved', message: 'it would go back' });
    expect(await messageOf(new PlatformClient(url).setClock('2020-01-01T00:00:00Z'))).toBe(
      'the platform refused to set its clock to 2020-01-01T00:00:00Z; it would go back (status 409)',
    );
  });

  test('a reset that fails', async () => {
    nock(url).post('/_keyquake/reset').reply(500, { error: 'internal_error' });
    expect(await messageOf(new PlatformClient(url).reset())).toBe(
      'the platform refused to reset; no reason given (status 500)',
    );
  });

  test('a graph that fails', async () => {
    nock(url).get('/_keyquake/graph').reply(500, { message: 'the platform failed; its log says why' });
    expect(await messageOf(new PlatformClient(url).graph())).toBe(
      'the platform refused to show its graph; the platform failed; its log says why (status 500)',
    );
  });
});

describe('commands on a platform', () => {
  beforeEach(() => {
    nock(url).get('/_keyquake/health').reply(200, health);
  });

  test('clock show prints the time', async () => {
    nock(url).get('/_keyquake/clock').reply(200, { now: '2026-01-15T10:00:00.000Z' });
    expect(await keyquake(['clock', 'show', '--url', `${url}/`])).toEqual({
      status: 0,
      stdout: '2026-01-15T10:00:00.000Z\n',
      stderr: '',
    });
  });

  test('clock advance sends the duration as it was written', async () => {
    nock(url).post('/_keyquake/clock', { advance: 'P31D' }).reply(200, { now: '2026-02-15T10:00:00.000Z' });
    const { status, stdout } = await keyquake(['clock', 'advance', 'P31D'], { env: { KEYQUAKE_URL: url } });
    expect([status, stdout]).toEqual([0, '2026-02-15T10:00:00.000Z\n']);
  });

  test('reset asks the platform that --url names, not the one of KEYQUAKE_URL', async () => {
    nock(url).post('/_keyquake/reset').reply(204);
    const env = { KEYQUAKE_URL: 'http://other.test' };
    expect(await keyquake(['reset', '--url', url], { env })).toEqual({
      status: 0,
      stdout: `reset ${url}\n`,
      stderr: '',
    });
  });
});

test('without --url and KEYQUAKE_URL a command asks the default address of up', async () => {
  nock('http://127.0.0.1:4510').get('/_keyquake/health').replyWithError(systemError('ECONNREFUSED'));
  expect((await keyquake(['reset'])).stderr).toBe(
    `keyquake: no platform answers at http://127.0.0.1:4510; the connection was refused; ${unreachable}\n`,
  );
});
