/**
 * What the data sources of key management find with each of their arguments, and what they say when it is not there, or
 * there more than once. Sources: ibm-control-plane.md 3.2, 3.3, 4.7, 4.8; the vendor's facts.
 */
import { found, lookupFoundation, notFound } from '../provider/ibm/support/lookups';
import { openStage, Stack, type Stage } from '../provider/ibm/support/stage';
import { type Told, told } from '../provider/ibm/support/told';
import { describeWithTerraform, terraformTimeout } from '../support/terraform';

const byId = 'Remedy: check the id or alias and the instance; a key that was purged does not come back.';
const retrieved = 'Not Found: Key could not be retrieved: see reasons for details (KEY_NOT_FOUND_ERR)';
const nowhere = '= "01234567-89ab-cdef-0123-456789abcdef"';
const noInstance: readonly string[] = [
  'Instance ID was not found, HTTP status 404.',
  'Remedy: check the id, and the account and region that the provider works in.',
];
const checkName =
  'Check the name, resource_group_id, location and service. Instances that await reclamation are not found.';
const raiseLimit = 'Check the name, and raise limit when the instance holds more keys.';
const crnOf = (location: string): string =>
  `crn:v1:bluemix:public:kms:${location}:a/0a1b2c3d4e5f60718293a4b5c6d7e8f9:ID::`;

const refused: Told = {
  'data.ibm_resource_instance.several': [
    'name = "twin"',
    expect.stringMatching(
      /^Narrow the search with resource_group_id, location or service, or name it by identifier: crn:\S+, crn:\S+\.$/,
    ),
  ],
  'data.ibm_resource_instance.elsewhere': ['name     = "keys"', checkName],
  'data.ibm_resource_instance.other_group': ['name              = "twin"', checkName],
  'data.ibm_kms_key.beyond_limit': [
    'key_name    = "nobody"',
    `Looked at 2 keys; those that are destroyed are not listed. ${raiseLimit}`,
  ],
  'data.ibm_kms_key.unknown_alias': [
    'alias       = "unknown"',
    `${retrieved} (The instance has no key unknown), HTTP status 404.`,
    byId,
  ],
  'data.ibm_kms_key.in_unknown_instance': [`instance_id ${nowhere}`, ...noInstance],
  'data.ibm_kms_keys.none': [
    'instance_id = ibm_resource_instance.empty.guid',
    'Looked at 0 keys; those that are destroyed are not listed. Create a key first, or name another instance.',
  ],
  'data.ibm_kms_keys.unknown': [
    'key_name    = "nobody"',
    `Looked at 3 keys; those that are destroyed are not listed. ${raiseLimit}`,
  ],
  'data.ibm_kms_keys.unknown_id': [
    `key_id      ${nowhere}`,
    `${retrieved} (The instance has no key ID), HTTP status 404.`,
    byId,
  ],
  'data.ibm_kms_keys.in_unknown_instance': [`instance_id ${nowhere}`, ...noInstance],
  'data.ibm_kms_key_policies.unknown_alias': [
    'alias       = "unknown"',
    `${retrieved} (The instance has no key unknown), HTTP status 404.`,
    byId,
  ],
  'data.ibm_kms_key_policies.in_unknown_instance': [`instance_id ${nowhere}`, ...noInstance],
  'data.ibm_kms_instance_policies.in_unknown_instance': [`instance_id ${nowhere}`, ...noInstance],
  'data.ibm_kp_key.none': [
    'key_protect_id = ibm_resource_instance.empty.guid',
    'Looked at 0 keys, at most 100; those that are destroyed are not listed. ibm_kms_key finds more.',
  ],
  'data.ibm_kp_key.in_unknown_instance': [
    `key_protect_id ${nowhere}`,
    'Not Found: Keys could not be listed: see reasons for details (INSTANCE_NOT_FOUND_ERR) (No key management instance ID can be used), HTTP status 404.',
    'Cause: there is no such instance.',
    'Remedy: send the GUID of an active instance in the header Bluemix-Instance.',
  ],
};

describeWithTerraform('data sources', () => {
  jest.setTimeout(terraformTimeout);
  let stage: Stage;
  let stack: Stack;
  beforeAll(async () => {
    stage = await openStage();
    stack = new Stack(stage, lookupFoundation);
    await stack.init();
    await stack.apply();
  });
  afterAll(() => stage.close());

  test('find what is there', async () => {
    stack.configure(lookupFoundation + found);
    await stack.apply();
    const state = await stack.state();
    const of = (address: string): Readonly<Record<string, unknown>> => state[address] ?? {};
    const data = (address: string) => of(`data.${address}`);
    const names = (address: string, list = 'keys') => {
      const shown = data(address)[list] as readonly { readonly name: string }[];
      return shown.map(({ name }) => name).sort();
    };
    const instance = (label: string) => ({ guid: of(`ibm_resource_instance.${label}`)['guid'] });
    const group = of('ibm_resource_group.team')['id'];
    expect(data('ibm_resource_instance.in_location')).toMatchObject(instance('far'));
    expect(data('ibm_resource_instance.in_group')).toMatchObject({
      ...instance('keys'),
      resource_group_id: group,
    });
    // A service that the catalog does not have narrows nothing, as with the vendor's provider.
    expect(data('ibm_resource_instance.of_unknown_service')).toMatchObject({
      ...instance('keys'),
      service: 'kms',
    });
    expect(data('ibm_resource_instance.by_identifier')).toMatchObject(instance('empty'));
    expect(data('ibm_resource_group.by_name')).toMatchObject({ id: group, is_default: false });
    expect(data('ibm_resource_group.by_id')).toMatchObject({ name: 'team' });
    expect(data('ibm_resource_group.default')).toMatchObject({ name: 'Default' });
    expect(names('ibm_resource_groups.named', 'resource_groups')).toEqual(['team']);
    expect(names('ibm_resource_groups.default', 'resource_groups')).toEqual(['Default']);
    expect(names('ibm_resource_groups.of_a_month', 'resource_groups')).toEqual(['Default', 'team']);
    expect(names('ibm_resource_groups.none', 'resource_groups')).toEqual([]);
    expect(data('ibm_resource_reclamations.all')).toMatchObject({ reclamations: [] });
    expect(data('ibm_iam_authorization_policies.sorted')).toMatchObject({
      policies: [{ target_resource_instance_id: instance('keys').guid }],
    });
    for (const type of ['ibm_kms_key', 'ibm_kms_keys']) {
      expect(names(`${type}.two`)).toEqual(['two', 'two']);
      for (const by of ['by_id', 'by_alias']) {
        expect(data(`${type}.${by}`)['keys']).toMatchObject([
          { name: 'one', aliases: ['first'], policies: [{ rotation: [{ interval_month: 3 }] }] },
        ]);
      }
    }
    expect(names('ibm_kms_keys.limited')).toHaveLength(2);
    expect(data('ibm_kms_key_rings.all')).toMatchObject({ key_rings: [{ id: 'default' }] });
    for (const by of ['by_id', 'by_alias']) {
      expect(data(`ibm_kms_key_policies.${by}`)).toMatchObject({
        key_id: of('ibm_kms_key.of["one"]')['key_id'],
        policies: [{ rotation: [{ interval_month: 3 }] }],
      });
    }
    expect(data('ibm_kms_instance_policies.metrics')).toMatchObject({ metrics: [], rotation: null });
    expect(names('ibm_kp_key.all')).toEqual(['one', 'two', 'two']);
    expect(names('ibm_kp_key.two')).toEqual(['two', 'two']);
  });

  test('name what is not there, and what is there more than once', async () => {
    stack.configure(lookupFoundation + notFound);
    const errors = await stack.errors('plan');
    expect(told(errors)).toEqual(refused);
    const several = errors.find(({ address }) => address === 'data.ibm_resource_instance.several');
    for (const location of ['us-south', 'eu-de']) {
      expect(several?.detail.replace(/[0-9a-f-]{36}/g, 'ID')).toContain(crnOf(location));
    }
  });
});
