/**
 * Requests that meet: one winner, and no write lost. Sent at once over connections of their own,
 * to one platform in memory, and in turns to two platforms that share one file.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseInstant } from '../../../domain/time';
import { frozenClock } from '../../../mock-platform';
import { type Reply, startTestPlatform, type TestPlatform, testStart } from '../../support/platform';
import { envelope, refusalOf } from './support/keys';

const people = ['anna', 'ben', 'carla'] as const;
type Person = (typeof people)[number];

const identities = {
  users: people.map((name) => ({
    id: `IBMid-${name}`,
    name,
    apiKeys: [`key-of-${name}`],
    access: [{ roles: ['Manager'], service: 'kms' }],
  })),
};

const tieredPricing = 'eedd3585-90c6-4c8f-be3d-062069e99fc3';
const folder = mkdtempSync(join(tmpdir(), 'keyquake-races-'));
afterAll(() => rmSync(folder, { recursive: true }));

describe.each([
  ['one platform', ['memory']],
  ['two platforms on one file', [join(folder, 'shared.db'), join(folder, 'shared.db')]],
])('%s', (_name, stores) => {
  const platforms: TestPlatform[] = [];
  let headers: Record<string, string>;
  const tokens = new Map<Person, string>();
  let turn = 0;

  /** Each request goes to the next platform. */
  function call(method: string, path: string, body?: unknown, by?: Person): Promise<Reply> {
    turn += 1;
    const platform = platforms[turn % platforms.length] as TestPlatform;
    const authorization = by && { Authorization: `Bearer ${tokens.get(by)}` };
    return platform.request(method, path, body, { ...headers, ...authorization });
  }

  const outcome = async (...request: Parameters<typeof call>): Promise<string> => {
    const reply = await call(...request);
    return reply.status < 300 ? String(reply.status) : refusalOf(reply).join(' ');
  };

  const times = <Result>(number: number, make: (index: number) => Promise<Result>): Promise<Result[]> =>
    Promise.all(Array.from({ length: number }, (_, index) => make(index)));

  async function newKey(members: object = {}): Promise<string> {
    const type = 'application/vnd.ibm.kms.key+json';
    const reply = await call(
      'POST',
      '/api/v2/keys',
      envelope({ type, name: 'a-key', extractable: false, ...members }),
    );
    return reply.body.resources[0].id;
  }

  const shown = async (id: string) => (await call('GET', `/api/v2/keys/${id}`)).body.resources[0];

  beforeAll(async () => {
    const clock = frozenClock(parseInstant(testStart));
    for (const store of stores) platforms.push(await startTestPlatform({ store, identities, clock }));
    const [group] = (await call('GET', '/v2/resource_groups')).body.resources;
    const instance = await call('POST', '/v2/resource_instances', {
      name: 'raced',
      target: 'us-south',
      resource_group: group.id,
      resource_plan_id: tieredPricing,
    });
    headers = { 'Bluemix-Instance': instance.body.guid };
    for (const name of people) {
      const form = `grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=key-of-${name}`;
      const { body } = await (platforms[0] as TestPlatform).request('POST', '/identity/token', form);
      tokens.set(name, body.access_token);
    }
  });
  afterAll(async () => {
    for (const platform of platforms) await platform.close();
  });

  test('two people delete a key under dual authorization: one does, once', async () => {
    const id = await newKey();
    const policy = { type: 'application/vnd.ibm.kms.policy+json', dualAuthDelete: { enabled: true } };
    await call('PUT', `/api/v2/keys/${id}/policies`, envelope(policy));
    await call('POST', `/api/v2/keys/${id}/actions/setKeyForDeletion`, undefined, 'anna');
    const outcomes = await times(10, (index) =>
      outcome('DELETE', `/api/v2/keys/${id}`, undefined, people[1 + (index % 2)]),
    );
    expect(outcomes.sort()).toEqual(['204', ...Array.from({ length: 9 }, () => '410 KEY_DELETED_ERR')]);
    const { deletedBy, state } = await shown(id);
    const { events } = (await call('GET', '/_keyquake/events?action=kms.secrets.delete')).body;
    const done = events.filter((event: { outcome: string }) => event.outcome === 'success');
    expect(done.map(({ initiator }: { initiator: { id: string } }) => initiator.id)).toEqual([deletedBy]);
    expect([events.length, state]).toEqual([10, 5]);
  });

  test('the one who authorizes and the one who deletes meet: nobody deletes unauthorized', async () => {
    const id = await newKey();
    const policy = { type: 'application/vnd.ibm.kms.policy+json', dualAuthDelete: { enabled: true } };
    await call('PUT', `/api/v2/keys/${id}/policies`, envelope(policy));
    const [set, removed] = await Promise.all([
      outcome('POST', `/api/v2/keys/${id}/actions/setKeyForDeletion`, undefined, 'anna'),
      outcome('DELETE', `/api/v2/keys/${id}`, undefined, 'ben'),
    ]);
    expect([
      ['204', '204', 5],
      ['204', '409 AUTHORIZATIONS_NOT_MET', 1],
    ]).toContainEqual([set, removed, (await shown(id)).state]);
  });

  test('ten rotations at once: one version more', async () => {
    const id = await newKey();
    const outcomes = await times(10, () => outcome('POST', `/api/v2/keys/${id}/actions/rotate`));
    expect(outcomes.sort()).toEqual([
      '204',
      ...Array.from({ length: 9 }, () => '409 KEY_ROTATION_NOT_PERMITTED'),
    ]);
    const { resources, metadata } = (await call('GET', `/api/v2/keys/${id}/versions?totalCount=true`)).body;
    expect([metadata.totalCount, resources[0].id]).toEqual([2, (await shown(id)).keyVersion.id]);
  });

  test('one alias for ten keys at once: one has it, and everybody sees the same one', async () => {
    const keys = await times(10, () => newKey());
    const outcomes = await Promise.all(
      keys.map((id) => outcome('POST', `/api/v2/keys/${id}/aliases/wanted`)),
    );
    expect([...outcomes].sort()).toEqual([
      '201',
      ...Array.from({ length: 9 }, () => '409 KEY_ALIAS_NOT_UNIQUE_ERR'),
    ]);
    const winner = keys[outcomes.indexOf('201')];
    expect(await times(4, async () => (await shown('wanted')).id)).toEqual([winner, winner, winner, winner]);
  });

  test('an alias is made and taken away at once: one order or the other', async () => {
    const id = await newKey({ aliases: ['contested'] });
    const [removed, added] = await Promise.all([
      outcome('DELETE', `/api/v2/keys/${id}/aliases/contested`),
      outcome('POST', `/api/v2/keys/${id}/aliases/contested`),
    ]);
    expect([
      ['204', '201', ['contested']],
      ['204', '409 KEY_ALIAS_NOT_UNIQUE_ERR', undefined],
    ]).toContainEqual([removed, added, (await shown(id)).aliases]);
  });

  test('eight aliases for one key at once: five are made', async () => {
    const id = await newKey();
    const outcomes = await times(8, (index) => outcome('POST', `/api/v2/keys/${id}/aliases/of-one-${index}`));
    expect(outcomes.filter((each) => each === '201')).toHaveLength(5);
    expect(outcomes.filter((each) => each === '409 KEY_ALIAS_QUOTA_ERR')).toHaveLength(3);
    expect((await shown(id)).aliases).toHaveLength(5);
  });

  test('a key is disabled and deleted at once: both are told the truth', async () => {
    const id = await newKey();
    const [disabled, removed] = await Promise.all([
      outcome('POST', `/api/v2/keys/${id}/actions/disable`),
      outcome('DELETE', `/api/v2/keys/${id}`),
    ]);
    expect([removed, (await shown(id)).state]).toEqual(['204', 5]);
    expect(['204', '409 KEY_ACTION_INVALID_STATE_ERR']).toContain(disabled);
  });

  test('an import token is handed out as often as it may be', async () => {
    await call('POST', '/api/v2/import_token', { maxAllowedRetrievals: 3 });
    const outcomes = await times(8, () => outcome('GET', '/api/v2/import_token'));
    expect(outcomes.sort()).toEqual([
      ...['200', '200', '200'],
      ...Array.from({ length: 5 }, () => '409 IMPORT_TOKEN_EXPIRED_ERR'),
    ]);
  });

  test('forty keys made at once are all there', async () => {
    const ring = { ...headers, 'X-Kms-Key-Ring': 'crowd' };
    await call('POST', '/api/v2/key_rings/crowd');
    const former = headers;
    headers = ring;
    const made = await times(40, (index) => newKey({ name: `of-many-${index}` }));
    const { resources } = (await call('GET', '/api/v2/keys')).body;
    headers = former;
    expect(resources.map(({ id }: { id: string }) => id)).toEqual([...made].sort());
  });
});
