/** `keyquake up`: the platform in the foreground until a signal ends it. */
import { Command } from 'commander';
import { exposureWarning, isLoopback, platformLogger, startPlatform } from '../embedded-platform';
import { endSignals } from '../held-signals';
import { type PlatformFlags, platformOptions, settingsOf } from '../platform-options';
import { defaultHost, defaultPort } from '../platform-url';
import { type Invocation, printLine, type Terminal } from '../terminal';

/** Resolves with the first of these signals. A second one ends the process at once, as it does by default. */
function endSignal(): Promise<NodeJS.Signals> {
  return new Promise((resolve) => {
    for (const signal of endSignals) process.once(signal, resolve);
  });
}

async function up(terminal: Terminal, flags: PlatformFlags): Promise<void> {
  const ended = endSignal();
  const logger = platformLogger(terminal, 'info');
  const { platform, url, proxy } = await startPlatform(settingsOf(flags), logger);
  if (!isLoopback(flags.host)) terminal.stderr.write(exposureWarning(flags.host));
  if (proxy) logger.info(`proxy ${proxy.url}, its CA certificate ${proxy.caFile}`);
  printLine(terminal, `ready ${url}`);
  logger.info(`${await ended}: finishing what is under way`);
  await platform.close();
}

export function upCommand({ terminal }: Invocation): Command {
  const command = new Command('up');
  for (const option of platformOptions({ port: defaultPort, host: defaultHost })) command.addOption(option);
  return command
    .addHelpText(
      'after',
      "\nPrints 'ready URL' on stdout once it listens, logs on stderr; SIGTERM or SIGINT ends it with status 0." +
        '\n\nExample:\n  keyquake up --port 0 --store platform.db --auth enforce',
    )
    .action((flags: PlatformFlags) => up(terminal, flags));
}
