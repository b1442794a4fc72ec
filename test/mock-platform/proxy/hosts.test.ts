/**
 * The vendor's own host names through the proxy, over TLS that the proxy's authority vouches for
 * (ibm-control-plane.md 2.1, 2.3, 2.4, 2.5; ibm-vpc.md 1.1).
 */
import { Encryption } from '../../support/encryption';
import { type ProxiedPlatform, startProxiedPlatform, vendorCall } from './support';

/** Plan and service of Key Protect (ibm-control-plane.md 6.4.4). */
const keyProtect = 'ee41347f-b18e-4ca6-bf80-b5467c63f9a6';

describe('the vendor’s hosts', () => {
  let platform: ProxiedPlatform;
  beforeAll(async () => {
    platform = await startProxiedPlatform();
  });
  afterAll(() => platform.close());

  test.each<[host: string, path: string, status: number, member: string]>([
    ['iam.cloud.ibm.com', '/v2/roles', 200, 'system_roles'],
    ['private.iam.cloud.ibm.com', '/v2/roles', 200, 'system_roles'],
    ['resource-controller.cloud.ibm.com', '/v2/resource_instances', 200, 'resources'],
    ['private.resource-controller.cloud.ibm.com', '/v2/resource_groups', 200, 'resources'],
    ['globalcatalog.cloud.ibm.com', `/api/v1/${keyProtect}`, 200, 'name'],
    ['us-south.iaas.cloud.ibm.com', '/v1/volumes?version=2026-01-01&generation=2', 200, 'volumes'],
    ['eu-de.private.iaas.cloud.ibm.com', '/v1/volumes?version=2026-01-01&generation=2', 200, 'volumes'],
    ['us-south.kms.cloud.ibm.com', '/api/v2/keys', 400, 'resources'],
    ['private.eu-de.kms.cloud.ibm.com', '/api/v2/keys', 400, 'resources'],
  ])('%s answers GET %s with %i', async (host, path, status, member) => {
    const reply = await vendorCall(platform, host, { path });
    expect([host, reply.status]).toEqual([host, status]);
    expect(reply.body).toHaveProperty(member);
  });

  test('iam.cloud.ibm.com gives tokens', async () => {
    const body = 'grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=keyquake-offline';
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const reply = await vendorCall(platform, 'iam.cloud.ibm.com', {
      method: 'POST',
      path: '/identity/token',
      headers,
      body,
    });
    expect([reply.status, reply.body.token_type]).toEqual([200, 'Bearer']);
  });

  test.each([
    ['api.global-search-tagging.cloud.ibm.com', '/v3/resources/search', { query: 'crn:"x"' }, 'items'],
    [
      'tags.global-search-tagging.cloud.ibm.com',
      '/v3/tags/attach?tag_type=user',
      { tag_names: ['a:b'], resources: [{ resource_id: 'crn:v1:bluemix:public:kms:us-south:a/1:2::' }] },
      'results',
    ],
  ])('%s answers POST %s', async (host, path, body, member) => {
    const reply = await vendorCall(platform, host, { method: 'POST', path, body });
    expect(reply.status).toBe(200);
    expect(reply.body).toHaveProperty(member);
  });

  test('host names have no case', async () => {
    const { proxy } = platform;
    const reply = await vendorCall({ proxy }, 'IAM.Cloud.IBM.com', { path: '/v2/roles' });
    expect(reply.status).toBe(200);
  });

  test('a host answers for its own services only, and names what it does not do', async () => {
    const reply = await vendorCall(platform, 'iam.cloud.ibm.com', { path: '/v1/volumes' });
    expect([reply.status, reply.body.errorCode]).toEqual([501, 'not_emulated']);
    expect(JSON.stringify(reply.body)).toContain('GET /v1/volumes');
    const control = await vendorCall(platform, 'us-south.kms.cloud.ibm.com', { path: '/_keyquake/health' });
    expect(control.status).toBe(501);
  });

  describe('an instance is told of by the vendor’s names, and each of them leads to it', () => {
    /** GUID, and the endpoints that the Resource Controller names when it is asked by its own name. */
    async function createInstance(service: 'kms' | 'secrets-manager') {
      const { guid } = await new Encryption(platform).instance({ service });
      const path = `/v2/resource_instances/${guid}`;
      const { body } = await vendorCall(platform, 'resource-controller.cloud.ibm.com', { path });
      return { guid, endpoints: body.extensions.endpoints as { public: string; private: string } };
    }

    test('of Key Protect', async () => {
      const { guid, endpoints } = await createInstance('kms');
      expect(endpoints).toEqual({
        public: 'https://us-south.kms.cloud.ibm.com',
        private: 'https://private.us-south.kms.cloud.ibm.com',
      });
      for (const endpoint of [endpoints.public, endpoints.private]) {
        const headers = { 'bluemix-instance': guid };
        const keys = await vendorCall(platform, new URL(endpoint).hostname, {
          path: '/api/v2/keys',
          headers,
        });
        expect([endpoint, keys.status, keys.body.metadata.collectionTotal]).toEqual([endpoint, 200, 0]);
      }
    });

    test('of Secrets Manager, whose host names carry the instance and the region', async () => {
      const { guid, endpoints } = await createInstance('secrets-manager');
      expect(endpoints).toEqual({
        public: `https://${guid}.us-south.secrets-manager.appdomain.cloud`,
        private: `https://${guid}.private.us-south.secrets-manager.appdomain.cloud`,
      });
      const made = await vendorCall(platform, new URL(endpoints.public).hostname, {
        method: 'POST',
        path: '/api/v2/secrets',
        body: { secret_type: 'arbitrary', name: 'db', payload: 'canary' },
      });
      expect([made.status, made.body.crn.split(':').slice(4, 8)]).toEqual([
        201,
        ['secrets-manager', 'us-south', 'a/0a1b2c3d4e5f60718293a4b5c6d7e8f9', guid],
      ]);
      const path = `/api/v2/secrets/${made.body.id}`;
      const read = await vendorCall(platform, new URL(endpoints.private).hostname, { path });
      expect([read.status, read.body.payload]).toEqual([200, 'canary']);
    });

    test('whose links are the vendor’s too', async () => {
      const { guid } = await createInstance('secrets-manager');
      const host = `${guid}.us-south.secrets-manager.appdomain.cloud`;
      const { body } = await vendorCall(platform, host, { path: '/api/v2/secrets?limit=1' });
      expect(body.first.href).toBe(`https://${host}/api/v2/secrets?limit=1&offset=0`);
    });

    test('and one that does not exist is not found, by its own name', async () => {
      const guid = '11111111-2222-4333-8444-555555555555';
      const host = `${guid}.us-south.secrets-manager.appdomain.cloud`;
      const reply = await vendorCall(platform, host, { path: '/api/v2/secrets' });
      expect(reply.status).toBe(404);
      expect(JSON.stringify(reply.body)).toContain(guid);
    });
  });

  test.each(['us-south', 'eu-de'])('Hyper Protect Crypto Services in %s', async (region) => {
    const guid = '11111111-2222-4333-8444-555555555555';
    for (const host of [
      `${guid}.api.${region}.hs-crypto.appdomain.cloud`,
      `${guid}.api.private.${region}.hs-crypto.appdomain.cloud`,
    ]) {
      const reply = await vendorCall(platform, host, {
        path: '/api/v2/keys',
        headers: { 'bluemix-instance': guid },
      });
      expect([host, reply.status]).toEqual([host, 404]);
    }
    const path = `/crypto_v2/instances/${guid}`;
    const broker = await vendorCall(platform, `${region}.broker.hs-crypto.cloud.ibm.com`, { path });
    expect(broker.status).toBe(404);
  });
});
