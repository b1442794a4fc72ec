/** What stands between the providers and the platform when a test wants some requests refused that a platform would serve. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** `path` is without the query. */
export type Refuses = (method: string, path: string) => boolean;

export interface Front {
  readonly url: string;
  close(): Promise<void>;
}

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts);
}

/** Headers of the connection are not passed on, nor the length, which follows from the body. */
const own: readonly string[] = ['connection', 'content-length', 'host', 'keep-alive', 'transfer-encoding'];

function passed(headers: Iterable<readonly [string, string | string[] | undefined]>): [string, string][] {
  return [...headers].flatMap(([name, value]): [string, string][] =>
    value === undefined || own.includes(name) ? [] : [[name, String(value)]],
  );
}

/** Passes everything on to `target` but what it refuses with 403. */
export async function openFront(target: string, refuses: Refuses): Promise<Front> {
  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = 'GET', url = '/' } = request;
    const body = await bodyOf(request);
    const [path = ''] = url.split('?');
    if (refuses(method, path)) {
      response.writeHead(403, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ message: 'Refused on the way' }));
      return;
    }
    const headers = passed(Object.entries(request.headers));
    const init = { method, headers, ...(body.length === 0 ? {} : { body }) };
    const reply = await fetch(`${target}${url}`, init as RequestInit);
    response.writeHead(reply.status, Object.fromEntries(passed(reply.headers)));
    response.end(Buffer.from(await reply.arrayBuffer()));
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error) => response.destroy(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
