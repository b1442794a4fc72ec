/** What services that encrypt with root keys are told (behaviour.md A2, A3, B3). */
import {
  checkKey,
  conditionOfKey,
  unwrapDataKey,
  wrapDataKey,
} from '../../../mock-platform/services/key-protect/usage';
import {
  account,
  hyperProtect,
  type KeyPlatform,
  kms,
  startKeyPlatform,
  unknownKey,
} from './support/key-platform';
import { keyInState, newKey } from './support/keys';

const consumer = { sourceService: 'server-protect' };
const hour = 3_600_000;

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

const attribute = (key: string, value: string) => ({ key, operator: 'stringEquals', value });

async function authorize(target: KeyPlatform, resource: object[] = [], role = 'Reader'): Promise<string> {
  const reply = await target.request('POST', '/v2/policies', {
    type: 'authorization',
    subject: { attributes: [attribute('accountId', account), attribute('serviceName', 'server-protect')] },
    resource: { attributes: [attribute('accountId', account), attribute('serviceName', 'kms'), ...resource] },
    control: { grant: { roles: [{ role_id: `crn:v1:bluemix:public:iam::::serviceRole:${role}` }] } },
  });
  expect(reply.status).toBe(201);
  return reply.body.id;
}

const check = (target: KeyPlatform, keyCrn: string, region = 'us-south') =>
  target.inSession((session) => checkKey(session, { keyCrn, consumer, region }));

const condition = (target: KeyPlatform, keyCrn: string) =>
  target.inSession((session) => conditionOfKey(session, { keyCrn, consumer }));

const crnOf = (parts: { account?: string; region?: string; instance?: string; id?: string }): string =>
  `crn:v1:bluemix:public:kms:${parts.region ?? 'us-south'}:a/${parts.account ?? account}:${parts.instance ?? kms}:key:${parts.id ?? unknownKey}`;

describe('checkKey', () => {
  test('an active root key that the consumer may read is usable', async () => {
    await authorize(platform);
    const key = await newKey(platform, { name: 'usable' });
    expect(await check(platform, key.crn, 'us-south-2')).toEqual({
      usable: true,
      key: {
        crn: key.crn,
        id: key.id,
        name: 'usable',
        instance: kms,
        service: 'kms',
        region: 'us-south',
        state: 'active',
        imported: false,
        keyVersion: key.id,
      },
    });
  });

  test.each([
    ['no CRN', 'not-a-crn', 'crn-invalid'],
    ['the CRN of an instance', `crn:v1:bluemix:public:kms:us-south:a/${account}:${kms}::`, 'crn-invalid'],
    ['another account', crnOf({ account: 'ffffffffffffffffffffffffffffffff' }), 'foreign-account'],
    ['another region', crnOf({ region: 'eu-de' }), 'foreign-region'],
    ['an instance that is not there', crnOf({ instance: unknownKey }), 'instance-unknown'],
    ['an instance of the other service', crnOf({ instance: hyperProtect }), 'instance-unknown'],
    ['a key that is not there', crnOf({}), 'key-unknown'],
  ])('%s', async (_name, crn, reason) => {
    await authorize(platform);
    expect(await check(platform, crn)).toMatchObject({ usable: false, reason });
  });

  test('without an authorization: which one is missing, and how to create it', async () => {
    const key = await newKey(platform);
    expect(await check(platform, key.crn)).toEqual({
      usable: false,
      reason: 'not-authorized',
      cause: `no authorization lets server-protect read keys of kms instance ${kms}`,
      remedy: `create one: source server-protect, target kms instance ${kms}, role Reader`,
    });
  });

  test('the authorization is asked for before the key: who has none learns nothing of keys', async () => {
    expect(await check(platform, crnOf({}))).toMatchObject({ reason: 'not-authorized' });
  });

  test.each([
    ['this instance', [attribute('serviceInstance', kms)], true],
    ['another instance', [attribute('serviceInstance', hyperProtect)], false],
    ['its resource group', [attribute('resourceGroupId', 'the-default-group')], true],
    ['another resource group', [attribute('resourceGroupId', 'another')], false],
  ])('an authorization on %s', async (_name, resource, usable) => {
    await authorize(platform, resource);
    expect((await check(platform, (await newKey(platform)).crn)).usable).toBe(usable);
  });

  test('a standard key is no root key', async () => {
    await authorize(platform);
    const key = await newKey(platform, { extractable: true });
    expect(await check(platform, key.crn)).toMatchObject({ usable: false, reason: 'not-root' });
  });

  test.each(['suspended', 'deactivated', 'destroyed'] as const)(
    'a %s key encrypts nothing new',
    async (state) => {
      await authorize(platform);
      const id = await keyInState(platform, state);
      expect(await check(platform, crnOf({ id }))).toMatchObject({
        usable: false,
        reason: 'not-active',
        state,
      });
    },
  );

  test('an alias in the place of the id names no key', async () => {
    await authorize(platform);
    await newKey(platform, { aliases: ['by-name'] });
    expect(await check(platform, crnOf({ id: 'by-name' }))).toMatchObject({ reason: 'key-unknown' });
  });
});

describe('conditionOfKey', () => {
  test.each([
    ['active', 'usable'],
    ['suspended', 'suspended'],
    ['deactivated', 'deactivated'],
    ['destroyed', 'destroyed'],
  ] as const)('%s: %s', async (state, expected) => {
    await authorize(platform);
    expect(await condition(platform, crnOf({ id: await keyInState(platform, state) }))).toBe(expected);
  });

  test('without the authorization: unauthorized; after 90 days destroyed: purged', async () => {
    const key = await newKey(platform);
    expect(await condition(platform, key.crn)).toBe('unauthorized');
    await authorize(platform);
    await platform.call('DELETE', `/keys/${key.id}`);
    platform.advance('P90D');
    expect(await condition(platform, key.crn)).toBe('purged');
  });

  test('a change is noticed when the propagation is over, each at its time', async () => {
    const slow = await startKeyPlatform({ propagation: hour });
    await authorize(slow);
    slow.advance('PT2H');
    const key = await newKey(slow);
    await slow.call('POST', `/keys/${key.id}/actions/disable`);
    const seen: string[] = [await condition(slow, key.crn)];
    slow.advance('PT30M');
    await slow.call('POST', `/keys/${key.id}/actions/enable`);
    for (const step of ['PT29M59.999S', 'PT0.001S', 'PT29M59.999S', 'PT0.001S']) {
      slow.advance(step);
      seen.push(await condition(slow, key.crn));
    }
    expect(seen).toEqual(['usable', 'usable', 'suspended', 'suspended', 'usable']);
    await slow.close();
  });

  test('a synchronization makes it noticed at once', async () => {
    const slow = await startKeyPlatform({ propagation: 4 * hour });
    await authorize(slow);
    slow.advance('PT5H');
    const key = await newKey(slow);
    await slow.call('POST', `/keys/${key.id}/actions/disable`);
    slow.advance('PT1H');
    expect(await condition(slow, key.crn)).toBe('usable');
    expect((await slow.call('POST', `/keys/${key.id}/actions/sync`)).status).toBe(204);
    expect(await condition(slow, key.crn)).toBe('suspended');
    await slow.close();
  });

  test('a new use is refused at once, whatever the propagation: the key management service itself says no', async () => {
    const slow = await startKeyPlatform({ propagation: hour });
    await authorize(slow);
    slow.advance('PT2H');
    const key = await newKey(slow);
    await slow.call('POST', `/keys/${key.id}/actions/disable`);
    expect(await check(slow, key.crn)).toMatchObject({ usable: false, reason: 'not-active' });
    await slow.close();
  });

  test('a new authorization is noticed when the propagation is over', async () => {
    const slow = await startKeyPlatform({ propagation: hour });
    const key = await newKey(slow);
    await authorize(slow);
    slow.advance('PT59M59.999S');
    expect(await check(slow, key.crn)).toEqual({
      usable: false,
      reason: 'not-authorized',
      authorizedFrom: Date.parse('2026-01-15T11:00:00Z'),
      cause: `the authorization that lets server-protect read keys of kms instance ${kms} is not visible to it before 2026-01-15T11:00:00.000Z`,
      remedy:
        'try again from 2026-01-15T11:00:00.000Z on; in Terraform, let a time_sleep stand between the authorization and what needs it',
    });
    slow.advance('PT0.001S');
    expect((await check(slow, key.crn)).usable).toBe(true);
    await slow.close();
  });
});

describe('data keys', () => {
  const wrap = (target: KeyPlatform, keyCrn: string) =>
    target.inSession((session) => wrapDataKey(session, { keyCrn, associated: 'secret-1' }));
  const unwrap = (target: KeyPlatform, keyCrn: string, wrapped: string, associated = 'secret-1') =>
    target.inSession((session) => unwrapDataKey(session, { keyCrn, wrapped, associated }));

  test('come back as they were, after a rotation too', async () => {
    const key = await newKey(platform);
    const { dataKey, wrapped, keyVersion } = await wrap(platform, key.crn);
    await platform.call('POST', `/keys/${key.id}/actions/rotate`);
    expect([keyVersion, dataKey.length]).toEqual([key.id, 32]);
    expect(await unwrap(platform, key.crn, wrapped)).toEqual(dataKey);
    expect((await wrap(platform, key.crn)).keyVersion).not.toBe(key.id);
  });

  test('are bound to what they belong to', async () => {
    const key = await newKey(platform);
    const { wrapped } = await wrap(platform, key.crn);
    await expect(unwrap(platform, key.crn, wrapped, 'secret-2')).rejects.toMatchObject({
      problem: { code: 'UNPROCESSABLE_CIPHERTEXT_ERR' },
    });
  });

  test('are refused while the key is suspended, and come back with it', async () => {
    const key = await newKey(platform);
    const { dataKey, wrapped } = await wrap(platform, key.crn);
    await platform.call('POST', `/keys/${key.id}/actions/disable`);
    const refused = { name: 'KeyUnusable', reason: 'not-active', state: 'suspended' };
    await expect(unwrap(platform, key.crn, wrapped)).rejects.toMatchObject(refused);
    await expect(wrap(platform, key.crn)).rejects.toMatchObject(refused);
    platform.advance('PT30S');
    await platform.call('POST', `/keys/${key.id}/actions/enable`);
    expect(await unwrap(platform, key.crn, wrapped)).toEqual(dataKey);
  });

  test('of a key that is gone or standard', async () => {
    const standard = await newKey(platform, { extractable: true });
    await expect(wrap(platform, standard.crn)).rejects.toMatchObject({ reason: 'not-root' });
    await expect(wrap(platform, crnOf({}))).rejects.toMatchObject({ reason: 'key-unknown' });
  });

  test('a service that has not noticed yet still reads', async () => {
    const slow = await startKeyPlatform({ propagation: hour });
    const key = await newKey(slow);
    const { dataKey, wrapped } = await wrap(slow, key.crn);
    await slow.call('POST', `/keys/${key.id}/actions/disable`);
    expect(await unwrap(slow, key.crn, wrapped)).toEqual(dataKey);
    slow.advance('PT1H');
    await expect(unwrap(slow, key.crn, wrapped)).rejects.toMatchObject({ state: 'suspended' });
    await slow.close();
  });
});
