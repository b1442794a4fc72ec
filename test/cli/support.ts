/** Runs the command line: in this process with captured streams, or as a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { run } from '../../cli/program';

export const root = join(__dirname, '../..');
const entry = [
  '--import',
  join(root, 'node_modules/tsx/dist/loader.mjs'),
  join(root, 'cli/main.ts'),
] as const;

export interface Result {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function collect(stream: NodeJS.ReadableStream): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString('utf8');
}

/** Without the variables of the shell that runs the tests. */
function environment(extra: Record<string, string>): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], HOME: process.env['HOME'], ...extra };
}

/** One run in this process. */
export async function keyquake(
  args: readonly string[],
  { env = {}, input = '' }: { env?: Record<string, string>; input?: string } = {},
): Promise<Result> {
  const [stdin, stdout, stderr] = [new PassThrough(), new PassThrough(), new PassThrough()];
  stdin.end(input);
  const [out, err] = [collect(stdout), collect(stderr)];
  const status = await run(args, { stdin, stdout, stderr, env });
  return { status, stdout: out(), stderr: err() };
}

export interface SpawnOptions {
  readonly env?: Record<string, string>;
  readonly cwd?: string;
  readonly input?: string;
}

export interface RunningCli {
  readonly child: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves when `pattern` has been written to stdout; rejects when the process ends without it. */
  waitFor(pattern: RegExp): Promise<RegExpMatchArray>;
  readonly ended: Promise<Result & { readonly signal: NodeJS.Signals | null }>;
}

const running = new Set<ChildProcess>();
// A test that fails half-way leaves no process behind.
afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts the command line as a process of its own, without waiting for its end. */
export function startKeyquake(args: readonly string[], options: SpawnOptions = {}): RunningCli {
  const { env = {}, cwd = root, input = '' } = options;
  const child = spawn(process.execPath, [...entry, ...args], { cwd, env: environment(env) });
  running.add(child);
  child.stdin.on('error', () => undefined);
  child.stdin.end(input);
  const [stdout, stderr] = [collect(child.stdout), collect(child.stderr)];
  const ended = new Promise<Result & { signal: NodeJS.Signals | null }>((resolve) => {
    child.once('close', (status, signal) => resolve({ status, signal, stdout: stdout(), stderr: stderr() }));
  });
  return {
    child,
    stdout,
    stderr,
    ended,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = stdout().match(pattern);
          if (found) resolve(found);
        };
        look();
        child.stdout.on('data', look);
        void ended.then((result) => reject(new Error(`ended without ${pattern}: ${JSON.stringify(result)}`)));
      }),
  };
}

/** Runs the command line as a process of its own to its end. */
export function spawnKeyquake(args: readonly string[], options: SpawnOptions = {}) {
  return startKeyquake(args, options).ended;
}
