/** What every resource of the provider is given: endpoints, a token that is always fresh, and who we are. */
import { type Instant, second } from '../../../domain/time';
import type { Endpoints } from './endpoints';
import { step, type VendorWords } from './failures';
import {
  ApiError,
  defaultPatience,
  exchange,
  type HttpRequest,
  type HttpResponse,
  type Patience,
  UnreadableError,
} from './http';

export interface Credentials {
  readonly apiKey?: string;
  readonly token?: string;
}

export interface SessionSettings {
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly credentials: Credentials;
  readonly now: () => Instant;
  /** Tags of the environment (`IC_ENV_TAGS`), which the vendor adds to what it tags. */
  readonly environmentTags?: readonly string[];
  readonly patience?: Patience;
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

/** The vendor's provider asks for the token first, to learn the account (`ibm/conns/config.go`). */
const fetchingUserDetails: VendorWords = {
  says: '[ERROR] Error occured while fetching account user details',
};

const apiKeyGrant = 'urn:ibm:params:oauth:grant-type:apikey';

/** Part of a token's life after which it is fetched anew (ibm-control-plane.md 1.2). */
const usedLife = 0.8;

export class IbmSession {
  readonly endpoints: Endpoints;
  readonly region: string;
  readonly environmentTags: readonly string[];
  private readonly patience: Patience;
  private cached: Promise<CachedToken> | undefined;

  constructor(private readonly settings: SessionSettings) {
    this.endpoints = settings.endpoints;
    this.region = settings.region;
    this.environmentTags = settings.environmentTags ?? [];
    this.patience = settings.patience ?? defaultPatience;
  }

  /** Sends a request with the bearer token. Throws {@link ApiError} for refusals. */
  async send(request: HttpRequest): Promise<HttpResponse> {
    const token = await this.token();
    try {
      return await this.sendWith(request, token);
    } catch (error) {
      const outdated = error instanceof ApiError && error.status === 401 && (await this.outdated(token));
      if (!outdated) throw error;
      return this.sendWith(request, await this.token());
    }
  }

  /** The JSON that an API answers with. Throws {@link UnreadableError} when it answers without any. */
  async json<T>(request: HttpRequest): Promise<T> {
    return bodyOf<T>(request, await this.send(request));
  }

  now(): Instant {
    return this.settings.now();
  }

  /** Whom the token is for. Throws {@link DiagnosticError} when there is none to be had, {@link CredentialsError}. */
  async claims(): Promise<TokenClaims> {
    return readClaims(await step(fetchingUserDetails, this.token()));
  }

  /** `https://cloud.ibm.com`, or the console of the test cloud: by the token's issuer (1.3). */
  async consoleUrl(): Promise<string> {
    const { issuer } = await this.claims();
    return issuer.includes('https://iam.cloud.ibm.com')
      ? 'https://cloud.ibm.com'
      : 'https://test.cloud.ibm.com';
  }

  private sendWith(request: HttpRequest, token: string): Promise<HttpResponse> {
    const headers = { ...request.headers, authorization: `Bearer ${token}` };
    return exchange({ ...request, headers }, this.patience);
  }

  /** An API that does not take the token may have another idea of the time: the token is fetched anew, once. */
  private async outdated(token: string): Promise<boolean> {
    const current = await this.cached;
    if (current?.value === token) this.cached = undefined;
    return current !== undefined;
  }

  private async token(): Promise<string> {
    const { credentials, now } = this.settings;
    if (credentials.token !== undefined) return credentials.token.replace(/^Bearer\s+/i, '');
    const known = this.cached;
    const current = await known?.catch(() => undefined);
    if (current !== undefined && now() < current.refreshAt) return current.value;
    // Whoever waited for the same token finds the one that was fetched meanwhile.
    if (this.cached === known || this.cached === undefined) this.cached = this.fetchToken();
    return (await this.cached).value;
  }

  private async fetchToken(): Promise<CachedToken> {
    const { credentials, endpoints, now } = this.settings;
    const { apiKey } = credentials;
    if (apiKey === undefined) {
      throw new CredentialsError(
        'no credentials: set ibmcloud_api_key in the provider block, or the variable IC_API_KEY',
      );
    }
    const form = new URLSearchParams({ grant_type: apiKeyGrant, apikey: apiKey, response_type: 'cloud_iam' });
    const request = { method: 'POST', url: `${endpoints.iam}/identity/token`, body: form } as const;
    const token = bodyOf<{ access_token: string; expires_in: number }>(
      request,
      await exchange(request, this.patience),
    );
    return { value: token.access_token, refreshAt: now() + token.expires_in * usedLife * second };
  }
}

function bodyOf<T>({ method, url }: HttpRequest, { status, body }: HttpResponse): T {
  if (typeof body === 'object' && body !== null) return body as T;
  throw new UnreadableError(`${method} ${url} answered with status ${status} and no JSON`);
}

function readClaims(token: string): TokenClaims {
  try {
    const payload = Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8');
    const claims = JSON.parse(payload) as { id: string; account: { bss: string }; iss: string };
    return { userId: claims.id, account: claims.account.bss, issuer: claims.iss };
  } catch {
    throw new CredentialsError(
      'the access token is no JSON Web Token with id, account and issuer; give IC_IAM_TOKEN as IAM answered it, or set IC_API_KEY instead',
    );
  }
}
