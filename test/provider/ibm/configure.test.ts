/** From the provider block and the vendor's variables to a session (ibm-control-plane.md 1.4). */
import nock from 'nock';
import { Diagnostics } from '../../../provider/core/diagnostics';
import type { ConfigureRequest } from '../../../provider/core/provider';
import { configureIbm } from '../../../provider/ibm/configure';
import { configureKeyquake } from '../../../provider/keyquake/client';
import { onlyWhatIsPlayed, tokenFor } from './support/session';

onlyWhatIsPlayed();

type Config = ConfigureRequest['config'];
type Environment = Readonly<Record<string, string>>;

function request(config: Config = {}, environment: Environment = {}): ConfigureRequest {
  return {
    config,
    unknown: [],
    terraformVersion: '1.11.0',
    context: { now: () => 0, entropy: (length) => Buffer.alloc(length), environment },
    signal: new AbortController().signal,
    diagnostics: new Diagnostics(),
  };
}

/** The API key that the session signs in with. */
async function keyUsed(config: Config, environment: Environment): Promise<string> {
  let used = '';
  nock('https://iam.cloud.ibm.com')
    .post('/identity/token', (body) => {
      used = String(body.apikey);
      return true;
    })
    .reply(200, { access_token: tokenFor('me'), expires_in: 3600 });
  await configureIbm(request(config, environment)).claims();
  return used;
}

describe('the API key', () => {
  const cases: readonly [string, Config, Environment, string][] = [
    ['an argument goes before the variables', { ibmcloud_api_key: 'arg' }, { IC_API_KEY: 'env' }, 'arg'],
    [
      'the argument goes before its deprecated twin',
      { ibmcloud_api_key: 'arg', bluemix_api_key: 'old' },
      {},
      'arg',
    ],
    ['the deprecated argument', { bluemix_api_key: 'old' }, { IC_API_KEY: 'env' }, 'old'],
    [
      'IC_API_KEY',
      {},
      { IC_API_KEY: '1', IBMCLOUD_API_KEY: '2', BM_API_KEY: '3', BLUEMIX_API_KEY: '4' },
      '1',
    ],
    ['IBMCLOUD_API_KEY', {}, { IBMCLOUD_API_KEY: '2', BM_API_KEY: '3', BLUEMIX_API_KEY: '4' }, '2'],
    ['BM_API_KEY', {}, { BM_API_KEY: '3', BLUEMIX_API_KEY: '4' }, '3'],
    ['BLUEMIX_API_KEY', {}, { BLUEMIX_API_KEY: '4' }, '4'],
    [
      'an empty value counts as none',
      { ibmcloud_api_key: '' },
      { IC_API_KEY: '', IBMCLOUD_API_KEY: '2' },
      '2',
    ],
  ];

  test.each(cases)('%s', async (_name, config, environment, expected) => {
    expect(await keyUsed(config, environment)).toBe(expected);
  });
});

describe('the region', () => {
  test.each([
    [{}, {}, 'us-south'],
    [{ region: 'eu-de' }, { IC_REGION: 'eu-gb' }, 'eu-de'],
    [{}, { IC_REGION: 'eu-gb', IBMCLOUD_REGION: 'jp-tok' }, 'eu-gb'],
    [{}, { IBMCLOUD_REGION: 'jp-tok', BM_REGION: 'au-syd' }, 'jp-tok'],
    [{}, { BM_REGION: 'au-syd', BLUEMIX_REGION: 'us-east' }, 'au-syd'],
    [{}, { BLUEMIX_REGION: 'us-east' }, 'us-east'],
  ] as const)('%j %j', (config, environment, expected) => {
    const session = configureIbm(request(config, environment));
    expect(session.region).toBe(expected);
    expect(session.endpoints.vpc).toBe(`https://${expected}.iaas.cloud.ibm.com/v1`);
  });
});

test.each([
  [{ visibility: 'private' }, {}],
  [{}, { IC_VISIBILITY: 'private' }],
  [{}, { IBMCLOUD_VISIBILITY: 'private' }],
])('visibility %j %j', (config, environment) => {
  expect(configureIbm(request(config, environment)).endpoints.iam).toBe(
    'https://private.us-south.iam.cloud.ibm.com',
  );
});

test('tags of the environment', () => {
  const tags = (environment: Environment) => configureIbm(request({}, environment)).environmentTags;
  expect(tags({ IC_ENV_TAGS: 'a:b,c' })).toEqual(['a:b', 'c']);
  expect(tags({ IC_ENV_TAGS: '' })).toEqual([]);
  expect(tags({})).toEqual([]);
});

describe('what cannot be used is refused, on its argument', () => {
  const cases: readonly [string, Config, Environment, string, string][] = [
    [
      'a visibility of a variable',
      {},
      { IC_VISIBILITY: 'secret' },
      'visibility',
      "'secret' is not one of public, private, public-and-private. Set visibility in the provider block, or one of the variables IC_VISIBILITY, IBMCLOUD_VISIBILITY.",
    ],
    [
      'a timeout of a variable',
      {},
      { IC_TIMEOUT: 'soon' },
      'ibmcloud_timeout',
      "'soon' is not a whole number from 0 on.",
    ],
    ['a number of retries', { max_retries: -1 }, {}, 'max_retries', "'-1' is not a whole number from 0 on."],
    [
      'an endpoints file',
      { endpoints_file_path: '/nowhere' },
      {},
      'endpoints_file_path',
      'the endpoints file /nowhere cannot be read as JSON: ENOENT',
    ],
  ];

  test.each(cases)('%s', (_name, config, environment, attribute, detail) => {
    const configure = () => configureIbm(request(config, environment));
    expect(configure).toThrow(detail);
    expect(configure).toThrow(
      expect.objectContaining({ diagnostics: [expect.objectContaining({ attribute: [{ attribute }] })] }),
    );
  });
});

test('retries and time limits are those that were asked for', async () => {
  const session = configureIbm(request({ iam_token: tokenFor('me'), max_retries: 1, ibmcloud_timeout: 2 }));
  nock('https://api.example').get('/thing').twice().reply(503, {}, { 'retry-after': '0' });
  const asking = session.send({ method: 'GET', url: 'https://api.example/thing' });
  await expect(asking).rejects.toMatchObject({ status: 503 });
});

describe('our own provider', () => {
  test('leads everything to its platform, but what a variable leads elsewhere', () => {
    const environment = { IBMCLOUD_IAM_API_ENDPOINT: 'https://iam.example' };
    const { session, platformUrl } = configureKeyquake(
      request({ url: 'http://127.0.0.1:4510' }, environment),
    );
    expect(platformUrl).toBe('http://127.0.0.1:4510');
    expect(session.endpoints).toMatchObject({
      iam: 'https://iam.example',
      resourceController: 'http://127.0.0.1:4510',
      vpc: 'http://127.0.0.1:4510/v1',
    });
    expect(session.endpoints.secretsManager({ guid: 'g', region: 'eu-de' })).toBe(
      'http://127.0.0.1:4510/secrets-manager/g',
    );
  });

  test('works on the real cloud without one', () => {
    const { session, platformUrl } = configureKeyquake(request({ region: 'eu-de' }, { IC_API_KEY: 'k' }));
    expect(platformUrl).toBeUndefined();
    expect(session.endpoints.vpc).toBe('https://eu-de.iaas.cloud.ibm.com/v1');
  });

  test('an address that is none is refused', () => {
    expect(() => configureKeyquake(request({ url: 'localhost:4510' }))).toThrow(
      "'localhost:4510' is no http or https address.",
    );
  });
});
