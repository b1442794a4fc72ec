/** A call that reaches the platform under a vendor's host name, as through the proxy. `fetch` sets no Host header. */
import { request } from 'node:http';
import type { Reply, TestPlatform } from './platform';

export interface HostCall {
  readonly method: string;
  /** Path and query. */
  readonly path: string;
  readonly body?: unknown;
}

export function callHost(
  platform: TestPlatform,
  host: string,
  { method, path, body }: HostCall,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const sent = request(`${platform.url}${path}`, { method, headers: { Host: host } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        const headers = new Headers(
          Object.entries(response.headers).map(([name, value]): [string, string] => [name, String(value)]),
        );
        resolve({
          status: response.statusCode ?? 0,
          headers,
          body: text === '' ? undefined : JSON.parse(text),
        });
      });
    });
    sent.on('error', reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}
