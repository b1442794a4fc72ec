/** One request: an authenticated read of a key and a durable write, beside a bare Express route with the same answer. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPlatform } from '../../mock-platform';
import { inTurns, type Measurement } from './measurement';
import { agent, bareServer, type Exchange, expectOk, keyBody, prepare } from './server';

const perTurn = 500;
const turns = 9;

async function many(exchange: (at: number) => Exchange): Promise<void> {
  for (let at = 0; at < perTurn; at += 1) await expectOk(exchange(at));
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
      shown: 'ms',
    },
    {
      name: 'durable write of a key (file store)',
      value: each(writes),
      against: 'bare Express POST, echo',
      floor: each(echo),
      shown: 'ms',
    },
  ];
}
