/** What `exec` and the quickstart run commands in: a platform, our providers, and the variables that lead to both. */
import type { Logger } from '../mock-platform';
import { offlineApiKey } from '../mock-platform/kernel/identity';
import type { Caller } from './caller';
import { startPlatform } from './embedded-platform';
import { mergedEnvironment, platformEnvironment } from './environment';
import { missingRolesFromNow } from './missing-roles';
import {
  connect,
  PlatformClient,
  type ProxyPlace,
  type RefusedHost,
  type RefusedRequest,
} from './platform-client';
import type { PlatformSettings } from './platform-options';
import { proxyEnvironment, proxyOf, refusedSince } from './vendor-proxy';

export interface Session {
  /** Base URL of the platform. */
  readonly url: string;
  /** The user's environment with everything set. */
  readonly env: NodeJS.ProcessEnv;
  /** What the proxy refused since the session was opened; nothing where there is no proxy. */
  refused(): Promise<readonly RefusedHost[]>;
  /** What the platform refused for a missing role since the session was opened, whoever asked for it. */
  missingRoles(): Promise<readonly RefusedRequest[]>;
  close(): Promise<void>;
}

/** A platform that runs already, through its proxy or not, or one that begins and ends with the session. */
export type SessionPlatform =
  | { readonly url: string; readonly proxied?: boolean }
  | { readonly settings: PlatformSettings; readonly logger: Logger };

/** Whom the command acts as: known beforehand, or once the platform answers at its URL. */
export type CallerAt = (url: string) => Caller | Promise<Caller>;

interface Opened {
  readonly url: string;
  readonly proxy?: ProxyPlace;
  close(): Promise<void>;
}

async function openPlatform(chosen: SessionPlatform): Promise<Opened> {
  if ('url' in chosen) {
    const client = await connect(chosen.url);
    const proxy = chosen.proxied ? { proxy: await proxyOf(client) } : {};
    return { url: chosen.url, ...proxy, close: async () => undefined };
  }
  // The session tells what was refused when it ends.
  const onRefused = (): void => undefined;
  const { platform, url, proxy } = await startPlatform(chosen.settings, chosen.logger, { onRefused });
  const place = proxy && { url: proxy.url, ca: proxy.caFile, endpoints: proxy.endpointsFile };
  return { url, ...(place && { proxy: place }), close: () => platform.close() };
}

/** Serves our providers in this process; gRPC is loaded here and not before. */
function serveProviders(environment: NodeJS.ProcessEnv, except: readonly string[]) {
  const { serveProviders: serve } = require('../provider/serve') as typeof import('../provider/serve');
  const { servedProviders } = require('../provider/registry') as typeof import('../provider/registry');
  const { hostContext } = require('../provider/core/context') as typeof import('../provider/core/context');
  const names = servedProviders.map(({ name }) => name).filter((name) => !except.includes(name));
  return serve({ context: hostContext(environment), names });
}

export interface SessionOptions {
  /** Names of providers that the command brings itself. @default - none: ibm, keyquake and null are ours */
  readonly except?: readonly string[];
  /** @default - the account's owner */
  readonly caller?: CallerAt;
}

export async function openSession(
  chosen: SessionPlatform,
  env: NodeJS.ProcessEnv,
  { except = [], caller = () => ({ apiKey: offlineApiKey }) }: SessionOptions = {},
): Promise<Session> {
  const platform = await openPlatform(chosen);
  try {
    const { url, proxy } = platform;
    const { apiKey } = await caller(url);
    const access = { url, apiKey, ...(proxy && { proxied: proxyEnvironment(url, proxy, process.platform) }) };
    const merged = mergedEnvironment(env, platformEnvironment(access, env));
    const client = new PlatformClient(url);
    const refused = async () => (proxy ? client.refusedHosts() : []);
    const before = await refused();
    const missingRoles = await missingRolesFromNow(client);
    const providers = await serveProviders(merged, except);
    return {
      url,
      env: { ...merged, ...providers.env },
      refused: async () => refusedSince(before, await refused()),
      missingRoles,
      async close() {
        providers.close();
        await platform.close();
      },
    };
  } catch (error) {
    await platform.close();
    throw error;
  }
}
