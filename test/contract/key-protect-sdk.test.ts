/** The vendor's Node SDK for Key Protect, unchanged, against the platform (ibm-control-plane.md 6.1.2, 1.2, 1.7). */
import { constants, createCipheriv, publicEncrypt } from 'node:crypto';
import { IamAuthenticator } from '@ibm-cloud/ibm-key-protect/auth';
import KeyProtect from '@ibm-cloud/ibm-key-protect/ibm-key-protect-api/v2';
import { registerResource } from '../../mock-platform/services/key-protect/usage';
import {
  hyperProtect,
  type KeyPlatform,
  kms,
  startKeyPlatform,
} from '../mock-platform/key-protect/support/key-platform';

const keyType = 'application/vnd.ibm.kms.key+json';
const policyType = 'application/vnd.ibm.kms.policy+json';
const body = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const newKey = (resource: object): Buffer =>
  body({
    metadata: { collectionType: keyType, collectionTotal: 1 },
    resources: [{ type: keyType, name: 'sdk-key', extractable: false, ...resource }],
  });

let platform: KeyPlatform;
let client: KeyProtect;
const instance = { bluemixInstance: kms };

beforeAll(async () => {
  platform = await startKeyPlatform({ auth: 'enforce' });
  client = clientOf('key-of-owner');
});
afterAll(() => platform.close());

function clientOf(apikey: string): KeyProtect {
  const authenticator = new IamAuthenticator({ apikey, url: `${platform.url}/identity/token` });
  return new KeyProtect({ authenticator, serviceUrl: platform.url });
}

// biome-ignore lint/suspicious/noExplicitAny: the SDK types the answers loosely
type Answer = { status: number; result: any };

async function made(resource: object = {}): Promise<{ id: string; crn: string }> {
  const { status, result } = (await client.createKey({ ...instance, body: newKey(resource) })) as Answer;
  expect(status).toBe(201);
  return result.resources[0];
}

test('a key through its life', async () => {
  const key = await made({ aliases: ['sdk-alias'], tags: ['sdk'] });
  const named = { ...instance, id: 'sdk-alias' };
  const read = (await client.getKey(named)) as Answer;
  expect(read.result.resources[0]).toMatchObject({
    id: key.id,
    state: 1,
    keyRingID: 'default',
    tags: ['sdk'],
  });
  const metadata = (await client.getKeyMetadata(named)) as Answer;
  expect(metadata.result.resources[0].crn).toBe(key.crn);

  expect((await client.disableKey({ ...instance, id: key.id })).status).toBe(204);
  platform.clock.advance(30_000);
  expect((await client.enableKey({ ...instance, id: key.id })).status).toBe(204);
  expect((await client.rotateKey({ ...instance, id: key.id })).status).toBe(204);
  const versions = (await client.getKeyVersions({ ...instance, id: key.id })) as Answer;
  expect(versions.result.metadata.collectionTotal).toBe(2);

  const deleted = (await client.deleteKey({
    ...instance,
    id: key.id,
    prefer: 'return=representation',
  })) as Answer;
  expect([deleted.status, deleted.result.resources[0].state]).toEqual([200, 5]);
  await expect(client.deleteKey({ ...instance, id: key.id })).rejects.toMatchObject({ status: 410 });
});

test('an imported key is restored; the SDK answers a stream', async () => {
  const { id } = await made({ payload: Buffer.alloc(32, 3).toString('base64') });
  expect((await client.deleteKey({ ...instance, id })).status).toBe(204);
  platform.clock.advance(30_000);
  const restored = await client.restoreKey({ ...instance, id });
  let text = '';
  for await (const chunk of restored.result as NodeJS.ReadableStream) text += String(chunk);
  expect([restored.status, JSON.parse(text).resources[0].state]).toEqual([201, 1]);
});

test('lists by state, and counts', async () => {
  const { id } = await made({ name: 'to-be-suspended' });
  await client.disableKey({ ...instance, id });
  const list = (await client.getKeys({ ...instance, state: [2], limit: 10 })) as Answer;
  expect(list.result.resources.map((key: { id: string }) => key.id)).toContain(id);
  const head = await client.getKeyCollectionMetadata({ ...instance, state: [2] });
  const headers = head.headers as Record<string, string>;
  expect(headers['key-total']).toBe(String(list.result.resources.length));
});

test('wraps, unwraps and rewraps', async () => {
  const { id } = await made();
  const plaintext = Buffer.from('data key').toString('base64');
  const aad = ['context'];
  const wrapped = (await client.wrapKey({
    ...instance,
    id,
    keyActionWrapBody: body({ plaintext, aad }),
  })) as Answer;
  const { ciphertext } = wrapped.result;
  const unwrapped = (await client.unwrapKey({
    ...instance,
    id,
    keyActionUnwrapBody: body({ ciphertext, aad }),
  })) as Answer;
  expect(unwrapped.result.plaintext).toBe(plaintext);
  const rewrapped = (await client.rewrapKey({
    ...instance,
    id,
    keyActionRewrapBody: body({ ciphertext, aad }),
  })) as Answer;
  expect(rewrapped.result.rewrappedKeyVersion).toEqual({ id });
  await expect(
    client.unwrapKey({ ...instance, id, keyActionUnwrapBody: body({ ciphertext }) }),
  ).rejects.toMatchObject({ status: 422 });
});

test('imports under a token', async () => {
  await client.postImportToken({ ...instance, expiration: 600, maxAllowedRetrievals: 1 });
  const { result } = (await client.getImportToken(instance)) as Answer;
  const material = Buffer.alloc(32, 8);
  const iv = Buffer.alloc(12, 1);
  const cipher = createCipheriv('aes-256-gcm', material, iv);
  const nonce = Buffer.concat([
    cipher.update(Buffer.from(result.nonce, 'base64')),
    cipher.final(),
    cipher.getAuthTag(),
  ]);
  const publicKey = Buffer.from(result.payload, 'base64').toString();
  const padding = constants.RSA_PKCS1_OAEP_PADDING;
  const payload = publicEncrypt({ key: publicKey, padding, oaepHash: 'sha256' }, material);
  const key = await made({
    payload: payload.toString('base64'),
    encryptedNonce: nonce.toString('base64'),
    iv: iv.toString('base64'),
    encryptionAlgorithm: 'RSAES_OAEP_SHA_256',
  });
  expect(key).toMatchObject({ imported: true });
  await expect(client.getImportToken(instance)).rejects.toMatchObject({ status: 409 });
});

test('policies of keys and of the instance', async () => {
  const { id } = await made();
  const metadata = { collectionType: policyType, collectionTotal: 1 };
  const setKeyPoliciesOneOf = {
    metadata,
    resources: [{ type: policyType, rotation: { enabled: true, interval_month: 3 } }],
  };
  const put = (await client.putPolicy({
    ...instance,
    id,
    policy: 'rotation',
    setKeyPoliciesOneOf,
  })) as Answer;
  expect(put.result.resources[0].rotation).toEqual({ enabled: true, interval_month: 3 });
  const read = (await client.getPolicy({ ...instance, id })) as Answer;
  expect(read.result.metadata.collectionTotal).toBe(1);

  const setInstancePoliciesOneOf = {
    metadata,
    resources: [{ policy_type: 'dualAuthDelete', policy_data: { enabled: true } }],
  };
  const set = await client.putInstancePolicy({
    ...instance,
    policy: 'dualAuthDelete',
    setInstancePoliciesOneOf,
  });
  expect(set.status).toBe(204);
  const policies = (await client.getInstancePolicy({ ...instance, policy: 'dualAuthDelete' })) as Answer;
  expect(policies.result.resources[0].policy_data).toEqual({ enabled: true });
  const off = { metadata, resources: [{ policy_type: 'dualAuthDelete', policy_data: { enabled: false } }] };
  await client.putInstancePolicy({ ...instance, setInstancePoliciesOneOf: off });
  const ports = async () => ((await client.getAllowedIpPort(instance)) as Answer).result.resources;
  expect(await ports()).toEqual([]);
  const allowed = { enabled: true, attributes: { allowed_ip: ['127.0.0.0/8'] } };
  await client.putInstancePolicy({
    ...instance,
    setInstancePoliciesOneOf: { metadata, resources: [{ policy_type: 'allowedIP', policy_data: allowed }] },
  });
  expect(await ports()).toEqual([{ private_endpoint_port: 8888 }]);
});

test('two people delete a key under dual authorization', async () => {
  const { id } = await made();
  const setKeyPoliciesOneOf = {
    metadata: { collectionType: policyType, collectionTotal: 1 },
    resources: [{ type: policyType, dualAuthDelete: { enabled: true } }],
  };
  await client.putPolicy({ ...instance, id, setKeyPoliciesOneOf });
  const [anna, ben] = [clientOf('key-of-anna'), clientOf('key-of-ben')];
  await expect(ben.deleteKey({ ...instance, id })).rejects.toMatchObject({ status: 409 });
  expect((await anna.setKeyForDeletion({ ...instance, id })).status).toBe(204);
  await expect(anna.deleteKey({ ...instance, id })).rejects.toMatchObject({ status: 409 });
  expect((await anna.unsetKeyForDeletion({ ...instance, id })).status).toBe(204);
  expect((await anna.setKeyForDeletion({ ...instance, id })).status).toBe(204);
  expect((await ben.deleteKey({ ...instance, id })).status).toBe(204);
});

test('aliases, rings, registrations, sync', async () => {
  const key = await made();
  const { id } = key;
  const alias = (await client.createKeyAlias({ ...instance, id, alias: 'by-sdk' })) as Answer;
  expect([alias.status, alias.result.resources[0].alias]).toEqual([201, 'by-sdk']);
  expect((await client.deleteKeyAlias({ ...instance, id, alias: 'by-sdk' })).status).toBe(204);

  expect((await client.createKeyRing({ ...instance, keyRingId: 'sdk-ring' })).status).toBe(201);
  const rings = (await client.listKeyRings(instance)) as Answer;
  expect(rings.result.resources.map((ring: { id: string }) => ring.id)).toEqual(['default', 'sdk-ring']);
  expect((await client.deleteKeyRing({ ...instance, keyRingId: 'sdk-ring' })).status).toBe(204);

  const resourceCrn = 'crn:v1:bluemix:public:cloud-object-storage:global:a/1:2:bucket:sdk';
  await platform.inSession((session) => registerResource(session, { keyCrn: key.crn, resourceCrn }));
  const query = { urlEncodedResourceCRNQuery: encodeURIComponent(resourceCrn) };
  const own = (await client.getRegistrations({ ...instance, id, ...query })) as Answer;
  const all = (await client.getRegistrationsAllKeys({ ...instance, ...query })) as Answer;
  expect([own.result.resources.length, all.result.resources[0].keyId]).toEqual([1, id]);
  expect((await client.syncAssociatedResources({ ...instance, id })).status).toBe(204);
});

test('Hyper Protect by the same client', async () => {
  const answer = (await client.createKey({ bluemixInstance: hyperProtect, body: newKey({}) })) as Answer;
  expect(answer.result.resources[0].crn.split(':')[4]).toBe('hs-crypto');
});

test('an error carries the vendor’s body', async () => {
  const failure = await client.getKey({ ...instance, id: 'no-such-key' }).catch((error: unknown) => error);
  const { status, body: text } = failure as { status: number; body: string };
  expect([status, JSON.parse(text).resources[0].reasons[0].code]).toEqual([404, 'KEY_NOT_FOUND_ERR']);
});
