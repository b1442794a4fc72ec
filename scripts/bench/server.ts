/** What the measurements of requests share: a client that keeps its connection, a bare server, a platform with one key. */
import { Agent, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';

export const agent = new Agent({ keepAlive: true, maxSockets: 1 });

export interface Exchange {
  readonly method: string;
  readonly url: string;
  readonly headers?: Record<string, string>;
  readonly body?: string;
}

function send({ method, url, headers = {}, body }: Exchange): Promise<{ status: number; text: string }> {
  return new Promise((resolve, reject) => {
    const outgoing = httpRequest(url, { method, agent, headers }, (incoming) => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
      incoming.on('end', () => resolve({ status: incoming.statusCode ?? 0, text }));
    });
    outgoing.on('error', reject).end(body);
  });
}

export async function expectOk(exchange: Exchange): Promise<string> {
  const { status, text } = await send(exchange);
  if (status >= 300) throw new Error(`${exchange.method} ${exchange.url} answered ${status}: ${text}`);
  return text;
}

/** A bare server: one route that answers `answer`, and one that parses a body and answers it. */
export async function bareServer(answer: string): Promise<{ url: string; close(): void }> {
  const app = express();
  const parsed = JSON.parse(answer) as object;
  app.get('/key', (_request, response) => response.json(parsed));
  app.post('/echo', express.json(), (request, response) => response.json(request.body));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

export interface Prepared {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly key: string;
}

/** A platform that enforces tokens, with one KMS instance and one key. */
export async function prepare(url: string): Promise<Prepared> {
  const form = 'grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=bench';
  const token = JSON.parse(await expectOk({ method: 'POST', url: `${url}/identity/token`, body: form })) as {
    access_token: string;
  };
  const authorization = `Bearer ${token.access_token}`;
  const groups = await expectOk({
    method: 'GET',
    url: `${url}/v2/resource_groups`,
    headers: { authorization },
  });
  const [group] = (JSON.parse(groups) as { resources: { id: string }[] }).resources;
  const instance = JSON.parse(
    await expectOk({
      method: 'POST',
      url: `${url}/v2/resource_instances`,
      headers: { authorization },
      body: JSON.stringify({
        name: 'bench',
        target: 'us-south',
        resource_group: group?.id,
        resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
      }),
    }),
  ) as { guid: string };
  const headers = { authorization, 'bluemix-instance': instance.guid };
  const created = JSON.parse(
    await expectOk({ method: 'POST', url: `${url}/api/v2/keys`, headers, body: keyBody('bench') }),
  ) as { resources: { id: string }[] };
  return { url, headers, key: created.resources[0]?.id ?? '' };
}

export function keyBody(name: string): string {
  const type = 'application/vnd.ibm.kms.key+json';
  return JSON.stringify({
    metadata: { collectionType: type, collectionTotal: 1 },
    resources: [{ type, name, extractable: false }],
  });
}
