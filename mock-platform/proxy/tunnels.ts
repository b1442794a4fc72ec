/**
 * HTTP inside tunnels. Each host has a server of its own that proves to be that host and never listens: connections are
 * handed to it, and it hands the requests to the platform, or refuses them where no service answers for the host.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { keepAliveTimeout } from '../kernel/http/listening';
import type { Logger } from '../kernel/logger';
import type { Authority } from './authority';
import { whenProtocolIsKnown } from './first-byte';
import type { UnknownHost } from './gate';
import { misdirected } from './refusals';
import { sendRefusal } from './send-refusal';

export interface Tunnels {
  /** A tunnel to a host name of a service: TLS is terminated here. */
  toService(socket: Socket, host: string): void;
  /** A tunnel to the platform's own address, which speaks HTTP in the clear. */
  toPlatform(socket: Socket): void;
  /** A tunnel to a host that no service answers for: its request is refused, by TLS or in the clear. */
  toUnknown(socket: Socket, unknown: UnknownHost): void;
  /** Ends every tunnel, those with a request under way when it is answered. */
  finish(): void;
}

/** A request for another host than the tunnel's has come to the wrong place (RFC 9110 15.5.20). */
function onlyFor(host: string, app: RequestListener): RequestListener {
  return (request, response) => {
    const given = request.headers.host?.toLowerCase();
    if (given === host || given === `${host}:443`) app(request, response);
    else sendRefusal(request, response, misdirected(host, given));
  };
}

/** Knows which connections have requests under way, so that they can be ended without losing an answer. */
function connectionCount() {
  const underWay = new Map<Socket, number>();
  let finishing = false;
  const change = (socket: Socket, by: number): void => {
    const requests = underWay.get(socket);
    if (requests === undefined) return;
    underWay.set(socket, requests + by);
    if (finishing && requests + by === 0) socket.destroySoon();
  };
  return {
    watch(server: Server, event: 'connection' | 'secureConnection'): void {
      server.on(event, (socket: Socket) => {
        underWay.set(socket, 0);
        socket.once('close', () => underWay.delete(socket));
      });
      server.on('request', ({ socket }, response) => {
        change(socket, 1);
        response.once('close', () => change(socket, -1));
      });
    },
    finish(): void {
      finishing = true;
      for (const [socket, requests] of underWay) if (requests === 0) socket.destroySoon();
    },
  };
}

interface Refuser {
  readonly secure: Server;
  readonly plain: Server;
}

/** Servers at hand at once, of each kind; a client that makes up host names shall not fill the memory. */
const serversKept = 200;

/** What was made for each name; the one that was not asked for longest is forgotten when they become too many. */
function keptByName<Value>() {
  const values = new Map<string, Value>();
  return (name: string, make: () => Value): Value => {
    const value = values.get(name) ?? make();
    values.delete(name);
    values.set(name, value);
    const [oldest] = values.keys();
    if (values.size > serversKept && oldest !== undefined) values.delete(oldest);
    return value;
  };
}

export function createTunnels(options: {
  readonly app: RequestListener;
  readonly authority: Authority;
  /** Named to whoever does not trust the authority. */
  readonly caFile: string;
  readonly logger: Logger;
}): Tunnels {
  const { app, authority, caFile, logger } = options;
  const connections = connectionCount();

  function secureServer(host: string, listener: RequestListener): Server {
    const server = createSecureServer(authority.identityFor(host), listener);
    server.on('tlsClientError', ({ code = 'no reason given' }: NodeJS.ErrnoException) => {
      const ended = `proxy: a client of ${host} ended the TLS handshake (${code})`;
      // Clients also open connections that they never use. One that distrusts us says so in an alert.
      if (code.includes('_ALERT_')) logger.warn(`${ended}; is ${caFile} in its SSL_CERT_FILE?`);
      else logger.info(ended);
    });
    server.keepAliveTimeout = keepAliveTimeout;
    connections.watch(server, 'secureConnection');
    return server;
  }

  function plainServer(listener: RequestListener): Server {
    const server = createServer({ keepAliveTimeout }, listener);
    connections.watch(server, 'connection');
    return server;
  }

  function refuserOf({ host, refusal }: UnknownHost): Refuser {
    const refuse: RequestListener = (request, response) => sendRefusal(request, response, refusal);
    // Names compare without the dot that makes one absolute.
    return { secure: secureServer(host.replace(/\.$/, ''), refuse), plain: plainServer(refuse) };
  }

  const platform = plainServer(app);
  const services = keptByName<Server>();
  const refusers = keptByName<Refuser>();
  return {
    toService(socket, host) {
      const server = services(host, () => secureServer(host, onlyFor(host, app)));
      server.emit('connection', socket);
    },
    toPlatform: (socket) => platform.emit('connection', socket),
    toUnknown(socket, unknown) {
      const { secure, plain } = refusers(unknown.name, () => refuserOf(unknown));
      whenProtocolIsKnown(socket, (protocol) => {
        (protocol === 'tls' ? secure : plain).emit('connection', socket);
      });
    },
    finish: () => connections.finish(),
  };
}
