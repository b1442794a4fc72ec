/** Connections: trust, keep-alive, large bodies, clients that go away, and the end of the proxy. */
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { Encryption } from '../../support/encryption';
import {
  type ProxiedPlatform,
  secureTunnel,
  send,
  startProxiedPlatform,
  tunnelTo,
  vendorCall,
} from './support';

const iam = 'iam.cloud.ibm.com';
const roles = { path: '/v2/roles' };

let platform: ProxiedPlatform;
beforeEach(async () => {
  platform = await startProxiedPlatform();
});
afterEach(() => platform.close());

/** What a client of TLS 1.2 says first. */
function clientHello(servername: string): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = new Duplex({ read: () => undefined, write: (chunk: Buffer) => resolve(chunk) });
    connectTls({ socket, servername, maxVersion: 'TLSv1.2' });
  });
}

describe('trust', () => {
  test('a client that has the certificate of another proxy goes no further, and harms nobody', async () => {
    const other = await startProxiedPlatform();
    await other.close();
    await expect(secureTunnel(platform.proxy.url, iam, other.proxy.caCertificate)).rejects.toThrow();
    expect((await vendorCall(platform, iam, roles)).status).toBe(200);
  });

  test('one that says so, as Go’s and curl do, is named in the log with the remedy', async () => {
    const { proxy, log } = platform;
    const socket = await tunnelTo(proxy.url, `${iam}:443`);
    const answered = new Promise((resolve) => socket.once('data', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.write(await clientHello(iam));
    await answered;
    // A record of type alert, still in the clear: fatal, unknown_ca (RFC 5246 7.2).
    socket.write(Buffer.from([0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 48]));
    await closed;
    expect(log.filter((line) => line.startsWith('warn'))).toEqual([
      `warn proxy: a client of ${iam} ended the TLS handshake (ERR_SSL_TLSV1_ALERT_UNKNOWN_CA); is ${proxy.caFile} in its SSL_CERT_FILE?`,
    ]);
  });

  test('a host proves to be itself, for the machine’s time and not the platform’s', async () => {
    const connection = await secureTunnel(platform.proxy.url, iam, platform.proxy.caCertificate);
    const certificate = connection.getPeerX509Certificate();
    connection.destroy();
    expect(connection.authorized).toBe(true);
    expect([certificate?.subjectAltName, certificate?.ca]).toEqual([`DNS:${iam}`, false]);
    // The platform's clock stands at 2026-01-15T10:00:00Z.
    const from = Date.parse(certificate?.validFrom ?? '');
    expect(from).toBeGreaterThan(Date.parse('2026-01-16T00:00:00Z'));
    expect(Date.parse(certificate?.validTo ?? '') - from).toBeGreaterThan(390 * 86_400_000);
  });

  test('a tunnel that speaks no TLS is closed', async () => {
    const socket = await tunnelTo(platform.proxy.url, `${iam}:443`);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.resume().on('error', () => undefined);
    socket.write('GET / HTTP/1.1\r\nHost: iam.cloud.ibm.com\r\n\r\n');
    await closed;
    expect((await vendorCall(platform, iam, roles)).status).toBe(200);
  });
});

test('a connection serves many requests', async () => {
  const { proxy } = platform;
  const connection = await secureTunnel(proxy.url, iam, proxy.caCertificate);
  for (let turn = 1; turn <= 3; turn += 1) {
    const reply = await send(connection, iam, { ...roles, headers: { Connection: 'keep-alive' } });
    expect([turn, reply.status, reply.headers['connection']]).toEqual([turn, 200, 'keep-alive']);
    expect(connection.destroyed).toBe(false);
  }
  connection.destroy();
});

test('what the client sends with its CONNECT belongs to the tunnel', async () => {
  const { hostname, port, host } = new URL(platform.proxy.url);
  const authority = new URL(platform.url).host;
  const request = `GET /_keyquake/clock HTTP/1.1\r\nHost: ${authority}\r\nConnection: close\r\n\r\n`;
  const answer = await new Promise<string>((resolve) => {
    let text = '';
    const socket = connect(Number(port), hostname, () =>
      socket.write(`CONNECT ${authority} HTTP/1.1\r\nHost: ${host}\r\n\r\n${request}`),
    );
    socket.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    socket.once('close', () => resolve(text));
  });
  expect(answer).toMatch(/^HTTP\/1\.1 200 Connection established\r\n\r\nHTTP\/1\.1 200 OK\r\n/);
  expect(answer).toContain('2026-01-15T10:00:00.000Z');
});

describe('large bodies', () => {
  async function secretsManagerHost(): Promise<string> {
    const { guid } = await new Encryption(platform).instance({ service: 'secrets-manager' });
    return `${guid}.us-south.secrets-manager.appdomain.cloud`;
  }

  test('go both ways whole', async () => {
    const host = await secretsManagerHost();
    // An arbitrary secret holds a mebibyte (ibm-control-plane.md 6.2.8).
    const payload = 'payload '.repeat(100_000);
    const body = { secret_type: 'arbitrary', name: 'large', payload };
    const made = await vendorCall(platform, host, { method: 'POST', path: '/api/v2/secrets', body });
    const read = await vendorCall(platform, host, { path: `/api/v2/secrets/${made.body.id}` });
    expect([made.status, read.body.payload === payload]).toEqual([201, true]);
  });

  test('are refused where the platform refuses them', async () => {
    const host = await secretsManagerHost();
    const body = Buffer.alloc(5 * 1024 * 1024, ' ');
    const reply = await vendorCall(platform, host, { method: 'POST', path: '/api/v2/secrets', body });
    expect(reply.status).toBe(413);
  });
});

test('clients that go away at any point do not end the proxy', async () => {
  const { url, caCertificate } = platform.proxy;
  (await tunnelTo(url, `${iam}:443`)).resetAndDestroy();
  const silent = await tunnelTo(url, `${iam}:443`);
  silent.end();
  (await secureTunnel(url, iam, caCertificate)).destroy();
  const midway = await secureTunnel(url, iam, caCertificate);
  midway.write(`POST /identity/token HTTP/1.1\r\nHost: ${iam}\r\nContent-Length: 100\r\n\r\ngrant`);
  midway.destroy();
  expect((await vendorCall(platform, iam, roles)).status).toBe(200);
  expect(platform.log.filter((line) => line.startsWith('warn'))).toEqual([]);
});

describe('closing', () => {
  test('answers what is under way, cuts what asks nothing, and removes the files', async () => {
    const { proxy } = platform;
    const idle = await secureTunnel(proxy.url, iam, proxy.caCertificate);
    const busy = await secureTunnel(proxy.url, iam, proxy.caCertificate);
    const cut = new Promise((resolve) => idle.once('close', resolve));
    const form = 'grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=keyquake-offline';
    const answered = new Promise<string>((resolve) => {
      let text = '';
      busy.setEncoding('utf8').on('data', (chunk) => {
        text += chunk;
      });
      busy.once('close', () => resolve(text));
    });
    const begun = new Promise<void>((resolve) => {
      busy.write(
        `POST /identity/token HTTP/1.1\r\nHost: ${iam}\r\nExpect: 100-continue\r\nContent-Length: ${form.length}\r\n\r\n`,
      );
      busy.once('data', () => resolve());
    });
    await begun;
    const closed = proxy.close();
    busy.write(form);
    expect(await answered).toMatch(/HTTP\/1\.1 200 OK\r\n[\s\S]*"access_token"/);
    await closed;
    await cut;
    expect([existsSync(proxy.caFile), existsSync(proxy.endpointsFile)]).toEqual([false, false]);
    await expect(tunnelTo(proxy.url, `${iam}:443`)).rejects.toThrow('ECONNREFUSED');
  });

  test('is not held up by a tunnel in which nothing happens', async () => {
    const socket = await tunnelTo(platform.proxy.url, `${iam}:443`);
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
