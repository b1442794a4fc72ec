/**
 * What is refused when it is to be changed or deleted, and stays as it is in the state. Sources: ibm-control-plane.md
 * 6.1.5, 6.1.10, 6.4.2, 6.4.3; behaviour.md A1.
 */
import { refusedChanges, standing } from '../provider/ibm/support/refused-changes';
import { actionsOf, openStage, Stack, type Stage } from '../provider/ibm/support/stage';
import { linesOf, type Told, told } from '../provider/ibm/support/told';
import { bucket, registerOn } from '../provider/keyquake/support/registrations';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

const permanent: readonly string[] = [
  'Bad Request: Key policy could not be set: see reasons for details (INVALID_FIELD_ERR) (dualAuthDelete.enabled cannot be set back to false on a key), HTTP status 400.',
  'Remedy: delete the key with the consent of two people.',
];
const locked: readonly string[] = [
  'The resource instance is locked: it can be neither updated nor deleted, HTTP status 422.',
  'Remedy: unlock it first: DELETE /v2/resource_instances/{id}/lock.',
];

const ofChanges: Told = {
  'ibm_resource_group.renamed': [
    'name = "Default"',
    'Resource group Default exists already in the account, HTTP status 409.',
    'Remedy: use that group, or another name.',
  ],
  'ibm_resource_instance.planned': [
    'plan     = "golden"',
    'The catalog offers cross-region-resiliency, tiered-pricing. Set plan to one of these.',
  ],
  'ibm_resource_instance.locked': ['resource "ibm_resource_instance" "locked" {', ...locked],
  'ibm_kms_key_policies.dual': ['enabled = false', ...permanent],
  'ibm_kms_key_with_policy_overrides.dual': ['enabled = false', ...permanent],
  'ibm_kms_instance_policies.occupied': [
    'interval_month = 3',
    'Bad Request: Instance policy could not be set: see reasons for details (BAD_BODY_ERR) (The body is not valid: policy_data.attributes must be absent when the policy is disabled), HTTP status 400.',
    'Remedy: leave out or correct what the rule names.',
  ],
  'ibm_iam_authorization_policy.one': [
    'roles                       = ["Writer", "Painter"]',
    'The roles that can be granted on kms are: Reader, Writer, Manager, ReaderPlus, KeyPurge, Viewer, Operator, Editor, Administrator, Authorization Delegator.',
  ],
};

const deleted = 'Key could not be deleted: see reasons for details';
const protecting: readonly string[] = [
  `Conflict: ${deleted} (PROTECTED_RESOURCE_ERR) (The key protects one or more cloud resources), HTTP status 409.`,
  'Cause: the key protects 1 registered resource.',
  'Remedy: delete the protected resources first, or force the deletion and lose what the key protects.',
];
const known = `The key protects ${bucket('b').replace('00000000-0000-4000-8000-00000000c05a', 'ID')}.`;
const two: readonly string[] = [
  `Conflict: ${deleted} (AUTHORIZATIONS_NOT_MET) (Deleting the key needs one prior authorization of another person), HTTP status 409.`,
  'Cause: the key is under dual authorization, and no authorization of its deletion is in force.',
  'Remedy: let one person set the key for deletion and another one delete it within 7 days.',
];

/** By address: the lines of the detail. Of what it deletes, Terraform shows no line of the configuration. */
const ofDeletions: Readonly<Record<string, readonly string[]>> = {
  'ibm_kms_key.protecting': ['Could not delete key protecting.', ...protecting, known],
  'ibm_kp_key.protecting': ['Could not delete key older-protecting.', ...protecting],
  'ibm_kms_key.retained': [
    'Could not delete key retained.',
    `Conflict: ${deleted} (PREV_KEY_DEL_ERR) (The key protects a cloud resource that forbids its deletion), HTTP status 409.`,
    'Cause: a registered resource forbids the deletion of the key, and force does not override it.',
    'Remedy: wait until the retention of that resource ends, or remove the resource.',
    known,
  ],
  'ibm_kms_key.dual': ['Could not delete key dual.', ...two],
  'ibm_kms_key_with_policy_overrides.dual': ['Could not delete key dual-override.', ...two],
  'ibm_kms_key.gone': [
    'Could not delete key gone.',
    `Gone: ${deleted} (KEY_DELETED_ERR) (The key has already been deleted), HTTP status 410.`,
    'Cause: the key was deleted at 2026-01-15T10:00:00Z.',
    'Remedy: remove the references to it.',
  ],
  'ibm_kms_key_rings.occupied': [
    'Conflict: Key ring could not be deleted: see reasons for details (KEY_RING_KEYS_NOT_EMPTY_ERR) (The key ring holds keys), HTTP status 409.',
    'Cause: it holds 1 key that is not destroyed.',
    'Remedy: move or delete those keys first.',
  ],
  'ibm_resource_instance.occupied': [
    'Could not delete instance occupied.',
    'Please contact the Service Provider for this error. [409, Conflict] CONTAINS_ACTIVE_KEYS: The instance holds 1 key that is not deleted (RC-ServiceBrokerErrorResponse), HTTP status 422.',
    'Cause: the instance holds 1 key that is not deleted.',
    'Remedy: delete all keys of the instance, then the instance.',
  ],
  'ibm_resource_instance.locked': ['Could not delete instance locked.', ...locked],
  'ibm_resource_group.busy': [
    'Could not delete resource group busy.',
    'The resource group cannot be deleted: it has resources, HTTP status 400.',
    'Cause: it holds theirs; what awaits reclamation counts too.',
    'Remedy: delete those instances, and their reclamations, first.',
  ],
};

const keyType = 'application/vnd.ibm.kms.key+json';

describeWithTerraform('refusals of changes', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;
  let made: Awaited<ReturnType<Stack['state']>>;
  const of = (address: string, name: string): string => String(made[address]?.[name]);
  const kms = (name: string) => ({ 'Bluemix-Instance': of(`ibm_resource_instance.${name}`, 'guid') });

  beforeAll(async () => {
    stage = await openStage();
    stack = new Stack(stage, standing);
    await stack.init();
    await stack.apply();
    made = await stack.state();

    const draft = {
      metadata: { collectionType: keyType, collectionTotal: 1 },
      resources: [{ type: keyType, name: 'theirs', extractable: false }],
    };
    await stage.outside('POST', '/api/v2/keys', draft, kms('occupied'));
    await stage.outside('POST', '/api/v2/keys', draft, { ...kms('keys'), 'x-kms-key-ring': 'occupied' });
    await stage.outside('POST', '/v2/resource_instances', {
      name: 'theirs',
      target: 'us-south',
      resource_group: of('ibm_resource_group.busy', 'id'),
      resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
    });
    await stage.outside('POST', `/v2/resource_instances/${of('ibm_resource_instance.locked', 'guid')}/lock`);
    const instance = of('ibm_resource_instance.keys', 'guid');
    const registered = [
      ['ibm_kms_key.protecting', false],
      ['ibm_kp_key.protecting', false],
      ['ibm_kms_key.retained', true],
    ] as const;
    for (const [address, preventKeyDeletion] of registered) {
      await registerOn(stage.platform, { instance, id: of(address, 'key_id') }, [
        { name: 'b', preventKeyDeletion },
      ]);
    }
  });
  afterAll(() => stage.close());

  test('of changes: what is in the state stays what is on the platform', async () => {
    const changed = refusedChanges.reduce((text, [was, is]) => {
      expect(text).toContain(was);
      return text.replace(was, is);
    }, standing);
    stack.configure(changed);
    expect(told(await stack.errors('apply', '-auto-approve'))).toEqual(ofChanges);
    stack.configure(standing);
    expect(actionsOf(await stack.plan())).toEqual({});
  });

  test('of deletions: what is still there stays in the state', async () => {
    await stage.outside('DELETE', `/api/v2/keys/${of('ibm_kms_key.gone', 'key_id')}`, undefined, kms('keys'));
    for (const [address, lines] of Object.entries(ofDeletions)) {
      const options = ['-destroy', '-refresh=false', '-auto-approve', `-target=${address}`];
      const errors = await stack.errors('apply', ...options);
      expect([address, errors.map(linesOf)]).toEqual([address, [lines]]);
    }
    await stack.run('apply', '-destroy', '-refresh=false', '-auto-approve');
    expect(Object.keys(await stack.state()).sort()).toEqual([
      'ibm_kms_key.dual',
      'ibm_kms_key.gone',
      'ibm_kms_key.protecting',
      'ibm_kms_key.retained',
      'ibm_kms_key_rings.occupied',
      'ibm_kms_key_with_policy_overrides.dual',
      'ibm_kp_key.protecting',
      'ibm_resource_group.busy',
      'ibm_resource_instance.keys',
      'ibm_resource_instance.locked',
      'ibm_resource_instance.occupied',
    ]);
  });
});
