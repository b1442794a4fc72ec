/**
 * An API key that IAM does not know (ibm-control-plane.md 1.2, 1.7): whatever a type asks for first, the user reads what
 * IAM said, and what helps.
 */
import nock from 'nock';
import { complete } from '../../../../provider/core/complete';
import { Diagnostics } from '../../../../provider/core/diagnostics';
import type { AnyState, UpdateRequest } from '../../../../provider/core/resource';
import { Catalog } from '../../../../provider/core/server/catalog';
import type { ValueObject } from '../../../../provider/core/values';
import { ibmProvider } from '../../../../provider/ibm/provider';
import { creation, ofState, resource, signal } from '../support/resources';
import { api, testSession } from '../support/session';
import { guid, instanceCrn, states } from '../support/states';

const catalog = new Catalog(ibmProvider);
const { session } = testSession({ credentials: { apiKey: 'wrong' } });

beforeAll(() => nock.disableNetConnect());
beforeEach(() => {
  const refusal = { errorCode: 'BXNIM0415E', errorMessage: 'Provided API key could not be found.' };
  nock(api).persist().post('/identity/token').reply(400, refusal);
});
afterEach(() => nock.cleanAll());
// Node's own http module outlives the test file: what nock put into it is taken out again.
afterAll(() => {
  nock.enableNetConnect();
  nock.restore();
});

function refused(title: RegExp) {
  const diagnostic = {
    severity: 'error',
    summary: expect.stringMatching(title),
    // A deletion says first what it would have deleted: Terraform shows no address there.
    detail: expect.stringMatching(
      /^(Could not delete .+\.\n)?Provided API key could not be found \(BXNIM0415E\), HTTP status 400\.\nRemedy: set ibmcloud_api_key in the provider block, or the variable IC_API_KEY, to an API key that exists\.$/,
    ),
  };
  return { name: 'DiagnosticError', diagnostics: [diagnostic] };
}

/** The vendor's sentence, and what IAM said. */
const vendorTitle = /[a-z\]]: Provided API key could not be found$/;

/** Steps that are told by what they do, not in the vendor's words. */
const ownTitles: Readonly<Record<string, RegExp>> = {
  ibm_is_volume: /^Could not (create|read|change) /,
  ibm_resource_reclamation_delete: /^Could not list the reclamations$|: Provided API key could not be found$/,
  ibm_sm_arbitrary_secret: /^Could not (create|read|find|change|update) /,
  ibm_sm_secret_group: /^Could not (create|read|find|change|update) /,
};

/** What a new object of the type must have for its creation to ask for anything. */
const plans: Readonly<Record<string, ValueObject>> = {
  ibm_iam_authorization_policy: { source_service_name: 'is', target_service_name: 'kms', roles: ['Reader'] },
  ibm_is_volume: { name: 'v', profile: 'general-purpose', zone: 'us-south-1' },
  ibm_kms_instance_policies: { instance_id: guid, metrics: [{ enabled: true }] },
  ibm_kms_key: { instance_id: guid, key_name: 'k' },
  ibm_kms_key_alias: { instance_id: guid, alias: 'a', key_id: 'k-1' },
  ibm_kms_key_policies: { instance_id: guid, key_id: 'k-1', rotation: [{ interval_month: 1 }] },
  ibm_kms_key_rings: { instance_id: guid, key_ring_id: 'ring' },
  ibm_kms_key_with_policy_overrides: { instance_id: guid, key_name: 'k' },
  ibm_kp_key: { key_protect_id: guid, key_name: 'k' },
  ibm_resource_group: { name: 'g' },
  ibm_resource_instance: { name: 'i', service: 'kms', plan: 'p', location: 'us-south' },
  ibm_resource_reclamation_delete: { reclamation_id: 'r-1' },
  ibm_sm_arbitrary_secret: { instance_id: guid, region: 'us-south', name: 's', payload: 'x' },
  ibm_sm_secret_group: { instance_id: guid, region: 'us-south', name: 'gr' },
};

/** Nothing of them changes in place. */
const unchanging = ['ibm_kms_key_alias', 'ibm_resource_reclamation_delete'];

/** Their deletion asks for nothing. */
const deletedSilently = [
  'ibm_kms_instance_policies',
  'ibm_kms_key_policies',
  'ibm_resource_reclamation_delete',
];

describe.each(catalog.resources.names)('%s', (type) => {
  const { schema } = catalog.resources.get(type);
  const plan = complete(schema.block, { ...plans[type] });
  const state = complete(schema.block, { ...plans[type], ...states[type] });
  const title = ownTitles[type] ?? vendorTitle;

  test('a new one', async () => {
    await expect(resource(type).create(creation(session, plan).request)).rejects.toMatchObject(
      refused(title),
    );
  });

  test('a read', async () => {
    await expect(resource(type).read(ofState(session, state))).rejects.toMatchObject(refused(title));
  });

  test('a change, where there is any', async () => {
    const request = { ...creation(session, state).request, prior: state, changed: () => true };
    const changing = resource(type).update?.(request as unknown as UpdateRequest<AnyState, unknown>);
    if (unchanging.includes(type)) expect(changing).toBeUndefined();
    else await expect(changing).rejects.toMatchObject(refused(title));
  });

  test('a deletion', async () => {
    const deleting = resource(type).delete(ofState(session, state));
    if (deletedSilently.includes(type)) await expect(deleting).resolves.toBeUndefined();
    else await expect(deleting).rejects.toMatchObject(refused(/delet|Destroy/i));
  });
});

const lookups: Readonly<Record<string, ValueObject>> = {
  ibm_iam_authorization_policies: {},
  ibm_kms_instance_policies: { instance_id: guid },
  ibm_kms_key: { instance_id: guid, key_id: 'k-1' },
  ibm_kms_key_policies: { instance_id: guid, key_id: 'k-1' },
  ibm_kms_key_rings: { instance_id: guid },
  ibm_kms_keys: { instance_id: guid },
  ibm_kp_key: { key_protect_id: guid },
  ibm_resource_group: { name: 'g' },
  ibm_resource_groups: {},
  ibm_resource_instance: { identifier: instanceCrn },
  ibm_resource_reclamations: {},
};

test.each(catalog.dataSources.names)('data %s', async (type) => {
  const { definition, schema } = catalog.dataSources.get(type);
  const config = complete(schema.block, { ...lookups[type] });
  const request = { client: session as unknown, config, signal, timeout: undefined };
  const reading = definition.read({ ...request, diagnostics: new Diagnostics() });
  await expect(reading).rejects.toMatchObject(refused(vendorTitle));
});
