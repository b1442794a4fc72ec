/**
 * Every error code of ibm-control-plane.md 6.1.10 that a client can provoke, with the body in full. Codes of
 * service-to-service calls, of account rules and of internal faults cannot be provoked: CONFIG_RULE_CONFLICT_ERR,
 * RESOURCE_OWNER_ERR, KEY_INVALID_STATE_ERR, KEY_ROOT_REQ_REG_ERR, INVALID_SIG_EXP_ERR, KEY_VERSION_INVALID,
 * INCOMPLETE_METADATA_ERR. Import tokens, searches, access and instance policies have files of their own.
 */
import { type KeyPlatform, type Options, startKeyPlatform, unknownKey } from './support/key-platform';
import { bucket, envelope, keyInState, newKey, registerOn } from './support/keys';

let platform: KeyPlatform;
beforeEach(async () => {
  platform = await startKeyPlatform();
});
afterEach(() => platform.close());

const root = { type: 'application/vnd.ibm.kms.key+json', name: 'root-key', extractable: false };
const policyType = 'application/vnd.ibm.kms.policy+json';
const instancePolicy = (policy_type: string, enabled = true, attributes?: object) => ({
  policy_type,
  policy_data: { enabled, ...(attributes && { attributes }) },
});

interface Case {
  readonly code: string;
  readonly status: number;
  /** Middle of `errorMsg`. */
  readonly failure: string;
  readonly message: string;
  readonly target?: object;
  readonly provoke: () => Promise<{ status: number; body: unknown }>;
}

const call = (method: string, path: string, body?: unknown, options?: Options) =>
  platform.call(method, path, body, options);

const cases: Record<string, Case> = {
  'collectionTotal that is not the number of resources': {
    code: 'COLLECTION_TOTAL_MISMATCH_ERR',
    status: 400,
    failure: 'Key could not be created',
    message: 'metadata.collectionTotal is 2, and resources holds 1',
    provoke: () =>
      call('POST', '/keys', {
        metadata: { collectionType: root.type, collectionTotal: 2 },
        resources: [root],
      }),
  },
  'instance policy of another type than the query': {
    code: 'BODY_QUERY_PARAM_MISMATCH_ERR',
    status: 400,
    failure: 'Instance policy could not be set',
    message: 'The query asks for the policy dualAuthDelete, and the body holds another',
    provoke: () =>
      call(
        'PUT',
        '/instance/policies?policy=dualAuthDelete',
        envelope(instancePolicy('metrics'), policyType),
      ),
  },
  'key policy of another kind than the query': {
    code: 'BODY_QUERY_PARAM_MISMATCH_ERR',
    status: 400,
    failure: 'Key policy could not be set',
    message: 'The query asks for the policy rotation, and the body holds another',
    provoke: async () => {
      const { id } = await newKey(platform);
      const body = envelope({ type: policyType, dualAuthDelete: { enabled: true } }, policyType);
      return call('PUT', `/keys/${id}/policies?policy=rotation`, body);
    },
  },
  'two resources in a create request': {
    code: 'BAD_BODY_ERR',
    status: 400,
    failure: 'Key could not be created',
    message: 'The body is not valid: resources must hold exactly one resource',
    provoke: () =>
      call('POST', '/keys', {
        metadata: { collectionType: root.type, collectionTotal: 2 },
        resources: [root, root],
      }),
  },
  'empty metadata': {
    code: 'BAD_BODY_ERR',
    status: 400,
    failure: 'Key could not be created',
    message:
      'The body is not valid: metadata.collectionType is required; metadata.collectionTotal is required',
    provoke: () => call('POST', '/keys', { metadata: {}, resources: [root] }),
  },
  'an unknown field': {
    code: 'BAD_BODY_ERR',
    status: 400,
    failure: 'Key could not be created',
    message: 'The body is not valid: resources.0.colour is not a known field',
    provoke: () => call('POST', '/keys', envelope({ ...root, colour: 'red' })),
  },
  'malformed JSON': {
    code: 'BAD_BODY_ERR',
    status: 400,
    failure: 'Key could not be created',
    message: 'The body cannot be read: the body is not valid JSON',
    provoke: () => call('POST', '/keys', '{'),
  },
  'unwrap without a body': {
    code: 'NO_BODY_ERR',
    status: 400,
    failure: 'Unwrap with key could not be performed',
    message: 'The request needs a body and came without one',
    provoke: async () => call('POST', `/keys/${(await newKey(platform)).id}/actions/unwrap`),
  },
  'two instance policies with a policy query': {
    code: 'NUM_COLLECTION_RESOURCE_ERR',
    status: 400,
    failure: 'Instance policy could not be set',
    message: 'With the policy query parameter the body holds one policy',
    provoke: () =>
      call('PUT', '/instance/policies?policy=metrics', {
        metadata: { collectionType: policyType, collectionTotal: 2 },
        resources: [instancePolicy('metrics'), instancePolicy('dualAuthDelete')],
      }),
  },
  'plaintext that is not base64': {
    code: 'INVALID_FIELD_ERR',
    status: 400,
    failure: 'Wrap with key could not be performed',
    message: 'plaintext must be base64',
    target: { type: 'field', name: 'plaintext' },
    provoke: async () =>
      call('POST', `/keys/${(await newKey(platform)).id}/actions/wrap`, { plaintext: 'no base64!' }),
  },
  'a name of one character': {
    code: 'INVALID_FIELD_ERR',
    status: 400,
    failure: 'Key could not be created',
    message: 'resources.0.name must NOT have fewer than 2 characters',
    target: { type: 'field', name: 'resources.0.name' },
    provoke: () => call('POST', '/keys', envelope({ ...root, name: 'x' })),
  },
  'a name of the wrong type': {
    code: 'INVALID_FIELD_ERR',
    status: 400,
    failure: 'Key could not be created',
    message: 'resources.0.name must be string',
    target: { type: 'field', name: 'resources.0.name' },
    provoke: () => call('POST', '/keys', envelope({ ...root, name: 7 })),
  },
  'key material of 20 bytes': {
    code: 'INVALID_FIELD_ERR',
    status: 400,
    failure: 'Key could not be created',
    message: 'payload must decode to 16, 24 or 32 bytes',
    target: { type: 'field', name: 'payload' },
    provoke: () => call('POST', '/keys', envelope({ ...root, payload: Buffer.alloc(20).toString('base64') })),
  },
  'an expiration date that has passed': {
    code: 'INVALID_FIELD_ERR',
    status: 400,
    failure: 'Key could not be created',
    message: 'expirationDate must be in the future',
    target: { type: 'field', name: 'expirationDate' },
    provoke: () => call('POST', '/keys', envelope({ ...root, expirationDate: '2026-01-15T10:00:00Z' })),
  },
  'a limit over 5000': {
    code: 'INVALID_QUERY_PARAM_ERR',
    status: 400,
    failure: 'Keys could not be listed',
    message: 'limit must be a whole number, from 1 to 5000',
    target: { type: 'query_param', name: 'limit' },
    provoke: () => call('GET', '/keys?limit=5001'),
  },
  'state 4': {
    code: 'INVALID_QUERY_PARAM_ERR',
    status: 400,
    failure: 'Keys could not be listed',
    message: 'state must hold 0, 1, 2, 3 or 5, separated by commas',
    target: { type: 'query_param', name: 'state' },
    provoke: () => call('GET', '/keys?state=1,4'),
  },
  'restore after 30 days': {
    code: 'KEY_RESTORE_EXPIRED',
    status: 400,
    failure: 'Key could not be restored',
    message: 'The time to restore the key is over',
    provoke: async () => {
      const id = await keyInState(platform, 'destroyed', { imported: true });
      platform.advance('P30D');
      return call('POST', `/keys/${id}/restore`);
    },
  },
  'restore of a generated key': {
    code: 'KEY_IMPT_REQ_ERR',
    status: 400,
    failure: 'Key could not be restored',
    message: 'Only an imported key can be restored',
    provoke: async () => call('POST', `/keys/${await keyInState(platform, 'destroyed')}/restore`),
  },
  'rotate of a standard key': {
    code: 'KEY_ROOT_REQ_ERR',
    status: 400,
    failure: 'Key could not be rotated',
    message: 'The action is for root keys, and this is a standard key',
    provoke: async () =>
      call('POST', `/keys/${(await newKey(platform, { extractable: true })).id}/actions/rotate`),
  },
  'restore of an expired key': {
    code: 'KEY_EXPIRED_ERR',
    status: 400,
    failure: 'Key could not be restored',
    message: 'The key has expired',
    provoke: async () => {
      const key = await newKey(platform, { imported: true, expirationDate: '2026-01-15T11:00:00Z' });
      await call('DELETE', `/keys/${key.id}`);
      platform.advance('PT1H');
      return call('POST', `/keys/${key.id}/restore`);
    },
  },
  'rotate of an imported key without material': {
    code: 'KEY_PAYLOAD_REQ_ERR',
    status: 400,
    failure: 'Key could not be rotated',
    message: 'The key was imported: rotating it needs new key material',
    target: { type: 'field', name: 'payload' },
    provoke: async () =>
      call('POST', `/keys/${(await newKey(platform, { imported: true })).id}/actions/rotate`),
  },
  'a registration made by a user': {
    code: 'SERVICE_ONLY_ERR',
    status: 403,
    failure: 'Action could not be performed on key',
    message: 'Only a service can do this, on behalf of the resources that it encrypts',
    provoke: async () => {
      const { id } = await newKey(platform);
      return call('POST', `/keys/${id}/registrations/${encodeURIComponent(bucket('mine'))}`, {});
    },
  },
  'a key that is unknown': {
    code: 'KEY_NOT_FOUND_ERR',
    status: 404,
    failure: 'Key could not be retrieved',
    message: `The instance has no key ${unknownKey}`,
    provoke: () => call('GET', `/keys/${unknownKey}`),
  },
  'delete under dual authorization without an authorization': {
    code: 'AUTHORIZATIONS_NOT_MET',
    status: 409,
    failure: 'Key could not be deleted',
    message: 'Deleting the key needs one prior authorization of another person',
    provoke: async () => {
      const { id } = await newKey(platform);
      const body = envelope({ type: policyType, dualAuthDelete: { enabled: true } }, policyType);
      await call('PUT', `/keys/${id}/policies`, body);
      return call('DELETE', `/keys/${id}`);
    },
  },
  'setKeyForDeletion without dual authorization': {
    code: 'NOT_DUAL_AUTH_ERR',
    status: 409,
    failure: 'Action could not be performed on key',
    message: 'The key has no dual authorization policy and cannot be set for deletion',
    provoke: async () => call('POST', `/keys/${(await newKey(platform)).id}/actions/setKeyForDeletion`),
  },
  'delete of a key that protects something': {
    code: 'PROTECTED_RESOURCE_ERR',
    status: 409,
    failure: 'Key could not be deleted',
    message: 'The key protects one or more cloud resources',
    target: { type: 'query_param', name: 'force' },
    provoke: async () => {
      const key = await newKey(platform);
      await registerOn(platform, key, 'protected');
      return call('DELETE', `/keys/${key.id}?force=false`);
    },
  },
  'forced delete against a retention policy': {
    code: 'PREV_KEY_DEL_ERR',
    status: 409,
    failure: 'Key could not be deleted',
    message: 'The key protects a cloud resource that forbids its deletion',
    provoke: async () => {
      const key = await newKey(platform);
      await registerOn(platform, key, 'retained', { preventKeyDeletion: true });
      return call('DELETE', `/keys/${key.id}?force=true`);
    },
  },
  'disable of a suspended key': {
    code: 'KEY_ACTION_INVALID_STATE_ERR',
    status: 409,
    failure: 'Key could not be disabled',
    message: 'The key is not in a state that permits the action',
    provoke: async () => call('POST', `/keys/${await keyInState(platform, 'suspended')}/actions/disable`),
  },
  'wrap with a suspended key': {
    code: 'KEY_ACTION_INVALID_STATE_ERR',
    status: 409,
    failure: 'Wrap with key could not be performed',
    message: 'The key is not in a state that permits the action',
    provoke: async () => call('POST', `/keys/${await keyInState(platform, 'suspended')}/actions/wrap`, {}),
  },
  'creation that the instance policy forbids': {
    code: 'KEY_CREATE_IMPORT_ACCESS_ERR',
    status: 409,
    failure: 'Key could not be created',
    message: 'The policy keyCreateImportAccess of the instance does not permit this',
    provoke: async () => {
      const policy = instancePolicy('keyCreateImportAccess', true, { create_root_key: false });
      await call('PUT', '/instance/policies', envelope(policy, policyType));
      return call('POST', '/keys', envelope(root));
    },
  },
  'a second rotation within the hour': {
    code: 'KEY_ROTATION_NOT_PERMITTED',
    status: 409,
    failure: 'Key could not be rotated',
    message: 'The key was rotated within the last hour',
    provoke: async () => {
      const { id } = await newKey(platform);
      await call('POST', `/keys/${id}/actions/rotate`);
      return call('POST', `/keys/${id}/actions/rotate`);
    },
  },
  'enable right after disable': {
    code: 'REQ_TOO_EARLY_ERR',
    status: 409,
    failure: 'Key could not be enabled',
    message: 'The key was changed too short a time ago; it is permitted from 2026-01-15T10:00:30Z',
    provoke: async () => {
      const { id } = await newKey(platform);
      await call('POST', `/keys/${id}/actions/disable`);
      return call('POST', `/keys/${id}/actions/enable`);
    },
  },
  'delete of a deleted key': {
    code: 'KEY_DELETED_ERR',
    status: 410,
    failure: 'Key could not be deleted',
    message: 'The key has already been deleted',
    provoke: async () => call('DELETE', `/keys/${await keyInState(platform, 'destroyed')}`),
  },
  'a ciphertext of another key': {
    code: 'UNPROCESSABLE_CIPHERTEXT_ERR',
    status: 422,
    failure: 'Unwrap with key could not be performed',
    message: 'The ciphertext was not made with this key and these aad',
    target: { type: 'field', name: 'ciphertext' },
    provoke: async () => {
      const [one, other] = [await newKey(platform), await newKey(platform)];
      const wrapped = await call('POST', `/keys/${one.id}/actions/wrap`, {});
      return call('POST', `/keys/${other.id}/actions/unwrap`, { ciphertext: wrapped.body.ciphertext });
    },
  },
};

const texts: Record<number, string> = {
  400: 'Bad Request',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  422: 'Unprocessable Entity',
};

test.each(Object.keys(cases))('%s', async (name) => {
  const { code, status, failure, message, target, provoke } = cases[name] as Case;
  const reply = await provoke();
  expect(reply.status).toBe(status);
  const { keyquake: _, ...body } = reply.body as Record<string, unknown>;
  expect(body).toEqual({
    metadata: { collectionType: 'application/vnd.ibm.kms.error+json', collectionTotal: 1 },
    resources: [
      {
        errorMsg: `${texts[status]}: ${failure}: see reasons for details (${code})`,
        reasons: [
          {
            code,
            message,
            status,
            moreInfo: 'https://cloud.ibm.com/apidocs/key-protect',
            ...(target && { target }),
          },
        ],
      },
    ],
  });
});
