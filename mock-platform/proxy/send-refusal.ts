/** Refusals on the wire: of a request, and of a tunnel. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { phraseOf, type Refusal } from './refusals';

const contentType = 'application/json; charset=utf-8';

/**
 * Answers when the request has been read to its end, and keeps nothing of it: a client that is answered while it still
 * sends may see a broken connection instead of the answer. The connection carries no further request, so that every
 * request for a host that is refused opens, and counts as, a tunnel.
 */
export function sendRefusal(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  const body = JSON.stringify(refusal.body);
  request.resume().once('end', () => {
    response.writeHead(refusal.status, phraseOf(refusal), {
      'Content-Type': contentType,
      'Content-Length': Buffer.byteLength(body),
      Connection: 'close',
    });
    response.end(body);
  });
}

export function refuseTunnel(socket: Socket, refusal: Refusal): void {
  const body = JSON.stringify(refusal.body);
  // What the client still sends is read and dropped, so that its end is noticed.
  socket.resume();
  socket.end(
    [
      `HTTP/1.1 ${refusal.status} ${phraseOf(refusal)}`,
      `Content-Type: ${contentType}`,
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  );
}
