/** Starts and ends servers: the platform's own and its proxy's. */
import type { Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

/**
 * How long a connection that asks nothing is kept, in milliseconds. Go's clients let go of one after 90 s, and vendor
 * clients try again after 5 s, the default of Node: what is sent while the other side hangs up is lost, and not every
 * client sends it again.
 */
export const keepAliveTimeout = 95_000;

export interface ListenOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
}

/** The connections of each server; Node does not count one as idle before its first request. */
const connections = new WeakMap<Server, Set<Socket>>();

function watchConnections(server: Server): void {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  connections.set(server, open);
}

function cutSilent(server: Server): void {
  for (const socket of connections.get(server) ?? []) if (socket.bytesRead === 0) socket.destroy();
}

/** Resolves with the base URL once it listens; rejects with the system's error (EADDRINUSE, for one). */
export function listenOn(server: Server, { port = 0, host = '127.0.0.1' }: ListenOptions): Promise<string> {
  watchConnections(server);
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      const { address, port: actual, family } = server.address() as AddressInfo;
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${actual}`);
    });
  });
}

/** How long requests that are under way may take to finish when a server stops, in milliseconds. */
const grace = 2_000;

/** How often a server that stops looks for connections whose last request has been answered, in milliseconds. */
const sweepInterval = 20;

/**
 * Finishes what is under way; a connection that asks nothing, or takes longer than the grace, is cut. `cut` ends the
 * connections that the server has handed on, and so does not know any more.
 */
export async function stop(server: Server, cut: () => void = () => undefined): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  cutSilent(server);
  const end = setTimeout(() => {
    server.closeAllConnections();
    cut();
  }, grace);
  const sweep = setInterval(() => server.closeIdleConnections(), sweepInterval);
  await stopped;
  clearInterval(sweep);
  clearTimeout(end);
}
