/** What a client speaks in a tunnel, told by the first byte that it sends. */
import type { Socket } from 'node:net';
import { minute } from '../../domain/time';

type Protocol = 'tls' | 'clear';

/** A record of type handshake, with which every TLS connection begins (RFC 8446 5.1). */
const handshakeRecord = 22;

/** How long a client may say nothing. As long as Node lets a TLS handshake take. */
const patience = 2 * minute;

/** Calls back with nothing taken from the connection; cuts it when the client says nothing. */
export function whenProtocolIsKnown(socket: Socket, callback: (protocol: Protocol) => void): void {
  const cut = (): void => void socket.destroy();
  socket.setTimeout(patience, cut);
  socket.once('readable', () => {
    const first: Buffer | null = socket.read();
    // The client has hung up.
    if (first === null) return;
    socket.setTimeout(0, cut);
    socket.unshift(first);
    callback(first[0] === handshakeRecord ? 'tls' : 'clear');
  });
}
