/** What a command touches of the process that runs it, so that tests can hand in their own. */
import type { Readable, Writable } from 'node:stream';

export interface Terminal {
  readonly stdin: Readable;
  readonly stdout: Writable;
  readonly stderr: Writable;
  readonly env: NodeJS.ProcessEnv;
}

/** One run of a command: where it reads and writes, and the status that it ends with. */
export interface Invocation {
  readonly terminal: Terminal;
  /** Exit status; 0 until a command says otherwise. */
  status: number;
}

export function printLine(terminal: Terminal, line: string): void {
  terminal.stdout.write(`${line}\n`);
}
