/**
 * Keys and the instance that they live in (ibm-control-plane.md 6.1.5, last row; 6.4.2), Hyper Protect Crypto Services
 * as the second key management service (2.5; behaviour.md A1), and the graph.
 */
import { endpointsOf } from '../../../domain/endpoints';
import { account, hyperProtect, type KeyPlatform, kms, startKeyPlatform } from './support/key-platform';
import { bucket, envelope, keyInState, material, newKey, refusalOf, registerOn } from './support/keys';

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

const instance = (guid = kms) => platform.request('GET', `/v2/resource_instances/${guid}`);
const removeInstance = () => platform.request('DELETE', `/v2/resource_instances/${kms}`);

async function reclamation(): Promise<string> {
  const { resources } = (await platform.request('GET', '/v1/reclamations')).body;
  return resources[0].id;
}

describe('deleting the instance', () => {
  test.each(['active', 'suspended', 'deactivated'] as const)(
    'is refused while it has a %s key',
    async (state) => {
      await keyInState(platform, state);
      const refused = await removeInstance();
      // As the known issues of IBM's security services show it (see `instanceHoldsKeys`).
      expect([refused.status, refused.body]).toMatchObject([
        422,
        {
          error_code: 'RC-ServiceBrokerErrorResponse',
          message:
            'Please contact the Service Provider for this error. [409, Conflict] CONTAINS_ACTIVE_KEYS: The instance holds 1 key that is not deleted',
        },
      ]);
      expect((await instance()).body.state).toBe('active');
      expect((await platform.call('GET', '/keys')).body.resources).toHaveLength(1);
    },
  );

  test('is done when all keys are deleted; its keys are out of reach then', async () => {
    const id = await keyInState(platform, 'destroyed', { imported: true });
    expect((await removeInstance()).status).toBeLessThan(300);
    expect((await instance()).body.state).toBe('pending_reclamation');
    const refused = await platform.call('GET', `/keys/${id}`);
    expect(refusalOf(refused)).toEqual([404, 'INSTANCE_NOT_FOUND_ERR']);
    expect(refused.body.keyquake.cause).toContain('waits for its reclamation');
  });

  test('restored, its keys are there again', async () => {
    const id = await keyInState(platform, 'destroyed', { imported: true });
    await removeInstance();
    await platform.request('POST', `/v1/reclamations/${await reclamation()}/actions/restore`, {});
    expect((await platform.call('POST', `/keys/${id}/restore`)).status).toBe(201);
  });

  test('for good, all material goes with it', async () => {
    const id = await keyInState(platform, 'destroyed', { imported: true });
    await platform.call('POST', '/key_rings/a-ring');
    await removeInstance();
    await platform.request('POST', `/v1/reclamations/${await reclamation()}/actions/reclaim`, {});
    expect((await instance()).body.state).toBe('removed');
    const { entities } = JSON.parse(await platform.storeText());
    const kinds = entities
      .map(({ kind }: { kind: string }) => kind)
      .filter((kind: string) => kind.startsWith('kms-') && kind !== 'kms-agenda');
    expect(kinds).toEqual([]);
    expect(JSON.stringify(entities)).not.toContain(id);
  });

  test('is for good by itself after seven days', async () => {
    const id = await keyInState(platform, 'destroyed', { imported: true });
    await removeInstance();
    platform.advance('P7D');
    expect((await instance()).body.state).toBe('removed');
    expect(await platform.storeText()).not.toContain(`"id":"${id}"`);
  });
});

describe('creating the instance', () => {
  const tieredPricing = 'eedd3585-90c6-4c8f-be3d-062069e99fc3';

  async function create(parameters: object) {
    const groups = await platform.request('GET', '/v2/resource_groups');
    return platform.request('POST', '/v2/resource_instances', {
      name: 'made',
      target: 'us-south',
      resource_group: groups.body.resources[0].id,
      resource_plan_id: tieredPricing,
      parameters,
    });
  }

  test('allowed_network is the policy of that name from the beginning', async () => {
    const made = await create({ allowed_network: 'private-only' });
    expect(made.status).toBe(201);
    const reply = await platform.call('GET', '/keys', undefined, { instance: made.body.guid });
    expect([reply.status, reply.body.keyquake.cause]).toEqual([
      401,
      'the policy allowedNetwork of the instance admits the private network only',
    ]);
  });

  const patch = (guid: string, parameters: Record<string, unknown>) =>
    platform.request('PATCH', `/v2/resource_instances/${guid}`, { parameters });
  const listed = async (guid: string) =>
    (await platform.call('GET', '/keys', undefined, { instance: guid })).status;

  test('allowed_network changed later changes the policy', async () => {
    const { guid } = (await create({ allowed_network: 'private-only' })).body;
    expect((await patch(guid, { allowed_network: 'public-and-private' })).status).toBe(200);
    expect(await listed(guid)).toBe(200);
    expect((await patch(guid, { allowed_network: 'private-only' })).status).toBe(200);
    expect(await listed(guid)).toBe(401);
  });

  test('a policy that was set since is not overruled by a parameter that stays', async () => {
    const { guid } = (await create({ allowed_network: 'public-and-private' })).body;
    const policy_data = { enabled: true, attributes: { allowed_network: 'private-only' } };
    const set = await platform.call(
      'PUT',
      '/instance/policies?policy=allowedNetwork',
      {
        metadata: { collectionType: 'application/vnd.ibm.kms.policy+json', collectionTotal: 1 },
        resources: [{ policy_type: 'allowedNetwork', policy_data }],
      },
      { instance: guid },
    );
    expect(set.status).toBe(204);
    expect((await patch(guid, { allowed_network: 'public-and-private', other: 1 })).status).toBe(200);
    expect(await listed(guid)).toBe(401);
  });

  test('allowed_network changed to another name is refused, and nothing changes', async () => {
    const { guid } = (await create({ allowed_network: 'private-only' })).body;
    expect((await patch(guid, { allowed_network: 'moon' })).status).toBe(400);
    const { body } = await platform.request('GET', `/v2/resource_instances/${guid}`);
    expect(body.parameters).toEqual({ allowed_network: 'private-only' });
  });

  test('allowed_network of another name is refused', async () => {
    const refused = await create({ allowed_network: 'moon' });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(JSON.stringify(refused.body)).toContain(
      'allowed_network must be one of public-and-private, private-only',
    );
  });

  test('keys can be made at once', async () => {
    const made = await create({});
    const key = await newKey(platform, { instance: made.body.guid });
    expect(key.crn).toBe(`crn:v1:bluemix:public:kms:us-south:a/${account}:${made.body.guid}:key:${key.id}`);
  });
});

describe('Hyper Protect Crypto Services', () => {
  const options = { instance: hyperProtect };

  test('speaks the same API under its own service name', async () => {
    const key = await newKey(platform, { instance: hyperProtect, imported: true });
    expect(key.crn).toBe(
      `crn:v1:bluemix:public:hs-crypto:us-south:a/${account}:${hyperProtect}:key:${key.id}`,
    );
    const wrapped = await platform.call(
      'POST',
      `/keys/${key.id}/actions/wrap`,
      { plaintext: material },
      options,
    );
    const { ciphertext } = wrapped.body;
    const unwrapped = await platform.call('POST', `/keys/${key.id}/actions/unwrap`, { ciphertext }, options);
    expect(unwrapped.body.plaintext).toBe(material);
  });

  test('force does not help while registrations exist; when they are gone the key can be deleted', async () => {
    const key = await newKey(platform, { instance: hyperProtect });
    await registerOn(platform, key, 'a-bucket');
    const forced = await platform.call('DELETE', `/keys/${key.id}?force=true`, undefined, options);
    expect(refusalOf(forced)).toEqual([409, 'PROTECTED_RESOURCE_ERR']);
    await platform.inSession(async ({ tx }) => {
      for (const stored of await tx.list({ kind: 'kms-registration' })) await tx.remove(stored);
    });
    expect((await platform.call('DELETE', `/keys/${key.id}`, undefined, options)).status).toBe(204);
  });

  test('endpoints are discovered by the instance', async () => {
    const reply = await platform.request('GET', `/crypto_v2/instances/${hyperProtect}`);
    const host = new URL(platform.url).host;
    expect([reply.status, reply.body]).toEqual([
      200,
      {
        instance_id: hyperProtect,
        kms: {
          public: host,
          private: `${hyperProtect}.api.private.us-south.hs-crypto.appdomain.cloud`,
        },
        ep11: {
          public: host,
          private: `${hyperProtect}.ep11.private.us-south.hs-crypto.appdomain.cloud`,
        },
      },
    ]);
  });

  test('the variable of the vendor leads to the discovery (2.5: below its value, /instances/{id})', async () => {
    const { IBMCLOUD_HPCS_API_ENDPOINT: broker } = endpointsOf(platform.url);
    const answer = await fetch(`${broker}/instances/${hyperProtect}`);
    expect([answer.status, await answer.json()]).toMatchObject([200, { instance_id: hyperProtect }]);
  });

  test('a Key Protect instance has none', async () => {
    expect(refusalOf(await platform.request('GET', `/crypto_v2/instances/${kms}`))).toEqual([
      404,
      'INSTANCE_NOT_FOUND_ERR',
    ]);
  });
});

describe('the graph', () => {
  test('instances, root keys, what holds and protects what, and the status of each', async () => {
    const guarding = await newKey(platform, {
      name: 'guarding',
      imported: true,
      expirationDate: '2026-02-01T00:00:00Z',
    });
    await newKey(platform, { name: 'standard', extractable: true });
    await registerOn(platform, guarding, 'one');
    const deleted = await keyInState(platform, 'destroyed', { name: 'deleted' });
    const graph = (await platform.request('GET', '/_keyquake/graph')).body;
    const instanceCrn = `crn:v1:bluemix:public:kms:us-south:a/${account}:${kms}::`;
    const deletedCrn = `crn:v1:bluemix:public:kms:us-south:a/${account}:${kms}:key:${deleted}`;
    expect(graph.nodes.filter(({ kind }: { kind: string }) => kind === 'root-key')).toEqual([
      {
        kind: 'root-key',
        id: guarding.crn,
        crn: guarding.crn,
        name: 'guarding',
        service: 'kms',
        state: 'active',
        imported: true,
        expiresAt: '2026-02-01T00:00:00Z',
      },
      {
        kind: 'root-key',
        id: deletedCrn,
        crn: deletedCrn,
        name: 'deleted',
        service: 'kms',
        state: 'destroyed',
        imported: false,
        deletedAt: '2026-01-15T10:00:00Z',
      },
    ]);
    expect(graph.nodes).toContainEqual({
      kind: 'kms-instance',
      id: instanceCrn,
      crn: instanceCrn,
      name: 'instance of kms',
      service: 'kms',
      region: 'us-south',
      otherKeys: 1,
    });
    expect(graph.edges).toEqual([
      { type: 'contains', from: instanceCrn, to: guarding.crn },
      { type: 'protects', from: guarding.crn, to: bucket('one') },
      { type: 'contains', from: instanceCrn, to: deletedCrn },
    ]);
    expect([graph.statuses[instanceCrn], graph.statuses[guarding.crn], graph.statuses[deletedCrn]]).toEqual([
      { status: 'active', reasons: [], live: true },
      { status: 'active', reasons: [], live: true },
      { status: 'destroyed', reasons: [], live: false },
    ]);
  });
});

describe('audit (behaviour.md A4)', () => {
  test('a disable is told with initiator, target, outcome, and the state before and after', async () => {
    const key = await newKey(platform);
    const headers = { ...(await platform.as('anna')), 'Correlation-Id': 'request-7' };
    await platform.call('POST', `/keys/${key.id}/actions/disable`, undefined, { headers });
    const { events } = (await platform.request('GET', '/_keyquake/events?action=kms.secrets.disable')).body;
    expect(events).toEqual([
      {
        id: expect.any(String),
        eventTime: '2026-01-15T10:00:00.000Z',
        initiator: { id: 'IBMid-anna', typeURI: 'service/security/account/user', name: 'anna' },
        action: 'kms.secrets.disable',
        target: { id: key.crn },
        outcome: 'success',
        reason: { reasonCode: 204 },
        requestId: 'request-7',
        before: { state: 'active' },
        after: { state: 'suspended' },
      },
    ]);
  });

  test('a refusal is told with its code', async () => {
    const id = await keyInState(platform, 'suspended');
    await platform.call('POST', `/keys/${id}/actions/disable`);
    const query = 'action=kms.secrets.disable&outcome=failure';
    const { events } = (await platform.request('GET', `/_keyquake/events?${query}`)).body;
    expect(events).toMatchObject([
      { outcome: 'failure', reason: { reasonCode: 409, reasonType: 'KEY_ACTION_INVALID_STATE_ERR' } },
    ]);
  });

  test('no event, document or error holds a payload in the clear', async () => {
    const canary = Buffer.from('canary-canary-canary-canary-0123').toString('base64');
    const key = await newKey(platform, { imported: true, payload: canary });
    const standard = await newKey(platform, { extractable: true, payload: canary });
    const wrapped = await platform.call('POST', `/keys/${key.id}/actions/wrap`, { plaintext: canary });
    await platform.call('POST', `/keys/${key.id}/actions/unwrap`, { ciphertext: wrapped.body.ciphertext });
    await platform.call('POST', `/keys/${key.id}/actions/rotate`, { payload: canary });
    const resource = { type: 'application/vnd.ibm.kms.key+json', name: 'x', payload: canary };
    const refusals = [
      await platform.call('POST', '/keys', envelope(resource)),
      await platform.call('POST', '/keys', envelope({ ...resource, name: 'good', payload: `${canary}!` })),
      await platform.call('POST', '/keys', `{"payload": "${canary}"`),
      await platform.call('POST', `/keys/${standard.id}/actions/rotate`, { payload: canary }),
      await platform.call('POST', `/keys/${key.id}/actions/unwrap`, { ciphertext: canary }),
    ];
    const text = `${JSON.stringify(refusals.map(({ body }) => body))}${await platform.storeText()}`;
    expect(refusals.map(({ status }) => status)).toEqual([400, 400, 400, 400, 422]);
    expect(text).not.toContain(canary);
    expect(text).not.toContain('canary');
  });
});
