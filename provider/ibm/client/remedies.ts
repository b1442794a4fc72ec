/** What helps against a refusal of which the API itself says nothing but why. */
import type { ApiError } from './http';

/** By the code of Key Protect (ibm-control-plane.md 6.1.10) and of Hyper Protect Crypto Services. */
const remedies: Readonly<Record<string, string>> = {
  BAD_BODY_ERR: 'leave out or correct what the rule names',
  INVALID_FIELD_ERR: 'give a value that the rule permits',
  KEY_NOT_FOUND_ERR: 'check the id or alias and the instance; a key that was purged does not come back',
  KEY_RING_NOT_FOUND_ERR: 'create the ring first, with ibm_kms_key_rings, and refer to its key_ring_id',
  KEY_RING_NOT_UNIQUE_ERR: 'choose another key_ring_id, or import the ring',
  KEY_RING_QUOTA_ERR: 'delete a ring that is not used, or use another instance',
  KEY_RING_RESERVED_ERR: 'choose another key_ring_id; keys without one are in the ring default',
  KEY_ALIAS_NOT_UNIQUE_ERR: 'choose another alias, or import the one that exists',
  KEY_ALIAS_QUOTA_ERR: 'delete an alias that is not used',
  KEY_ROOT_REQ_ERR: 'name a root key, one that is made with standard_key = false',
  KEY_PAYLOAD_REQ_ERR: 'rotate the key with new material, through the API',
  KEY_EXPIRED_ERR: 'use a key that has not expired',
  KEY_DELETED_ERR: 'take it out of the state with terraform state rm: the key is deleted already',
  KEY_ACTION_INVALID_STATE_ERR: 'bring the key into a state that permits it, or use another key',
  KEY_CREATE_IMPORT_ACCESS_ERR:
    'permit it in the policy keyCreateImportAccess of the instance, or create the key in a permitted way',
  INCORRECT_NONCE_ERR: 'encrypt the nonce of the current import token with the key material',
  INCORRECT_NONCE_IV_ERR: 'send the iv with which the nonce of the import token was encrypted',
  IMPORT_TOKEN_EXPIRED_ERR: 'get a new import token, and encrypt the material for it',
  PROTECTED_RESOURCE_ERR: 'delete what the key protects first, or set force_delete = true and apply that',
  PREV_KEY_DEL_ERR: 'end the retention of the resource first; force_delete does not help',
  AUTHORIZATIONS_NOT_MET: 'let another person set the key for deletion first',
  REQ_TOO_EARLY_ERR: 'apply again later',
  CONFLICT_ERR: 'apply again',
};

/** By the code of IAM's token endpoint (ibm-control-plane.md 1.2, 1.7). */
const tokenRemedies: Readonly<Record<string, string>> = {
  BXNIM0415E:
    'set ibmcloud_api_key in the provider block, or the variable IC_API_KEY, to an API key that exists',
};

const notFound = 'check the id, and the account and region that the provider works in';

/** Undefined where nothing more than the API's own words can be said. */
export function remedyFor({ code, status }: ApiError): string | undefined {
  return remedies[code ?? ''] ?? tokenRemedies[code ?? ''] ?? (status === 404 ? notFound : undefined);
}
