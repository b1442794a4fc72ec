/**
 * An instance whose group may not be read is shown without the group's name: data_source_ibm_resource_instance.go of the
 * vendor's provider 2.5.0 logs the refusal. Everything else is ibm-control-plane.md 6.4.
 */
import nock from 'nock';
import { Diagnostics } from '../../../../provider/core/diagnostics';
import { Catalog } from '../../../../provider/core/server/catalog';
import { ibmProvider } from '../../../../provider/ibm/provider';
import { api, onlyWhatIsPlayed, testSession, tokenFor } from '../support/session';

onlyWhatIsPlayed();

const guid = '11111111-2222-3333-4444-555555555555';
const crn = `crn:v1:bluemix:public:kms:us-south:a/acct:${guid}::`;
const instance = {
  id: crn,
  crn,
  guid,
  name: 'keys',
  state: 'active',
  region_id: 'us-south',
  resource_id: 'service-1',
  resource_plan_id: 'plan-1',
  resource_group_id: 'g-1',
};

async function read() {
  const { definition } = new Catalog(ibmProvider).dataSources.get('ibm_resource_instance');
  const { session } = testSession({ credentials: { token: tokenFor('me') } });
  const config = { identifier: guid };
  const request = { client: session as unknown, config, signal: new AbortController().signal };
  return (await definition.read({ ...request, timeout: undefined, diagnostics: new Diagnostics() })).state;
}

beforeEach(() => {
  nock(api).get(`/v2/resource_instances/${guid}`).reply(200, instance);
  nock(api)
    .get('/api/v1/service-1')
    .reply(200, { name: 'kms' })
    .get('/api/v1/plan-1')
    .reply(200, { name: 'p' });
  nock(api).post('/v3/resources/search').query(true).reply(200, { items: [], limit: 1 });
});

test('the name of its group', async () => {
  nock(api).get('/v2/resource_groups/g-1').reply(200, { id: 'g-1', name: 'Default' });
  expect(await read()).toMatchObject({ name: 'keys', service: 'kms', resource_group_name: 'Default' });
});

test.each([403, 404])('no name of a group that is answered with %d', async (status) => {
  nock(api).get('/v2/resource_groups/g-1').reply(status, { message: 'no' });
  expect(await read()).toMatchObject({ name: 'keys', resource_group_id: 'g-1', resource_group_name: null });
});
