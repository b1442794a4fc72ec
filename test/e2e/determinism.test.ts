/**
 * The same seed, clock and requests give the same answers, byte for byte, whatever else runs in the process; a store on
 * disk answers after a restart as it did before. What differs between runs by nature is left out: the address of the
 * platform, the `Date` header of HTTP, and what is signed or encrypted asymmetrically (access tokens, import tokens),
 * whose randomness is not the platform's.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInstant } from '../../domain/time';
import { type CreatePlatformOptions, frozenClock } from '../../mock-platform';
import { startTestPlatform, type TestPlatform, testStart } from '../support/platform';
import { buildWorld, volumeCall, type WorldPlan, worldPresent } from '../support/world-builder';

const plan: WorldPlan = {
  instances: [
    { service: 'kms', region: 'us-south' },
    { service: 'hs-crypto', region: 'eu-de' },
  ],
  keys: [
    { instance: 0, origin: 'imported' },
    { instance: 0, origin: 'generated', last: { action: 'disable', ago: 'P2D' } },
    { instance: 0, origin: 'generated', last: { action: 'force-delete', ago: 'P91D' } },
    { instance: 1, origin: 'generated', expires: { ago: 'P1D' } },
    { instance: 0, origin: 'standard' },
  ],
  authorizations: [
    { source: 'server-protect', service: 'kms', role: 'Reader' },
    { source: 'secrets-manager', service: 'kms', targetInstance: 0, role: 'Reader' },
  ],
  volumes: [{ key: 0 }, { key: 1 }, { key: 2 }, { key: 3, deleted: true }, { attached: 'boot', key: 0 }],
  managers: [
    { key: 0, secrets: [{ versions: 2, locks: [{ on: 'previous', consumer: 'billing' }] }] },
    { key: 1, secrets: [{ versions: 1, locks: [] }] },
    { secrets: [], deletedAgo: 'P2D' },
  ],
};

/** What a platform answered, one line for each request. */
interface Heard extends TestPlatform {
  readonly answers: readonly string[];
}

const open: TestPlatform[] = [];
afterEach(async () => {
  for (const platform of open.splice(0)) await platform.close();
});

/** Closed after the test, if the test has not done so. */
async function start(options: CreatePlatformOptions = {}): Promise<Heard> {
  const platform = await startTestPlatform(options);
  open.push(platform);
  return listening(platform);
}

async function close(platform: Heard): Promise<void> {
  const index = open.findIndex(({ url }) => url === platform.url);
  await open.splice(index, 1)[0]?.close();
}

function listening(platform: TestPlatform): Heard {
  const answers: string[] = [];
  return {
    ...platform,
    answers,
    async request(method, path, body, headers = {}) {
      const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
      const init = { method, headers, ...(payload === undefined ? {} : { body: payload }) };
      const response = await fetch(`${platform.url}${path}`, init as RequestInit);
      const text = await response.text();
      const shown = [...response.headers]
        .filter(([name]) => name !== 'date')
        .map((header) => header.join(': '));
      const line = [method, path, response.status, ...shown, text].join('\n');
      answers.push(line.replaceAll(platform.url, 'http://platform').replace(/^content-length: .*\n/m, ''));
      return {
        status: response.status,
        headers: response.headers,
        body: text === '' ? undefined : JSON.parse(text),
      };
    },
  };
}

interface Site {
  readonly keys: string;
  readonly manager: string;
}

async function siteOf(platform: TestPlatform): Promise<Site> {
  const { body } = await platform.request('GET', '/v2/resource_instances');
  const guid = (name: string): string =>
    body.resources.find((one: { name: string }) => one.name === name)?.guid ?? '';
  return { keys: guid('keys-0'), manager: guid('manager-0') };
}

/** Reads of every service that change nothing that is read. */
async function lookAround(platform: TestPlatform): Promise<void> {
  const { keys, manager } = await siteOf(platform);
  const instance = { 'Bluemix-Instance': keys };
  const paths = [
    '/_keyquake/graph',
    '/_keyquake/clock',
    '/v1/policies',
    '/v2/policies',
    '/v1/reclamations',
    '/v2/resource_groups',
    `/v1/volumes?${volumeCall}`,
    '/api/v2/keys?state=0&state=1&state=2&state=3&state=5',
    '/api/v2/keys/registrations',
    `/secrets-manager/${manager}/api/v2/secrets`,
    `/secrets-manager/${manager}/api/v2/secrets_locks`,
    '/v1/policies/unknown',
    `/v1/volumes/unknown?${volumeCall}`,
  ];
  for (const path of paths) await platform.request('GET', path, undefined, instance);
  const secrets = await platform.request('GET', `/secrets-manager/${manager}/api/v2/secrets`);
  for (const { id } of secrets.body.secrets)
    await platform.request('GET', `/secrets-manager/${manager}/api/v2/secrets/${id}`);
}

/** Things done, refused and looked at. */
async function live(platform: TestPlatform): Promise<void> {
  await buildWorld(platform, plan);
  const { keys } = await siteOf(platform);
  const instance = { 'Bluemix-Instance': keys };
  const { body } = await platform.request('GET', '/api/v2/keys', undefined, instance);
  for (const { id } of body.resources) {
    const wrapped = await platform.request('POST', `/api/v2/keys/${id}/actions/wrap`, {}, instance);
    await platform.request('POST', `/api/v2/keys/${id}/actions/rotate`, undefined, instance);
    const ciphertext = wrapped.body.ciphertext ?? 'bm9uZQ==';
    await platform.request('POST', `/api/v2/keys/${id}/actions/unwrap`, { ciphertext }, instance);
    await platform.request('DELETE', `/api/v2/keys/${id}`, undefined, instance);
  }
  await platform.request('POST', '/v1/policies', '{"type": ');
  await lookAround(platform);
  await platform.request('GET', '/_keyquake/events?limit=100000');
}

async function livedBy(options: CreatePlatformOptions = {}): Promise<readonly string[]> {
  const platform = await start(options);
  await live(platform);
  await close(platform);
  return platform.answers;
}

test('two platforms of one seed, given the same requests, answer the same', async () => {
  const [one, other] = [await livedBy(), await livedBy()];
  expect(one.length).toBeGreaterThan(60);
  expect(one).toEqual(other);
});

test('another seed gives other ids, and the rest is the same', async () => {
  const [one, other] = [await livedBy({ seed: 1 }), await livedBy({ seed: 2 })];
  expect(one).not.toEqual(other);
  const statuses = (answers: readonly string[]): unknown[] => answers.map((answer) => answer.split('\n')[2]);
  expect(statuses(one)).toEqual(statuses(other));
});

test('platforms that run at once in a process share nothing: each answers as if it were alone', async () => {
  const alone = await livedBy();
  const together = await Promise.all([livedBy(), livedBy({ seed: 7 }), livedBy(), livedBy({ auth: 'warn' })]);
  expect(together[0]).toEqual(alone);
  expect(together[2]).toEqual(alone);
});

test('neither clock nor reset of one platform reaches another', async () => {
  const [one, other] = [await start(), await start()];
  await buildWorld(one, plan);
  await buildWorld(other, plan);
  const before = (await other.request('GET', '/_keyquake/graph')).body;
  one.platform.clock.advance(24 * 60 * 60 * 1000);
  const reset = await one.request('POST', '/_keyquake/reset');
  expect([reset.status, (await one.request('GET', '/_keyquake/graph')).body.nodes]).toEqual([204, []]);
  expect((await other.request('GET', '/_keyquake/graph')).body).toEqual(before);
});

describe('a store on disk', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-store-'));
  afterAll(() => rmSync(folder, { recursive: true }));
  const store = join(folder, 'platform.db');

  /** Correlation ids are never given twice, so headers are left out here. */
  async function read(platform: Heard): Promise<readonly string[]> {
    const from = platform.answers.length;
    await lookAround(platform);
    return platform.answers.slice(from).map((answer) => {
      const [method, path, status] = answer.split('\n');
      return [
        method,
        path,
        status,
        answer
          .split('\n')
          .at(-1)
          ?.replace(/"trace":"[^"]*"/, ''),
      ].join('\n');
    });
  }

  test('that was closed and opened again answers as before, secrets and old ciphertexts included', async () => {
    const first = await start({ store });
    await buildWorld(first, plan);
    const { keys } = await siteOf(first);
    const instance = { 'Bluemix-Instance': keys };
    const { body } = await first.request('GET', '/api/v2/keys?state=1', undefined, instance);
    const [{ id }] = body.resources;
    const plaintext = Buffer.alloc(32, 4).toString('base64');
    const wrapped = await first.request('POST', `/api/v2/keys/${id}/actions/wrap`, { plaintext }, instance);
    await read(first);
    const before = await read(first);
    const events = (await first.request('GET', '/_keyquake/events?limit=100000')).body;
    await close(first);

    // The clock of the machine is far behind the one of the store, which goes on from where it was.
    const again = await start({ store, clock: frozenClock(parseInstant(testStart)) });
    expect(again.platform.clock.now()).toBe(worldPresent);
    expect((await again.request('GET', '/_keyquake/events?limit=100000')).body).toEqual(events);
    expect(await read(again)).toEqual(before);
    const { ciphertext } = wrapped.body;
    const opened = await again.request('POST', `/api/v2/keys/${id}/actions/unwrap`, { ciphertext }, instance);
    expect(opened.body.plaintext).toBe(plaintext);
  });
});
