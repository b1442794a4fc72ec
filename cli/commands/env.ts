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

interface Options {
  readonly url?: string;
  readonly format: EnvironmentFormat;
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
    .addHelpText('after', '\nExample:\n  eval "$(keyquake env --url http://127.0.0.1:4510)"')
    .action(async ({ url, format }: Options) => {
      const client = await connect(platformUrl(url, env));
      stdout.write(formatEnvironment(platformEnvironment(client.url, env), format));
    });
}
