/** `keyquake exec -- CMD …`: runs CMD with everything set; its exit status is CMD's own. */
import { Command, Option } from 'commander';
import { runChild } from '../child-process';
import { exposureWarning, isLoopback, platformLogger } from '../embedded-platform';
import { CliError } from '../errors';
import { givenPlatformOptions, type PlatformFlags, platformOptions, settingsOf } from '../platform-options';
import { defaultHost, namedPlatform, urlOption } from '../platform-url';
import { openSession, type SessionPlatform } from '../session';
import type { Invocation, Terminal } from '../terminal';

interface Options extends PlatformFlags {
  readonly url?: string;
}

function refuseVendorProvider(): never {
  throw new CliError({
    what: '--vendor-provider is not built yet',
    rule: "exec runs Keyquake's own stand-in of the ibm provider",
    remedy: "leave it out, or lead the vendor's provider to a platform with the variables of 'keyquake env'",
  });
}

/** The named platform, or one of exec's own; being asked for both is an error. */
function platformFor(terminal: Terminal, command: Command, options: Options): SessionPlatform {
  const url = namedPlatform(options.url, terminal.env);
  if (url === undefined) {
    if (!isLoopback(options.host)) terminal.stderr.write(exposureWarning(options.host));
    return { settings: settingsOf(options), logger: platformLogger(terminal, 'warn') };
  }
  const [own] = givenPlatformOptions(command);
  if (own !== undefined) {
    throw new CliError({
      what: `${own} asks for a platform of exec's own, and ${options.url === undefined ? 'KEYQUAKE_URL' : '--url'} names ${url}`,
      rule: 'a platform that runs already keeps its options',
      remedy: `leave out ${own}, or ${options.url === undefined ? 'unset KEYQUAKE_URL' : 'leave out --url'}`,
    });
  }
  return { url };
}

export function execCommand(invocation: Invocation): Command {
  const { terminal } = invocation;
  const command = new Command('exec')
    .argument('<command...>', 'after --: what to run, with its arguments')
    .addOption(urlOption('KEYQUAKE_URL, else a platform of its own, gone at the end'));
  for (const option of platformOptions({ port: 0, host: defaultHost })) command.addOption(option);
  return command
    .addOption(new Option('--vendor-provider').hideHelp().argParser(refuseVendorProvider))
    .addHelpText(
      'after',
      "\nThe exit status is the command's own: 128+n when signal n ended it, 127 when it was not found." +
        "\n\nExample:\n  keyquake exec -- sh -c 'terraform init && terraform apply -auto-approve'",
    )
    .action(async (words: [string, ...string[]], options: Options) => {
      const session = await openSession(platformFor(terminal, command, options), terminal.env);
      try {
        invocation.status = await runChild(words, { env: session.env });
      } finally {
        await session.close();
      }
    });
}
