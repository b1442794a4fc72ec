/** Where each API is reached (ibm-control-plane.md 2.1 to 2.4; ibm-vpc.md 1.1; the vendor's provider 2.5.0 for private hosts). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  EndpointError,
  type EndpointSettings,
  resolveEndpoints,
  type Visibility,
} from '../../../../provider/ibm/client/endpoints';

const plain: EndpointSettings = { environment: {}, region: 'us-south', visibility: 'public' };

function urlsOf(settings: EndpointSettings) {
  const { secretsManager: _, keyProtect, ...urls } = resolveEndpoints(settings);
  return { ...urls, keyProtect: keyProtect.regional };
}

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'endpoints-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function file(content: string): string {
  const path = join(folder, 'endpoints.json');
  writeFileSync(path, content);
  return path;
}

describe('of the public cloud', () => {
  test('us-south', () => {
    expect(urlsOf(plain)).toEqual({
      iam: 'https://iam.cloud.ibm.com',
      resourceController: 'https://resource-controller.cloud.ibm.com',
      resourceManager: 'https://resource-controller.cloud.ibm.com',
      catalog: 'https://globalcatalog.cloud.ibm.com',
      search: 'https://api.global-search-tagging.cloud.ibm.com',
      tagging: 'https://tags.global-search-tagging.cloud.ibm.com',
      vpc: 'https://us-south.iaas.cloud.ibm.com/v1',
      keyProtect: 'https://us-south.kms.cloud.ibm.com',
    });
  });

  test('another region changes the regional ones', () => {
    expect(urlsOf({ ...plain, region: 'eu-de' })).toMatchObject({
      iam: 'https://iam.cloud.ibm.com',
      vpc: 'https://eu-de.iaas.cloud.ibm.com/v1',
      keyProtect: 'https://eu-de.kms.cloud.ibm.com',
    });
  });
});

describe('visibility', () => {
  const cases: readonly [Visibility, string, object][] = [
    [
      'private',
      'us-east',
      {
        iam: 'https://private.us-east.iam.cloud.ibm.com',
        resourceController: 'https://private.us-east.resource-controller.cloud.ibm.com',
        catalog: 'https://private.us-east.globalcatalog.cloud.ibm.com',
        search: 'https://api.private.us-south.global-search-tagging.cloud.ibm.com',
        tagging: 'https://tags.private.us-south.global-search-tagging.cloud.ibm.com',
        vpc: 'https://us-east.private.iaas.cloud.ibm.com/v1',
        keyProtect: 'https://private.us-east.kms.cloud.ibm.com',
      },
    ],
    [
      'private',
      'eu-de',
      {
        iam: 'https://private.iam.cloud.ibm.com',
        resourceController: 'https://private.us-south.resource-controller.cloud.ibm.com',
        resourceManager: 'https://private.us-south.resource-controller.cloud.ibm.com',
        catalog: 'https://private.us-south.globalcatalog.cloud.ibm.com',
        search: 'https://api.private.eu-de.global-search-tagging.cloud.ibm.com',
        vpc: 'https://eu-de.private.iaas.cloud.ibm.com/v1',
      },
    ],
    [
      'public-and-private',
      'eu-de',
      {
        iam: 'https://private.iam.cloud.ibm.com',
        resourceController: 'https://resource-controller.cloud.ibm.com',
        vpc: 'https://eu-de.private.iaas.cloud.ibm.com/v1',
      },
    ],
    [
      'public-and-private',
      'us-south',
      { resourceController: 'https://private.us-south.resource-controller.cloud.ibm.com' },
    ],
  ];

  test.each(cases)('%s in %s', (visibility, region, expected) => {
    expect(urlsOf({ ...plain, visibility, region })).toMatchObject(expected);
  });
});

describe('a variable goes before the file, the file before the cloud', () => {
  const content = JSON.stringify({
    IBMCLOUD_IAM_API_ENDPOINT: {
      public: { 'us-south': 'https://file.example/iam' },
      private: { 'us-south': 'https://private.file.example' },
    },
    IBMCLOUD_IS_NG_API_ENDPOINT: { public: { 'eu-de': 'https://file.example/vpc' } },
  });

  test.each([
    ['nothing', {}, 'https://file.example/iam'],
    ['empty', { IBMCLOUD_IAM_API_ENDPOINT: '' }, 'https://file.example/iam'],
    ['set', { IBMCLOUD_IAM_API_ENDPOINT: 'https://env.example' }, 'https://env.example'],
    [
      'set with a slash at its end',
      { IBMCLOUD_IAM_API_ENDPOINT: 'https://env.example/' },
      'https://env.example',
    ],
  ])('variable %s', (_name, environment, iam) => {
    expect(urlsOf({ ...plain, environment, endpointsFile: file(content) }).iam).toBe(iam);
  });

  test('an entry is for one visibility and one region', () => {
    const endpointsFile = file(content);
    expect(urlsOf({ ...plain, visibility: 'private', endpointsFile }).iam).toBe(
      'https://private.file.example',
    );
    expect(urlsOf({ ...plain, endpointsFile }).vpc).toBe('https://us-south.iaas.cloud.ibm.com/v1');
    expect(urlsOf({ ...plain, region: 'eu-de', endpointsFile }).vpc).toBe('https://file.example/vpc');
  });

  test('the file is ignored, and not even read, where both visibilities are allowed', () => {
    const settings = { ...plain, visibility: 'public-and-private', endpointsFile: '/nowhere' } as const;
    expect(urlsOf(settings).iam).toBe('https://private.us-south.iam.cloud.ibm.com');
  });

  test('a file that is not there or is no JSON object is named', () => {
    const missing = join(folder, 'missing.json');
    expect(() => resolveEndpoints({ ...plain, endpointsFile: missing })).toThrow(
      `the endpoints file ${missing} cannot be read as JSON: ENOENT`,
    );
    const broken = file('{');
    expect(() => resolveEndpoints({ ...plain, endpointsFile: broken })).toThrow(EndpointError);
    const list = file('[]');
    expect(() => resolveEndpoints({ ...plain, endpointsFile: list })).toThrow(
      `the endpoints file ${list} holds no object`,
    );
  });
});

describe('Secrets Manager has a host per instance (2.3)', () => {
  const guid = 'g';
  const hosts: readonly [string, Partial<EndpointSettings>, string | undefined, string][] = [
    ['public', {}, undefined, 'https://g.eu-gb.secrets-manager.appdomain.cloud'],
    ['public, said', {}, 'public', 'https://g.eu-gb.secrets-manager.appdomain.cloud'],
    ['private, said', {}, 'private', 'https://g.private.eu-gb.secrets-manager.appdomain.cloud'],
    [
      'private, from the provider',
      { visibility: 'private' },
      undefined,
      'https://g.private.eu-gb.secrets-manager.appdomain.cloud',
    ],
    [
      'public, said against the provider',
      { visibility: 'private' },
      'public',
      'https://g.eu-gb.secrets-manager.appdomain.cloud',
    ],
    [
      'of the test cloud',
      { environment: { IBMCLOUD_IAM_API_ENDPOINT: 'https://iam.test.cloud.ibm.com' } },
      undefined,
      'https://g.eu-gb.secrets-manager.test.appdomain.cloud',
    ],
    [
      'of a variable, which the vendor documents and ignores',
      { environment: { IBMCLOUD_SECRETS_MANAGER_API_ENDPOINT: 'http://127.0.0.1:4510/secrets-manager' } },
      'private',
      'http://127.0.0.1:4510/secrets-manager/g',
    ],
  ];

  test.each(hosts)('%s', (_name, settings, endpointType, expected) => {
    const { secretsManager } = resolveEndpoints({ ...plain, ...settings });
    expect(secretsManager({ guid, region: 'eu-gb', endpointType })).toBe(expected);
  });
});
