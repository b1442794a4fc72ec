/** A platform in this process, for `up`, `exec` and the quickstart. */
import type {
  CreatePlatformOptions,
  InterceptingProxy,
  ListenOptions,
  Logger,
  Platform,
  ProxyOptions,
} from '../mock-platform';
import { CliError, messageOf, systemCodeOf } from './errors';
import { fileCause } from './files';
import type { PlatformSettings } from './platform-options';
import type { Terminal } from './terminal';

export interface EmbeddedPlatform {
  readonly platform: Platform;
  /** Base URL without a trailing slash. */
  readonly url: string;
  readonly proxy?: InterceptingProxy;
}

/** Loaded when it is needed: Express and the store are not for commands that only talk to a platform. */
function room(): typeof import('../mock-platform') {
  return require('../mock-platform') as typeof import('../mock-platform');
}

export function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|::1|\[::1\])$/i.test(host);
}

/** Said whatever the log level: this platform answers without asking who calls, and holds keys. */
export function exposureWarning(host: string): string {
  return [
    '*'.repeat(78),
    `WARNING: the platform listens on ${host}, which is not a loopback address.`,
    'Anyone who reaches this port can read, change and delete everything on it,',
    'secrets and key material included. Use --host 127.0.0.1 unless you mean it.',
    '*'.repeat(78),
    '',
  ].join('\n');
}

function listenFailure(
  error: unknown,
  { port, host }: Required<ListenOptions>,
  option: '--port' | '--proxy-port',
): CliError {
  const where = `port ${port} of ${host}`;
  switch (systemCodeOf(error)) {
    case 'EADDRINUSE':
      return new CliError({
        what: `${where} is in use`,
        rule: "another program, perhaps another 'keyquake up', listens there",
        remedy: `stop it, or pass ${option} 0 for any free port`,
      });
    case 'EACCES':
      return new CliError({
        what: `${where} may not be opened`,
        rule: 'ports below 1024 are for privileged users',
        remedy: `pass a higher ${option}, or 0 for any free one`,
      });
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new CliError({
        what: `--host ${host} is not an address of this machine`,
        remedy: 'pass --host 127.0.0.1, or an address that this machine has',
      });
    default:
      return new CliError({ what: `${where} could not be opened`, rule: messageOf(error) }, { cause: error });
  }
}

async function create(options: CreatePlatformOptions): Promise<Platform> {
  try {
    return await room().createPlatform(options);
  } catch (error) {
    const { store = 'memory' } = options;
    if (store === 'memory') throw error;
    throw new CliError(
      {
        what: `--store ${store} cannot be opened as a store`,
        rule: fileCause(error),
        remedy:
          "name a file that 'keyquake up' has written, or one in a writable folder that is not there yet",
      },
      { cause: error },
    );
  }
}

/** On stderr: everything from `info`, or only what deserves attention from `warn`. */
export function platformLogger(terminal: Terminal, level: 'info' | 'warn'): Logger {
  const logger = room().streamLogger(terminal.stderr);
  return level === 'info' ? logger : { ...logger, info: () => undefined };
}

async function listening<Result>(
  where: Required<ListenOptions>,
  option: '--port' | '--proxy-port',
  start: () => Promise<Result>,
): Promise<Result> {
  try {
    return await start();
  } catch (error) {
    throw listenFailure(error, where, option);
  }
}

/** Creates the platform and listens, its proxy too; a platform that cannot listen is closed again. */
export async function startPlatform(
  settings: PlatformSettings,
  logger: Logger,
  { onRefused }: Pick<ProxyOptions, 'onRefused'> = {},
): Promise<EmbeddedPlatform> {
  const { create: options, listen, proxy: asked } = settings;
  const platform = await create({ ...options, logger });
  try {
    const url = await listening(listen, '--port', () => platform.listen(listen));
    if (asked === undefined) return { platform, url };
    const told = onRefused === undefined ? {} : { onRefused };
    const open = () => platform.listenProxy({ ...asked, ...told });
    return { platform, url, proxy: await listening(asked, '--proxy-port', open) };
  } catch (error) {
    await platform.close();
    throw error;
  }
}
