/**
 * How each call of the vendor's Node SDK for Key Protect fails: the status and the code that its user reads
 * (ibm-control-plane.md 6.1.2, 6.1.10, and 1.7 for where the SDK keeps them).
 */
import { IamAuthenticator } from '@ibm-cloud/ibm-key-protect/auth';
import KeyProtect from '@ibm-cloud/ibm-key-protect/ibm-key-protect-api/v2';
import {
  type KeyPlatform,
  kms,
  startKeyPlatform,
  unknownKey,
} from '../mock-platform/key-protect/support/key-platform';

const keyType = 'application/vnd.ibm.kms.key+json';
const policyType = 'application/vnd.ibm.kms.policy+json';
const aliasTaken = 'sdk-taken';
const unknown = { bluemixInstance: kms, id: unknownKey };
const elsewhere = { bluemixInstance: '00000000-0000-4000-8000-00000000000e' };
const instance = { bluemixInstance: kms };

const json = (value: object): Buffer => Buffer.from(JSON.stringify(value));
const collection = (collectionType: string, resources: readonly object[], collectionTotal = 1) => ({
  metadata: { collectionType, collectionTotal },
  resources,
});
const keyDraft = (members: object) =>
  json(collection(keyType, [{ type: keyType, name: 'sdk-key', extractable: false, ...members }]));

let platform: KeyPlatform;
let client: KeyProtect;
let reader: KeyProtect;
/** Active; the alias {@link aliasTaken} is its own. */
let root: string;
let standard: string;
let destroyed: string;

function clientOf(apikey: string): KeyProtect {
  const authenticator = new IamAuthenticator({ apikey, url: `${platform.url}/identity/token` });
  return new KeyProtect({ authenticator, serviceUrl: platform.url });
}

async function made(members: object): Promise<string> {
  const { result } = await client.createKey({ ...instance, body: keyDraft(members) });
  return (result as { resources: { id: string }[] }).resources[0]?.id ?? '';
}

beforeAll(async () => {
  platform = await startKeyPlatform({ auth: 'enforce' });
  client = clientOf('key-of-owner');
  reader = clientOf('key-of-rita');
  root = await made({ aliases: [aliasTaken] });
  standard = await made({ extractable: true });
  destroyed = await made({});
  await client.deleteKey({ ...instance, id: destroyed });
});
afterAll(() => platform.close());

interface Failure {
  readonly status: number;
  readonly message: string;
  readonly body: string;
}

async function failureOf(call: Promise<unknown>): Promise<Failure> {
  return call.then(
    () => {
      throw new Error('the call succeeded');
    },
    (error: Failure) => error,
  );
}

const ofStandard = () => ({ ...instance, id: standard });
const ofRoot = () => ({ ...instance, id: root });
const ofDestroyed = () => ({ ...instance, id: destroyed });
const mismatched = collection(policyType, [{ type: policyType, dualAuthDelete: { enabled: true } }]);

type Case = readonly [method: keyof KeyProtect, status: number, code: string, call: () => Promise<unknown>];

const cases: readonly Case[] = [
  [
    'createKey',
    400,
    'INVALID_FIELD_ERR',
    () => client.createKey({ ...instance, body: keyDraft({ name: 'a' }) }),
  ],
  [
    'createKey',
    400,
    'COLLECTION_TOTAL_MISMATCH_ERR',
    () =>
      client.createKey({
        ...instance,
        body: json(collection(keyType, [{ type: keyType, name: 'two', extractable: false }], 2)),
      }),
  ],
  ['getKeys', 400, 'INVALID_QUERY_PARAM_ERR', () => client.getKeys({ ...instance, limit: 5001 })],
  ['getKey', 404, 'KEY_NOT_FOUND_ERR', () => client.getKey(unknown)],
  ['getKeyMetadata', 404, 'KEY_NOT_FOUND_ERR', () => client.getKeyMetadata(unknown)],
  ['getKeyVersions', 404, 'KEY_NOT_FOUND_ERR', () => client.getKeyVersions(unknown)],
  ['deleteKey', 410, 'KEY_DELETED_ERR', () => client.deleteKey(ofDestroyed())],
  [
    'wrapKey',
    400,
    'KEY_ROOT_REQ_ERR',
    () => client.wrapKey({ ...ofStandard(), keyActionWrapBody: json({}) }),
  ],
  [
    'unwrapKey',
    422,
    'UNPROCESSABLE_CIPHERTEXT_ERR',
    () =>
      client.unwrapKey({
        ...ofRoot(),
        keyActionUnwrapBody: json({ ciphertext: Buffer.from('no').toString('base64') }),
      }),
  ],
  [
    'rewrapKey',
    409,
    'KEY_ACTION_INVALID_STATE_ERR',
    () => client.rewrapKey({ ...ofDestroyed(), keyActionRewrapBody: json({ ciphertext: 'bm8=' }) }),
  ],
  ['rotateKey', 400, 'KEY_ROOT_REQ_ERR', () => client.rotateKey(ofStandard())],
  ['setKeyForDeletion', 409, 'NOT_DUAL_AUTH_ERR', () => client.setKeyForDeletion(ofRoot())],
  ['unsetKeyForDeletion', 409, 'NOT_DUAL_AUTH_ERR', () => client.unsetKeyForDeletion(ofRoot())],
  ['enableKey', 409, 'KEY_ACTION_INVALID_STATE_ERR', () => client.enableKey(ofRoot())],
  ['disableKey', 400, 'KEY_ROOT_REQ_ERR', () => client.disableKey(ofStandard())],
  [
    'syncAssociatedResources',
    409,
    'REQ_TOO_EARLY_ERR',
    async () => {
      await client.syncAssociatedResources(ofRoot());
      await client.syncAssociatedResources(ofRoot());
    },
  ],
  [
    'putPolicy',
    400,
    'BODY_QUERY_PARAM_MISMATCH_ERR',
    () => client.putPolicy({ ...ofRoot(), policy: 'rotation', setKeyPoliciesOneOf: mismatched }),
  ],
  ['getPolicy', 404, 'KEY_NOT_FOUND_ERR', () => client.getPolicy(unknown)],
  [
    'putInstancePolicy',
    400,
    'BODY_QUERY_PARAM_MISMATCH_ERR',
    () =>
      client.putInstancePolicy({
        ...instance,
        policy: 'allowedNetwork',
        setInstancePoliciesOneOf: collection(policyType, [
          { policy_type: 'dualAuthDelete', policy_data: { enabled: true } },
        ]),
      }),
  ],
  ['postImportToken', 400, 'INVALID_FIELD_ERR', () => client.postImportToken({ ...instance, expiration: 1 })],
  ['getRegistrations', 404, 'KEY_NOT_FOUND_ERR', () => client.getRegistrations(unknown)],
  [
    'getRegistrationsAllKeys',
    400,
    'INVALID_QUERY_PARAM_ERR',
    () => client.getRegistrationsAllKeys({ ...instance, limit: 5001 }),
  ],
  [
    'createKeyAlias',
    409,
    'KEY_ALIAS_NOT_UNIQUE_ERR',
    () => client.createKeyAlias({ ...ofStandard(), alias: aliasTaken }),
  ],
  [
    'deleteKeyAlias',
    404,
    'KEY_ALIAS_NOT_FOUND_ERR',
    () => client.deleteKeyAlias({ ...ofRoot(), alias: 'sdk-no-alias' }),
  ],
  ['createKeyRing', 400, 'INVALID_FIELD_ERR', () => client.createKeyRing({ ...instance, keyRingId: 'a' })],
  [
    'deleteKeyRing',
    404,
    'KEY_RING_NOT_FOUND_ERR',
    () => client.deleteKeyRing({ ...instance, keyRingId: 'sdk-none' }),
  ],
];

test.each(cases)('%s: %i %s', async (_method, status, code, call) => {
  const failure = await failureOf(call());
  const [resource] = JSON.parse(failure.body).resources;
  expect([failure.status, resource.reasons[0].code]).toEqual([status, code]);
  // The SDK finds no message where it looks for one: the user reads the name of the status.
  expect(resource.errorMsg).toContain(code);
});

/** An instance that does not exist is found nowhere, whatever is asked of it. */
const withoutInstance: readonly (readonly [method: keyof KeyProtect, call: () => Promise<unknown>])[] = [
  ['getImportToken', () => client.getImportToken(elsewhere)],
  ['getInstancePolicy', () => client.getInstancePolicy(elsewhere)],
  ['getAllowedIpPort', () => client.getAllowedIpPort(elsewhere)],
  ['listKeyRings', () => client.listKeyRings(elsewhere)],
];

test.each(withoutInstance)('%s of an instance that is not there', async (_method, call) => {
  const { status, body } = await failureOf(call());
  expect([status, JSON.parse(body).resources[0].reasons[0].code]).toEqual([404, 'INSTANCE_NOT_FOUND_ERR']);
});

test('restoreKey: the SDK hands out the body of a refusal unread, its user sees the status', async () => {
  // Only imported keys come back (6.1.5), and this one was generated.
  const restoring = client.restoreKey({ ...ofDestroyed(), keyRestoreBody: json({}) });
  expect((await failureOf(restoring)).status).toBe(400);
});

test('getKeyCollectionMetadata of an instance that is not there: a HEAD has no body to explain', async () => {
  expect((await failureOf(client.getKeyCollectionMetadata(elsewhere))).status).toBe(404);
});

/** A Reader may list and read metadata, not change (6.1.9); the SDK puts fixed words over every 401 (1.7). */
const refusedToReaders: readonly (readonly [method: keyof KeyProtect, call: () => Promise<unknown>])[] = [
  ['createKey', () => reader.createKey({ ...instance, body: keyDraft({}) })],
  ['getKey', () => reader.getKey(ofRoot())],
  ['deleteKey', () => reader.deleteKey(ofRoot())],
  ['rotateKey', () => reader.rotateKey(ofRoot())],
  ['disableKey', () => reader.disableKey(ofRoot())],
  ['putPolicy', () => reader.putPolicy({ ...ofRoot(), setKeyPoliciesOneOf: mismatched })],
  ['createKeyRing', () => reader.createKeyRing({ ...instance, keyRingId: 'sdk-of-reader' })],
];

test.each(refusedToReaders)('%s by a Reader is refused', async (_method, call) => {
  const { status, body } = await failureOf(call());
  expect(status).toBe(401);
  // Such a body has no reasons (6.1.10).
  expect(JSON.parse(body).resources).toEqual([{ errorMsg: expect.stringMatching(/^Unauthorized: /) }]);
});

test('a Reader does read what a Reader may', async () => {
  expect((await reader.getKeys(instance)).status).toBe(200);
  expect((await reader.getKeyMetadata(ofRoot())).status).toBe(200);
});

test('every call of the SDK fails here at least once', () => {
  const failing = [...cases, ...withoutInstance, ...refusedToReaders].map(([method]) => method);
  const all = Object.getOwnPropertyNames(KeyProtect.prototype).filter((name) => name !== 'constructor');
  expect(
    all.filter(
      (name) => ![...failing, 'getKeyCollectionMetadata', 'restoreKey'].includes(name as keyof KeyProtect),
    ),
  ).toEqual([]);
});
