/**
 * What an API refuses, as the user sees it: on the line of the attribute that it is about, the vendor's words and code
 * first, then our cause and remedy. Sources: ibm-vpc.md 5, ibm-control-plane.md 6.1.10, 6.2.7, 6.3.3, 6.4.1.
 */
import { busyGroup, foundation, missing, refused, unplannable } from '../provider/ibm/support/refusals';
import { actionsOf, openStage, Stack, type Stage } from '../provider/ibm/support/stage';
import { type Told, told } from '../provider/ibm/support/told';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

/** By address: the line that the message is on, and the lines of its detail. */
const refusals: Told = {
  'ibm_is_volume.refused-of-disabled-key': [
    'encryption_key = ibm_kms_key.disabled.crn',
    'the root key is not active (volume_encryption_key_not_active), HTTP status 400.',
    'Cause: the key is suspended.',
    'Remedy: enable the key, or use an active one.',
  ],
  'ibm_is_volume.refused-of-foreign-key': [
    'encryption_key = ibm_kms_key.far.crn',
    'encryption_key.crn names a key of another region (volume_encryption_key_crn_invalid), HTTP status 400.',
    'Cause: the key is in region eu-de, the resource in us-south.',
    'Remedy: use a key of an instance in us-south.',
  ],
  'ibm_is_volume.refused-of-unauthorized-key': [
    'encryption_key = ibm_kms_key.lonely.crn',
    'the root key given by encryption_key.crn cannot be used for this volume (volume_crn_invalid), HTTP status 400.',
    'Cause: no authorization lets server-protect read keys of kms instance ID.',
    'Remedy: create one: source server-protect, target kms instance ID, role Reader.',
  ],
  'ibm_is_volume.refused-of-no-key': [
    'encryption_key = ibm_resource_instance.keys.crn',
    'encryption_key.crn is not the CRN of a root key (volume_encryption_key_crn_invalid), HTTP status 400.',
    "Cause: 'crn:v1:bluemix:public:kms:us-south:a/0a1b2c3d4e5f60718293a4b5c6d7e8f9:ID::' is not the CRN of a key.",
    'Remedy: give the CRN of a root key of Key Protect or Hyper Protect Crypto Services.',
  ],
  'ibm_is_volume.refused-used': [
    'name    = "used"',
    'a volume named used exists in us-south already (volume_name_duplicate), HTTP status 409.',
  ],
  'ibm_is_volume.refused-elsewhere': [
    'zone    = "nowhere-1"',
    expect.stringContaining('(invalid_zone), HTTP status 400.'),
  ],
  'ibm_is_volume.refused-large': [
    'capacity = 16001',
    'capacity is 16001; profile general-purpose takes 10 to 16000 (volume_capacity_max), HTTP status 400.',
  ],
  'ibm_is_volume.refused-grouped': [
    'resource_group = "0123456789abcdef0123456789abcdef"',
    'the account has no resource group 0123456789abcdef0123456789abcdef (volume_resource_group_not_found), HTTP status 404.',
    'Remedy: check the id, and the account and region that the provider works in.',
  ],
  'ibm_resource_instance.of_unknown_service': [
    'service = "kmz"',
    'The catalog offers cloud-object-storage, hs-crypto, kms, secrets-manager. Set service to one of these.',
  ],
  'ibm_resource_instance.of_unknown_plan': [
    'plan = "free"',
    'The catalog offers cross-region-resiliency, tiered-pricing. Set plan to one of these.',
  ],
  'ibm_resource_instance.of_unknown_location': [
    'location = "us-north"',
    'The catalog offers au-syd, br-sao, ca-mon, ca-tor, eu-de, eu-es, eu-gb, in-che, in-mum, jp-osa, jp-tok, us-east, us-south. Set location to one of these.',
  ],
  'ibm_resource_instance.of_unknown_group': [
    'resource "ibm_resource_instance" "of_unknown_group" {',
    'Resource group 0123456789abcdef0123456789abcdef does not exist in the account, HTTP status 400.',
    'Remedy: GET /v2/resource_groups lists the groups of the account.',
  ],
  'ibm_resource_instance.second_trial': [
    'resource "ibm_resource_instance" "second_trial" {',
    'Only 1 instance of secrets-manager on the plan trial is allowed in an account, HTTP status 400.',
    'Cause: an instance that awaits reclamation counts as well.',
    'Remedy: delete the existing instance and its reclamation, or use another plan.',
  ],
  'ibm_resource_instance.unauthorized': [
    'parameters = { kms_key = ibm_kms_key.lonely.crn }',
    'The instance cannot be created with the root key of kms_key: missing an authorization that lets secrets-manager use kms instance ID with the role Reader (RC-ServiceBrokerErrorResponse), HTTP status 400.',
    'Cause: no authorization lets secrets-manager read keys of kms instance ID.',
    'Remedy: create one: source secrets-manager, target kms instance ID, role Reader.',
  ],
  'ibm_iam_authorization_policy.of_unknown_role': [
    'roles               = ["Reader", "Redaer"]',
    'The roles that can be granted on kms are: Reader, Writer, Manager, ReaderPlus, KeyPurge, Viewer, Operator, Editor, Administrator, Authorization Delegator.',
  ],
  'ibm_iam_authorization_policy.duplicate': [
    'roles                       = ["Reader"]',
    "The policy wasn't created because an access policy with identical attributes and roles already exists (policy_conflict_error), HTTP status 409.",
    'Cause: policy ID says the same.',
    'Remedy: use that one, import it, or delete it first.',
  ],
  'ibm_resource_group.duplicate': [
    'name = "Default"',
    'Resource group Default exists already in the account, HTTP status 409.',
    'Remedy: use that group, or another name.',
  ],
  'ibm_kms_key.of_bad_material': [
    'payload     = "canary-not-base64"',
    'Bad Request: Key could not be created: see reasons for details (INVALID_FIELD_ERR) (payload must be base64), HTTP status 400.',
    'Remedy: give a value that the rule permits.',
  ],
  'ibm_kms_key.in_unknown_ring': [
    'key_ring_id = "unknown"',
    'Not Found: Key could not be created: see reasons for details (KEY_RING_NOT_FOUND_ERR) (The instance has no key ring unknown), HTTP status 404.',
    'Remedy: create the ring first, with ibm_kms_key_rings, and refer to its key_ring_id.',
  ],
  'ibm_kms_key.in_unknown_instance': [
    'instance_id = "01234567-89ab-cdef-0123-456789abcdef"',
    'Instance ID was not found, HTTP status 404.',
    'Remedy: check the id, and the account and region that the provider works in.',
  ],
  'ibm_kms_key_alias.duplicate': [
    'alias       = "taken"',
    'Conflict: Key alias could not be created: see reasons for details (KEY_ALIAS_NOT_UNIQUE_ERR) (The alias taken is in use in this instance), HTTP status 409.',
    'Remedy: choose another alias, or import the one that exists.',
  ],
  'ibm_kms_key_rings.duplicate': [
    'key_ring_id = "taken"',
    'Conflict: Key ring could not be created: see reasons for details (KEY_RING_NOT_UNIQUE_ERR) (The instance has a key ring taken already), HTTP status 409.',
    'Remedy: choose another key_ring_id, or import the ring.',
  ],
  'ibm_kms_key_policies.of_standard_key': [
    'interval_month = 3',
    'Bad Request: Key policy could not be set: see reasons for details (KEY_ROOT_REQ_ERR) (The action is for root keys, and this is a standard key), HTTP status 400.',
    'Remedy: name a root key, one that is made with standard_key = false.',
  ],
  'ibm_kms_key_policies.without_interval': [
    'rotation {',
    'Bad Request: Key policy could not be set: see reasons for details (INVALID_FIELD_ERR) (resources.0.rotation.interval_month must be >= 1), HTTP status 400.',
    'Remedy: give a value that the rule permits.',
  ],
  'ibm_kms_key_policies.of_unknown_alias': [
    'alias       = "unknown"',
    'Not Found: Key could not be retrieved: see reasons for details (KEY_NOT_FOUND_ERR) (The instance has no key unknown), HTTP status 404.',
    'Remedy: check the id or alias and the instance; a key that was purged does not come back.',
  ],
  'ibm_resource_reclamation_delete.unknown': [
    'reclamation_id = "unknown"',
    'Reclamation unknown was not found, HTTP status 404.',
    'Remedy: GET /v1/reclamations lists them; one that ended, by restoring or reclaiming, is gone from it.',
  ],
  'ibm_sm_arbitrary_secret.duplicate': [
    'name        = "secret"',
    'A secret of type arbitrary named secret already exists (conflict), HTTP status 409.',
    'Cause: names are unique per type in the whole instance, even across secret groups.',
    'Remedy: choose another name.',
  ],
  'ibm_sm_arbitrary_secret.in_unknown_group': [
    'secret_group_id = "01234567-89ab-cdef-0123-456789abcdef"',
    'There is no secret group ID (not_found), HTTP status 404.',
    'Remedy: check the id, and the account and region that the provider works in.',
  ],
  'ibm_sm_secret_group.duplicate': [
    'name        = "busy"',
    'A secret group named busy already exists (conflict), HTTP status 409.',
  ],
  'keyquake_secret_lock.of_version_without_payload': [
    'version     = "previous"',
    'The secret version holds no data (bad_request), HTTP status 400.',
    'Cause: the version no longer holds its data.',
    'Remedy: use a version that does.',
  ],
  'keyquake_secret_lock.of_unknown_secret': [
    'secret_id   = "01234567-89ab-cdef-0123-456789abcdef"',
    'There is no secret ID (not_found), HTTP status 404.',
    'Remedy: check the id, and the account and region that the provider works in.',
  ],
  'keyquake_root_key_state.of_standard_key': [
    'key_id      = ibm_kms_key.standard.key_id',
    'Key ID is a standard key; only root keys are disabled and enabled.',
  ],
  'keyquake_root_key_state.of_alias': [
    'key_id      = ibm_kms_key_alias.used.alias',
    "'taken' is an alias. Set key_id to the key's id, ID.",
  ],
};

const notFound: Told = {
  'data.ibm_resource_group.unknown': [
    'name = "unknown"',
    "The account has no group with name 'unknown'. Name an existing group, or create it first.",
  ],
  'data.ibm_resource_group.unknown_id': [
    'id = "0123456789abcdef0123456789abcdef"',
    'Resource group 0123456789abcdef0123456789abcdef was not found, HTTP status 404.',
    'Remedy: check the id, and the account and region that the provider works in.',
  ],
  'data.ibm_resource_instance.unknown': [
    'name = "unknown"',
    'Check the name, resource_group_id, location and service. Instances that await reclamation are not found.',
  ],
  'data.ibm_resource_instance.unknown_id': [
    'identifier = "01234567-89ab-cdef-0123-456789abcdef"',
    'Instance ID was not found, HTTP status 404.',
    'Remedy: check the id, and the account and region that the provider works in.',
  ],
  'data.ibm_kms_key.unknown': [
    'key_name    = "unknown"',
    'Looked at 3 keys; those that are destroyed are not listed. Check the name, and raise limit when the instance holds more keys.',
  ],
  'data.ibm_kms_key.unknown_id': [
    'key_id      = "01234567-89ab-cdef-0123-456789abcdef"',
    'Not Found: Key could not be retrieved: see reasons for details (KEY_NOT_FOUND_ERR) (The instance has no key ID), HTTP status 404.',
    'Remedy: check the id or alias and the instance; a key that was purged does not come back.',
  ],
  'data.ibm_kms_keys.unknown_alias': [
    'alias       = "unknown"',
    'Not Found: Key could not be retrieved: see reasons for details (KEY_NOT_FOUND_ERR) (The instance has no key unknown), HTTP status 404.',
    'Remedy: check the id or alias and the instance; a key that was purged does not come back.',
  ],
  'data.ibm_kp_key.unknown': [
    'key_name       = "unknown"',
    'Looked at 3 keys, at most 100; those that are destroyed are not listed. ibm_kms_key finds more.',
  ],
  'data.ibm_kms_key_policies.unknown': [
    'key_id      = "01234567-89ab-cdef-0123-456789abcdef"',
    'Not Found: Key policies could not be retrieved: see reasons for details (KEY_NOT_FOUND_ERR) (The instance has no key ID), HTTP status 404.',
    'Remedy: check the id or alias and the instance; a key that was purged does not come back.',
  ],
  'data.ibm_kms_key_rings.in_unknown_instance': [
    'instance_id = "01234567-89ab-cdef-0123-456789abcdef"',
    'Instance ID was not found, HTTP status 404.',
    'Remedy: check the id, and the account and region that the provider works in.',
  ],
  'data.keyquake_impact.unknown': [
    'key    = "unknown"',
    expect.stringContaining(
      "'unknown' names no root key of the source; give one of crn:v1:bluemix:public:kms:",
    ),
  ],
};

const atPlanTime: Told = {
  'ibm_is_volume.iops_of_tier': [
    'iops    = 3000',
    'general-purpose derives its IOPS from the capacity; only the profiles custom and sdp take a value. Remove iops.',
  ],
  'ibm_is_volume.no_iops': [
    'resource "ibm_is_volume" "no_iops" {',
    'custom takes 100 to 6000 IOPS at 100 GB, the plan sets none. Set iops within the range.',
  ],
  'ibm_is_volume.much_iops': [
    'iops     = 1001',
    'custom takes 100 to 1000 IOPS at 39 GB, the plan asks for 1001. Set iops within the range.',
  ],
  'ibm_is_volume.large_5': [
    'capacity = 9601',
    '5iops-tier takes up to 9600 GB, the plan asks for 9601. Lower capacity, or choose another profile.',
  ],
  'ibm_is_volume.large_10': [
    'capacity = 4801',
    '10iops-tier takes up to 4800 GB, the plan asks for 4801. Lower capacity, or choose another profile.',
  ],
  'ibm_is_volume.access_tag': [
    'access_tags = ["no:such", "nor:this"]',
    'The account has no access tag no:such, nor:this. Let an administrator create it first.',
  ],
};

describeWithTerraform('refusals', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;

  beforeAll(async () => {
    stage = await openStage();
    stack = new Stack(stage, foundation + busyGroup);
    await stack.init();
    await stack.apply();
    const state = await stack.state();
    const of = (address: string): Readonly<Record<string, unknown>> => state[address] ?? {};
    const kms = { 'Bluemix-Instance': String(of('ibm_resource_instance.keys')['guid']) };
    await stage.outside(
      'POST',
      `/api/v2/keys/${of('ibm_kms_key.disabled')['key_id']}/actions/disable`,
      undefined,
      kms,
    );
    const secrets = `/secrets-manager/${of('ibm_resource_instance.secrets')['guid']}/api/v2`;
    const secret = `${secrets}/secrets/${of('ibm_sm_arbitrary_secret.secret')['secret_id']}`;
    await stage.outside('POST', `${secrets}/secrets`, {
      secret_type: 'arbitrary',
      name: 'inside',
      payload: 'canary-inside',
      secret_group_id: of('ibm_sm_secret_group.busy')['secret_group_id'],
    });
    await stage.outside('POST', `${secret}/versions`, { payload: 'canary-first' });
    await stage.outside('POST', `${secret}/locks_bulk?mode=remove_previous_and_delete`, {
      locks: [{ name: 'web' }],
    });
  });
  afterAll(() => stage.close());

  test('of what is to be created: each for its own reason, and nothing of it is left', async () => {
    const before = await stage.live();
    stack.configure(foundation + busyGroup + refused);
    expect(told(await stack.errors('apply', '-auto-approve'))).toEqual(refusals);
    expect(await stage.live()).toEqual(before);
    expect(Object.keys(await stack.state()).filter((address) => address in refusals)).toEqual([]);
  });

  test('of deleting a group that is not empty', async () => {
    stack.configure(foundation);
    const [error] = await stack.errors('apply', '-auto-approve');
    expect(error).toMatchObject({
      summary: 'Could not delete secret group busy',
      detail: [
        'Secret group busy cannot be deleted (conflict), HTTP status 409.',
        'Cause: it contains 1 secret.',
        'Remedy: delete its secrets first; a secret cannot move to another group.',
      ].join('\n'),
    });
    expect(Object.keys(await stack.state())).toContain('ibm_sm_secret_group.busy');
  });

  test('of deleting a key that protects something: what, as far as is known', async () => {
    const key = (await stack.state())['ibm_kms_key.used'];
    const url = '/v1/volumes?version=2026-03-24&generation=2';
    const { body } = await stage.outside('POST', url, {
      name: 'outside',
      profile: { name: 'general-purpose' },
      zone: { name: 'us-south-1' },
      capacity: 10,
      encryption_key: { crn: key?.['crn'] },
    });
    const [error] = await stack.errors('apply', '-auto-approve', '-destroy', '-target=ibm_kms_key.used');
    expect(error?.summary).toMatch(
      /^\[ERROR\] Error while deleting: kp\.Error: correlation_id='[-0-9a-f]{36}', msg='Conflict: Key could not be deleted: .*PROTECTED_RESOURCE_ERR: .*\. The key has the following active registrations which may interfere with deletion: \[crn:\S+ crn:\S+\]$/,
    );
    expect(error?.detail.split('\n')).toEqual([
      'Could not delete key used.',
      'Conflict: Key could not be deleted: see reasons for details (PROTECTED_RESOURCE_ERR) (The key protects one or more cloud resources), HTTP status 409.',
      expect.stringMatching(/^Cause: /),
      expect.stringMatching(/^Remedy: /),
      expect.stringMatching(/^The key protects crn:.*\.$/),
    ]);
    expect(error?.detail).toContain(body.crn);
  });

  test('of what is looked for and not there', async () => {
    const found = new Stack(stage, missing);
    await found.init();
    expect(told(await found.errors('plan'))).toEqual(notFound);
  });

  test('of sizes and tags that the vendor checks while planning (ibm-vpc.md 2.6)', async () => {
    const planned = new Stack(stage, unplannable);
    await planned.init();
    expect(told(await planned.errors('plan'))).toEqual(atPlanTime);
  });

  test('no material and no payload is repeated', async () => {
    const { output } = await stack.run('apply', '-auto-approve');
    expect(output).not.toContain('canary');
  });
});

describeWithTerraform('a creation that fails after the object exists', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  beforeAll(async () => {
    // No tag has such a name: the instance is made, and its tags are refused.
    stage = await openStage({ variables: { IC_ENV_TAGS: 'a/b' } });
  });
  afterAll(() => stage.close());

  test('keeps the object, tainted, and replaces it', async () => {
    const stack = new Stack(stage, foundation.split('resource "ibm_resource_instance" "lonely"')[0] ?? '');
    await stack.init();
    const [error] = await stack.errors('apply', '-auto-approve');
    expect(error).toMatchObject({ summary: 'Could not tag instance keys' });
    const guid = (await stack.state())['ibm_resource_instance.keys'];
    expect(guid).toMatchObject({ id: expect.stringMatching(/^crn:/), name: 'keys' });
    expect(await stage.live()).toEqual(['kms-instance keys']);
    expect(actionsOf(await stack.plan())).toEqual({ 'ibm_resource_instance.keys': 'delete+create' });
  });
});
