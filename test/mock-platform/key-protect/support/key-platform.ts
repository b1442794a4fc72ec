/**
 * A platform with one instance of Key Protect and one of Hyper Protect Crypto Services, on a clock that stands still.
 * Requests go over HTTP; `inSession` calls what other services call, as one of their requests would.
 */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { formatInstant, parseDuration, parseInstant } from '../../../../domain/time';
import { type Clock, frozenClock } from '../../../../mock-platform';
import { controlService } from '../../../../mock-platform/control/routes';
import { createContext, seededRandom } from '../../../../mock-platform/kernel/context';
import type { Kernel } from '../../../../mock-platform/kernel/http/dispatch';
import { createApp } from '../../../../mock-platform/kernel/http/router';
import { ownerOf } from '../../../../mock-platform/kernel/identity';
import { silentLogger } from '../../../../mock-platform/kernel/logger';
import type { Session } from '../../../../mock-platform/kernel/operation';
import { defaultOptions, type PlatformOptions } from '../../../../mock-platform/kernel/options';
import { SqliteStore } from '../../../../mock-platform/kernel/store/sqlite';
import { TokenAuthority } from '../../../../mock-platform/kernel/tokens';
import { Validator } from '../../../../mock-platform/kernel/validation';
import { Vault } from '../../../../mock-platform/kernel/vault';
import { contributors, roleReader, services, settlers } from '../../../../mock-platform/services';
import { KeyMetrics } from '../../../../mock-platform/services/key-protect/metrics';
import {
  type InstanceDocument,
  instances,
} from '../../../../mock-platform/services/resource-controller/instances';
import { type Reply, testStart } from '../../../support/platform';

export const account = '0a1b2c3d4e5f60718293a4b5c6d7e8f9';
export const kms = '11111111-2222-4333-8444-555555555555';
export const hyperProtect = '99999999-8888-4777-8666-555555555555';
export const unknownKey = '00000000-0000-4000-8000-000000000000';

/** Two people with all roles on keys, one that may read, one that may purge. */
const identities = {
  ownerApiKeys: ['key-of-owner'],
  users: [
    {
      id: 'IBMid-anna',
      name: 'anna',
      apiKeys: ['key-of-anna'],
      access: [{ roles: ['Manager'], service: 'kms' }],
    },
    {
      id: 'IBMid-ben',
      name: 'ben',
      apiKeys: ['key-of-ben'],
      access: [{ roles: ['Manager'], service: 'kms' }],
    },
    {
      id: 'IBMid-rita',
      name: 'rita',
      apiKeys: ['key-of-rita'],
      access: [{ roles: ['Reader'], service: 'kms' }],
    },
    {
      id: 'IBMid-paul',
      name: 'paul',
      apiKeys: ['key-of-paul'],
      access: [{ roles: ['KeyPurge'], service: 'kms' }],
    },
  ],
};

export type User = 'owner' | 'anna' | 'ben' | 'rita' | 'paul';

export interface Options {
  /** Instance GUID; `kms` when absent. */
  readonly instance?: string;
  readonly headers?: Record<string, string>;
}

export interface KeyPlatform {
  readonly url: string;
  readonly clock: Clock;
  /** `path` is below `/api/v2`. */
  call(method: string, path: string, body?: unknown, options?: Options): Promise<Reply>;
  /** A path of any service. */
  request(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>;
  /** `Authorization` for one of the people. */
  as(user: User): Promise<Record<string, string>>;
  advance(duration: string): void;
  inSession<Result>(work: (session: Session) => Promise<Result>): Promise<Result>;
  /** The whole store as text: what is in it in the clear can be found in here. */
  storeText(): Promise<string>;
  close(): Promise<void>;
}

function instanceDocument(service: string, guid: string): InstanceDocument {
  const at = testStart;
  const by = 'IBMid-0000000001';
  return {
    guid,
    crn: `crn:v1:bluemix:public:${service}:us-south:a/${account}:${guid}::`,
    name: `instance of ${service}`,
    service,
    serviceId: `id-of-${service}`,
    planId: `plan-of-${service}`,
    targetCrn: 'crn:v1:bluemix:public:globalcatalog::::deployment:us-south',
    location: 'us-south',
    resourceGroupId: 'the-default-group',
    account,
    state: 'active',
    parameters: {},
    allowCleanup: false,
    locked: false,
    planHistory: [],
    lastOperation: { type: 'create', description: 'created', at },
    createdAt: at,
    createdBy: by,
    updatedAt: at,
    updatedBy: by,
  };
}

function newKernel(options: PlatformOptions, metrics: KeyMetrics): Kernel & { readonly store: SqliteStore } {
  const random = seededRandom(1);
  const vault = new Vault(random.bytes(32), random);
  return {
    store: new SqliteStore(':memory:'),
    context: createContext({ clock: frozenClock(parseInstant(testStart)), random }),
    vault,
    tokens: new TokenAuthority(vault),
    options,
    validator: new Validator({ lenient: options.lenient }),
    logger: silentLogger,
    roles: roleReader,
    settlers,
    observers: [metrics.observe],
  };
}

export async function startKeyPlatform(settings: Partial<PlatformOptions> = {}): Promise<KeyPlatform> {
  const metrics = new KeyMetrics();
  const kernel = newKernel({ ...defaultOptions, verifyResponses: true, identities, ...settings }, metrics);
  const { store, context } = kernel;
  const { clock } = context;
  await store.transaction(async (tx) => {
    for (const [service, guid] of [
      ['kms', kms],
      ['hs-crypto', hyperProtect],
    ] as const) {
      const doc = instanceDocument(service, guid);
      await tx.insert(instances, { id: guid, scope: account, name: doc.name, doc });
    }
  });
  const control = controlService({ clock, services, contributors, metrics, version: 'test' });
  const server = createServer(createApp(kernel, [control, ...services]));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function request(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Reply> {
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const init = { method, headers, ...(payload === undefined ? {} : { body: payload }) };
    const response = await fetch(`${url}${path}`, init as RequestInit);
    const text = await response.text();
    return {
      status: response.status,
      headers: response.headers,
      body: text === '' ? undefined : JSON.parse(text),
    };
  }

  const tokens = new Map<User, string>();
  return {
    url,
    clock,
    request,
    call: (method, path, body, { instance = kms, headers = {} } = {}) =>
      request(method, `/api/v2${path}`, body, { 'Bluemix-Instance': instance, ...headers }),
    async as(user) {
      const known = tokens.get(user);
      if (known !== undefined) return { Authorization: `Bearer ${known}` };
      const form = `grant_type=urn:ibm:params:oauth:grant-type:apikey&apikey=key-of-${user}`;
      const reply = await request('POST', '/identity/token', form);
      tokens.set(user, reply.body.access_token);
      return { Authorization: `Bearer ${reply.body.access_token}` };
    },
    advance(duration) {
      clock.advance(parseDuration(duration));
      tokens.clear();
    },
    inSession: (work) =>
      store.transaction(async (tx) => {
        const ignore = () => undefined;
        const session: Session = {
          tx,
          now: clock.now(),
          context,
          vault: kernel.vault,
          tokens: kernel.tokens,
          options: kernel.options,
          identity: ownerOf(account),
          logger: silentLogger,
          requestId: 'in-session',
          baseUrl: url,
          record: ignore,
          describe: ignore,
        };
        for (const settle of settlers) await settle(session);
        return work(session);
      }),
    storeText: async () => JSON.stringify(await store.dump()),
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
      await store.close();
    },
  };
}

/** The platform's time, as the wire writes it. */
export function now({ clock }: KeyPlatform): string {
  return `${formatInstant(clock.now()).slice(0, 19)}Z`;
}
