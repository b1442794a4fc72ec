/** Runs the user's command as if keyquake were not there: its streams, its signals, its exit status. */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { CliError, messageOf, systemCodeOf } from './errors';
import { exitCodes, signalExitCode } from './exit-codes';
import { endSignals } from './held-signals';

/**
 * A terminal sends Ctrl-C to every process of the foreground group, so the child has it already; a second one would
 * make Terraform give up at once and lose state. Without a terminal we are the only one who was told.
 */
function hasTerminal(): boolean {
  return [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY === true);
}

function notStarted(command: string, error: unknown): CliError {
  switch (systemCodeOf(error)) {
    case 'ENOENT':
      return new CliError({
        what: `the command '${command}' was not found`,
        remedy: 'install it, or give its path after --',
        exitCode: exitCodes.notFound,
      });
    case 'EACCES':
      return new CliError({
        what: `the command '${command}' cannot be run`,
        rule: 'it is not an executable file',
        remedy: 'make it executable, or name its interpreter after --',
        exitCode: exitCodes.notExecutable,
      });
    case 'ERR_INVALID_ARG_VALUE':
      return new CliError({
        what: `the command '${command}' is none`,
        rule: 'it is empty, or holds a null character',
        remedy: 'give the path of a program after --',
        exitCode: exitCodes.notFound,
      });
    default:
      return new CliError({
        what: `the command '${command}' could not be started`,
        rule: messageOf(error),
        exitCode: exitCodes.notExecutable,
      });
  }
}

export interface ChildOptions {
  readonly env: NodeJS.ProcessEnv;
  /** @default - the folder of this process */
  readonly cwd?: string;
  /** Takes what the child writes, and gives it nothing to read. @default - the child has our own streams */
  readonly onOutput?: (text: string, stream: 'stdout' | 'stderr') => void;
}

/** What is wrong with the command itself, an empty name for one, is thrown at once, not told by an event. */
function started(command: string, args: readonly string[], options: SpawnOptions): ChildProcess {
  try {
    return spawn(command, args, options);
  } catch (error) {
    throw notStarted(command, error);
  }
}

/** Resolves with the child's exit status, 128+n when signal n ended it; throws when it could not be started. */
export async function runChild(
  [command, ...args]: readonly [string, ...string[]],
  { env, cwd, onOutput }: ChildOptions,
): Promise<number> {
  const child = started(command, args, {
    env,
    stdio: onOutput === undefined ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    ...(cwd === undefined ? {} : { cwd }),
  });
  for (const name of ['stdout', 'stderr'] as const) {
    child[name]?.setEncoding('utf8').on('data', (text: string) => onOutput?.(text, name));
  }
  const forward = (signal: NodeJS.Signals): void => {
    if (signal === 'SIGTERM' || !hasTerminal()) child.kill(signal);
  };
  for (const signal of endSignals) process.on(signal, forward);
  return new Promise<number>((resolve, reject) => {
    child.once('error', (error) => reject(notStarted(command, error)));
    child.once('close', (code, signal) =>
      resolve(signal === null ? (code ?? exitCodes.failure) : signalExitCode(constants.signals[signal])),
    );
  }).finally(() => {
    for (const signal of endSignals) process.off(signal, forward);
  });
}
