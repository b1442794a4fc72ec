/** `keyquake reset`: a running platform forgets everything that was created on it; its clock keeps its time. */
import { Command } from 'commander';
import { connect } from '../platform-client';
import { platformUrl, urlOption } from '../platform-url';
import { type Invocation, printLine } from '../terminal';

interface Options {
  readonly url?: string;
}

export function resetCommand({ terminal }: Invocation): Command {
  return new Command('reset')
    .addOption(urlOption())
    .addHelpText(
      'after',
      `\nThe clock keeps its time.\n\nExample:\n  keyquake reset --url http://127.0.0.1:4510`,
    )
    .action(async ({ url }: Options) => {
      const client = await connect(platformUrl(url, terminal.env));
      await client.reset();
      printLine(terminal, `reset ${client.url}`);
    });
}
