/** The catalog (ibm-control-plane.md 3.1 create sequence, 6.4.4). */
import { startTestPlatform, type TestPlatform } from '../../support/platform';
import { callHost } from '../../support/vendor-host';

let platform: TestPlatform;
beforeAll(async () => {
  platform = await startTestPlatform();
});
afterAll(() => platform.close());

const get = (path: string) => platform.request('GET', path);
const kmsPlan = 'eedd3585-90c6-4c8f-be3d-062069e99fc3';

/** Catalog name, its plans by name with their published ids. */
const published = [
  ['kms', { 'tiered-pricing': kmsPlan }],
  [
    'secrets-manager',
    {
      standard: '7713c3a8-3be8-4a9a-81bb-ee822fcaac3d',
      trial: '869c191a-3c2a-4faf-98be-18d48f95ba1f',
    },
  ],
  ['cloud-object-storage', { standard: '744bfc56-d12c-4866-88d5-dac9139e0e5d' }],
  ['hs-crypto', {}],
] as const;

describe.each(published)('the three look-ups of a creation, for %s', (name, plans) => {
  test('find the service, its plans and their deployments', async () => {
    const { status, body } = await get(`/api/v1/?include=*&q=${name}`);
    expect(status).toBe(200);
    const service = body.resources.find((entry: { name: string }) => entry.name === name);
    expect(['service', 'iaas', 'composite']).toContain(service.kind);
    expect(service).toMatchObject({ active: true, metadata: { service: { rc_provisionable: true } } });
    expect(service.url).toBe(`${platform.url}/api/v1/${service.id}`);

    const children = await get(`/api/v1/${service.id}/${service.kind === 'iaas' ? 'flavor' : 'plan'}`);
    const found = Object.fromEntries(
      children.body.resources.map((plan: { name: string; id: string; kind: string }) => {
        expect(plan.kind).toBe('plan');
        return [plan.name, plan.id];
      }),
    );
    expect(found).toMatchObject(plans);

    for (const id of Object.values(found)) {
      const deployments = (await get(`/api/v1/${id}/deployment?include=*`)).body.resources;
      expect(deployments.length).toBeGreaterThan(0);
      for (const { catalog_crn, metadata } of deployments) {
        expect(metadata).toMatchObject({ rc_compatible: true, deployment: { target_crn: '' } });
        const { location } = metadata.deployment;
        expect(catalog_crn).toBe(`crn:v1:bluemix:public:globalcatalog::::deployment:${id}%3A${location}`);
        expect(catalog_crn.split(':')).toHaveLength(10);
      }
    }
  });

  test('and the two of every reading: kind and name by id', async () => {
    const { body } = await get(`/api/v1/?include=*&q=${name}`);
    const service = body.resources.find((entry: { name: string }) => entry.name === name);
    expect((await get(`/api/v1/${service.id}`)).body).toMatchObject({ id: service.id, name });
    for (const { id, name: plan } of service.children) {
      expect((await get(`/api/v1/${id}`)).body).toMatchObject({ id, name: plan, kind: 'plan' });
    }
  });
});

test('Key Protect is offered in every region, its cross-region plan in three (Key Protect ha-dr.md)', async () => {
  const { resources } = (await get('/api/v1/ee41347f-b18e-4ca6-bf80-b5467c63f9a6/plan')).body;
  const locations = async (id: string) =>
    (await get(`/api/v1/${id}/deployment`)).body.resources.map(
      ({ metadata }: { metadata: { deployment: { location: string } } }) => metadata.deployment.location,
    );
  expect(await locations(kmsPlan)).toEqual(
    expect.arrayContaining([
      'us-south',
      'us-east',
      'eu-gb',
      'eu-de',
      'eu-es',
      'au-syd',
      'jp-tok',
      'jp-osa',
      'br-sao',
      'ca-tor',
    ]),
  );
  const crossRegion = resources.find(({ name }: { name: string }) => name === 'cross-region-resiliency');
  expect(await locations(crossRegion.id)).toEqual(['us-south', 'jp-tok', 'eu-de']);
});

test('pages hold resources as a list, and no next', async () => {
  const { body } = await get('/api/v1');
  expect(body).toMatchObject({ offset: 0, count: 4, limit: 4 });
  expect(body.resources).toHaveLength(4);
  expect(body).not.toHaveProperty('next');
});

test.each([
  ['q in part', '?q=secrets', ['secrets-manager']],
  ['q by the display name', '?q=Key%20Protect', ['kms']],
  ['q that nothing has', '?q=databases-for-redis', []],
])('%s', async (_name, query, expected) => {
  const { body } = await get(`/api/v1/${query}`);
  expect(body.resources.map(({ name }: { name: string }) => name)).toEqual(expected);
});

test('children come only when they are asked for', async () => {
  expect((await get('/api/v1/?q=kms')).body.resources[0]).not.toHaveProperty('children');
  expect((await get('/api/v1/?q=kms&include=*')).body.resources[0].children).toHaveLength(2);
});

test('* has children of every kind', async () => {
  const { body } = await get(`/api/v1/${kmsPlan}/*`);
  expect(body.resources[0].kind).toBe('deployment');
});

test('a deployment is found by its id', async () => {
  const { status, body } = await get(`/api/v1/${kmsPlan}%3Aeu-de`);
  expect([status, body.kind, body.name]).toEqual([200, 'deployment', 'eu-de']);
});

test.each([
  ['/api/v1/none', 'none'],
  ['/api/v1/none/plan', 'none'],
  [`/api/v1/${kmsPlan}:mars/deployment`, `${kmsPlan}:mars`],
  // What a client asks for that found no plan of the name (ibm-control-plane.md 3.1).
  ['/api/v1//deployment?include=*', ''],
])('%s answers 404', async (path, id) => {
  const { status, body } = await get(path);
  expect([status, body.errors]).toEqual([
    404,
    [{ code: 'not_found', message: `The catalog entry '${id}' was not found.` }],
  ]);
});

test.each([
  ['GET', `/api/v1/${kmsPlan}/pricing`, 'getPricing'],
  ['GET', `/api/v1/${kmsPlan}/visibility`, 'getVisibility'],
  ['POST', '/api/v1', 'createCatalogEntry'],
  ['DELETE', '/api/v1/x', 'deleteCatalogEntry'],
  ['PATCH', '/api/v1/x', 'PATCH /api/v1/x'],
])('%s %s answers 501 naming %s', async (method, path, operation) => {
  const { status, body } = await platform.request(method, path);
  expect([status, body.errors]).toEqual([
    501,
    [{ code: 'not_emulated', message: `${operation} is not emulated by this platform` }],
  ]);
});

test('answers under the vendor’s host name', async () => {
  const reply = await callHost(platform, 'globalcatalog.cloud.ibm.com', {
    method: 'GET',
    path: '/api/v1/?q=kms',
  });
  expect([reply.status, reply.body.resources[0].name]).toEqual([200, 'kms']);
});
