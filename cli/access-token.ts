/** The bearer token of the account's owner (ibm-control-plane.md 1.2). */
import { offlineApiKey } from './environment';
import { notAPlatform, requestJson } from './http';

/** Asks the platform's IAM for a token with the offline API key. */
export async function fetchToken(url: string): Promise<string> {
  const body = new URLSearchParams({
    grant_type: 'urn:ibm:params:oauth:grant-type:apikey',
    apikey: offlineApiKey,
    response_type: 'cloud_iam',
  });
  const reply = await requestJson(url, { method: 'POST', path: '/identity/token', body });
  const token = (reply.body as { access_token?: unknown } | undefined)?.access_token;
  if (reply.status !== 200 || typeof token !== 'string') {
    throw notAPlatform(url, `it gave no token: POST /identity/token answered status ${reply.status}`);
  }
  return token;
}
