/** What the tests of volumes share: calls with the parameters that every VPC call carries, and how a refusal reads. */
import type { Reply, TestPlatform } from '../../support/platform';

export const call = 'version=2026-03-24&generation=2';

/** The account of a platform that was told none. */
export const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';

export interface Vpc {
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Creates a general-purpose volume of 100 GB in us-south-1, changed by `overrides`. */
  volume(overrides?: Record<string, unknown>): Promise<Reply>;
}

export const prototype = {
  name: 'data-1',
  zone: { name: 'us-south-1' },
  profile: { name: 'general-purpose' },
  capacity: 100,
};

export function vpcOf(platform: TestPlatform): Vpc {
  const request: Vpc['request'] = (method, path, body, headers) =>
    platform.request(method, `/v1${path}${path.includes('?') ? '&' : '?'}${call}`, body, headers);
  return { request, volume: (overrides = {}) => request('POST', '/volumes', { ...prototype, ...overrides }) };
}

/** Status, code and message of a refusal. */
export function refusalOf({ status, body }: Reply): readonly [number, string, string] {
  return [status, body.errors[0].code, body.errors[0].message];
}

export async function volumeCount(vpc: Vpc): Promise<number> {
  return (await vpc.request('GET', '/volumes')).body.total_count;
}
