/** How the command line refuses: one line on stderr that names what, the value, the rule and the remedy. */
import { exitCodes } from './exit-codes';

export interface Refusal {
  /** What could not be done, with the value that stands in the way: `port 4510 of 127.0.0.1 is in use`. */
  readonly what: string;
  /** The rule that the value breaks, or the cause. */
  readonly rule?: string;
  /** What to do about it. */
  readonly remedy?: string;
  /** @default 1 */
  readonly exitCode?: number;
}

/** Thrown by anything below a command; {@link reportFailure} turns it into the line and the status. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly exitCode: number;

  constructor({ what, rule, remedy, exitCode = exitCodes.failure }: Refusal, options?: ErrorOptions) {
    super(
      [what, rule, remedy]
        .filter((part) => part !== undefined && part !== '')
        .map((part) => oneLine(part as string))
        .join('; '),
      options,
    );
    this.exitCode = exitCode;
  }
}

export function oneLine(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ').trim();
}

function memberOf(error: unknown, name: 'message' | 'code'): string | undefined {
  const value =
    typeof error === 'object' && error !== null ? (error as Record<string, unknown>)[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function messageOf(error: unknown): string {
  return memberOf(error, 'message') ?? String(error);
}

/** The `code` of a system error, `EADDRINUSE` for one. */
export function systemCodeOf(error: unknown): string | undefined {
  return memberOf(error, 'code');
}

const shownCandidates = 10;

/** `candidates: a, b, c and 4 more`; `there are none` for an empty list. */
export function listCandidates(candidates: readonly string[]): string {
  if (candidates.length === 0) return 'there are none';
  const shown = candidates.slice(0, shownCandidates).join(', ');
  const more = candidates.length - shownCandidates;
  return `candidates: ${shown}${more > 0 ? ` and ${more} more` : ''}`;
}

export interface FailureSink {
  readonly stderr: { write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
}

/** Writes the one line, and the stack trace when `KEYQUAKE_DEBUG` is set; answers the exit status. */
export function reportFailure(error: unknown, { stderr, env }: FailureSink): number {
  const expected = error instanceof CliError;
  const debugging = (env['KEYQUAKE_DEBUG'] ?? '') !== '';
  const hint = expected || debugging ? '' : '; set KEYQUAKE_DEBUG=1 to see where';
  stderr.write(`keyquake: ${expected ? '' : 'internal failure: '}${oneLine(messageOf(error))}${hint}\n`);
  if (debugging && error instanceof Error) stderr.write(`${error.stack}\n`);
  return expected ? error.exitCode : exitCodes.failure;
}
