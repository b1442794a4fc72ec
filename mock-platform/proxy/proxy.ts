/**
 * The intercepting proxy: it leads clients that build the vendor's host names themselves to the platform, and refuses
 * every other host by name, in the tunnel that the client asked for: a refused tunnel is a connection error to the
 * vendor's clients, which they try again for a minute. The proxy has no way to reach another machine: it opens no
 * connection, it only takes them.
 *
 * Sources: ibm-control-plane.md 2.3; RFC 9110 9.3.6 (CONNECT); RFC 9112 3.2.2 (requests in the absolute form).
 */
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import type { Socket } from 'node:net';
import { machineTime, systemRandom } from '../kernel/context';
import { keepAliveTimeout, type ListenOptions, listenOn, stop } from '../kernel/http/listening';
import type { Logger } from '../kernel/logger';
import { createAuthority } from './authority';
import { writeClientFiles } from './client-files';
import { createGate, type Gate } from './gate';
import { malformedTarget, notAServer, notEmulated, type RefusedHost } from './refusals';
import { refuseTunnel, sendRefusal } from './send-refusal';
import type { Reachable } from './target';
import { createTunnels, type Tunnels } from './tunnels';

export interface ProxyOptions extends ListenOptions {
  /** Told of the first request for a host that is refused. @default - a warning in the platform's log */
  readonly onRefused?: (host: string) => void;
}

export interface InterceptingProxy {
  /** For `HTTPS_PROXY`: `http://127.0.0.1:4511`. */
  readonly url: string;
  /** PEM of the authority that vouches for every emulated host, made for this proxy alone. */
  readonly caCertificate: string;
  /** The same as a file, for `SSL_CERT_FILE`; it is gone when the proxy closes. */
  readonly caFile: string;
  /** The vendor's endpoints file for this platform, for `IBMCLOUD_ENDPOINTS_FILE_PATH`; gone like the other. */
  readonly endpointsFile: string;
  /** Every host that was asked for and is not emulated. */
  refused(): readonly RefusedHost[];
  /** Stops listening, finishes what is under way, removes its files. */
  close(): Promise<void>;
}

export interface ProxySettings extends ProxyOptions, Reachable {
  /** The platform's request listener. */
  readonly app: RequestListener;
  readonly platformUrl: string;
  readonly logger: Logger;
}

/** The target of a request in the absolute form, and what is left of it; undefined when it has another form. */
function absoluteForm(url: string): { readonly authority: string; readonly path: string } | undefined {
  const [, authority, path = ''] = /^http:\/\/([^/?#]*)(.*)$/i.exec(url) ?? [];
  return authority === undefined ? undefined : { authority, path: path.startsWith('/') ? path : `/${path}` };
}

/** A request in the clear: `GET http://iam.cloud.ibm.com/…`. */
function plain(gate: Gate, app: RequestListener, request: IncomingMessage, response: ServerResponse): void {
  const { url = '' } = request;
  const form = absoluteForm(url);
  if (!form) {
    sendRefusal(request, response, url.startsWith('/') ? notAServer : malformedTarget);
    return;
  }
  const admission = gate.admit(form.authority, 'plain');
  if (admission.to === 'nowhere' || admission.to === 'unknown') {
    const { refusal } = admission.to === 'unknown' ? admission.unknown : admission;
    sendRefusal(request, response, refusal);
    return;
  }
  request.url = form.path;
  request.headers.host = form.authority;
  app(request, response);
}

/** `CONNECT iam.cloud.ibm.com:443`. */
function tunnel(gate: Gate, tunnels: Tunnels, authority: string, socket: Socket, head: Buffer): void {
  const admission = gate.admit(authority, 'tunnel');
  if (admission.to === 'nowhere') {
    refuseTunnel(socket, admission.refusal);
    return;
  }
  socket.write('HTTP/1.1 200 Connection established\r\n\r\n');
  if (head.length > 0) socket.unshift(head);
  if (admission.to === 'service') tunnels.toService(socket, admission.host);
  else if (admission.to === 'unknown') tunnels.toUnknown(socket, admission.unknown);
  else tunnels.toPlatform(socket);
}

/** The connections of a server, also those that it has handed on. */
function connectionsOf(server: Server): ReadonlySet<Socket> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  return sockets;
}

/** Starts a proxy; rejects with the system's error when it cannot listen. */
export async function startProxy(settings: ProxySettings): Promise<InterceptingProxy> {
  const { app, logger, platformUrl } = settings;
  const warn = (host: string): void => logger.warn(`proxy: ${notEmulated(host).body.message}`);
  const authority = createAuthority({ now: machineTime(), random: systemRandom });
  const files = writeClientFiles({ certificate: authority.certificate, platformUrl });
  const gate = createGate(settings, settings.onRefused ?? warn);
  const tunnels = createTunnels({ app, authority, caFile: files.ca, logger });
  const server = createServer({ keepAliveTimeout }, (request, response) =>
    plain(gate, app, request, response),
  );
  const sockets = connectionsOf(server);
  server.on('connect', ({ url = '' }, stream, head) => {
    // Node types it for streams of any kind; a server that listens on a port has sockets.
    const socket = stream as Socket;
    // A client that hangs up in the middle of the handshake would otherwise keep its half of the connection.
    socket.allowHalfOpen = false;
    socket.on('error', ({ message }) => logger.info(`proxy: a client is gone (${message})`));
    tunnel(gate, tunnels, url, socket, head);
  });
  try {
    return {
      url: await listenOn(server, settings),
      caCertificate: authority.certificate,
      caFile: files.ca,
      endpointsFile: files.endpoints,
      refused: gate.refused,
      async close() {
        tunnels.finish();
        await stop(server, () => {
          for (const socket of sockets) socket.destroy();
        });
        files.remove();
      },
    };
  } catch (error) {
    files.remove();
    throw error;
  }
}
