/** Every other host is refused and named; nothing is ever passed on. */
import { createServer, Socket } from 'node:net';
import {
  type ProxiedPlatform,
  plainCall,
  rawExchange,
  refusalOf,
  secureTunnel,
  send,
  startProxiedPlatform,
  tunnelTo,
  vendorCall,
} from './support';

let platform: ProxiedPlatform;
beforeEach(async () => {
  platform = await startProxiedPlatform();
});
afterEach(() => platform.close());

/** The body of every refusal: what, and what to do, where the vendor's SDKs look for it and where others do. */
function notEmulated(host: string) {
  const message = `Keyquake does not emulate ${host}, and nothing was sent there; leave out what calls it; GET /_keyquake/health lists the services that Keyquake emulates`;
  return {
    errors: [{ code: 'host_not_emulated', message }],
    error: 'host_not_emulated',
    message,
    remedy: 'leave out what calls it; GET /_keyquake/health lists the services that Keyquake emulates',
  };
}

const refusedTargets: readonly (readonly [string, authority: string, name: string])[] = [
  ['a vendor’s host of no service', 'user-management.cloud.ibm.com:443', 'user-management.cloud.ibm.com'],
  ['a registry', 'registry.terraform.io:443', 'registry.terraform.io'],
  ['an emulated host on another port', 'iam.cloud.ibm.com:8443', 'iam.cloud.ibm.com:8443'],
  ['an emulated host in the clear', 'iam.cloud.ibm.com:80', 'iam.cloud.ibm.com:80'],
  ['a host that only looks like one', 'iam.cloud.ibm.com.example.com:443', 'iam.cloud.ibm.com.example.com'],
  [
    'two labels where Secrets Manager has an instance',
    'a.b.us-south.secrets-manager.appdomain.cloud:443',
    'a.b.us-south.secrets-manager.appdomain.cloud',
  ],
  ['an absolute name', 'example.com.:443', 'example.com.'],
  ['an address', '192.0.2.1:443', '192.0.2.1'],
  ['an IPv6 address', '[2001:db8::1]:443', '[2001:db8::1]'],
];

// 501 is what the vendor's clients do not try again (go-sdk-core 5.22.1 `IBMCloudSDKRetryPolicy`).
test.each(refusedTargets)('a request to %s', async (_name, authority, host) => {
  const { status, phrase, headers, body } = await refusalOf(platform.proxy, authority);
  expect([status, phrase]).toEqual([501, `Not emulated by Keyquake: ${host}`]);
  expect([headers['content-type'], headers['connection']]).toEqual([
    'application/json; charset=utf-8',
    'close',
  ]);
  expect(body).toEqual(notEmulated(host));
  expect(platform.proxy.refused()).toEqual([{ host, requests: 1 }]);
  expect(platform.log).toContain(`warn proxy: ${notEmulated(host).message}`);
});

test('a request in the clear for another host', async () => {
  const { status, phrase, body } = await plainCall(platform.proxy.url, 'http://example.com/x?y=z');
  expect([status, phrase, body]).toEqual([
    501,
    'Not emulated by Keyquake: example.com',
    notEmulated('example.com'),
  ]);
  const elsewhere = await plainCall(platform.proxy.url, 'http://example.com:8080/');
  expect(elsewhere.body).toEqual(notEmulated('example.com:8080'));
  expect(platform.proxy.refused()).toEqual([
    { host: 'example.com', requests: 1 },
    { host: 'example.com:8080', requests: 1 },
  ]);
});

test('a host that is asked for often is counted, and warned about once', async () => {
  for (const authority of ['one.example:443', 'two.example:443', 'ONE.example', 'one.example:443']) {
    await refusalOf(platform.proxy, authority);
  }
  expect(platform.proxy.refused()).toEqual([
    { host: 'one.example', requests: 3 },
    { host: 'two.example', requests: 1 },
  ]);
  expect(platform.log.filter((line) => line.startsWith('warn'))).toHaveLength(2);
});

test.each([
  ['CONNECT user:canary@example.com:443 HTTP/1.1\r\nHost: x\r\n\r\n', 'malformed_target'],
  ['CONNECT example.com:99999 HTTP/1.1\r\nHost: x\r\n\r\n', 'malformed_target'],
  ['GET ftp://example.com/ HTTP/1.1\r\nHost: x\r\n\r\n', 'malformed_target'],
  ['GET https://iam.cloud.ibm.com/ HTTP/1.1\r\nHost: x\r\n\r\n', 'malformed_target'],
  ['GET http://user:canary@iam.cloud.ibm.com/ HTTP/1.1\r\nHost: x\r\n\r\n', 'malformed_target'],
  ['GET /v2/roles HTTP/1.1\r\nHost: iam.cloud.ibm.com\r\n\r\n', 'not_a_server'],
])('%j is no request for a proxy', async (text, error) => {
  const answer = await rawExchange(platform.proxy.url, text);
  const [head = '', body = ''] = answer.split('\r\n\r\n');
  expect(head.split('\r\n')[0]).toBe('HTTP/1.1 400 Bad Request');
  expect(JSON.parse(body).error).toBe(error);
  expect(answer + platform.log.join()).not.toContain('canary');
  expect(platform.proxy.refused()).toEqual([]);
});

test('bytes that are no HTTP do not end the proxy', async () => {
  expect(await rawExchange(platform.proxy.url, '\x16\x03\x01\x02\x00\x01')).toMatch(/^HTTP\/1\.1 400 /);
  expect((await vendorCall(platform, 'iam.cloud.ibm.com', { path: '/v2/roles' })).status).toBe(200);
});

describe('this machine', () => {
  test('is not reached either, but for the platform itself', async () => {
    let contacts = 0;
    const upstream = createServer((socket) => {
      contacts += 1;
      socket.end();
    });
    const port = await new Promise<number>((resolve) => {
      upstream.listen(0, '127.0.0.1', () => resolve((upstream.address() as { port: number }).port));
    });
    const connections = jest.spyOn(Socket.prototype, 'connect');
    try {
      for (const host of ['127.0.0.1', 'localhost', '[::1]', '127.0.0.2']) {
        const tunnel = await refusalOf(platform.proxy, `${host}:${port}`);
        const plain = await plainCall(platform.proxy.url, `http://${host}:${port}/`);
        expect([host, tunnel.status, plain.status]).toEqual([host, 501, 501]);
      }
      // The proxy runs in this process: of all connections that were opened here, none is its own.
      const ports = connections.mock.calls.map(
        ([options]) => JSON.stringify(options).match(/"port":"?(\d+)/)?.[1],
      );
      expect(ports).toHaveLength(8);
      expect([...new Set(ports)]).toEqual([new URL(platform.proxy.url).port]);
      expect(contacts).toBe(0);
    } finally {
      connections.mockRestore();
      await new Promise((resolve) => upstream.close(resolve));
    }
  });

  test('the platform answers, in the clear and through a tunnel', async () => {
    const authority = new URL(platform.url).host;
    const plain = await plainCall(platform.proxy.url, `${platform.url}/_keyquake/clock`);
    expect([plain.status, plain.body]).toEqual([200, { now: '2026-01-15T10:00:00.000Z' }]);
    const socket = await tunnelTo(platform.proxy.url, authority);
    const tunnelled = await send(socket, authority, { path: '/_keyquake/clock' });
    socket.destroy();
    expect([tunnelled.status, tunnelled.body]).toEqual([200, { now: '2026-01-15T10:00:00.000Z' }]);
    expect(platform.proxy.refused()).toEqual([]);
  });
});

describe('an emulated host in the clear', () => {
  test('answers for what the request line names, whatever the Host header says', async () => {
    const reply = await plainCall(platform.proxy.url, 'http://iam.cloud.ibm.com/v2/roles', {
      Host: 'example.com',
    });
    expect(reply.status).toBe(200);
    expect(reply.body).toHaveProperty('system_roles');
  });

  test.each(['http://iam.cloud.ibm.com', 'http://iam.cloud.ibm.com?a=b'])('%s asks for /', async (target) => {
    const reply = await plainCall(platform.proxy.url, target);
    expect([reply.status, JSON.stringify(reply.body)]).toEqual([501, expect.stringContaining('GET / ')]);
  });
});

test('a request that names another host than its tunnel has come to the wrong place', async () => {
  const { proxy } = platform;
  for (const host of ['us-south.kms.cloud.ibm.com', 'example.com', 'iam.cloud.ibm.com:8443']) {
    const connection = await secureTunnel(proxy.url, 'iam.cloud.ibm.com', proxy.caCertificate);
    const reply = await send(connection, host, { path: '/v2/roles' });
    connection.destroy();
    expect([reply.status, reply.body]).toEqual([
      421,
      {
        error: 'misdirected_request',
        message: `this tunnel leads to iam.cloud.ibm.com, the request names ${host}`,
        remedy: 'open a tunnel of its own for every host',
      },
    ]);
  }
  const connection = await secureTunnel(proxy.url, 'iam.cloud.ibm.com', proxy.caCertificate);
  expect((await send(connection, 'IAM.cloud.ibm.com:443', { path: '/v2/roles' })).status).toBe(200);
  connection.destroy();
});
