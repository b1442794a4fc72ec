/**
 * What the vendor's provider 2.5.0 accepts and does not send, ours does not send either, and says so; and other ways of
 * its own. Seen by running it against the platform. Sources: ibm-control-plane.md 3.4, 4.2, 4.4 to 4.6; ibm-vpc.md 2.6.
 */
import { actionsOf, openStage, replacePathsOf, Stack, type Stage } from '../provider/ibm/support/stage';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

const configuration = `
resource "ibm_resource_instance" "keys" {
  name     = "keys"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_resource_instance" "hyper" {
  name     = "hyper"
  service  = "hs-crypto"
  plan     = "standard"
  location = "us-south"
}
resource "ibm_kms_key" "hyper" {
  instance_id = ibm_resource_instance.hyper.guid
  key_name    = "hyper"
}
resource "ibm_kms_key" "root" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "root"
}
resource "ibm_kms_key_alias" "first" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = "first"
  key_id      = ibm_kms_key.root.key_id
}
resource "ibm_kms_key_alias" "second" {
  instance_id    = ibm_resource_instance.keys.guid
  alias          = "second"
  existing_alias = ibm_kms_key_alias.first.alias
}
resource "ibm_kms_key_policies" "by_alias" {
  instance_id = ibm_resource_instance.keys.guid
  alias       = ibm_kms_key_alias.first.alias
  rotation {
    interval_month = 3
  }
}
resource "ibm_kms_key_with_policy_overrides" "over" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "over"
  description = "never sent"
  rotation {
    enabled        = true
    interval_month = 4
  }
}
resource "ibm_kms_instance_policies" "policies" {
  instance_id = ibm_resource_instance.keys.guid
  metrics {
    enabled = true
  }
}
resource "ibm_iam_authorization_policy" "images" {
  source_service_name  = "is"
  source_resource_type = "image"
  target_service_name  = "kms"
  roles                = ["Reader"]
  description          = "one"
}
resource "ibm_iam_authorization_policy" "groups" {
  subject_attributes {
    name  = "accountId"
    value = ibm_resource_instance.keys.account_id
  }
  subject_attributes {
    name  = "resourceGroupId"
    value = "*"
  }
  resource_attributes {
    name  = "accountId"
    value = ibm_resource_instance.keys.account_id
  }
  resource_attributes {
    name  = "serviceName"
    value = "kms"
  }
  resource_attributes {
    name     = "serviceInstance"
    operator = "stringExists"
    value    = "true"
  }
  roles = ["Reader"]
}
resource "ibm_is_volume" "tagged" {
  name    = "tagged"
  profile = "general-purpose"
  zone    = "us-south-1"
  tags    = ["one", "two"]
}
resource "ibm_kp_key" "older" {
  key_protect_id = ibm_resource_instance.keys.guid
  key_name       = "older"
  standard_key   = true
  payload        = "AAECAwQFBgcICQoLDA0ODw=="
}
`;

describeWithTerraform('what is not sent', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;
  beforeAll(async () => {
    stage = await openStage();
    stack = new Stack(stage, configuration);
    await stack.init();
  });
  afterAll(() => stage.close());

  const warnings = async (...args: readonly string[]) =>
    Object.fromEntries(
      (await stack.diagnostics('apply', '-auto-approve', ...args))
        .filter(({ severity }) => severity === 'warning')
        .map(({ address, summary, code }) => [address, [summary, code]]),
    );

  test('the description of a key with policies of its own: every plan replaces it', async () => {
    expect(await warnings()).toEqual({
      'ibm_kms_key_with_policy_overrides.over': ['The description is not sent', 'description = "never sent"'],
    });
  });

  test('what was made, in forms that are seldom used', async () => {
    const state = await stack.state();
    expect(state['ibm_kms_key.hyper']).toMatchObject({
      type: 'hs-crypto',
      crn: expect.stringContaining(':hs-crypto:'),
    });
    expect(state['ibm_iam_authorization_policy.groups']).toMatchObject({
      source_resource_group_id: '',
      target_resource_instance_id: '*',
      subject_attributes: expect.arrayContaining([
        expect.objectContaining({ name: 'resourceGroupId', value: '*' }),
      ]),
    });
    const id = state['ibm_iam_authorization_policy.groups']?.['id'];
    const { body } = await stage.outside('GET', `/v2/policies/${id}`);
    expect(body.subject.attributes).toContainEqual({
      key: 'resourceGroupId',
      operator: 'stringExists',
      value: true,
    });
    expect(body.resource.attributes).toContainEqual({
      key: 'serviceInstance',
      operator: 'stringExists',
      value: true,
    });
  });

  test('keys that were named by an alias are shown by their id: the next plan is not empty', async () => {
    const plan = await stack.plan();
    expect(actionsOf(plan)).toEqual({
      'ibm_kms_key_alias.second': 'delete+create',
      'ibm_kms_key_policies.by_alias': 'update',
      'ibm_kms_key_with_policy_overrides.over': 'delete+create',
    });
    expect(replacePathsOf(plan)).toEqual({
      'ibm_kms_key_alias.second': ['key_id'],
      'ibm_kms_key_with_policy_overrides.over': ['description'],
    });
  });

  test('changes of a description, of metrics, of single policies, of the last tags, of material', async () => {
    const changes: readonly (readonly [was: string, is: string])[] = [
      ['description          = "one"', 'description = "two"'],
      ['metrics {\n    enabled = true', 'metrics {\n    enabled = false'],
      ['interval_month = 4', 'interval_month = 5'],
      ['tags    = ["one", "two"]', 'tags = []'],
      ['AAECAwQFBgcICQoLDA0ODw==', 'EBESExQVFhcYGRobHB0eHw=='],
      ['  description = "never sent"\n', ''],
    ];
    const changed = changes.reduce((text, [was, is]) => text.replace(was, is), configuration);
    expect(changed.length).not.toBe(configuration.length);
    // As it is on the platform, so that the change of its policies is the only one.
    await stack.ok('apply', '-refresh-only', '-auto-approve');
    stack.configure(changed);
    expect(await warnings()).toEqual({
      'ibm_iam_authorization_policy.images': ['The new description is not sent', 'description = "two"'],
      'ibm_kms_instance_policies.policies': [
        'The change of metrics is not sent',
        'resource "ibm_kms_instance_policies" "policies" {',
      ],
      'ibm_kms_key_with_policy_overrides.over': [
        'The change of policies is not sent',
        'resource "ibm_kms_key_with_policy_overrides" "over" {',
      ],
      'ibm_is_volume.tagged': ['The removal of all tags is not sent', 'tags = []'],
      'ibm_kp_key.older': ['The new payload is not sent', 'payload        = "EBESExQVFhcYGRobHB0eHw=="'],
    });
    expect(actionsOf(await stack.plan())).toMatchObject({
      'ibm_iam_authorization_policy.images': 'update',
      'ibm_kms_instance_policies.policies': 'update',
      'ibm_kms_key_with_policy_overrides.over': 'update',
      'ibm_is_volume.tagged': 'update',
      'ibm_kp_key.older': 'update',
    });
  });

  test('an instance policy that is enabled without an interval is refused before anything is sent', async () => {
    stack.configure(
      configuration.replace('  metrics {\n', '  rotation {\n    enabled = true\n  }\n  metrics {\n'),
    );
    expect(await stack.errors('plan')).toMatchObject([
      {
        summary: 'Missing required argument',
        detail: 'A rotation policy that is enabled needs interval_month, 1 to 12 months.',
      },
    ]);
  });

  test.each([
    ['iam_profile_id', 'ibm', 'provider "ibm" {\n  iam_profile_id = "Profile-1"\n}\n'],
    ['source_snapshot', 'ibm_is_volume', ''],
  ])('%s of %s is not emulated and refused by name', async (name, owner, block) => {
    stack.configure(`${block}
resource "ibm_is_volume" "restored" {
  name            = "restored"
  profile         = "general-purpose"
  zone            = "us-south-1"
  ${block ? '' : 'source_snapshot = "r006-x"'}
}
`);
    const { output } = await stack.run('plan');
    expect(output).toContain(`"${name}" of ${owner} has no effect here`);
  });
});
