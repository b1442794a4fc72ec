/** `keyquake provider install`: for pipelines that run plain `terraform` against a platform. */
import { Command } from 'commander';
import { CliError, messageOf, systemCodeOf } from '../errors';
import { fileCause } from '../files';
import { type Invocation, printLine, type Terminal } from '../terminal';

interface Options {
  readonly dir: string;
}

const defaultDir = '.keyquake';

function install(terminal: Terminal, { dir }: Options): void {
  const { InstallError, installProviders } =
    require('../../provider/install') as typeof import('../../provider/install');
  try {
    const { mirror, configFile, addresses } = installProviders({ dir });
    terminal.stderr.write(`wrote ${addresses.length} provider addresses to ${mirror}\n`);
    printLine(terminal, `export TF_CLI_CONFIG_FILE='${configFile.replace(/'/g, `'\\''`)}'`);
  } catch (error) {
    if (error instanceof InstallError) throw new CliError({ what: messageOf(error) }, { cause: error });
    if (systemCodeOf(error) === undefined) throw error;
    throw new CliError(
      {
        what: `the providers cannot be written to --dir ${dir}`,
        rule: fileCause(error),
        remedy: 'name a folder that is writable, or that can be created',
      },
      { cause: error },
    );
  }
}

export function providerCommand({ terminal }: Invocation): Command {
  const provider = new Command('provider').addHelpText(
    'after',
    '\nExample:\n  eval "$(keyquake provider install --dir .keyquake)" && eval "$(keyquake env)" && terraform init',
  );
  provider
    .command('install')
    .description('write a filesystem mirror and a CLI configuration, and print the variable that names it')
    .option('--dir <dir>', 'folder to write to, created when it is not there', defaultDir)
    .addHelpText('after', '\nExample:\n  eval "$(keyquake provider install)"')
    .action((options: Options) => install(terminal, options));
  return provider;
}
