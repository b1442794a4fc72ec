/** A client of the proxy written out: tunnels, TLS inside them, and requests in the clear. */
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { connect as connectSocket, type Socket } from 'node:net';
import { connect as connectTls, type TLSSocket } from 'node:tls';
import type { InterceptingProxy, Logger, ProxyOptions } from '../../../mock-platform';
import { startTestPlatform, type TestPlatform } from '../../support/platform';

export interface ProxiedPlatform extends TestPlatform {
  readonly proxy: InterceptingProxy;
  /** What the platform logged, `warn proxy: …`. */
  readonly log: readonly string[];
}

/** A platform with a proxy. The platform's clock stands in January 2026, the machine's does not. */
export async function startProxiedPlatform(options: ProxyOptions = {}): Promise<ProxiedPlatform> {
  const log: string[] = [];
  const line = (level: string) => (text: string) => void log.push(`${level} ${text}`);
  const logger: Logger = { info: line('info'), warn: line('warn'), error: line('error') };
  const platform = await startTestPlatform({ logger });
  return { ...platform, log, proxy: await platform.platform.listenProxy(options) };
}

export interface HttpReply {
  readonly status: number;
  /** The words behind the status. */
  readonly phrase: string;
  readonly headers: IncomingMessage['headers'];
  // biome-ignore lint/suspicious/noExplicitAny: the body of an answer is asserted, not typed
  readonly body: any;
}

async function replyOf(message: IncomingMessage): Promise<HttpReply> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString('utf8');
  const { statusCode: status = 0, statusMessage: phrase = '', headers } = message;
  return { status, phrase, headers, body: text === '' ? undefined : JSON.parse(text) };
}

/** `CONNECT {authority}`: the socket of the tunnel, or the refusal. */
export function connectThrough(
  proxy: string,
  authority: string,
): Promise<{ socket: Socket } | { refusal: HttpReply }> {
  const { hostname, port } = new URL(proxy);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, method: 'CONNECT', path: authority, agent: false });
    request.once('error', reject);
    request.once('connect', (message, socket, head) => {
      if (message.statusCode === 200) return resolve({ socket: socket as Socket });
      // The parser hands the body of a refused tunnel on as it hands on the tunnel.
      const chunks: Uint8Array[] = [head];
      socket.on('data', (chunk: Buffer) => chunks.push(chunk));
      socket.once('end', () => {
        const { statusCode: status = 0, statusMessage: phrase = '', headers } = message;
        resolve({
          refusal: { status, phrase, headers, body: JSON.parse(Buffer.concat(chunks).toString('utf8')) },
        });
      });
    });
    request.end();
  });
}

/** What `GET https://{authority}/x` is answered, by the tunnel or inside it. */
export async function refusalOf(
  { url, caCertificate }: InterceptingProxy,
  authority: string,
): Promise<HttpReply> {
  const answer = await connectThrough(url, authority);
  if ('refusal' in answer) return answer.refusal;
  const host = authority.replace(/:\d+$/, '');
  const connection = await secureOver(answer.socket, host, caCertificate);
  try {
    return await send(connection, authority, { path: '/x' });
  } finally {
    connection.destroy();
  }
}

export async function tunnelTo(proxy: string, authority: string): Promise<Socket> {
  const answer = await connectThrough(proxy, authority);
  if ('refusal' in answer) throw new Error(`the tunnel was refused: ${JSON.stringify(answer.refusal)}`);
  return answer.socket;
}

/** TLS to `host` inside a tunnel, verified against `ca`; rejects when the host does not prove itself. */
export async function secureTunnel(proxy: string, host: string, ca: string): Promise<TLSSocket> {
  return secureOver(await tunnelTo(proxy, `${host}:443`), host, ca);
}

function secureOver(socket: Socket, host: string, ca: string): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secure = connectTls({ socket, servername: host, ca }, () => resolve(secure));
    secure.once('error', (error) => {
      socket.destroy();
      reject(error);
    });
  });
}

export interface Call {
  readonly method?: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON, text and bytes as they are. */
  readonly body?: unknown;
}

/** One request on a connection that is there already. */
export function send(connection: Socket, host: string, call: Call): Promise<HttpReply> {
  const { method = 'GET', path, headers = {}, body } = call;
  const raw = typeof body === 'string' || body instanceof Uint8Array || body === undefined;
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { method, path, headers: { Host: host, ...headers }, createConnection: () => connection },
      (message) => resolve(replyOf(message)),
    );
    request.once('error', reject);
    request.end(raw ? body : JSON.stringify(body));
  });
}

/** One request to a vendor's host, over TLS through the proxy, on a connection of its own. */
export async function vendorCall(
  { proxy }: Pick<ProxiedPlatform, 'proxy'>,
  host: string,
  call: Call,
): Promise<HttpReply> {
  const connection = await secureTunnel(proxy.url, host, proxy.caCertificate);
  try {
    return await send(connection, host, call);
  } finally {
    connection.destroy();
  }
}

/** `GET http://host/path` to the proxy: `target` is what stands in the request line. */
export function plainCall(
  proxy: string,
  target: string,
  headers: Record<string, string> = {},
): Promise<HttpReply> {
  const { hostname, port } = new URL(proxy);
  return new Promise((resolve, reject) => {
    const request = httpRequest({ hostname, port, path: target, headers, agent: false }, (message) =>
      resolve(replyOf(message)),
    );
    request.once('error', reject);
    request.end();
  });
}

/** Text to the proxy as it stands, and everything that comes back until the proxy hangs up. */
export function rawExchange(proxy: string, text: string): Promise<string> {
  const { hostname, port } = new URL(proxy);
  return new Promise((resolve, reject) => {
    const socket = connectSocket(Number(port), hostname, () => socket.write(text));
    const chunks: Buffer[] = [];
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.once('error', reject);
    socket.once('close', () => resolve(Buffer.concat(chunks).toString('utf8')));
  });
}
