/** The bearer token that an API key is exchanged for (ibm-control-plane.md 1.2). */
import { offlineApiKey } from '../mock-platform/kernel/identity';
import { CliError } from './errors';
import { notAPlatform, requestJson } from './http';

/** The token endpoint's error body, with the platform's plain cause and remedy beside it. */
interface TokenFailure {
  readonly errorCode?: unknown;
  readonly errorMessage?: unknown;
  readonly keyquake?: { readonly cause?: string; readonly remedy?: string };
}

/** Asks the platform's IAM for a token, the owner's by default; throws with its own words when it refuses the key. */
export async function fetchToken(url: string, apiKey = offlineApiKey): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
    apikey: apiKey,
    response_type: 'cloud_iam',
  });
  const reply = await requestJson(url, { method: 'POST', path: '/identity/token', body });
  const token = (reply.body as { access_token?: unknown } | undefined)?.access_token;
  if (reply.status === 200 && typeof token === 'string') return token;
  const { errorCode, errorMessage, keyquake } = (reply.body ?? {}) as TokenFailure;
  if (typeof errorCode !== 'string') {
    throw notAPlatform(url, `it gave no token: POST /identity/token answered status ${reply.status}`);
  }
  const cause = keyquake?.cause === undefined ? '' : ` (${keyquake.cause})`;
  throw new CliError({
    what: `the platform at ${url} gave no token, with status ${reply.status} ${errorCode}`,
    rule: `${errorMessage}${cause}`,
    remedy: 'pass --identities with the file that it was started with, and --as with who is to act',
  });
}

/** IAM id of whoever the API key speaks for: the claim that the vendor's clients read (ibm-control-plane.md 1.3). */
export async function iamIdOf(url: string, apiKey: string): Promise<string> {
  const [, claims = ''] = (await fetchToken(url, apiKey)).split('.');
  try {
    return (JSON.parse(Buffer.from(claims, 'base64url').toString('utf8')) as { iam_id: string }).iam_id;
  } catch {
    throw notAPlatform(url, 'its access token names nobody');
  }
}
