/** What every resource of the provider is given: endpoints, a token that is always fresh, and who we are. */
import type { Instant } from '../../../domain/time';
import type { Endpoints } from './endpoints';
import { exchange, type HttpRequest, type HttpResponse } from './http';

export interface Credentials {
  readonly apiKey?: string;
  readonly token?: string;
}

/** Claims of the access token that end up in state (ibm-control-plane.md 1.3). */
export interface TokenClaims {
  readonly userId: string;
  readonly account: string;
  readonly issuer: string;
}

interface CachedToken {
  readonly value: string;
  /** When it is fetched anew: after 80 % of its life. */
  readonly refreshAt: Instant;
}

export class CredentialsError extends Error {
  override readonly name = 'CredentialsError';
}

const apiKeyGrant = 'urn:ibm:params:oauth:grant-type:apikey';

export class IbmSession {
  private cached: Promise<CachedToken> | undefined;

  constructor(
    readonly endpoints: Endpoints,
    readonly region: string,
    private readonly credentials: Credentials,
    private readonly now: () => Instant,
    /** Tags of the environment (`IC_ENV_TAGS`), which the vendor adds to every taggable resource. */
    readonly environmentTags: readonly string[] = [],
  ) {}

  /** Sends a request with the bearer token. Throws {@link ApiError} for refusals. */
  async send(request: HttpRequest): Promise<HttpResponse> {
    const authorization = `Bearer ${await this.token()}`;
    return exchange({ ...request, headers: { ...request.headers, authorization } });
  }

  async claims(): Promise<TokenClaims> {
    return readClaims(await this.token());
  }

  /** `https://cloud.ibm.com`, or the console of the test cloud: by the token's issuer (1.3). */
  async consoleUrl(): Promise<string> {
    const { issuer } = await this.claims();
    return issuer.includes('https://iam.cloud.ibm.com')
      ? 'https://cloud.ibm.com'
      : 'https://test.cloud.ibm.com';
  }

  private async token(): Promise<string> {
    if (this.credentials.token !== undefined) return this.credentials.token.replace(/^Bearer\s+/i, '');
    const current = await this.cached?.catch(() => undefined);
    if (current !== undefined && this.now() < current.refreshAt) return current.value;
    this.cached = this.fetchToken();
    return (await this.cached).value;
  }

  private async fetchToken(): Promise<CachedToken> {
    const { apiKey } = this.credentials;
    if (apiKey === undefined) {
      throw new CredentialsError(
        'no credentials: set ibmcloud_api_key in the provider block, or the variable IC_API_KEY',
      );
    }
    const form = new URLSearchParams({ grant_type: apiKeyGrant, apikey: apiKey, response_type: 'cloud_iam' });
    const { body } = await exchange({
      method: 'POST',
      url: `${this.endpoints.iam}/identity/token`,
      body: form,
    });
    const { access_token: value, expires_in: seconds } = body as { access_token: string; expires_in: number };
    return { value, refreshAt: this.now() + seconds * 800 };
  }
}

function readClaims(token: string): TokenClaims {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims = JSON.parse(payload) as { id: string; account: { bss: string }; iss: string };
    return { userId: claims.id, account: claims.account.bss, issuer: claims.iss };
  } catch {
    throw new CredentialsError('the access token is no JSON Web Token with id, account and issuer');
  }
}
