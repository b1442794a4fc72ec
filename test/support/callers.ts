/** Requests of somebody in particular, for tests with enforced roles. (ibm-control-plane.md 1.2) */
import type { TestPlatform } from './platform';

/** The header that speaks for whoever has the API key. */
export async function bearerOf(platform: TestPlatform, apikey: string): Promise<Record<string, string>> {
  const grant_type = 'urn:ibm:params:oauth:grant-type:apikey';
  const form = new URLSearchParams({ grant_type, apikey }).toString();
  const { status, body } = await platform.request('POST', '/identity/token', form);
  if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
  return { Authorization: `Bearer ${body.access_token}` };
}

/** The platform as one caller sees it: every request carries the caller's token. */
export async function calledBy(platform: TestPlatform, apikey: string): Promise<TestPlatform> {
  const caller = await bearerOf(platform, apikey);
  return {
    ...platform,
    request: (method, path, body, headers) => platform.request(method, path, body, { ...caller, ...headers }),
  };
}
