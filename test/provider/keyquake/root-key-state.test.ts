/** A key that was disabled a moment ago cannot be enabled yet: the resource asks again until it can (ibm-control-plane.md 6.1.5). */
import { hostContext } from '../../../provider/core/context';
import { Diagnostics } from '../../../provider/core/diagnostics';
import { Catalog } from '../../../provider/core/server/catalog';
import { configureKeyquake } from '../../../provider/keyquake/client';
import { keyquakeProvider } from '../../../provider/keyquake/provider';
import { startTestPlatform, type TestPlatform } from '../../support/platform';

const { definition } = new Catalog(keyquakeProvider).resources.get('keyquake_root_key_state');

let platform: TestPlatform;
let kms: Record<string, string>;
let keyId: string;

beforeAll(async () => {
  platform = await startTestPlatform();
  const { resources } = (await platform.request('GET', '/v2/resource_groups')).body;
  const made = await platform.request('POST', '/v2/resource_instances', {
    name: 'keys',
    target: 'us-south',
    resource_group: resources[0].id,
    resource_plan_id: 'eedd3585-90c6-4c8f-be3d-062069e99fc3',
  });
  kms = { 'Bluemix-Instance': made.body.guid };
  const type = 'application/vnd.ibm.kms.key+json';
  const key = await platform.request(
    'POST',
    '/api/v2/keys',
    {
      metadata: { collectionType: type, collectionTotal: 1 },
      resources: [{ type, name: 'root', extractable: false }],
    },
    kms,
  );
  keyId = key.body.resources[0].id;
});
afterAll(() => platform.close());

function bring(state: string) {
  const client = configureKeyquake({
    config: { url: platform.url },
    unknown: [],
    terraformVersion: '1.11.0',
    context: hostContext({}),
    signal: new AbortController().signal,
    diagnostics: new Diagnostics(),
  });
  const plan = { instance_id: kms['Bluemix-Instance'] ?? '', key_id: keyId, state };
  return definition.create({
    client,
    plan,
    config: plan,
    saveState: () => undefined,
    signal: new AbortController().signal,
    timeout: undefined,
    diagnostics: new Diagnostics(),
  });
}

/** Until an attempt to enable the key was refused. */
async function refusal(): Promise<void> {
  const { events } = (await platform.request('GET', '/_keyquake/events')).body;
  const isRefused = (events as { action: string; outcome: string }[]).some(
    ({ action, outcome }) => action === 'kms.secrets.enable' && outcome === 'failure',
  );
  if (!isRefused) await refusal();
}

test('suspended, then active as soon as the platform permits it', async () => {
  expect(await bring('suspended')).toMatchObject({ state: { state: 'suspended', state_number: 2 } });
  const active = bring('active');
  await refusal();
  await platform.request('POST', '/_keyquake/clock', { advance: 'PT30S' });
  expect(await active).toMatchObject({ state: { state: 'active', state_number: 1 } });
});

test('a state that the key has already is not asked for', async () => {
  const before = (await platform.request('GET', '/_keyquake/events')).body.events.length;
  expect(await bring('active')).toMatchObject({ state: { state: 'active' } });
  expect((await platform.request('GET', '/_keyquake/events')).body.events).toHaveLength(before);
});
