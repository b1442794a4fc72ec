/**
 * HTTP inside tunnels. Each host has a server of its own that proves to be that host and never listens: connections are
 * handed to it, and it hands the requests to the platform.
 */
import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { Socket } from 'node:net';
import { keepAliveTimeout } from '../kernel/http/listening';
import type { Logger } from '../kernel/logger';
import type { Authority } from './authority';
import { misdirected, phraseOf, type Refusal } from './refusals';

export interface Tunnels {
  /** A tunnel to a host name of a service: TLS is terminated here. */
  toService(socket: Socket, host: string): void;
  /** A tunnel to the platform's own address, which speaks HTTP in the clear. */
  toPlatform(socket: Socket): void;
  /** Ends every tunnel, those with a request under way when it is answered. */
  finish(): void;
}

export function sendRefusal(response: ServerResponse, refusal: Refusal): void {
  const body = JSON.stringify(refusal.body);
  const length = Buffer.byteLength(body);
  response.writeHead(refusal.status, phraseOf(refusal), {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': length,
    Connection: 'close',
  });
  response.end(body);
}

/** A request for another host than the tunnel's has come to the wrong place (RFC 9110 15.5.20). */
function onlyFor(host: string, app: RequestListener): RequestListener {
  return (request, response) => {
    const given = request.headers.host?.toLowerCase();
    if (given === host || given === `${host}:443`) app(request, response);
    else sendRefusal(response, misdirected(host, given));
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

export function createTunnels(options: {
  readonly app: RequestListener;
  readonly authority: Authority;
  /** Named to whoever does not trust the authority. */
  readonly caFile: string;
  readonly logger: Logger;
}): Tunnels {
  const { app, authority, caFile, logger } = options;
  const connections = connectionCount();
  const servers = new Map<string, Server>();

  function serverFor(host: string): Server {
    const server = createSecureServer(authority.identityFor(host), onlyFor(host, app));
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

  const platform = createServer({ keepAliveTimeout }, app);
  connections.watch(platform, 'connection');
  return {
    toService(socket, host) {
      const server = servers.get(host) ?? serverFor(host);
      servers.set(host, server);
      server.emit('connection', socket);
    },
    toPlatform: (socket) => platform.emit('connection', socket),
    finish: () => connections.finish(),
  };
}
