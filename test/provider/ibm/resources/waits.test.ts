/** Creations that do not end well, or not in time: what is kept, what is said (ibm-vpc.md 1.6, 2.6; ibm-control-plane.md 3.1). */
import nock from 'nock';
import { catalog } from '../support/catalog';
import { creation, resource } from '../support/resources';
import { api, onlyWhatIsPlayed, testSession, tokenFor } from '../support/session';

onlyWhatIsPlayed();

const credentials = { token: tokenFor('me') };

describe('ibm_is_volume', () => {
  const plan = {
    name: 'data',
    profile: 'general-purpose',
    zone: 'us-south-1',
    encryption_key: 'crn',
    tags: [],
    access_tags: [],
  };
  const volume = { id: 'v-1', crn: 'crn:v', name: 'data', status_reasons: [] };
  const query = { version: '2026-03-24', generation: '2' };

  function isCreated(): void {
    nock(api)
      .post('/v1/volumes')
      .query(query)
      .reply(201, { ...volume, status: 'pending' });
  }

  function shows(status: string, status_reasons: readonly object[] = []): void {
    nock(api)
      .get('/v1/volumes/v-1')
      .query(query)
      .reply(200, { ...volume, status, status_reasons });
  }

  test('that becomes unusable fails at once, on its key when the key is why', async () => {
    isCreated();
    shows('pending');
    shows('unusable', [{ code: 'encryption_key_deleted', message: 'The key is gone' }]);
    const { request, saved } = creation(testSession({ credentials }).session, plan);
    await expect(resource('ibm_is_volume').create(request)).rejects.toMatchObject({
      diagnostics: [
        {
          summary: 'Volume data is unusable',
          detail: 'Volume v-1 will not become available: The key is gone (encryption_key_deleted).',
          attribute: [{ attribute: 'encryption_key' }],
        },
      ],
    });
    expect(saved).toEqual({ id: 'v-1', crn: 'crn:v' });
  });

  test('that fails without a reason says so', async () => {
    isCreated();
    shows('failed');
    const { request } = creation(testSession({ credentials }).session, plan);
    await expect(resource('ibm_is_volume').create(request)).rejects.toMatchObject({
      diagnostics: [
        {
          summary: 'Volume data is failed',
          detail: 'Volume v-1 will not become available: the API gives no reason.',
        },
      ],
    });
  });

  test('that takes too long: says for how long it was waited, and what was seen last', async () => {
    isCreated();
    shows('pending');
    shows('pending');
    const { request, saved } = creation(testSession({ credentials }).session, plan, 100);
    await expect(resource('ibm_is_volume').create(request)).rejects.toMatchObject({
      diagnostics: [
        {
          summary: 'Gave up waiting for volume v-1 to become available',
          detail:
            "After 0.1 s it is still pending. Raise the timeout in the resource's timeouts block, or find out what holds it.",
        },
      ],
    });
    expect(saved).toMatchObject({ id: 'v-1' });
  });

  test('that cannot be read while it is waited for is kept', async () => {
    isCreated();
    nock(api)
      .get('/v1/volumes/v-1')
      .query(query)
      .reply(403, { errors: [{ code: 'not_authorized', message: 'no' }] });
    const { request, saved } = creation(testSession({ credentials }).session, plan);
    await expect(resource('ibm_is_volume').create(request)).rejects.toMatchObject({
      diagnostics: [
        { summary: 'Could not read volume v-1', detail: 'no (not_authorized), HTTP status 403.' },
      ],
    });
    expect(saved).toMatchObject({ id: 'v-1' });
  });

  test('takes the tags of the environment along with its own, and none without them', async () => {
    for (const [tags, sent] of [
      [['mine'], ['mine', 'env']],
      [[], undefined],
    ] as const) {
      nock(api)
        .post('/v1/volumes', (body) => JSON.stringify(body.user_tags) === JSON.stringify(sent))
        .query(query)
        .reply(400, { errors: [{ code: 'bad_field', message: 'enough' }] });
      const { session } = testSession({ credentials, environmentTags: ['env'] });
      const { request } = creation(session, { ...plan, tags });
      await expect(resource('ibm_is_volume').create(request)).rejects.toThrow('enough');
    }
  });
});

describe('ibm_resource_instance', () => {
  const plan = {
    name: 'keys',
    service: 'kms',
    plan: 'tiered',
    location: 'us-south',
    tags: ['a', 'b'],
    resource_group_id: 'g',
  };
  const crn = 'crn:v1:bluemix:public:kms:us-south:a/acct:i-1::';
  const path = `/v2/resource_instances/${encodeURIComponent(crn)}`;
  const instance = { id: crn, crn, name: 'keys', state: 'active' };

  function isCreated(): void {
    catalog.services(200);
    catalog.plans(200);
    catalog.deployments(200);
    nock(api)
      .post('/v2/resource_instances', {
        name: 'keys',
        target: 'crn:d-1',
        resource_plan_id: 'p-1',
        resource_group: 'g',
        parameters: {},
      })
      .reply(202, { ...instance, state: 'provisioning' });
  }

  test('whose tags are refused is kept, and the tags are named', async () => {
    isCreated();
    nock(api).get(path).reply(200, instance);
    nock(api)
      .post('/v3/tags/attach', { tag_names: ['a', 'b'], resources: [{ resource_id: crn }] })
      .query({ tag_type: 'user' })
      .reply(200, { results: [{ resource_id: crn, is_error: true, message: 'too many tags' }] });
    const { request, saved } = creation(testSession({ credentials }).session, plan);
    await expect(resource('ibm_resource_instance').create(request)).rejects.toMatchObject({
      diagnostics: [
        {
          summary: 'Could not tag instance keys',
          detail: 'too many tags, HTTP status 200.',
          attribute: [{ attribute: 'tags' }],
        },
      ],
    });
    expect(saved).toEqual({ id: crn, crn });
  });

  test('that fails is kept, with what the service says', async () => {
    isCreated();
    nock(api)
      .get(path)
      .reply(200, { ...instance, state: 'provisioning' });
    nock(api)
      .get(path)
      .reply(200, {
        ...instance,
        state: 'provisioning',
        last_operation: { async: true, state: 'failed', description: 'no capacity' },
      });
    const { request, saved } = creation(testSession({ credentials }).session, plan);
    await expect(resource('ibm_resource_instance').create(request)).rejects.toMatchObject({
      diagnostics: [
        {
          summary: 'Instance keys is failed',
          detail: expect.stringContaining('The service says: no capacity'),
        },
      ],
    });
    expect(saved).toEqual({ id: crn, crn });
  });
});
