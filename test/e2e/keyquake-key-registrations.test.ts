/** What a key protects, as a data source under real Terraform (behaviour.md A2; ibm-control-plane.md 6.1.8). */
import { openStage, Stack, type Stage } from '../provider/ibm/support/stage';
import { bucket, registerOn } from '../provider/keyquake/support/registrations';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

const foundation = `
resource "ibm_resource_instance" "keys" {
  name     = "keys"
  service  = "kms"
  plan     = "tiered-pricing"
  location = "us-south"
}
resource "ibm_kms_key" "root" {
  instance_id  = ibm_resource_instance.keys.guid
  key_name     = "root"
  force_delete = true
}
resource "ibm_kms_key" "many" {
  instance_id  = ibm_resource_instance.keys.guid
  key_name     = "many"
  force_delete = true
}
data "keyquake_key_registrations" "root" {
  key_crn    = ibm_kms_key.root.crn
  depends_on = [ibm_is_volume.data]
}
data "keyquake_key_registrations" "many" {
  instance_id = ibm_resource_instance.keys.guid
  key_id      = ibm_kms_key.many.key_id
}
data "keyquake_key_registrations" "some" {
  key_crn              = ibm_kms_key.many.crn
  resource_crn         = "${bucket('b-99*')}"
  prevent_key_deletion = false
}
`;

const authorization = `
resource "ibm_iam_authorization_policy" "volumes" {
  source_service_name         = "server-protect"
  target_service_name         = "kms"
  target_resource_instance_id = ibm_resource_instance.keys.guid
  roles                       = ["Reader"]
}
`;

const volumes = (...names: readonly string[]): string => `
resource "ibm_is_volume" "data" {
  for_each       = toset(${JSON.stringify(names)})
  name           = each.key
  profile        = "general-purpose"
  zone           = "us-south-1"
  encryption_key = ibm_kms_key.root.crn
}
`;

interface Shown {
  readonly resource_crn: string;
  readonly dangling: boolean | null;
}

describeWithTerraform('what a key protects', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;

  beforeAll(async () => {
    stage = await openStage();
    stack = new Stack(stage, foundation + authorization + volumes());
    await stack.init();
    await stack.apply();
  });
  afterAll(() => stage.close());

  async function shown(name: string) {
    const of = (await stack.state())[`data.keyquake_key_registrations.${name}`] ?? {};
    return { ...of, registrations: of['registrations'] as readonly Shown[] };
  }

  test('nothing yet', async () => {
    const key = (await stack.state())['ibm_kms_key.root'];
    expect(await shown('root')).toEqual({
      id: key?.['crn'],
      key_crn: key?.['crn'],
      key_id: key?.['key_id'],
      instance_id: key?.['instance_id'],
      resource_crn: null,
      prevent_key_deletion: null,
      registrations: [],
      total: 0,
    });
  });

  test('two volumes, then one of them', async () => {
    stack.configure(foundation + authorization + volumes('kept', 'gone'));
    await stack.apply();
    const both = await shown('root');
    const state = await stack.state();
    const crns = ['kept', 'gone'].map((name) => state[`ibm_is_volume.data["${name}"]`]?.['crn']);
    expect(both).toMatchObject({ total: 2, id: state['ibm_kms_key.root']?.['crn'] });
    expect(both.registrations.map(({ resource_crn }) => resource_crn).sort()).toEqual(crns.sort());
    expect(both.registrations.map(({ dangling }) => dangling)).toEqual([false, false]);

    stack.configure(foundation + authorization + volumes('kept'));
    await stack.apply();
    // The volume goes after the data source was read, so that it is read once more.
    await stack.ok('apply', '-refresh-only', '-auto-approve');
    const kept = (await stack.state())['ibm_is_volume.data["kept"]'];
    expect(await shown('root')).toMatchObject({
      total: 1,
      registrations: [{ resource_crn: kept?.['crn'], prevent_key_deletion: false }],
    });
  });

  test('a volume that is deleted after the authorization leaves its registration behind', async () => {
    const before = (await stack.state())['ibm_is_volume.data["kept"]'];
    stack.configure(foundation + volumes('kept'));
    await stack.apply();
    stack.configure(foundation + volumes());
    await stack.apply();
    await stack.ok('apply', '-refresh-only', '-auto-approve');
    expect(await shown('root')).toMatchObject({
      total: 1,
      registrations: [{ resource_crn: before?.['crn'], dangling: true }],
    });
  });

  test('1,000 of another key, all of them and a part', async () => {
    const { instance_id, key_id } = (await stack.state())['ibm_kms_key.many'] ?? {};
    const names = Array.from({ length: 1000 }, (_, index) => ({ name: `b-${index}` }));
    await registerOn(stage.platform, { instance: String(instance_id), id: String(key_id) }, names);
    await stack.ok('apply', '-refresh-only', '-auto-approve');
    const many = await shown('many');
    expect(many).toMatchObject({ total: 1000 });
    expect(new Set(many.registrations.map(({ resource_crn }) => resource_crn)).size).toBe(1000);
    const some = await shown('some');
    // b-99 and b-990 to b-999.
    expect(some).toMatchObject({ total: 11 });
  });

  test('what is asked in a way that cannot be answered is refused while planning', async () => {
    const asking = new Stack(
      stage,
      `
data "keyquake_key_registrations" "nothing" {
}
data "keyquake_key_registrations" "both" {
  key_crn     = "crn:v1:bluemix:public:kms:us-south:a/a:i:key:k"
  instance_id = "i"
}
data "keyquake_key_registrations" "half" {
  key_id = "k"
}
data "keyquake_key_registrations" "no_crn" {
  key_crn = "k"
}
data "keyquake_key_registrations" "empty" {
  key_crn      = "crn:v1:bluemix:public:kms:us-south:a/a:i:key:k"
  resource_crn = ""
}
`,
    );
    await asking.init();
    const told = (await asking.errors('plan')).map(({ detail }) => detail);
    expect(told.sort()).toEqual([
      '"instance_id": conflicts with key_crn',
      '"key_crn" must be the CRN of a key, which ends in {instance id}:key:{key id}; got "k"',
      '"key_crn": one of `key_crn,key_id` must be specified',
      '"key_id": all of `instance_id,key_id` must be specified; `instance_id` is missing',
      '"key_id": one of `key_crn,key_id` must be specified',
      '"resource_crn" must not be empty',
    ]);
  });
});
