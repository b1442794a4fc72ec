/**
 * The main job, from beginning to end: synthesize the stack, predict, apply, disable the key, compare, enable it again,
 * destroy. Leaves `keyquake-report.md` and `keyquake-report.json` in the current folder. Ends with status 1 when the
 * prediction was wrong, when enabling did not heal everything, or when `destroy` left something live.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { CliError, reportFailure } from '../../cli/errors';
import { exitCodes, signalExitCode } from '../../cli/exit-codes';
import { writeText } from '../../cli/files';
import { formatSeconds } from '../../domain/time';
import { hostContext } from '../../provider/core/context';
import { type Report, readWorld, render, selectTargets, simulate } from '../../simulator';
import { applyDisableDestroy } from './online';
import { Progress } from './progress';
import { type QuickstartReport, quickstartJson, quickstartMarkdown } from './report';
import { engineEnvironment, findEngine, missingEngine } from './terraform';

const keyAddress = 'ibm_kms_key.key';
const stackName = 'quickstart';

const context = hostContext(process.env);

/** Runs `main` beside this file, as the stack's author would, in the work folder. */
function synthesize(folder: string, progress: Progress): string {
  progress.step('Synthesize examples/quickstart');
  const { status, stderr } = spawnSync(process.execPath, [...process.execArgv, require.resolve('./main')], {
    cwd: folder,
    encoding: 'utf8',
  });
  progress.block(stderr);
  if (status !== 0) throw new CliError({ what: `the synthesis ended with status ${status}` });
  return join(folder, 'cdktf.out');
}

async function predict(out: string, progress: Progress): Promise<[disable: Report, forceDelete: Report]> {
  const world = await readWorld(out, { at: context.now() });
  const ask = (action: 'disable' | 'force-delete'): Report => {
    progress.step(`Predict from the synthesized stack, before anything exists: ${action}`);
    const report = simulate(world, { action, targets: selectTargets(world, keyAddress, action) });
    progress.block(render(report, 'table', { color: process.stdout.isTTY }));
    return report;
  };
  return [ask('disable'), ask('force-delete')];
}

function leaveReport(report: QuickstartReport, progress: Progress): void {
  progress.step('Report');
  const files = [
    ['keyquake-report.md', quickstartMarkdown(report)],
    ['keyquake-report.json', quickstartJson(report)],
  ] as const;
  for (const [name, text] of files) {
    writeText(name, text, {
      what: `${resolve(name)} cannot be written`,
      remedy: 'run the quickstart in a folder that is writable',
    });
    progress.line(resolve(name));
  }
}

/** A folder that is gone when the process ends, however it ends. */
function workFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keyquake-quickstart-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(signalExitCode(constants.signals[signal])));
  }
  return folder;
}

async function quickstart(progress: Progress): Promise<number> {
  const out = synthesize(workFolder(), progress);
  const predictions = await predict(out, progress);
  const [predicted] = predictions;
  const engine = findEngine(engineEnvironment(process.env));
  const at = formatSeconds(context.now());
  if (engine === undefined) {
    progress.step('Apply, disable, compare, destroy: left out');
    progress.line(missingEngine);
    leaveReport({ at, engine: null, predictions, online: null }, progress);
    return exitCodes.done;
  }
  const online = await applyDisableDestroy({
    engine,
    out,
    stackName,
    keyAddress,
    predicted,
    context,
    progress,
  });
  leaveReport({ at, engine: `${engine.command} ${engine.version}`, predictions, online }, progress);
  const { comparison, healed, left } = online;
  return comparison.same && healed && left.live.length === 0 ? exitCodes.done : exitCodes.failure;
}

quickstart(new Progress(process.stdout))
  .catch((error: unknown) => reportFailure(error, process))
  .then((status) => {
    process.exitCode = status;
  });
