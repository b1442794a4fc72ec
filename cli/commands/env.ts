/** `keyquake env`: the variables that lead vendor tools to a running platform. */
import { Command, Option } from 'commander';
import { asOption, type CallerFlags, callerAt, identitiesOption } from '../caller';
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

interface Options extends CallerFlags {
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
    .addOption(identitiesOption('the JSON file that the platform was started with, for its API keys'))
    .addOption(asOption())
    .addHelpText(
      'after',
      '\nWhat it prints holds an API key.' +
        '\n\nExamples:\n  eval "$(keyquake env --url http://127.0.0.1:4510)"' +
        '\n  eval "$(keyquake env --identities people.json --as ci)"',
    )
    .action(async (options: Options) => {
      const { url, format, vendorProvider } = options;
      const client = await connect(platformUrl(url, env));
      const { apiKey } = await callerAt(client.url, options, env);
      const proxied = vendorProvider
        ? proxyEnvironment(client.url, await proxyOf(client), process.platform)
        : undefined;
      const access = { url: client.url, apiKey, ...(proxied && { proxied }) };
      stdout.write(formatEnvironment(platformEnvironment(access, env), format));
    });
}
