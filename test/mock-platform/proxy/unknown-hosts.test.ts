/** What clients of a host that is not emulated see: an answer of that host, at once, and never a broken connection. */
import { connect as connectTls } from 'node:tls';
import {
  type ProxiedPlatform,
  secureTunnel,
  send,
  startProxiedPlatform,
  tunnelTo,
  vendorCall,
} from './support';

const dns = 'api.dns-svcs.cloud.ibm.com';
const cis = 'api.cis.cloud.ibm.com';

let platform: ProxiedPlatform;
beforeEach(async () => {
  platform = await startProxiedPlatform();
});
afterEach(() => platform.close());

test.each([
  ['GET', undefined],
  ['POST', {}],
  ['PUT', {}],
  ['PATCH', {}],
  ['DELETE', undefined],
  ['OPTIONS', undefined],
])('%s is answered 501 with the words that the SDKs show', async (method, body) => {
  const reply = await vendorCall(platform, dns, { method, path: '/v1/instances/1/dnszones', body });
  expect([reply.status, reply.phrase]).toEqual([501, `Not emulated by Keyquake: ${dns}`]);
  expect(reply.body.errors).toEqual([
    {
      code: 'host_not_emulated',
      message: `Keyquake does not emulate ${dns}, and nothing was sent there; leave out what calls it; GET /_keyquake/health lists the services that Keyquake emulates`,
    },
  ]);
  expect(platform.proxy.refused()).toEqual([{ host: dns, requests: 1 }]);
});

test('the host proves to be itself, by a certificate of the authority', async () => {
  const { url, caCertificate } = platform.proxy;
  const connection = await secureTunnel(url, dns, caCertificate);
  const certificate = connection.getPeerX509Certificate();
  connection.destroy();
  expect([connection.authorized, certificate?.subjectAltName]).toEqual([true, `DNS:${dns}`]);
});

test('every tunnel carries one request, so that each is counted', async () => {
  const { url, caCertificate } = platform.proxy;
  const connection = await secureTunnel(url, dns, caCertificate);
  const ended = new Promise((resolve) => connection.once('close', resolve));
  const reply = await send(connection, dns, { path: '/', headers: { Connection: 'keep-alive' } });
  expect(reply.headers['connection']).toBe('close');
  await ended;
  await vendorCall(platform, dns, { path: '/' });
  await vendorCall(platform, cis, { path: '/' });
  expect(platform.proxy.refused()).toEqual([
    { host: dns, requests: 2 },
    { host: cis, requests: 1 },
  ]);
});

test('a client that does not trust the authority: the host is named all the same', async () => {
  const socket = await tunnelTo(platform.proxy.url, `${dns}:443`);
  const code = await new Promise((resolve) => {
    const client = connectTls({ socket, servername: dns });
    client.once('error', (error: NodeJS.ErrnoException) => resolve(error.code));
  });
  socket.destroy();
  expect(code).toMatch(/UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED_CERT_IN_CHAIN/);
  expect(platform.proxy.refused()).toEqual([{ host: dns, requests: 1 }]);
});

test('a client that hangs up, or resets, before it said anything: the host is named, and nobody is harmed', async () => {
  const { url } = platform.proxy;
  const silent = await tunnelTo(url, `${dns}:443`);
  const closed = new Promise((resolve) => silent.resume().once('close', resolve));
  silent.end();
  await closed;
  (await tunnelTo(url, `${cis}:443`)).resetAndDestroy();
  expect((await vendorCall(platform, 'iam.cloud.ibm.com', { path: '/v2/roles' })).status).toBe(200);
  expect(platform.proxy.refused()).toEqual([
    { host: dns, requests: 1 },
    { host: cis, requests: 1 },
  ]);
});

test('HTTP in the clear in the tunnel is answered too', async () => {
  const socket = await tunnelTo(platform.proxy.url, 'example.com:80');
  const reply = await send(socket, 'example.com', { path: '/x' });
  socket.destroy();
  expect([reply.status, reply.body.errors[0].code, reply.body.message]).toEqual([
    501,
    'host_not_emulated',
    expect.stringMatching(/^Keyquake does not emulate example\.com:80, and nothing was sent there; /),
  ]);
});

test('what is no HTTP in the clear is answered 400 and ended', async () => {
  const socket = await tunnelTo(platform.proxy.url, 'git.example:22');
  const heard = new Promise<string>((resolve) => {
    let text = '';
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.once('close', () => resolve(text));
  });
  socket.write('SSH-2.0-OpenSSH_9.6\r\n');
  expect(await heard).toMatch(/^HTTP\/1\.1 400 Bad Request\r\n/);
  expect(platform.proxy.refused()).toEqual([{ host: 'git.example:22', requests: 1 }]);
});

test('a large body is read to its end before it is refused: its sender sees the answer', async () => {
  const body = Buffer.alloc(20 * 1024 * 1024, 'x');
  const reply = await vendorCall(platform, dns, { method: 'POST', path: '/upload', body });
  expect([reply.status, reply.body.error]).toEqual([501, 'host_not_emulated']);
});

test('more hosts than servers are kept at hand: each is answered, also the first one again', async () => {
  const hosts = Array.from({ length: 220 }, (_, number) => `host-${number}.example`);
  for (const host of [...hosts, 'host-0.example']) {
    const { body } = await vendorCall(platform, host, { path: '/' });
    expect(body.message).toContain(`does not emulate ${host},`);
  }
  expect(platform.proxy.refused()).toHaveLength(220);
  expect(platform.proxy.refused()[0]).toEqual({ host: 'host-0.example', requests: 2 });
}, 30_000);

describe('closing', () => {
  test('answers the request that is under way', async () => {
    const { url, caCertificate } = platform.proxy;
    const connection = await secureTunnel(url, dns, caCertificate);
    const begun = new Promise((resolve) => connection.once('data', resolve));
    connection.write(`POST / HTTP/1.1\r\nHost: ${dns}\r\nExpect: 100-continue\r\nContent-Length: 4\r\n\r\n`);
    await begun;
    const answered = new Promise<string>((resolve) => {
      let text = '';
      connection.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      connection.once('close', () => resolve(text));
    });
    const closed = platform.proxy.close();
    connection.write('body');
    expect(await answered).toMatch(/^HTTP\/1\.1 501 Not emulated by Keyquake: api\.dns-svcs/);
    await closed;
  });

  test('is not held up by a client that says nothing', async () => {
    const socket = await tunnelTo(platform.proxy.url, `${dns}:443`);
    const cut = new Promise((resolve) =>
      socket
        .resume()
        .on('error', () => undefined)
        .once('close', resolve),
    );
    await platform.proxy.close();
    await cut;
  }, 10_000);
});
