/**
 * What a new instance needs to know before it is made, when the APIs do not tell it. Titles: IBM-Cloud/terraform-provider-ibm
 * 2.5.0 `ibm/service/resourcecontroller/resource_ibm_resource_instance.go` (create), `ibm/flex/structures.go`
 * (DefaultResourceGroup); what is asked for: ibm-control-plane.md 3.1.
 */
import nock from 'nock';
import { catalog } from '../support/catalog';
import { creation, resource } from '../support/resources';
import { api, onlyWhatIsPlayed, testSession, tokenFor } from '../support/session';

onlyWhatIsPlayed();

const { session } = testSession({ credentials: { token: tokenFor('me') } });
const plan = { name: 'keys', service: 'kms', plan: 'tiered', location: 'us-south' };
const no = { message: 'no' };

function groups(status: number, body: object): void {
  nock(api).get('/v2/resource_groups').query({ account_id: 'acct', default: 'true' }).reply(status, body);
}

async function told() {
  const { request, saved } = creation(session, plan);
  const creating = resource('ibm_resource_instance').create(request);
  const { diagnostics } = await creating.then(
    () => ({ diagnostics: [] }),
    (error) => error,
  );
  expect(saved).toEqual({});
  return diagnostics;
}

function refusal(summary: string, attribute: string) {
  return [{ severity: 'error', summary, detail: 'no, HTTP status 403.', attribute: [{ attribute }] }];
}

describe('what the catalog refuses', () => {
  test('services', async () => {
    catalog.services(403, no);
    expect(await told()).toEqual(refusal('[ERROR] Error retrieving service offering: no', 'service'));
  });

  test('plans', async () => {
    catalog.services(200);
    catalog.plans(403, no);
    expect(await told()).toEqual(refusal('[ERROR] Error retrieving plan: no', 'plan'));
  });

  test('deployments', async () => {
    catalog.services(200);
    catalog.plans(200);
    catalog.deployments(403, no);
    const title = '[ERROR] Error retrieving deployment for plan tiered : no';
    expect(await told()).toEqual(refusal(title, 'location'));
  });
});

describe('the default group of the account', () => {
  beforeEach(() => {
    catalog.services(200);
    catalog.plans(200);
    catalog.deployments(200);
  });

  test('is refused', async () => {
    groups(403, no);
    const title = '[ERROR] Error retrieving resource group: no';
    expect(await told()).toEqual(refusal(title, 'resource_group_id'));
  });

  test('is not among the groups that one may see', async () => {
    groups(200, { resources: [] });
    expect(await told()).toEqual([
      {
        severity: 'error',
        summary:
          '[ERROR] The default resource group could not be found. Make sure you have required permissions to access the resource group',
        detail: [
          'Without resource_group_id an instance goes to the default group of the account, and the API lists none to you.',
          'Cause: you have no role on that group.',
          'Remedy: set resource_group_id, or have the role Viewer granted on the default group.',
        ].join('\n'),
        attribute: [{ attribute: 'resource_group_id' }],
      },
    ]);
  });
});
