/** What the tests of Secrets Manager share: an instance to call, and how a refusal reads. */
import { Encryption } from '../../support/encryption';
import { type Reply, startTestPlatform, type TestPlatform } from '../../support/platform';

export interface SecretsManager {
  readonly guid: string;
  readonly crn: string;
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** Creates an arbitrary secret named `db`, changed by `overrides`, and answers it. */
  secret(overrides?: Record<string, unknown>): Promise<Reply['body']>;
  rotate(secretId: string, payload: string): Promise<Reply>;
  lock(secretId: string, names: readonly string[], options?: LockOptions): Promise<Reply>;
}

export interface LockOptions {
  /** Default: on the secret, which means its current version. */
  readonly version?: string;
  readonly mode?: 'remove_previous' | 'remove_previous_and_delete';
}

export const prototype = { secret_type: 'arbitrary', name: 'db', payload: 'first' };

export function secretsManagerAt(
  platform: TestPlatform,
  { guid, crn }: { readonly guid: string; readonly crn: string },
): SecretsManager {
  const request: SecretsManager['request'] = (method, path, body, headers) =>
    platform.request(method, `/secrets-manager/${guid}/api/v2${path}`, body, headers);
  return {
    guid,
    crn,
    request,
    async secret(overrides = {}) {
      const reply = await request('POST', '/secrets', { ...prototype, ...overrides });
      if (reply.status !== 201) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
      return reply.body;
    },
    rotate: (id, payload) => request('POST', `/secrets/${id}/versions`, { payload }),
    lock(id, names, { version, mode } = {}) {
      const on = version === undefined ? `/secrets/${id}` : `/secrets/${id}/versions/${version}`;
      const query = mode === undefined ? '' : `?mode=${mode}`;
      return request('POST', `${on}/locks_bulk${query}`, { locks: names.map((name) => ({ name })) });
    },
  };
}

export interface World {
  readonly platform: TestPlatform;
  readonly cloud: Encryption;
  readonly secretsManager: SecretsManager;
}

/** A platform with one instance whose root key the provider manages. */
export async function startWithInstance(): Promise<World> {
  const platform = await startTestPlatform();
  const cloud = new Encryption(platform);
  const instance = await cloud.instance({ service: 'secrets-manager' });
  return { platform, cloud, secretsManager: secretsManagerAt(platform, instance) };
}

/** Status, code and message of a refusal. */
export function refusalOf({ status, body }: Reply): readonly [number, string, string] {
  return [status, body.errors[0].code, body.errors[0].message];
}

/** The vendor's own words (ibm-control-plane.md 6.2.6; secret-locks.md). */
export const locked = "The requested action can't be completed because the secret version is locked.";

/** Locks by alias, as `locks_bulk` answers them. */
export function locksByAlias({ body }: Reply): Record<string, unknown> {
  return Object.fromEntries(
    body.versions.map(({ version_alias, locks, payload_available }: Record<string, unknown>) => [
      version_alias,
      { locks, payload_available },
    ]),
  );
}
