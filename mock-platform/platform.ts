/** A whole platform in one object: nothing is global, many run in one process. */
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Instant } from '../domain/time';
import { controlService } from './control/routes';
import { type Clock, clockSetting, systemClock } from './kernel/clock';
import {
  type Context,
  createContext,
  machineTime,
  type RandomSource,
  seededRandom,
  systemRandom,
} from './kernel/context';
import type { Kernel } from './kernel/http/dispatch';
import { keepAliveTimeout, type ListenOptions, listenOn, stop } from './kernel/http/listening';
import { createApp } from './kernel/http/router';
import { type Logger, silentLogger } from './kernel/logger';
import { masterKeyFor } from './kernel/master-key';
import { checkOptions, defaultOptions, type PlatformOptions } from './kernel/options';
import { SqliteStore } from './kernel/store/sqlite';
import type { Store, StoreDump } from './kernel/store/store';
import { TokenAuthority } from './kernel/tokens';
import { Validator } from './kernel/validation';
import { keyLength, Vault } from './kernel/vault';
import { type InterceptingProxy, type ProxyOptions, startProxy } from './proxy/proxy';
import { contributors, roleReader, services, settlers } from './services';
import { checkIdentities } from './services/iam/seed';
import { KeyMetrics } from './services/key-protect/metrics';
import { version } from './version';

export interface CreatePlatformOptions extends Partial<PlatformOptions> {
  /** `memory` (the default) or the path of a file, which is made when it does not exist. */
  readonly store?: string;
  /** Makes ids, key material and nonces repeatable. For tests and recorded runs. */
  readonly seed?: number;
  /** Where the clock starts; it ticks from there. Default: the machine's time. */
  readonly startAt?: Instant;
  /** A clock of your own, a frozen one for example; takes the place of `startAt`. */
  readonly clock?: Clock;
  readonly logger?: Logger;
}

export interface Platform {
  /** The request listener, for a server of your own. */
  readonly app: RequestListener;
  readonly clock: Clock;
  readonly options: PlatformOptions;
  /** Resolves with the base URL once it listens; rejects with the system's error (EADDRINUSE, for one). */
  listen(options?: ListenOptions): Promise<string>;
  /**
   * Opens a proxy that leads the vendor's own host names here and refuses all others, once the platform listens; it
   * closes with the platform. Rejects with {@link ProxyStateError}, or as {@link Platform.listen} does.
   */
  listenProxy(options?: ProxyOptions): Promise<InterceptingProxy>;
  /** Forgets everything it was told; the clock keeps its time. */
  reset(): Promise<void>;
  /** Everything it knows as plain data; secrets stay sealed. */
  snapshot(): Promise<StoreDump>;
  /** Goes back to a snapshot of this platform. */
  restore(snapshot: StoreDump): Promise<void>;
  /** Stops listening, finishes what is under way, closes the store. */
  close(): Promise<void>;
}

/** A proxy was asked for before the platform listens, or a second one. */
export class ProxyStateError extends Error {
  override readonly name = 'ProxyStateError';
}

const startsSetting = 'keep:starts';

interface OpenStore {
  readonly store: Store;
  readonly masterKey: (random: RandomSource) => Buffer;
}

function openStore(location: string): OpenStore {
  if (location === 'memory') {
    return { store: new SqliteStore(':memory:'), masterKey: (random) => random.bytes(keyLength) };
  }
  // The key file is made before the store: a store without its key is an error, a key without a store is not.
  const key = masterKeyFor(location, systemRandom);
  return { store: new SqliteStore(location), masterKey: () => key };
}

/** Counts the starts of a store, so that a seeded run never repeats a nonce under the same key. */
async function countStart(store: Store): Promise<number> {
  return store.transaction(async (tx) => {
    const starts = Number((await tx.value(startsSetting)) ?? '0') + 1;
    await tx.setValue(startsSetting, String(starts));
    return starts;
  });
}

/** A store that has seen a later time than the machine's goes on from there. */
async function resumeClock(store: Store, clock: Clock): Promise<void> {
  const last = await store.transaction((tx) => tx.value(clockSetting));
  if (last !== undefined && Number(last) > clock.now()) clock.set(Number(last));
}

async function rememberClock(store: Store, clock: Clock): Promise<void> {
  await store.transaction((tx) => tx.setValue(clockSetting, String(clock.now())));
}

async function createKernel(
  { seed, logger = silentLogger }: CreatePlatformOptions,
  options: PlatformOptions,
  clock: Clock,
  { store, masterKey }: OpenStore,
): Promise<Kernel> {
  const random = seed === undefined ? systemRandom : seededRandom(seed, String(await countStart(store)));
  await resumeClock(store, clock);
  const context: Context = createContext({ clock, random });
  const vault = new Vault(masterKey(random), random);
  const validator = new Validator({ lenient: options.lenient });
  return {
    store,
    context,
    vault,
    tokens: new TokenAuthority(vault),
    options,
    validator,
    logger,
    roles: roleReader,
    settlers,
  };
}

function optionsOf(settings: CreatePlatformOptions): PlatformOptions {
  const given = { ...defaultOptions, ...settings };
  const { auth, propagation, registrationRelease, lenient, account } = given;
  const { restoreGeneratedKeys, verifyResponses, identities } = given;
  return {
    auth,
    propagation,
    registrationRelease,
    lenient,
    account,
    restoreGeneratedKeys,
    verifyResponses,
    identities,
  };
}

/**
 * Puts a platform together. It listens only when {@link Platform.listen} is called; `app` works without. Rejects with
 * `PlatformOptionsError`, `IdentitiesError`, `ClockError` or `MasterKeyError` for settings that cannot be.
 */
export async function createPlatform(settings: CreatePlatformOptions = {}): Promise<Platform> {
  const options = optionsOf(settings);
  checkOptions(options);
  checkIdentities(options.identities);
  const clock = settings.clock ?? systemClock(machineTime, settings.startAt);
  const opened = openStore(settings.store ?? 'memory');
  const { store } = opened;
  const metrics = new KeyMetrics();
  const observers = [metrics.observe];
  const kernel: Kernel = { ...(await createKernel(settings, options, clock, opened)), observers };
  let url: string | undefined;
  let proxy: InterceptingProxy | undefined;
  const control = controlService({
    clock,
    services,
    contributors,
    metrics,
    version: version(),
    proxy: () => proxy,
  });
  const app = createApp(kernel, [control, ...services]);
  const server = createServer({ keepAliveTimeout }, app);
  return {
    app,
    clock,
    options: kernel.options,
    async listen(options = {}) {
      url = await listenOn(server, options);
      return url;
    },
    async listenProxy(options = {}) {
      if (url === undefined) throw new ProxyStateError('the platform does not listen yet: call listen first');
      if (proxy !== undefined) throw new ProxyStateError(`the platform has a proxy already: ${proxy.url}`);
      const hosts = services.flatMap((service) => service.hosts);
      const own = () => server.address() as AddressInfo | undefined;
      const opened = await startProxy({
        ...options,
        app,
        platformUrl: url,
        hosts,
        own,
        logger: kernel.logger,
      });
      proxy = {
        ...opened,
        close() {
          proxy = undefined;
          return opened.close();
        },
      };
      return proxy;
    },
    async reset() {
      await store.transaction((tx) => tx.clear());
      metrics.clear();
    },
    snapshot: () => store.dump(),
    async restore(snapshot) {
      await store.load(snapshot);
      metrics.clear();
    },
    async close() {
      await proxy?.close();
      if (server.listening) await stop(server);
      await rememberClock(store, clock);
      await store.close();
    },
  };
}
