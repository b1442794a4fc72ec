/**
 * What Key Protect refuses when keys, and what hangs on them, are to be made: on the line that it is about, the vendor's
 * words and code first, then what helps. Sources: ibm-control-plane.md 6.1.2, 6.1.6 to 6.1.10.
 */
import { keyFoundation, refusedKeys } from '../provider/ibm/support/refused-keys';
import { openStage, Stack, type Stage } from '../provider/ibm/support/stage';
import { type Told, told } from '../provider/ibm/support/told';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

const created = 'Key could not be created: see reasons for details';
const aliased = 'Key alias could not be created: see reasons for details';
const byValue = 'Remedy: give a value that the rule permits.';
const byId = 'Remedy: check the id or alias and the instance; a key that was purged does not come back.';
const byPolicy =
  'Remedy: change the policy with PUT /api/v2/instance/policies, or create the key in a permitted way.';
const byRotation =
  'Remedy: rotate the key on demand with POST /api/v2/keys/{id}/actions/rotate and new key material.';
const noInstance: readonly string[] = [
  'Instance ID was not found, HTTP status 404.',
  'Remedy: check the id, and the account and region that the provider works in.',
];
/** The vendor's client leaves an empty name out (keyprotect-go-client 0.17.2 `keys.go`, omitempty). */
const nameless: readonly string[] = [
  `Bad Request: ${created} (BAD_BODY_ERR) (The body is not valid: resources.0.name is required), HTTP status 400.`,
  'Remedy: leave out or correct what the rule names.',
];
const noRotation =
  '(KEY_PAYLOAD_REQ_ERR) (An imported key needs new material with every rotation: no policy rotates it), HTTP status 400.';
const forbidden =
  '(KEY_CREATE_IMPORT_ACCESS_ERR) (The policy keyCreateImportAccess of the instance does not permit this), HTTP status 409.';

const refusals: Told = {
  'ibm_kms_key.forbidden': [
    'instance_id = ibm_kms_instance_policies.closed.instance_id',
    `Conflict: ${created} ${forbidden}`,
    'Cause: the attribute create_root_key of the policy forbids it.',
    byPolicy,
  ],
  'ibm_kp_key.forbidden': [
    'key_protect_id = ibm_kms_instance_policies.closed.instance_id',
    `Conflict: ${created} ${forbidden}`,
    'Cause: the attribute create_standard_key of the policy forbids it.',
    byPolicy,
  ],
  'ibm_kms_key.expired': [
    'expiration_date = "2020-01-01T00:00:00Z"',
    `Bad Request: ${created} (INVALID_FIELD_ERR) (expirationDate must be in the future), HTTP status 400.`,
    byValue,
  ],
  'ibm_kms_key.without_token': [
    'encrypted_nonce = "AAECAwQFBgcICQoL"',
    `Not Found: ${created} (IMPORT_TOKEN_NOT_FOUND_ERR) (The instance has no import token), HTTP status 404.`,
    'Remedy: create one with POST /api/v2/import_token.',
  ],
  'ibm_kms_key.long_name': [
    `key_name    = "${'n'.repeat(91)}"`,
    `Bad Request: ${created} (INVALID_FIELD_ERR) (resources.0.name must NOT have more than 90 characters), HTTP status 400.`,
    byValue,
  ],
  'ibm_kms_key.nameless': ['key_name    = ""', ...nameless],
  'ibm_kms_key_with_policy_overrides.nameless': ['key_name    = ""', ...nameless],
  'ibm_kp_key.nameless': ['key_name       = ""', ...nameless],
  'ibm_kms_key_with_policy_overrides.standard': [
    'standard_key = true',
    `Bad Request: ${created} (KEY_ROOT_REQ_ERR) (The action is for root keys, and this is a standard key), HTTP status 400.`,
    'Remedy: name a root key, one that is made with standard_key = false.',
  ],
  'ibm_kms_key_with_policy_overrides.imported': [
    'interval_month = 3',
    `Bad Request: ${created} ${noRotation}`,
    byRotation,
  ],
  'ibm_kms_key_with_policy_overrides.unknown_ring': [
    'key_ring_id = "unknown"',
    `Not Found: ${created} (KEY_RING_NOT_FOUND_ERR) (The instance has no key ring unknown), HTTP status 404.`,
    'Remedy: create the ring first, with ibm_kms_key_rings, and refer to its key_ring_id.',
  ],
  'ibm_kms_key_policies.imported': [
    'interval_month = 3',
    `Bad Request: Key policy could not be set: see reasons for details ${noRotation}`,
    byRotation,
  ],
  'ibm_kms_key_policies.unknown_key': [
    'key_id      = "01234567-89ab-cdef-0123-456789abcdef"',
    'Not Found: Key could not be retrieved: see reasons for details (KEY_NOT_FOUND_ERR) (The instance has no key ID), HTTP status 404.',
    byId,
  ],
  'ibm_kms_key_alias.sixth': [
    'alias       = "six"',
    `Conflict: ${aliased} (KEY_ALIAS_QUOTA_ERR) (The key has 5 aliases, which is the most it can have), HTTP status 409.`,
    'Remedy: delete an alias that is not used.',
  ],
  'ibm_kms_key_alias.reserved': [
    'alias       = "policies"',
    `Bad Request: ${aliased} (INVALID_FIELD_ERR) (alias must not be a reserved word), HTTP status 400.`,
    byValue,
  ],
  'ibm_kms_key_alias.of_unknown_key': [
    'key_id      = "01234567-89ab-cdef-0123-456789abcdef"',
    `Not Found: ${aliased} (KEY_NOT_FOUND_ERR) (The instance has no key ID), HTTP status 404.`,
    byId,
  ],
  'ibm_kms_key_alias.of_unknown_alias': [
    'existing_alias = "unknown"',
    `Not Found: ${aliased} (KEY_NOT_FOUND_ERR) (The instance has no key unknown), HTTP status 404.`,
    byId,
  ],
  'ibm_kms_key_alias.in_unknown_instance': [
    'instance_id = "01234567-89ab-cdef-0123-456789abcdef"',
    ...noInstance,
  ],
  'ibm_kms_key_rings.default': [
    'key_ring_id = "default"',
    'Bad Request: Key ring could not be created: see reasons for details (KEY_RING_RESERVED_ERR) (The key ring default always exists; it is neither created nor deleted), HTTP status 400.',
    'Remedy: choose another key_ring_id; keys without one are in the ring default.',
  ],
  'ibm_kms_instance_policies.invalid': [
    'interval_month = 3',
    'Bad Request: Instance policy could not be set: see reasons for details (BAD_BODY_ERR) (The body is not valid: policy_data.attributes must be absent when the policy is disabled), HTTP status 400.',
    'Remedy: leave out or correct what the rule names.',
  ],
  'ibm_kms_instance_policies.in_unknown_instance': [
    'instance_id = "01234567-89ab-cdef-0123-456789abcdef"',
    ...noInstance,
  ],
  'keyquake_root_key_state.destroyed': [
    'state       = "active"',
    'Conflict: Key could not be enabled: see reasons for details (KEY_ACTION_INVALID_STATE_ERR) (The key is not in a state that permits the action), HTTP status 409.',
    'Cause: enable is refused while the key is destroyed.',
    'Remedy: restore the key first if it can be restored, or create a new one.',
  ],
};

const keyType = 'application/vnd.ibm.kms.key+json';

describeWithTerraform('refusals of keys', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  });
  afterAll(() => stage.close());

  test('each for its own reason, and nothing of it is made or kept', async () => {
    const stack = new Stack(stage, keyFoundation);
    await stack.init();
    await stack.apply();
    const instance = (await stack.state())['ibm_resource_instance.keys'];
    const kms = { 'Bluemix-Instance': String(instance?.['guid']) };
    const draft = {
      metadata: { collectionType: keyType, collectionTotal: 1 },
      resources: [{ type: keyType, name: 'destroyed', extractable: false }],
    };
    const { body } = await stage.outside('POST', '/api/v2/keys', draft, kms);
    await stage.outside('DELETE', `/api/v2/keys/${body.resources[0].id}`, undefined, kms);
    const before = await stage.live();

    stack.configure(keyFoundation + refusedKeys.replace('DESTROYED_KEY', body.resources[0].id));
    expect(told(await stack.errors('apply', '-auto-approve'))).toEqual(refusals);
    expect(await stage.live()).toEqual(before);
    expect(Object.keys(await stack.state()).filter((address) => address in refusals)).toEqual([]);
  });
});
