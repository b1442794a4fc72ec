/** One request: an authenticated read of a key and a durable write, beside a bare Express route with the same answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { createPlatform } from '../../mock-platform';
import { inTurns, type Measurement } from './measurement';

const perTurn = 500;
const turns = 9;
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

interface Exchange {
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

async function expectOk(exchange: Exchange): Promise<string> {
  const { status, text } = await send(exchange);
  if (status >= 300) throw new Error(`${exchange.method} ${exchange.url} answered ${status}: ${text}`);
  return text;
}

async function many(exchange: (at: number) => Exchange): Promise<void> {
  for (let at = 0; at < perTurn; at += 1) await expectOk(exchange(at));
}

/** A bare server: one route that answers `answer`, and one that parses a body and answers it. */
async function bareServer(answer: string): Promise<{ url: string; close(): void }> {
  const app = express();
  const parsed = JSON.parse(answer) as object;
  app.get('/key', (_request, response) => response.json(parsed));
  app.post('/echo', express.json(), (request, response) => response.json(request.body));
  const server = app.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() };
}

interface Prepared {
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly key: string;
}

/** A platform that enforces tokens, with one KMS instance and one key. */
async function prepare(url: string): Promise<Prepared> {
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

function keyBody(name: string): string {
  const type = 'application/vnd.ibm.kms.key+json';
  return JSON.stringify({
    metadata: { collectionType: type, collectionTotal: 1 },
    resources: [{ type, name, extractable: false }],
  });
}

export async function requests(): Promise<Measurement[]> {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-bench-'));
  const platform = await createPlatform({ store: join(folder, 'store.db'), auth: 'enforce' });
  const { url, headers, key } = await prepare(await platform.listen());
  const read: Exchange = { method: 'GET', url: `${url}/api/v2/keys/${key}`, headers };
  const bare = await bareServer(await expectOk(read));
  const body = keyBody('written');
  const [floor = Number.NaN, reads = Number.NaN, echo = Number.NaN, writes = Number.NaN] = await inTurns(
    turns,
    [
      () => many(() => ({ method: 'GET', url: `${bare.url}/key` })),
      () => many(() => read),
      () =>
        many(() => ({
          method: 'POST',
          url: `${bare.url}/echo`,
          headers: { 'content-type': 'application/json' },
          body,
        })),
      () => many(() => ({ method: 'POST', url: `${url}/api/v2/keys`, headers, body })),
    ],
  );
  bare.close();
  agent.destroy();
  await platform.close();
  rmSync(folder, { recursive: true, force: true });
  const each = (total: number) => total / perTurn;
  return [
    {
      name: 'authenticated GET of a key',
      value: each(reads),
      against: 'bare Express GET, same body',
      floor: each(floor),
      unit: 'ms',
    },
    {
      name: 'durable write of a key (file store)',
      value: each(writes),
      against: 'bare Express POST, echo',
      floor: each(echo),
      unit: 'ms',
    },
  ];
}
