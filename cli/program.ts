/** Puts the command line together and runs it once. */
import { Command, CommanderError, type OutputConfiguration } from 'commander';
import { version } from '../mock-platform/version';
import { type CommandEntry, commands } from './commands';
import { CliError, reportFailure } from './errors';
import { exitCodes } from './exit-codes';
import type { Invocation, Terminal } from './terminal';

/** The command that the arguments ask for; `help impact` asks for `impact`. */
function requestedCommand(argv: readonly string[]): string | undefined {
  return argv[0] === 'help' ? argv[1] : argv[0];
}

function commandFor(entry: CommandEntry, requested: string | undefined, invocation: Invocation): Command {
  if (entry.name !== requested) return new Command(entry.name).description(entry.summary);
  return entry.load()(invocation).description(entry.summary);
}

function pathOf(command: Command): string {
  return command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();
}

function missingSubcommand(command: Command): CliError {
  const names = command.commands.map((child) => child.name()).filter((name) => name !== 'help');
  return new CliError({
    what: `'${pathOf(command)}' needs one of ${names.join(', ')}`,
    remedy: `run '${pathOf(command)} --help' for what each does`,
  });
}

/** Commander's own words for a usage error, on one line, with the nearest match and where to read more. */
function usageError(error: CommanderError, command: Command): CliError {
  const [, text = error.message, nearest] =
    /^(?:error: )?([\s\S]*?)(?:\n\(Did you mean (.+)\?\))?$/.exec(error.message) ?? [];
  return new CliError({
    what: text.replace(/\.$/, '').replace(/\. (?=\S)/g, ': '),
    ...(nearest === undefined ? {} : { rule: `did you mean ${nearest}?` }),
    remedy: `run '${pathOf(command)} --help' for what there is`,
  });
}

function prepare(command: Command, output: OutputConfiguration): void {
  command.configureOutput(output).exitOverride((error) => {
    if (error.exitCode === 0) throw error;
    throw error.code === 'commander.help' ? missingSubcommand(command) : usageError(error, command);
  });
  for (const child of command.commands) prepare(child, output);
}

export function createProgram(argv: readonly string[], invocation: Invocation): Command {
  const { stdout } = invocation.terminal;
  const program = new Command('keyquake')
    .description('What breaks when an encryption key, a secret or an authorization goes away?')
    .version(version(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', "\nRun 'keyquake COMMAND --help' for the options and an example of a command.");
  const requested = requestedCommand(argv);
  for (const entry of commands) program.addCommand(commandFor(entry, requested, invocation));
  prepare(program, {
    writeOut: (text) => stdout.write(text),
    // What went wrong is thrown, and written once where the run ends.
    writeErr: () => undefined,
    outputError: () => undefined,
  });
  return program;
}

/** Runs one command line (without the interpreter and script) and answers its exit status. */
export async function run(argv: readonly string[], terminal: Terminal): Promise<number> {
  const invocation: Invocation = { terminal, status: exitCodes.done };
  try {
    const program = createProgram(argv, invocation);
    const wanted = requestedCommand(argv);
    if (argv[0] === 'help' && wanted !== undefined && !commands.some(({ name }) => name === wanted)) {
      throw new CliError({
        what: `unknown command '${wanted}'`,
        remedy: "run 'keyquake --help' for what there is",
      });
    }
    if (argv.length === 0) {
      throw new CliError({ what: 'no command was given', remedy: "run 'keyquake --help' for what there is" });
    }
    await program.parseAsync([...argv], { from: 'user' });
    return invocation.status;
  } catch (error) {
    if (error instanceof CommanderError && error.exitCode === 0) return exitCodes.done;
    return reportFailure(error, terminal);
  }
}
