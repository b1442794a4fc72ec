/** Instances with a root key of the customer's (behaviour.md B2 to B4). */
import { Encryption, type TestKey } from '../../support/encryption';
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { refusalOf, type SecretsManager, secretsManagerAt } from './support';

let platform: TestPlatform;
let cloud: Encryption;
let kms: string;
let key: TestKey;
beforeEach(async () => {
  platform = await startTestPlatform();
  cloud = new Encryption(platform);
  kms = (await cloud.instance({ service: 'kms' })).guid;
  key = await cloud.key(kms, { imported: true });
});
afterEach(() => platform.close());

const instanceWith = (kms_key: unknown, region = 'us-south') =>
  cloud.tryInstance({ service: 'secrets-manager', region, parameters: { kms_key } });

async function secretsManagerInstances(): Promise<number> {
  const { body } = await platform.request('GET', '/v2/resource_instances');
  return body.resources.filter(({ crn }: { crn: string }) => crn.includes(':secrets-manager:')).length;
}

describe('creation (B3)', () => {
  test('with key instance, root key, authorization and one region: registered on the key (B4)', async () => {
    await cloud.authorize('secrets-manager', kms);
    const made = await instanceWith(key.crn);
    expect(made.status).toBe(201);
    expect(await cloud.registrations(key)).toEqual([made.body.crn]);
  });

  test('without a key of the customer’s nothing is needed and nothing registered (B2)', async () => {
    expect((await cloud.tryInstance({ service: 'secrets-manager' })).status).toBe(201);
    expect(await cloud.registrations(key)).toEqual([]);
  });

  async function refusedFor(kmsKey: unknown, region: string, missing: string, remedy: string): Promise<void> {
    const refused = await instanceWith(kmsKey, region);
    expect(refused.status).toBe(400);
    expect(refused.body.error_code).toBe('RC-ServiceBrokerErrorResponse');
    expect(refused.body.message).toContain(missing);
    expect(refused.body.keyquake.remedy).toContain(remedy);
    expect(await secretsManagerInstances()).toBe(0);
    expect(await cloud.registrations(key)).toEqual([]);
  }

  const unknown = '00000000-0000-4000-8000-000000000000';

  test('the key instance is missing', async () => {
    await refusedFor(
      key.crn.replace(kms, unknown),
      'us-south',
      `missing the key management instance ${unknown}`,
      'create the instance, or name a key of one that exists',
    );
  });

  test.each([
    ['missing', async () => key.crn.replace(key.id, unknown)],
    [
      'disabled',
      async () => {
        await cloud.disable(key);
        return key.crn;
      },
    ],
    ['a standard key', async () => (await cloud.key(kms, { extractable: true })).crn],
  ])('the root key is %s', async (_name, crn) => {
    await cloud.authorize('secrets-manager', kms);
    const given = await crn();
    await refusedFor(
      given,
      'us-south',
      `missing an active root key ${given.split(':').pop()}`,
      'create, enable or restore the root key, or name another one',
    );
  });

  test('the authorization is missing', async () => {
    await cloud.authorize('server-protect', kms);
    await refusedFor(
      key.crn,
      'us-south',
      `missing an authorization that lets secrets-manager use kms instance ${kms} with the role Reader`,
      `create one: source secrets-manager, target kms instance ${kms}, role Reader`,
    );
  });

  test('the region is another one', async () => {
    await cloud.authorize('secrets-manager', kms);
    await refusedFor(
      key.crn,
      'eu-de',
      'missing a key in the region of the instance (eu-de); the key is in us-south',
      'create both in one region',
    );
  });

  test('several are missing: each is named', async () => {
    const refused = await instanceWith(key.crn, 'eu-de');
    expect(refused.body.message).toContain('an authorization that lets secrets-manager use');
    expect(refused.body.message).toContain('a key in the region of the instance');
  });

  test.each(['my-key', 42, {}, 'crn:v1:bluemix:public:is:us-south:a/x::volume:v'])(
    '%p is no key',
    async (given) => {
      await refusedFor(
        given,
        'us-south',
        'kms_key is not the CRN of a root key',
        'give the CRN of a root key',
      );
    },
  );

  test('a key of another account', async () => {
    const foreign = key.crn.replace('0a1b2c3d4e5f60718293a4b5c6d7e8f9', 'f'.repeat(32));
    await refusedFor(
      foreign,
      'us-south',
      'cannot be created with the root key',
      'use a key of the same account',
    );
  });
});

describe('the parameter changed later (B2: chosen when the instance is created)', () => {
  let other: TestKey;
  beforeEach(async () => {
    await cloud.authorize('secrets-manager', kms);
    other = await cloud.key(kms, {});
  });

  async function changed(from: string | undefined, to: unknown) {
    const parameters = from === undefined ? {} : { kms_key: from };
    const made = await cloud.tryInstance({ service: 'secrets-manager', parameters });
    const path = `/v2/resource_instances/${made.body.guid}`;
    const answer = await platform.request('PATCH', path, { parameters: { kms_key: to } });
    const { body } = await platform.request('GET', path);
    return { answer, kept: body.parameters.kms_key };
  }

  test('to another key: refused, and registered on the first one only', async () => {
    const { answer, kept } = await changed(key.crn, other.crn);
    expect(answer.status).toBe(400);
    expect(answer.body.error_code).toBe('RC-ServiceBrokerErrorResponse');
    expect(answer.body.message).toContain('The parameter kms_key of an instance cannot be changed');
    expect(answer.body.keyquake.cause).toContain(key.crn);
    expect(kept).toBe(key.crn);
    expect(await cloud.registrations(key)).toHaveLength(1);
    expect(await cloud.registrations(other)).toEqual([]);
  });

  test('to a key where the provider managed it, and back: refused', async () => {
    expect((await changed(undefined, key.crn)).answer.status).toBe(400);
    expect((await changed(key.crn, '')).answer.status).toBe(400);
  });

  test('to what is no key: refused as at the creation', async () => {
    const { answer, kept } = await changed(undefined, 42);
    expect(answer.status).toBe(400);
    expect(answer.body.message).toContain('kms_key is not the CRN of a root key');
    expect(kept).toBeUndefined();
  });

  test('said again: nothing changes', async () => {
    const { answer } = await changed(key.crn, key.crn);
    expect(answer.status).toBe(200);
    expect(await cloud.registrations(key)).toHaveLength(1);
  });
});

describe('an instance whose root key changes (B4)', () => {
  let sm: SecretsManager;
  let policy: string;
  let id: string;
  beforeEach(async () => {
    policy = await cloud.authorize('secrets-manager', kms);
    const made = await instanceWith(key.crn);
    sm = secretsManagerAt(platform, made.body);
    id = (await sm.secret({ payload: 'kept safe' })).id;
    await sm.lock(id, ['lock-1']);
  });

  /** Everything that touches a secret, with a body where one is needed. */
  const operations: readonly (readonly [string, string, unknown?])[] = [
    ['GET', '/secret_groups'],
    ['POST', '/secret_groups', { name: 'team' }],
    ['GET', '/secrets'],
    ['POST', '/secrets', { secret_type: 'arbitrary', name: 'new', payload: 'x' }],
    ['GET', '/secrets/ID'],
    ['GET', '/secret_groups/default/secret_types/arbitrary/secrets/db'],
    ['GET', '/secrets/ID/metadata'],
    ['PATCH', '/secrets/ID/metadata', { description: 'changed' }],
    ['GET', '/secrets/ID/versions'],
    ['POST', '/secrets/ID/versions', { payload: 'y' }],
    ['GET', '/secrets/ID/versions/current'],
    ['GET', '/secrets/ID/versions/current/metadata'],
    ['PATCH', '/secrets/ID/versions/current/metadata', {}],
    ['DELETE', '/secrets/ID/versions/current/secret_data'],
    ['GET', '/secrets_locks'],
    ['GET', '/secrets/ID/locks'],
    ['POST', '/secrets/ID/locks_bulk', { locks: [{ name: 'lock-2' }] }],
    ['DELETE', '/secrets/ID/locks_bulk'],
    ['DELETE', '/secrets/ID'],
  ];

  async function sealed(code: string, plain: { cause: string; remedy: string }): Promise<void> {
    for (const [method, path, body] of operations) {
      const refused = await sm.request(method, path.replace('ID', id), body);
      expect([path, refusalOf(refused)]).toEqual([
        path,
        [409, code, `The root key of Secrets Manager instance ${sm.guid} cannot be used for this`],
      ]);
      expect(refused.body.keyquake).toEqual(plain);
    }
    const instance = await platform.request('GET', `/v2/resource_instances/${sm.guid}`);
    expect([instance.status, instance.body.state]).toEqual([200, 'active']);
  }

  async function open(): Promise<void> {
    expect((await sm.request('GET', `/secrets/${id}`)).body).toMatchObject({
      payload: 'kept safe',
      locks_total: 1,
    });
    expect((await sm.request('GET', '/secret_groups')).body.total_count).toBe(1);
    expect((await sm.request('GET', '/secrets')).body.total_count).toBe(1);
  }

  test('disabled: sealed, the instance stays visible; enabled: everything is back', async () => {
    await cloud.disable(key);
    await sealed('root_key_suspended', {
      cause: `the root key ${key.crn} is disabled`,
      remedy: 'enable the root key',
    });
    await cloud.enable(key);
    await open();
  });

  test('deleted: sealed; restored: everything is back', async () => {
    await cloud.forceDelete(key);
    await sealed('root_key_destroyed', {
      cause: `the root key ${key.crn} has been deleted`,
      remedy: 'restore the root key within 30 days of its deletion, if its material was imported',
    });
    await cloud.restore(key);
    await open();
  });

  test('purged: unrecoverable', async () => {
    await cloud.forceDelete(key);
    cloud.wait('P90D');
    await sealed('root_key_purged', {
      cause: `the root key ${key.crn} is gone for good, and with it what it encrypted`,
      remedy: 'none: create the resource anew with another root key',
    });
    const { statuses } = (await platform.request('GET', '/_keyquake/graph')).body;
    expect(statuses[sm.crn]).toEqual({ status: 'unrecoverable', reasons: ['root_key_purged'], live: true });
  });

  test('unauthorized: sealed; authorized again: everything is back (A3)', async () => {
    await cloud.revoke(policy);
    await sealed('authorization_missing', {
      cause: `no authorization lets secrets-manager use the root key ${key.crn}`,
      remedy: "create one: source secrets-manager, target the key's instance, role Reader",
    });
    await cloud.authorize('secrets-manager', kms, sm.guid);
    await open();
  });

  test('rotated: old versions are read, new ones written', async () => {
    const generated = await cloud.key(kms);
    const made = await instanceWith(generated.crn);
    const other = secretsManagerAt(platform, made.body);
    const secret = await other.secret({ payload: 'before' });
    await cloud.rotate(generated);
    expect((await other.rotate(secret.id, 'after')).status).toBe(201);
    expect((await other.request('GET', `/secrets/${secret.id}/versions/previous`)).body.payload).toBe(
      'before',
    );
    expect((await other.request('GET', `/secrets/${secret.id}/versions/current`)).body.payload).toBe('after');
  });

  // ibm-control-plane.md 6.1.4: a deactivated key unwraps and does not wrap.
  test('expired: secrets are read, nothing new is written', async () => {
    const expiring = await cloud.key(kms, { expirationDate: '2026-01-16T10:00:00Z' });
    const made = await instanceWith(expiring.crn);
    const other = secretsManagerAt(platform, made.body);
    const secret = await other.secret({ payload: 'before' });
    cloud.wait('P1D');
    expect((await other.request('GET', `/secrets/${secret.id}`)).body.payload).toBe('before');
    expect((await other.lock(secret.id, ['lock-1'])).status).toBe(201);
    const refused = await other.rotate(secret.id, 'after');
    expect(refusalOf(refused).slice(0, 2)).toEqual([409, 'root_key_deactivated']);
    const another = { secret_type: 'arbitrary', name: 'another', payload: 'x' };
    expect(refusalOf(await other.request('POST', '/secrets', another)).slice(0, 2)).toEqual([
      409,
      'root_key_deactivated',
    ]);
    expect((await other.request('GET', `/secrets/${secret.id}/metadata`)).body.versions_total).toBe(1);
  });

  test('the graph shows instance, secrets and locks with what holds for them', async () => {
    await cloud.disable(key);
    const graph = (await platform.request('GET', '/_keyquake/graph')).body;
    const secretCrn = `${sm.crn.replace(/::$/, '')}:secret:${id}`;
    const lock = graph.nodes.find(({ kind }: { kind: string }) => kind === 'secret-lock');
    expect(graph.nodes).toEqual(
      expect.arrayContaining([
        {
          kind: 'secrets-manager-instance',
          id: sm.crn,
          crn: sm.crn,
          name: 'secrets-manager',
          region: 'us-south',
        },
        { kind: 'secret', id: secretCrn, crn: secretCrn, name: 'db', secretType: 'arbitrary' },
        { kind: 'secret-lock', id: lock.id, name: 'lock-1', versionAlias: 'current' },
      ]),
    );
    expect(graph.edges).toEqual(
      expect.arrayContaining([
        { type: 'protects', from: key.crn, to: sm.crn },
        { type: 'contains', from: sm.crn, to: secretCrn },
        { type: 'locks', from: lock.id, to: secretCrn },
      ]),
    );
    const status = { status: 'sealed', reasons: ['root_key_suspended'], live: true };
    expect([graph.statuses[sm.crn], graph.statuses[secretCrn]]).toEqual([status, status]);
  });
});

test('with a propagation delay the instance is sealed late, and nothing new is written meanwhile', async () => {
  const slow = await startTestPlatform({ propagation: 60_000 });
  try {
    const there = new Encryption(slow);
    const { guid } = await there.instance({ service: 'kms' });
    const root = await there.key(guid);
    await there.authorize('secrets-manager', guid);
    there.wait('PT1M');
    const instance = await there.instance({ service: 'secrets-manager', parameters: { kms_key: root.crn } });
    const sm = secretsManagerAt(slow, instance);
    const { id } = await sm.secret();
    await there.disable(root);
    expect((await sm.request('GET', `/secrets/${id}`)).status).toBe(200);
    expect(refusalOf(await sm.rotate(id, 'second')).slice(0, 2)).toEqual([409, 'root_key_suspended']);
    there.wait('PT1M');
    expect(refusalOf(await sm.request('GET', `/secrets/${id}`)).slice(0, 2)).toEqual([
      409,
      'root_key_suspended',
    ]);
  } finally {
    await slow.close();
  }
});

test('an authorization that is not noticed yet is missing until it is, and the refusal says until when', async () => {
  const slow = await startTestPlatform({ propagation: 60_000 });
  try {
    const there = new Encryption(slow);
    const { guid } = await there.instance({ service: 'kms' });
    const root = await there.key(guid);
    await there.authorize('secrets-manager', guid);
    const create = () => there.tryInstance({ service: 'secrets-manager', parameters: { kms_key: root.crn } });
    const early = await create();
    expect([early.status, early.body.message, early.body.keyquake]).toEqual([
      400,
      `The instance cannot be created with the root key of kms_key: missing an authorization that lets secrets-manager use kms instance ${guid} with the role Reader, which is not visible before 2026-01-15T10:01:00.000Z`,
      {
        cause: `the authorization that lets secrets-manager read keys of kms instance ${guid} is not visible to it before 2026-01-15T10:01:00.000Z`,
        remedy:
          'try again from 2026-01-15T10:01:00.000Z on; in Terraform, let a time_sleep stand between the authorization and what needs it',
      },
    ]);
    there.wait('PT1M');
    expect((await create()).status).toBe(201);
  } finally {
    await slow.close();
  }
});
