/**
 * How Key Protect refuses: the error body of ibm-control-plane.md 6.1.10 and one named constructor per vendor code.
 * Codes, statuses and the shape are the vendor's; the sentences are ours.
 */
import { formatSeconds } from '../../../domain/time';
import { type ErrorDialect, type Problem, ServiceError, type Violation } from '../../kernel/errors';
import { capitalized, problemsOf, sentenceOf } from '../../kernel/request-faults';
import type { KeyProtectError, Refusal } from './gen/error';
import errorSchema from './schema/error.json';
import { errorType } from './wire';

const moreInfo = 'https://cloud.ibm.com/apidocs/key-protect';

const statusTexts: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  409: 'Conflict',
  410: 'Gone',
  413: 'Payload Too Large',
  422: 'Unprocessable Entity',
  500: 'Internal Server Error',
  501: 'Not Implemented',
};

/** What could not be done, by operation: the middle of `errorMsg`. */
const failures: Readonly<Record<string, string>> = {
  createKey: 'Key could not be created',
  createKeyWithPoliciesOverrides: 'Key could not be created',
  getKeys: 'Keys could not be listed',
  getKeyCollectionMetadata: 'Keys could not be counted',
  getKey: 'Key could not be retrieved',
  getKeyMetadata: 'Key metadata could not be retrieved',
  patchKey: 'Key could not be updated',
  deleteKey: 'Key could not be deleted',
  purgeKey: 'Key could not be purged',
  restoreKey: 'Key could not be restored',
  getKeyVersions: 'Key versions could not be listed',
  wrapKey: 'Wrap with key could not be performed',
  unwrapKey: 'Unwrap with key could not be performed',
  rewrapKey: 'Rewrap with key could not be performed',
  enableKey: 'Key could not be enabled',
  disableKey: 'Key could not be disabled',
  rotateKey: 'Key could not be rotated',
  putPolicy: 'Key policy could not be set',
  getPolicy: 'Key policies could not be retrieved',
  putInstancePolicy: 'Instance policy could not be set',
  getInstancePolicy: 'Instance policies could not be retrieved',
  postImportToken: 'Import token could not be created',
  getImportToken: 'Import token could not be retrieved',
  getRegistrations: 'Registrations could not be listed',
  getRegistrationsAllKeys: 'Registrations could not be listed',
  createKeyAlias: 'Key alias could not be created',
  deleteKeyAlias: 'Key alias could not be deleted',
  listKeyRings: 'Key rings could not be listed',
  createKeyRing: 'Key ring could not be created',
  deleteKeyRing: 'Key ring could not be deleted',
};

const otherFailure = 'Action could not be performed on key';

const problemOf = problemsOf({
  'body-malformed': (_fault, words) => ({
    code: 'BAD_BODY_ERR',
    message: `The body cannot be read: ${words}`,
  }),
  'body-missing': { code: 'NO_BODY_ERR', message: 'The request needs a body and came without one' },
  'body-too-large': (_fault, words) => ({ code: 'BAD_BODY_ERR', message: capitalized(words) }),
  'body-invalid': ({ violations }) => bodyProblem(violations),
  'parameter-invalid': ({ violations }) => fieldProblem('INVALID_QUERY_PARAM_ERR', 'query_param', violations),
  'header-invalid': ({ violations }) => fieldProblem('INVALID_FIELD_ERR', 'header', violations),
  'not-emulated': ({ operation }) => ({ code: 'NOT_EMULATED', message: `${operation} is not emulated` }),
  unauthenticated: ({ reason }, words) =>
    reason === 'malformed'
      ? {
          status: 400,
          code: 'BEARER_SUB_EXTRACTION_ERR',
          message: 'No subject can be read from the bearer token; send it as Bearer followed by the token',
        }
      : unauthorized(words, 'get a token from POST /identity/token'),
  forbidden: ({ role, action }) =>
    unauthorized(`the caller lacks the role ${role}, which ${action} needs`, `grant ${role} on the instance`),
  conflict: (_fault, words) => ({ code: 'CONFLICT_ERR', message: capitalized(words) }),
  internal: (_fault, words) => ({ code: 'INTERNAL_ERR', message: capitalized(words) }),
});

function unauthorized(cause: string, remedy: string): Problem {
  return {
    status: 401,
    code: 'UNAUTHORIZED_ERR',
    message: 'The caller has no access to the specified resource',
    cause,
    remedy,
  };
}

/** A missing or unknown member is a malformed body, a bad value an invalid field (ibm-control-plane.md 6.1.10). */
function bodyProblem(violations: readonly Violation[]): Problem {
  const shapes = violations.filter(({ rule }) => rule === 'is not a known field' || rule === 'is required');
  if (shapes.length === 0) return fieldProblem('INVALID_FIELD_ERR', 'field', violations);
  return { status: 400, code: 'BAD_BODY_ERR', message: `The body is not valid: ${sentenceOf(violations)}` };
}

function fieldProblem(code: string, type: string, violations: readonly Violation[]): Problem {
  const [first] = violations;
  const target = first && first.path !== '' ? { target: { type, name: first.path } } : {};
  return { status: 400, code, message: sentenceOf(violations), ...target };
}

export const keyProtectDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['correlation-id', 'x-correlation-id'],
  responseHeader: 'Correlation-Id',
  problemOf,
  render(problem, { operation }): KeyProtectError {
    const { status, code, message, target } = problem;
    const text = statusTexts[status] ?? 'Error';
    // 401 bodies carry the text alone (6.1.10).
    const resource: Refusal =
      status === 401
        ? { errorMsg: `${text}: ${message}` }
        : {
            errorMsg: `${text}: ${failures[operation ?? ''] ?? otherFailure}: see reasons for details (${code})`,
            reasons: [{ code, message, status, moreInfo, ...(target && { target }) }],
          };
    return {
      metadata: { collectionType: errorType, collectionTotal: 1 },
      resources: [resource],
    };
  },
};

type Extra = Pick<Problem, 'cause' | 'remedy' | 'target'>;

function refusal(status: number, code: string, message: string, extra: Extra = {}): ServiceError {
  return new ServiceError({ status, code, message, ...extra });
}

export const invalidField = (name: string, rule: string): ServiceError =>
  refusal(400, 'INVALID_FIELD_ERR', `${name} ${rule}`, { target: { type: 'field', name } });

export const invalidQuery = (name: string, rule: string): ServiceError =>
  refusal(400, 'INVALID_QUERY_PARAM_ERR', `${name} ${rule}`, { target: { type: 'query_param', name } });

export const badBody = (detail: string): ServiceError =>
  refusal(400, 'BAD_BODY_ERR', `The body is not valid: ${detail}`);

export const noBody = (): ServiceError => new ServiceError(problemOf({ kind: 'body-missing' }));

export const collectionTotalMismatch = (total: number, count: number): ServiceError =>
  refusal(
    400,
    'COLLECTION_TOTAL_MISMATCH_ERR',
    `metadata.collectionTotal is ${total}, and resources holds ${count}`,
  );

export const policyQueryMismatch = (query: string): ServiceError =>
  refusal(
    400,
    'BODY_QUERY_PARAM_MISMATCH_ERR',
    `The query asks for the policy ${query}, and the body holds another`,
  );

export const onePolicyPerQuery = (): ServiceError =>
  refusal(400, 'NUM_COLLECTION_RESOURCE_ERR', 'With the policy query parameter the body holds one policy');

export const searchTooBroad = (count: number, limit: number): ServiceError =>
  refusal(
    400,
    'KEY_SEARCH_TOO_BROAD',
    `The search would go over ${count} keys; at most ${limit} are searched`,
  );

export const instanceHeaderMissing = (): ServiceError =>
  refusal(400, 'INVALID_FIELD_ERR', 'The header Bluemix-Instance is required', {
    target: { type: 'header', name: 'Bluemix-Instance' },
    remedy: 'send the GUID of the instance in the header Bluemix-Instance',
  });

export const instanceUnavailable = (guid: string, cause: string): ServiceError =>
  refusal(404, 'INSTANCE_NOT_FOUND_ERR', `No key management instance ${guid} can be used`, {
    cause,
    remedy: 'send the GUID of an active instance in the header Bluemix-Instance',
  });

export const keyNotFound = (id: string): ServiceError =>
  refusal(404, 'KEY_NOT_FOUND_ERR', `The instance has no key ${id}`);

export const aliasNotFound = (alias: string): ServiceError =>
  refusal(404, 'KEY_ALIAS_NOT_FOUND_ERR', `The key has no alias ${alias}`);

export const ringNotFound = (ring: string): ServiceError =>
  refusal(404, 'KEY_RING_NOT_FOUND_ERR', `The instance has no key ring ${ring}`);

export const importTokenNotFound = (): ServiceError =>
  refusal(404, 'IMPORT_TOKEN_NOT_FOUND_ERR', 'The instance has no import token', {
    remedy: 'create one with POST /api/v2/import_token',
  });

export const invalidState = (message: string, extra: Extra = {}): ServiceError =>
  refusal(409, 'KEY_ACTION_INVALID_STATE_ERR', message, extra);

export const rootKeyRequired = (extra: Extra = {}): ServiceError =>
  refusal(400, 'KEY_ROOT_REQ_ERR', 'The action is for root keys, and this is a standard key', extra);

export const payloadRequired = (extra: Extra = {}): ServiceError =>
  refusal(400, 'KEY_PAYLOAD_REQ_ERR', 'The key was imported: rotating it needs new key material', {
    target: { type: 'field', name: 'payload' },
    ...extra,
  });

export const keyDeleted = (extra: Extra = {}): ServiceError =>
  refusal(410, 'KEY_DELETED_ERR', 'The key has already been deleted', extra);

export const protectedResource = (extra: Extra = {}): ServiceError =>
  refusal(409, 'PROTECTED_RESOURCE_ERR', 'The key protects one or more cloud resources', {
    target: { type: 'query_param', name: 'force' },
    ...extra,
  });

export const deletionPrevented = (extra: Extra = {}): ServiceError =>
  refusal(409, 'PREV_KEY_DEL_ERR', 'The key protects a cloud resource that forbids its deletion', extra);

export const restoreExpired = (extra: Extra = {}): ServiceError =>
  refusal(400, 'KEY_RESTORE_EXPIRED', 'The time to restore the key is over', extra);

export const importedKeyRequired = (extra: Extra = {}): ServiceError =>
  refusal(400, 'KEY_IMPT_REQ_ERR', 'Only an imported key can be restored', extra);

export const keyExpired = (extra: Extra = {}): ServiceError =>
  refusal(400, 'KEY_EXPIRED_ERR', 'The key has expired', extra);

export const tooEarly = (extra: Extra & { readonly earliest?: number } = {}): ServiceError => {
  const { earliest, ...rest } = extra;
  const from = earliest === undefined ? '' : `; it is permitted from ${formatSeconds(earliest)}`;
  return refusal(409, 'REQ_TOO_EARLY_ERR', `The key was changed too short a time ago${from}`, rest);
};

export const rotatedRecently = (extra: Extra = {}): ServiceError =>
  refusal(409, 'KEY_ROTATION_NOT_PERMITTED', 'The key was rotated within the last hour', extra);

export const authorizationsNotMet = (extra: Extra = {}): ServiceError =>
  refusal(
    409,
    'AUTHORIZATIONS_NOT_MET',
    'Deleting the key needs one prior authorization of another person',
    extra,
  );

export const notDualAuth = (): ServiceError =>
  refusal(
    409,
    'NOT_DUAL_AUTH_ERR',
    'The key has no dual authorization policy and cannot be set for deletion',
    {
      remedy: 'delete the key directly, or set its policy dualAuthDelete first',
    },
  );

export const unprocessableCiphertext = (): ServiceError =>
  refusal(422, 'UNPROCESSABLE_CIPHERTEXT_ERR', 'The ciphertext was not made with this key and these aad', {
    target: { type: 'field', name: 'ciphertext' },
  });

export const incorrectNonce = (): ServiceError =>
  refusal(400, 'INCORRECT_NONCE_ERR', 'The encrypted nonce does not hold the nonce of the import token');

export const incorrectNonceOrIv = (): ServiceError =>
  refusal(
    400,
    'INCORRECT_NONCE_IV_ERR',
    'The nonce was not encrypted with the given key material, or the iv is not the one of its encryption',
  );

export const importTokenExpired = (cause: string): ServiceError =>
  refusal(409, 'IMPORT_TOKEN_EXPIRED_ERR', 'The import token is no longer valid', {
    cause,
    remedy: 'create a new one with POST /api/v2/import_token',
  });

export const createImportForbidden = (attribute: string): ServiceError =>
  refusal(
    409,
    'KEY_CREATE_IMPORT_ACCESS_ERR',
    'The policy keyCreateImportAccess of the instance does not permit this',
    {
      cause: `the attribute ${attribute} of the policy forbids it`,
      remedy: 'change the policy with PUT /api/v2/instance/policies, or create the key in a permitted way',
    },
  );

export const aliasTaken = (alias: string): ServiceError =>
  refusal(409, 'KEY_ALIAS_NOT_UNIQUE_ERR', `The alias ${alias} is in use in this instance`);

export const tooManyAliases = (limit: number, of: 'key' | 'instance'): ServiceError =>
  refusal(409, 'KEY_ALIAS_QUOTA_ERR', `The ${of} has ${limit} aliases, which is the most it can have`);

export const ringTaken = (ring: string): ServiceError =>
  refusal(409, 'KEY_RING_NOT_UNIQUE_ERR', `The instance has a key ring ${ring} already`);

export const tooManyRings = (limit: number): ServiceError =>
  refusal(409, 'KEY_RING_QUOTA_ERR', `The instance has ${limit} key rings, which is the most it can have`);

export const ringReserved = (): ServiceError =>
  refusal(
    400,
    'KEY_RING_RESERVED_ERR',
    'The key ring default always exists; it is neither created nor deleted',
  );

export const ringNotEmpty = (cause: string, remedy: string): ServiceError =>
  refusal(409, 'KEY_RING_KEYS_NOT_EMPTY_ERR', 'The key ring holds keys', { cause, remedy });

export const accessDenied = (cause: string, remedy: string): ServiceError =>
  new ServiceError(unauthorized(cause, remedy));

export const featureRestricted = (address: string): ServiceError =>
  refusal(
    403,
    'FEATURE_RESTRICTED_ERR',
    'The policy allowedIP of the instance does not support this request',
    {
      cause: `over the private endpoint the policy admits IPv4 addresses only, and ${address} is none`,
      remedy: 'call from an IPv4 address',
    },
  );

export const rotationPolicyForbidden = (): ServiceError =>
  refusal(
    400,
    'KEY_PAYLOAD_REQ_ERR',
    'An imported key needs new material with every rotation: no policy rotates it',
    {
      remedy: 'rotate the key on demand with POST /api/v2/keys/{id}/actions/rotate and new key material',
    },
  );

export const dualAuthPermanent = (): ServiceError =>
  refusal(400, 'INVALID_FIELD_ERR', 'dualAuthDelete.enabled cannot be set back to false on a key', {
    target: { type: 'field', name: 'dualAuthDelete.enabled' },
    remedy: 'delete the key with the consent of two people',
  });

export const serviceOnly = (): ServiceError =>
  refusal(
    403,
    'SERVICE_ONLY_ERR',
    'Only a service can do this, on behalf of the resources that it encrypts',
    {
      remedy: 'create, change or delete the encrypted resource; its service keeps the registration',
    },
  );

/** `1 key that is`, `2 keys that are`. */
export function countedKeys(count: number): string {
  return count === 1 ? '1 key that is' : `${count} keys that are`;
}

/**
 * Refuses the deletion of an instance; the Resource Controller says it in its own dialect, as a broker's error 409.
 * Status and code: the known issues of IBM's security services (`CONTAINS_ACTIVE_KEYS`), Key Protect `provision.md`.
 */
export const instanceHoldsKeys = (count: number): ServiceError =>
  refusal(409, 'CONTAINS_ACTIVE_KEYS', `The instance holds ${countedKeys(count)} not deleted`, {
    cause: `the instance holds ${countedKeys(count)} not deleted`,
    remedy: 'delete all keys of the instance, then the instance',
  });
