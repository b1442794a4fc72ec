/** Where a key management instance is asked, and how (ibm-control-plane.md 1.6, 2.4, 4.0). */
import nock from 'nock';
import { instanceGuid, KeyProtectClient, keyAddress } from '../../../../provider/ibm/client/key-protect';
import { api, everywhere, onlyWhatIsPlayed, testSession, tokenFor } from '../support/session';

onlyWhatIsPlayed();

const guid = '11111111-2222-3333-4444-555555555555';
const instanceCrn = `crn:v1:bluemix:public:kms:us-south:a/acct:${guid}::`;
const keyCrn = `crn:v1:bluemix:public:kms:us-south:a/acct:${guid}:key:k-1`;
const signal = new AbortController().signal;
const credentials = { token: tokenFor('me') };

const endpoints = { public: 'https://public.kms.example', private: 'https://private.kms.example' };

function instanceIsThere(extensions: object = { endpoints }): void {
  nock(api)
    .get(`/v2/resource_instances/${guid}`)
    .reply(200, { id: instanceCrn, crn: instanceCrn, guid, extensions });
}

describe('the endpoint', () => {
  test.each([
    [undefined, 'https://public.kms.example', 'public'],
    ['public', 'https://public.kms.example', 'public'],
    ['private', 'https://private.kms.example', 'private'],
  ])('endpoint_type %s: the one that the instance names', async (endpointType, endpoint, shown) => {
    instanceIsThere();
    const client = await KeyProtectClient.of(
      testSession({ credentials }).session,
      { guid, endpointType },
      signal,
    );
    expect(client).toMatchObject({ endpoint, endpointType: shown, instanceCrn });
  });

  test.each([
    ['http://127.0.0.1:4510', 'public', 'http://127.0.0.1:4510', 'public'],
    ['http://127.0.0.1:4510', 'private', 'http://127.0.0.1:4510', 'private'],
    ['http://127.0.0.1:4510/api/v2/keys', undefined, 'http://127.0.0.1:4510', 'public'],
    ['https://private.elsewhere.example', 'public', 'https://private.elsewhere.example', 'private'],
  ])(
    'the variable %s goes before the instance, of which the %s endpoint is asked for all the same',
    async (variable, endpointType, endpoint, shown) => {
      instanceIsThere();
      const environment = { ...everywhere, IBMCLOUD_KP_API_ENDPOINT: variable };
      const { session } = testSession({ credentials, environment });
      const client = await KeyProtectClient.of(session, { guid, endpointType }, signal);
      expect(client).toMatchObject({ endpoint, endpointType: shown });
    },
  );

  test('an instance that names none is said to', async () => {
    instanceIsThere({});
    const opening = KeyProtectClient.of(testSession({ credentials }).session, { guid }, signal);
    await expect(opening).rejects.toThrow(`instance ${guid} names no public endpoint in its extensions`);
  });

  test('of a region, without asking the instance', () => {
    const { session } = testSession({ credentials });
    expect(KeyProtectClient.inRegion(session, guid, signal).endpoint).toBe(
      'https://us-south.kms.cloud.ibm.com',
    );
  });
});

describe('requests', () => {
  const kms = 'https://public.kms.example';
  async function client(): Promise<KeyProtectClient> {
    instanceIsThere();
    return KeyProtectClient.of(testSession({ credentials }).session, { guid }, signal);
  }

  test('name the instance, and the ring of a new key', async () => {
    nock(kms, {
      reqheaders: {
        'bluemix-instance': guid,
        'x-kms-key-ring': 'ring-1',
        prefer: 'return=representation',
        authorization: `Bearer ${tokenFor('me')}`,
      },
    })
      .post('/api/v2/keys', {
        metadata: { collectionType: 'application/vnd.ibm.kms.key+json', collectionTotal: 1 },
        resources: [{ type: 'application/vnd.ibm.kms.key+json', name: 'n', extractable: false }],
      })
      .reply(201, { resources: [{ id: 'k-1', crn: keyCrn }] });
    const key = await (await client()).createKey({ name: 'n', extractable: false }, 'ring-1');
    expect(key).toEqual({ id: 'k-1', crn: keyCrn });
  });

  test.each([true, false])('a deletion says whether it is forced: %s', async (force) => {
    nock(kms)
      .delete('/api/v2/keys/k-1')
      .query({ force: String(force) })
      .reply(204);
    await (await client()).deleteKey('k-1', { force });
  });

  test('policies go together, one resource each', async () => {
    nock(kms)
      .put('/api/v2/keys/k-1/policies', {
        metadata: { collectionType: 'application/vnd.ibm.kms.policy+json', collectionTotal: 2 },
        resources: [
          { type: 'application/vnd.ibm.kms.policy+json', rotation: { enabled: true, interval_month: 3 } },
          { type: 'application/vnd.ibm.kms.policy+json', dualAuthDelete: { enabled: false } },
        ],
      })
      .reply(200, {});
    const dualAuthDelete = { enabled: false };
    await (await client()).setPolicies('k-1', {
      rotation: { enabled: true, interval_month: 3 },
      dualAuthDelete,
    });
  });

  test('no resources at all are none (6.1.6)', async () => {
    nock(kms)
      .get('/api/v2/keys/k-1/policies')
      .reply(200, { metadata: { collectionTotal: 0 } });
    expect(await (await client()).policies('k-1')).toEqual([]);
  });

  test('a key that the answer lacks is an error', async () => {
    nock(kms).get('/api/v2/keys/k-1').reply(200, { metadata: {}, resources: [] });
    const reading = (await client()).getKey('k-1');
    await expect(reading).rejects.toThrow('Key Protect answered without the object that it was asked for');
  });
});

test.each([
  ['a GUID', guid, guid],
  ['a CRN', instanceCrn, guid],
  ['neither', 'something', 'something'],
])('instance_id as %s', (_name, id, expected) => {
  expect(instanceGuid(id)).toBe(expected);
});

describe('the CRN of a key', () => {
  test('names its instance and its service', () => {
    expect(keyAddress(keyCrn)).toEqual({ guid, keyId: 'k-1', instanceCrn, service: 'kms' });
    expect(keyAddress(keyCrn.replace(':kms:', ':hs-crypto:')).service).toBe('hs-crypto');
  });

  test.each([
    ['k-1', "'k-1' has 1 segments; a CRN has ten, separated by colons"],
    [instanceCrn, `'${instanceCrn}' is not the CRN of a key; that ends in {instance id}:key:{key id}`],
  ])('%s is none', (text, message) => {
    expect(() => keyAddress(text)).toThrow(message);
  });
});
