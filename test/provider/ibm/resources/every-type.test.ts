/**
 * What holds of every resource type: a failed read is an error, an object that is gone is gone, a deletion of what is gone
 * ends as the vendor's does, an id of another form is refused by name. Source: ibm-control-plane.md 3 to 5 and 8, ibm-vpc.md 2.6.
 */
import nock from 'nock';
import type { ValueObject } from '../../../../provider/core/values';
import { ofState, resource, signal } from '../support/resources';
import { api, testSession, tokenFor } from '../support/session';
import { guid, instanceCrn, keyCrn, states } from '../support/states';

/** Types that keep their state, whatever becomes of the object. */
const kept = ['ibm_resource_reclamation_delete'];

/** Deletes without a call (ibm-control-plane.md 8). */
const withoutCall = ['ibm_kms_instance_policies', 'ibm_kms_key_policies', 'ibm_resource_reclamation_delete'];

/** Of those that call, where the vendor takes 404 for deleted; everywhere else it is an error. */
const goneIsDeleted = [
  'ibm_iam_authorization_policy',
  'ibm_is_volume',
  'ibm_kms_key_alias',
  'ibm_kms_key_rings',
  'ibm_resource_group',
];

const { session } = testSession({
  credentials: { token: tokenFor('me') },
  environment: {
    IBMCLOUD_IAM_API_ENDPOINT: api,
    IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT: api,
    IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT: api,
    IBMCLOUD_IS_NG_API_ENDPOINT: `${api}/v1`,
    IBMCLOUD_KP_API_ENDPOINT: `${api}/kms`,
    IBMCLOUD_SECRETS_MANAGER_API_ENDPOINT: `${api}/sm`,
  },
});

/** Every call is answered so, but where an instance is asked for: that is there. */
function answersAll(status: number): void {
  nock(api).persist().get(`/v2/resource_instances/${guid}`).reply(200, { crn: instanceCrn, extensions: {} });
  for (const method of ['get', 'delete'] as const) {
    nock(api)
      .persist()
      [method](/.*/)
      .query(true)
      .reply(status, { message: `no ${status}` });
  }
}

beforeAll(() => nock.disableNetConnect());
afterEach(() => nock.cleanAll());
// Node's own http module outlives the test file: what nock put into it is taken out again.
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

const types = Object.keys(states);

const noInstance = /^\[ERROR\] Error retrieving resource instance: no \d+$/;
const noKey = /^\[ERROR\] Get Key failed with error while reading Key: no \d+$/;

/** What the vendor's provider says of a read that fails; the types that are not listed are told by what they do. */
const readingSays: Readonly<Record<string, RegExp>> = {
  ibm_iam_authorization_policy: /^\[ERROR\] Error retrieving authorizationPolicy: no \d+$/,
  ibm_kms_instance_policies: /^\[ERROR\] Get Policies failed with error : no \d+$/,
  ibm_kms_key: noKey,
  ibm_kms_key_alias: noKey,
  ibm_kms_key_policies: noKey,
  ibm_kms_key_rings: /^\[ERROR\] Get Key Rings failed with error: no \d+$/,
  ibm_kms_key_with_policy_overrides: noKey,
  ibm_kp_key: /^Get Key failed with error: no \d+$/,
  ibm_resource_group: /^\[ERROR\] Error retrieving resource group: no \d+$/,
  ibm_resource_instance: noInstance,
};
const stateOf = (type: string): ValueObject => states[type] ?? {};

describe.each([400, 401, 403, 422])('a read that is answered with %d', (status) => {
  test.each(types)('%s: is an error, in the words of the API', async (type) => {
    answersAll(status);
    const reading = resource(type).read(ofState(session, stateOf(type)));
    await expect(reading).rejects.toMatchObject({
      name: 'DiagnosticError',
      diagnostics: [
        {
          severity: 'error',
          summary: expect.stringMatching(readingSays[type] ?? /^Could not (read|find|list) /),
          detail: `no ${status}, HTTP status ${status}.`,
        },
      ],
    });
  });
});

describe('a read of what is not there', () => {
  test.each(types.filter((type) => !kept.includes(type)))('%s: is gone', async (type) => {
    answersAll(404);
    // An instance's own policies go with the instance.
    if (type === 'ibm_kms_instance_policies') {
      nock.cleanAll();
      nock(api).get(/.*/).reply(404);
    }
    expect(await resource(type).read(ofState(session, stateOf(type)))).toMatchObject({ state: null });
  });

  test.each(kept)('%s: keeps its state', async (type) => {
    nock(api).get('/v1/reclamations').reply(200, { resources: [] });
    expect(await resource(type).read(ofState(session, stateOf(type)))).toEqual({ state: {} });
  });
});

describe('a key that is destroyed is gone, though the API still answers for it (4.1)', () => {
  test.each([
    'ibm_kms_key',
    'ibm_kms_key_alias',
    'ibm_kms_key_policies',
    'ibm_kms_key_with_policy_overrides',
    'ibm_kp_key',
  ])('%s', async (type) => {
    nock(api)
      .persist()
      .get(`/v2/resource_instances/${guid}`)
      .reply(200, { crn: instanceCrn, extensions: {} });
    nock(api)
      .get('/kms/api/v2/keys/k-1')
      .reply(200, { resources: [{ id: 'k-1', crn: keyCrn, state: 5 }] });
    expect(await resource(type).read(ofState(session, stateOf(type)))).toMatchObject({ state: null });
  });
});

test.each(['pending_reclamation', 'removed'])('an instance that is %s is gone (3.1)', async (state) => {
  nock(api).get(/.*/).reply(200, { id: instanceCrn, crn: instanceCrn, state });
  const type = 'ibm_resource_instance';
  expect(await resource(type).read(ofState(session, stateOf(type)))).toMatchObject({ state: null });
});

describe('a deletion of what is not there', () => {
  test.each(types)('%s', async (type) => {
    if (!withoutCall.includes(type)) answersAll(404);
    const deleting = resource(type).delete(ofState(session, stateOf(type)));
    if (withoutCall.includes(type) || goneIsDeleted.includes(type)) {
      await expect(deleting).resolves.toBeUndefined();
    } else {
      await expect(deleting).rejects.toMatchObject({ name: 'DiagnosticError' });
    }
  });

  test('an instance that was removed already (410) is deleted (3.1)', async () => {
    nock(api).delete(/.*/).query(true).reply(410, { message: 'gone' });
    nock(api).get(/.*/).reply(200, { id: instanceCrn, state: 'removed' });
    const type = 'ibm_resource_instance';
    await expect(resource(type).delete(ofState(session, stateOf(type)))).resolves.toBeUndefined();
  });
});

describe('a deletion that is refused', () => {
  /** How the vendor's provider begins, by type; ours where it says nothing, or nothing of a type that is refused. */
  const vendorWords: Readonly<Record<string, string>> = {
    ibm_iam_authorization_policy: 'Error deleting authorization policy',
    ibm_kms_key: '[ERROR] Error while deleting',
    ibm_kms_key_alias: 'failed to Destroy alias with error',
    ibm_kms_key_with_policy_overrides: '[ERROR] Error while deleting',
    ibm_kp_key: 'Error while deleting',
    ibm_resource_group: '[ERROR] Error Deleting resource group',
    ibm_resource_instance: '[ERROR] Error deleting resource instance',
  };
  const refusal = 'no 403, HTTP status 403.';

  test.each(types.filter((type) => !withoutCall.includes(type)))('%s: is an error', async (type) => {
    answersAll(403);
    const words = vendorWords[type];
    const told =
      words === undefined
        ? { summary: expect.stringMatching(/^Could not delete /), detail: refusal }
        : {
            summary: `${words}: no 403`,
            detail: expect.stringMatching(new RegExp(`^Could not delete .+\\.\n${refusal}$`)),
          };
    await expect(resource(type).delete(ofState(session, stateOf(type)))).rejects.toMatchObject({
      name: 'DiagnosticError',
      diagnostics: [told],
    });
  });
});

describe('an import id of another form', () => {
  const ids: readonly (readonly [type: string, id: string, message: string])[] = [
    ['ibm_kms_key', 'k-1', "'k-1' has 1 segments; a CRN has ten, separated by colons"],
    [
      'ibm_kms_key',
      instanceCrn,
      `'${instanceCrn}' is not the CRN of a key; that ends in {instance id}:key:{key id}`,
    ],
    ['ibm_kms_key_with_policy_overrides', 'k-1', "'k-1' has 1 segments; a CRN has ten"],
    ['ibm_kms_key_policies', 'k-1', "'k-1' has 1 segments; a CRN has ten"],
    ['ibm_kp_key', 'k-1', "'k-1' has 1 segments; a CRN has ten"],
    ['ibm_kms_instance_policies', guid, `'${guid}' has 1 segments; a CRN has ten`],
    ['ibm_kms_key_alias', keyCrn, `'${keyCrn}' is not of the form {alias}:alias:{key CRN}`],
    ['ibm_kms_key_alias', `:alias:${keyCrn}`, 'is not of the form {alias}:alias:{key CRN}'],
    ['ibm_kms_key_rings', 'ring', "'ring' is not of the form {key_ring_id}:keyRing:{instance CRN}"],
    ['ibm_sm_arbitrary_secret', 's-1', "'s-1' is not of the form {region}/{instance id}/{id}"],
    ['ibm_sm_secret_group', 'a/b/c/d', "'a/b/c/d' is not of the form {region}/{instance id}/{id}"],
  ];

  test.each(ids)('%s: %s', async (type, id, message) => {
    const importing = async () => resource(type).import?.({ ...ofState(session, {}), id });
    await expect(importing()).rejects.toThrow(message);
  });

  test('is taken for the name of an object, where any text may be one', async () => {
    for (const type of [
      'ibm_iam_authorization_policy',
      'ibm_is_volume',
      'ibm_resource_group',
      'ibm_resource_instance',
    ]) {
      const imported = await resource(type).import?.({ ...ofState(session, {}), id: 'any' });
      expect(imported).toEqual({ state: { id: 'any' } });
    }
  });
});

test('a reclamation cannot be imported (3.3)', () => {
  expect(resource('ibm_resource_reclamation_delete').import).toBeUndefined();
  expect(signal.aborted).toBe(false);
});
