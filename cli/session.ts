/** What `exec` and the quickstart run commands in: a platform, our providers, and the variables that lead to both. */
import type { Logger } from '../mock-platform';
import { startPlatform } from './embedded-platform';
import { mergedEnvironment, platformEnvironment } from './environment';
import { connect } from './platform-client';
import type { PlatformSettings } from './platform-options';

export interface Session {
  /** Base URL of the platform. */
  readonly url: string;
  /** The user's environment with everything set. */
  readonly env: NodeJS.ProcessEnv;
  close(): Promise<void>;
}

/** A platform that runs already, or one that begins and ends with the session. */
export type SessionPlatform =
  | { readonly url: string }
  | { readonly settings: PlatformSettings; readonly logger: Logger };

interface Opened {
  readonly url: string;
  close(): Promise<void>;
}

async function openPlatform(chosen: SessionPlatform): Promise<Opened> {
  if ('url' in chosen) {
    await connect(chosen.url);
    return { url: chosen.url, close: async () => undefined };
  }
  const { platform, url } = await startPlatform(chosen.settings, chosen.logger);
  return { url, close: () => platform.close() };
}

/** Serves ibm, keyquake and null in this process; gRPC is loaded here and not before. */
function serveProviders(environment: NodeJS.ProcessEnv) {
  const { serveProviders: serve } = require('../provider/serve') as typeof import('../provider/serve');
  const { hostContext } = require('../provider/core/context') as typeof import('../provider/core/context');
  return serve({ context: hostContext(environment) });
}

export async function openSession(chosen: SessionPlatform, env: NodeJS.ProcessEnv): Promise<Session> {
  const platform = await openPlatform(chosen);
  try {
    const merged = mergedEnvironment(env, platformEnvironment(platform.url, env));
    const providers = await serveProviders(merged);
    return {
      url: platform.url,
      env: { ...merged, ...providers.env },
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
