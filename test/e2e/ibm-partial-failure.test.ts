/**
 * Creations that fail after the object exists: what is there is in the state, tainted, and so is replaced or destroyed
 * rather than forgotten (terraform-plugin-protocol.md 4.8). Each type of key management that asks for more after its object
 * is made is refused that.
 */
import type { Refuses } from '../provider/ibm/support/front';
import { actionsOf, openStage, Stack, type Stage } from '../provider/ibm/support/stage';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

const foundation = `
resource "ibm_resource_instance" "keys" {
  name     = "keys"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_kms_key" "there" {
  for_each    = toset(["one", "two"])
  instance_id = ibm_resource_instance.keys.guid
  key_name    = each.key
}
`;

const failing = `
resource "ibm_resource_group" "made" {
  name = "made"
}
resource "ibm_resource_instance" "made" {
  name     = "made"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_iam_authorization_policy" "made" {
  source_service_name         = "server-protect"
  target_service_name         = "kms"
  target_resource_instance_id = ibm_resource_instance.keys.guid
  roles                       = ["Reader"]
}
resource "ibm_kms_key" "made" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "made"
}
resource "ibm_kp_key" "made" {
  key_protect_id = ibm_resource_instance.keys.guid
  key_name       = "made-older"
}
resource "ibm_kms_key_with_policy_overrides" "made" {
  instance_id = ibm_resource_instance.keys.guid
  key_name    = "made-override"
  rotation {
    enabled        = true
    interval_month = 3
  }
}
resource "ibm_kms_key_alias" "made" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.there["one"].key_id
  alias       = "made"
}
resource "ibm_kms_key_rings" "made" {
  instance_id = ibm_resource_instance.keys.guid
  key_ring_id = "made"
}
resource "ibm_kms_key_policies" "made" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.there["one"].key_id
  rotation {
    interval_month = 3
  }
}
resource "ibm_kms_instance_policies" "made" {
  instance_id = ibm_resource_instance.keys.guid
  metrics {
    enabled = true
  }
}
resource "keyquake_root_key_state" "made" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.there["two"].key_id
  state       = "suspended"
}
`;

const made = [...failing.matchAll(/resource "(\w+)" "made"/g)].map(([, type]) => `${type}.made`).sort();

/** What each of them asks for when its object is there; `{key}` is one that is new or was just suspended. */
const asked: readonly RegExp[] = [
  /^GET \/v2\/resource_groups\/./,
  /^POST \/v3\/resources\/search$/,
  /^GET \/v2\/policies\/./,
  /^GET \/api\/v2\/keys\/[^/]+\/registrations$/,
  /^GET \/api\/v2\/key_rings$/,
  /^GET \/api\/v2\/instance\/policies$/,
  /^GET \/api\/v2\/keys\/\{key\}$/,
];

describeWithTerraform('a creation that fails after the object exists', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;
  let refusing = false;
  /** Keys that are there and untouched. */
  const known = new Set<string>();

  const refuses: Refuses = (method, path) => {
    if (!refusing) return false;
    const [, key = '', action] = /^\/api\/v2\/keys\/([^/]+)(?:\/actions\/(\w+))?$/.exec(path) ?? [];
    if (action) known.delete(key);
    const isNew = key !== '' && !action && !known.has(key);
    return asked.some((each) => each.test(`${method} ${isNew ? path.replace(key, '{key}') : path}`));
  };

  beforeAll(async () => {
    stage = await openStage({ refuses });
    stack = new Stack(stage, foundation);
    await stack.init();
    await stack.apply();
    const state = await stack.state();
    for (const name of ['one', 'two']) known.add(String(state[`ibm_kms_key.there["${name}"]`]?.['key_id']));
    refusing = true;
    stack.configure(foundation + failing);
  });
  afterAll(() => stage.close());

  test('is an error of each, and keeps what it has made', async () => {
    const before = await stage.live();
    // What is there already is not read again: its reading is refused as well.
    const errors = await stack.errors('apply', '-refresh=false', '-auto-approve');
    expect(errors.map(({ address }) => address).sort()).toEqual(made);
    for (const { address, detail } of errors) {
      expect([address, detail]).toEqual([address, 'Refused on the way, HTTP status 403.']);
    }
    const state = await stack.state();
    expect(Object.keys(state)).toEqual(expect.arrayContaining(made));
    for (const address of made)
      expect([address, state[address]?.['id']]).toEqual([address, expect.any(String)]);
    const live = (await stage.live()).filter((each) => !before.includes(each));
    expect(live.sort()).toEqual([
      'authorization server-protect to kms',
      'kms-instance made',
      'root-key made',
      'root-key made-older',
      'root-key made-override',
    ]);
  });

  test('is tainted: the next plan replaces it', async () => {
    refusing = false;
    expect(actionsOf(await stack.plan())).toEqual(
      Object.fromEntries(made.map((address) => [address, 'delete+create'])),
    );
  });

  test('destroying removes it', async () => {
    await stack.ok('destroy', '-auto-approve');
    expect(await stage.live()).toEqual([]);
    const { resources } = (await stage.outside('GET', '/v2/resource_groups')).body;
    expect(resources.map(({ name }: { name: string }) => name)).toEqual(['Default']);
  });
});
