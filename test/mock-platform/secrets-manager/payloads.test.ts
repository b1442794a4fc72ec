/**
 * Payloads leave the platform only as answers to who reads them: not in the store, events, logs or errors
 * (behaviour.md B1, A4; design.md 4 item 6).
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Encryption } from '../../support/encryption';
import { startTestPlatform } from '../../support/platform';
import { secretsManagerAt } from './support';

const canaries = [
  'canary-0f5c-first',
  'canary-7d21-second',
  'canary-e9b0-refused',
  'canary-44aa-other',
] as const;
const [first, second, refused, other] = canaries;

/** In clear, in base64 (at each of its three offsets), in hexadecimal. */
function traces(canary: string): string[] {
  const shifted = ['', 'x', 'xx'].map((prefix) =>
    Buffer.from(prefix + canary)
      .toString('base64')
      .slice(4, -4),
  );
  return [canary, Buffer.from(canary).toString('hex'), ...shifted];
}

test.each(['provider', 'customer'])(
  'no payload is found anywhere, with a root key of the %s',
  async (manager) => {
    const folder = mkdtempSync(join(tmpdir(), 'keyquake-canary-'));
    const store = join(folder, 'store.db');
    const lines: string[] = [];
    const log = (line: string) => {
      lines.push(line);
    };
    const platform = await startTestPlatform({ store, logger: { info: log, warn: log, error: log } });
    try {
      const cloud = new Encryption(platform);
      const { guid: kms } = await cloud.instance({ service: 'kms' });
      const key = await cloud.key(kms);
      await cloud.authorize('secrets-manager', kms);
      const parameters = manager === 'customer' ? { kms_key: key.crn } : {};
      const sm = secretsManagerAt(platform, await cloud.instance({ service: 'secrets-manager', parameters }));

      const { id } = await sm.secret({ payload: first });
      expect((await sm.rotate(id, second)).status).toBe(201);
      expect((await sm.request('GET', `/secrets/${id}`)).body.payload).toBe(second);
      const errors = [
        await sm.request('POST', '/secrets', { secret_type: 'arbitrary', name: 'db', payload: refused }),
        await sm.request('POST', '/secrets', { secret_type: 'arbitrary', name: '-', payload: refused }),
        await sm.request('POST', '/secrets', { secret_type: 'arbitrary', name: 'x1', payload: [refused] }),
        await sm.request('POST', '/secrets', { secret_type: 'kv', name: 'x2', data: { refused } }),
        await sm.request('POST', '/secrets', `{"payload": "${refused}"`),
        await sm.request('POST', `/secrets/${id}/versions`, { payload: refused, extra: refused }),
        await sm.request('PATCH', `/secrets/${id}/metadata`, { payload: refused }),
      ];
      expect(errors.map(({ status }) => status)).toEqual([409, 400, 400, 501, 400, 400, 400]);
      await cloud.disable(key);
      await sm.request('POST', '/secrets', { secret_type: 'arbitrary', name: 'other', payload: other });

      const events = (await platform.request('GET', '/_keyquake/events')).body;
      const graph = (await platform.request('GET', '/_keyquake/graph')).body;
      const snapshot = await platform.platform.snapshot();
      expect(events.events.length).toBeGreaterThan(5);
      expect(lines.length).toBeGreaterThan(5);
      const texts = {
        snapshot: JSON.stringify(snapshot),
        events: JSON.stringify(events),
        graph: JSON.stringify(graph),
        errors: JSON.stringify(errors.map(({ body }) => body)),
        log: lines.join('\n'),
      };
      await platform.close();
      const files = { store: readFileSync(store).toString('latin1') };
      for (const [place, text] of Object.entries({ ...texts, ...files })) {
        for (const trace of canaries.flatMap(traces))
          expect([place, trace, text.includes(trace)]).toEqual([place, trace, false]);
      }
    } finally {
      await platform.close().catch(() => undefined);
      rmSync(folder, { recursive: true, force: true });
    }
  },
);

/** behaviour.md B1: a data key of its own for every version. */
test('two versions of one payload share neither data key nor ciphertext', async () => {
  const platform = await startTestPlatform();
  try {
    const cloud = new Encryption(platform);
    const sm = secretsManagerAt(platform, await cloud.instance({ service: 'secrets-manager' }));
    const { id } = await sm.secret({ payload: 'same' });
    await sm.rotate(id, 'same');
    const { entities } = await platform.platform.snapshot();
    const payloads = entities
      .filter(({ kind }) => kind === 'sm-secret-version')
      .map(({ doc }) => (doc as { payload: { ciphertext: string; dataKey: { sealed: string } } }).payload);
    expect(payloads).toHaveLength(2);
    expect(new Set(payloads.map(({ ciphertext }) => ciphertext)).size).toBe(2);
    expect(new Set(payloads.map(({ dataKey }) => dataKey.sealed)).size).toBe(2);
    // 12 bytes of nonce, 4 of text, 16 of tag.
    expect(Buffer.from(payloads[0]?.ciphertext ?? '', 'base64')).toHaveLength(32);
  } finally {
    await platform.close();
  }
});

/** A ciphertext is bound to its version: it cannot be passed off as another one's. */
test('the data of one version is not readable as that of another', async () => {
  const platform = await startTestPlatform();
  try {
    const cloud = new Encryption(platform);
    const sm = secretsManagerAt(platform, await cloud.instance({ service: 'secrets-manager' }));
    const mine = await sm.secret({ name: 'mine', payload: 'mine' });
    const yours = await sm.secret({ name: 'yours', payload: 'yours' });
    const snapshot = await platform.platform.snapshot();
    const versionOf = (secretId: string) =>
      snapshot.entities.find(({ kind, scope }) => kind === 'sm-secret-version' && scope === secretId)
        ?.doc as {
        payload: unknown;
      };
    const { payload } = versionOf(yours.id);
    const entities = snapshot.entities.map((entity) =>
      entity.doc === versionOf(mine.id) ? { ...entity, doc: { ...entity.doc, payload } } : entity,
    );
    await platform.platform.restore({ ...snapshot, entities });
    const read = await sm.request('GET', `/secrets/${mine.id}`);
    expect([read.status, JSON.stringify(read.body).includes('yours')]).toEqual([500, false]);
  } finally {
    await platform.close();
  }
});
