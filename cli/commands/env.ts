/** `keyquake env`: the variables that lead vendor tools to a running platform. */
import { Command, Option } from 'commander';
import {
  type EnvironmentFormat,
  environmentFormats,
  formatEnvironment,
  platformEnvironment,
} from '../environment';
import { connect } from '../platform-client';
import { platformUrl, urlOption } from '../platform-url';
import type { Invocation } from '../terminal';
import { proxyEnvironment, proxyOf } from '../vendor-proxy';

interface Options {
  readonly url?: string;
  readonly format: EnvironmentFormat;
  readonly vendorProvider?: boolean;
}

export function envCommand({ terminal }: Invocation): Command {
  const { stdout, env } = terminal;
  return new Command('env')
    .addOption(urlOption())
    .addOption(
      new Option(
        '--format <format>',
        "'shell' to eval, 'json' (null: not to be set), 'github' to append to $GITHUB_ENV",
      )
        .choices(environmentFormats)
        .default('shell'),
    )
    .option(
      '--vendor-provider',
      "also those that lead the vendor's own provider through the platform's proxy",
    )
    .addHelpText('after', '\nExample:\n  eval "$(keyquake env --url http://127.0.0.1:4510)"')
    .action(async ({ url, format, vendorProvider }: Options) => {
      const client = await connect(platformUrl(url, env));
      const proxied = vendorProvider
        ? proxyEnvironment(client.url, await proxyOf(client), process.platform)
        : undefined;
      stdout.write(formatEnvironment(platformEnvironment(client.url, env, proxied), format));
    });
}
