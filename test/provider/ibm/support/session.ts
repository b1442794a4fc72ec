/** Sessions on an API that nock plays, on a clock that the test moves. */
import nock from 'nock';
import { resolveEndpoints } from '../../../../provider/ibm/client/endpoints';
import { type Credentials, IbmSession } from '../../../../provider/ibm/client/session';

export const api = 'https://api.test.example';

/** What the vendor's endpoint variables say when all of them lead to {@link api}. */
export const everywhere = {
  IBMCLOUD_IAM_API_ENDPOINT: api,
  IBMCLOUD_RESOURCE_CONTROLLER_API_ENDPOINT: api,
  IBMCLOUD_RESOURCE_MANAGEMENT_API_ENDPOINT: api,
  IBMCLOUD_RESOURCE_CATALOG_API_ENDPOINT: api,
  IBMCLOUD_GS_API_ENDPOINT: api,
  IBMCLOUD_GT_API_ENDPOINT: api,
  IBMCLOUD_IS_NG_API_ENDPOINT: `${api}/v1`,
  IBMCLOUD_SECRETS_MANAGER_API_ENDPOINT: `${api}/sm`,
} as const;

/** A token as IAM makes them: three segments, of which the second says who it is for (ibm-control-plane.md 1.3). */
export function tokenFor(name: string, issuer = 'https://iam.cloud.ibm.com/identity'): string {
  const segment = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  return [
    segment({ alg: 'RS256' }),
    segment({ id: name, account: { bss: 'acct' }, iss: issuer }),
    'c2ln',
  ].join('.');
}

export interface TestSession {
  readonly session: IbmSession;
  /** Milliseconds since the epoch. */
  now: number;
}

export interface TestSettings {
  readonly credentials?: Credentials;
  readonly environment?: Readonly<Record<string, string>>;
  readonly environmentTags?: readonly string[];
  readonly retries?: number;
}

export function testSession(settings: TestSettings = {}): TestSession {
  const { credentials = { apiKey: 'canary-api-key' }, environment = everywhere } = settings;
  const { retries = 0, environmentTags = [] } = settings;
  const made: TestSession = {
    now: 0,
    session: new IbmSession({
      endpoints: resolveEndpoints({ environment, region: 'us-south', visibility: 'public' }),
      region: 'us-south',
      credentials,
      now: () => made.now,
      environmentTags,
      patience: { retries, timeout: 5_000 },
    }),
  };
  return made;
}

/** Answers token requests, each with a token of its own: `t1`, `t2`, … */
export function tokens(expiresIn: number, times: number): nock.Scope {
  const scope = nock(api);
  for (let count = 1; count <= times; count += 1) {
    scope
      .post('/identity/token', (body) => body.apikey === 'canary-api-key')
      .reply(200, { access_token: tokenFor(`t${count}`), expires_in: expiresIn, token_type: 'Bearer' });
  }
  return scope;
}

/** Nothing but what a test says is answered; what it said must have been asked for. */
export function onlyWhatIsPlayed(): void {
  beforeAll(() => nock.disableNetConnect());
  afterEach(() => {
    const pending = nock.pendingMocks();
    nock.cleanAll();
    expect(pending).toEqual([]);
  });
  // Node's own http module outlives the test file: what nock put into it is taken out again.
  afterAll(() => {
    nock.enableNetConnect();
    nock.restore();
  });
}
