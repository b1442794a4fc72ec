/** Calls of the token endpoint, for the tests of tokens and of roles. */
import type { Reply, TestPlatform } from '../../support/platform';

export const apiKeyGrant = 'urn:ibm:params:oauth:grant-type:apikey';
export const assumeGrant = 'urn:ibm:params:oauth:grant-type:assume';
/** Basic authorization of the client `bx`, as the vendor's command line sends it. */
export const asBx = { Authorization: `Basic ${Buffer.from('bx:bx').toString('base64')}` };

export function requestToken(
  platform: TestPlatform,
  fields: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<Reply> {
  return platform.request('POST', '/identity/token', String(new URLSearchParams(fields)), headers);
}

export function claimsOf(token: string): Record<string, unknown> {
  const [, payload = ''] = token.split('.');
  return JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')) as Record<string, unknown>;
}
