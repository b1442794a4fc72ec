/**
 * The requests about an authorization policy carry the transaction id of its state, which the API answers with: it does
 * not drift. Source: resource_ibm_iam_authorization_policy.go of the vendor's provider 2.5.0; ibm-control-plane.md 3.4.
 */
import nock from 'nock';
import { creation, ofState, resource } from '../support/resources';
import { api, onlyWhatIsPlayed, testSession, tokenFor } from '../support/session';

onlyWhatIsPlayed();

const { session } = testSession({ credentials: { token: tokenFor('me') } });
const type = resource('ibm_iam_authorization_policy');
const reader = 'crn:v1:bluemix:public:iam::::serviceRole:Reader';
const attribute = (key: string, value: string) => ({ key, operator: 'stringEquals', value });
const policy = {
  id: 'p-1',
  type: 'authorization',
  state: 'active',
  subject: { attributes: [attribute('serviceName', 'is')] },
  resource: { attributes: [attribute('serviceName', 'kms')] },
  control: { grant: { roles: [{ role_id: reader }] } },
};
const plan = {
  source_service_name: 'is',
  target_service_name: 'kms',
  roles: ['Reader'],
  subject_attributes: [],
  resource_attributes: [],
};

/** What is asked under the transaction id `name`, and answered with it. */
const under = (name: string) =>
  nock(api, { reqheaders: { 'transaction-id': name } }).defaultReplyHeaders({ 'Transaction-Id': name });

function roles(times: number): void {
  const service_roles = [{ display_name: 'Reader', crn: reader }];
  nock(api).get('/v2/roles').query(true).times(times).reply(200, { service_roles });
}

test('creating and reading', async () => {
  under('mine').post('/v2/policies').reply(201, policy).get('/v2/policies/p-1').reply(200, policy);
  roles(2);
  const { request } = creation(session, { ...plan, transaction_id: 'mine' });
  expect((await type.create(request))?.state).toMatchObject({ id: 'p-1', transaction_id: 'mine' });
});

test('reading again', async () => {
  under('mine').get('/v2/policies/p-1').reply(200, policy);
  roles(1);
  const state = { ...plan, id: 'p-1', transaction_id: 'mine' };
  expect((await type.read(ofState(session, state)))?.state).toMatchObject({ transaction_id: 'mine' });
});

test('deleting', async () => {
  under('mine').delete('/v1/policies/p-1').reply(204);
  await type.delete(ofState(session, { ...plan, id: 'p-1', transaction_id: 'mine' }));
});

test.each([[''], [null]])(
  'without one (%p) none is sent, and the one of the answer is kept',
  async (none) => {
    const scope = nock(api, { badheaders: ['transaction-id'] });
    scope.get('/v2/policies/p-1').reply(200, policy, { 'Transaction-Id': 'theirs' });
    roles(1);
    const state = { ...plan, id: 'p-1', transaction_id: none };
    expect((await type.read(ofState(session, state)))?.state).toMatchObject({ transaction_id: 'theirs' });
  },
);
