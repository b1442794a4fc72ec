/** Exit statuses of the command line. They are a contract: design.md 3.1. */
export const exitCodes = {
  /** Done, or nothing at or above the threshold. */
  done: 0,
  /** Wrong usage, or it could not be done; one line on stderr says why. */
  failure: 1,
  /** Findings at or above the threshold. */
  findings: 2,
  /** `exec`: the command is there but cannot be run, as shells report it. */
  notExecutable: 126,
  /** `exec`: there is no such command, as shells report it. */
  notFound: 127,
} as const;

/** What a shell reports for a program that a signal ended: 128 and the signal's number. */
export function signalExitCode(signal: number): number {
  return 128 + signal;
}
