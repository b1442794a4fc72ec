/** `keyquake clock show | advance | set`: the time of a running platform. */
import { Command } from 'commander';
import { parseDuration, parseInstant, TimeFormatError } from '../../domain/time';
import { CliError } from '../errors';
import { connect, type PlatformClient } from '../platform-client';
import { platformUrl, urlOption } from '../platform-url';
import { type Invocation, printLine } from '../terminal';

interface Options {
  readonly url?: string;
}

/** Hands the text on when `parse` reads it. */
function checked(text: string, parse: (text: string) => unknown): string {
  try {
    parse(text);
    return text;
  } catch (error) {
    if (error instanceof TimeFormatError) throw new CliError({ what: error.message }, { cause: error });
    throw error;
  }
}

export function clockCommand({ terminal }: Invocation): Command {
  const client = ({ url }: Options): Promise<PlatformClient> => connect(platformUrl(url, terminal.env));
  const clock = new Command('clock').addHelpText(
    'after',
    '\nExamples:\n  keyquake clock show\n  keyquake clock advance P31D',
  );
  clock
    .command('show')
    .description('print the time, RFC 3339')
    .addOption(urlOption())
    .addHelpText('after', '\nExample:\n  keyquake clock show')
    .action(async (options: Options) => printLine(terminal, await (await client(options)).clock()));
  clock
    .command('advance')
    .description('move the time ahead and print it')
    .argument('<duration>', 'ISO 8601, of weeks, days, hours, minutes or seconds: P7D, PT4H', (text) =>
      checked(text, parseDuration),
    )
    .addOption(urlOption())
    .addHelpText('after', '\nExample:\n  keyquake clock advance P31D')
    .action(async (by: string, options: Options) =>
      printLine(terminal, await (await client(options)).advanceClock(by)),
    );
  clock
    .command('set')
    .description('move the time to an instant, never backwards, and print it')
    .argument('<instant>', 'RFC 3339: 2027-01-02T03:04:05Z', (text) => checked(text, parseInstant))
    .addOption(urlOption())
    .addHelpText('after', '\nExample:\n  keyquake clock set 2027-01-02T03:04:05Z')
    .action(async (to: string, options: Options) =>
      printLine(terminal, await (await client(options)).setClock(to)),
    );
  return clock;
}
