/** `keyquake impact`: what breaks when a key, an authorization or an instance goes away. */
import { Command, InvalidArgumentError, Option } from 'commander';
import { type Instant, parseDuration, parseInstant } from '../../domain/time';
import { machineTime } from '../../mock-platform/kernel/context';
import type { Action, Report, ReportFormat, Severity } from '../../simulator';
import { CliError, messageOf } from '../errors';
import { exitCodes } from '../exit-codes';
import { writeText } from '../files';
import type { Invocation, Terminal } from '../terminal';

/** A time from the world's own on, or a time of its own. */
type When = { readonly after: number } | { readonly instant: Instant };

interface Options {
  readonly key: string;
  readonly action: Action;
  readonly at?: When;
  readonly format: ReportFormat;
  readonly out?: string;
  readonly failOn: Severity | 'never';
}

function room(): typeof import('../../simulator') {
  return require('../../simulator') as typeof import('../../simulator');
}

function parseWhen(text: string): When {
  try {
    return text.startsWith('P') ? { after: parseDuration(text) } : { instant: parseInstant(text) };
  } catch (error) {
    throw new InvalidArgumentError(`${messageOf(error)}.`);
  }
}

/** Formats of the contract that are not there yet are refused as such, not as typing errors. */
const plannedFormats = ['html', 'sarif', 'junit'];

function parseFormat(text: string): ReportFormat {
  const { isReportFormat, reportFormats } = room();
  if (isReportFormat(text)) return text;
  const built = `the formats are ${reportFormats.join(', ')}`;
  if (plannedFormats.includes(text)) {
    throw new CliError({
      what: `--format ${text} is not built yet`,
      rule: built,
      remedy: 'give one of them; json holds everything that the others show',
    });
  }
  throw new CliError({ what: `--format ${text} is unknown`, rule: built });
}

async function readAll({ stdin }: Terminal): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
  return Buffer.concat(chunks).toString('utf8');
}

/** The simulator's own refusals are one line each already. */
function refusalFrom(error: unknown): unknown {
  const { QuestionError, SelectionError, SourceError } = room();
  const expected = [QuestionError, SelectionError, SourceError].some((kind) => error instanceof kind);
  return expected ? new CliError({ what: messageOf(error) }, { cause: error }) : error;
}

async function ask(terminal: Terminal, source: string, { key, action, at }: Options): Promise<Report> {
  const { readWorld, selectTargets, simulate } = room();
  try {
    const standardInput = (): Promise<string> => readAll(terminal);
    const world = await readWorld(source, { at: machineTime(), standardInput });
    const targets = selectTargets(world, key, action);
    if (at === undefined) return simulate(world, { action, targets });
    const instant = 'instant' in at ? at.instant : parseInstant(world.at) + at.after;
    return simulate(world, { action, targets, at: instant });
  } catch (error) {
    throw refusalFrom(error);
  }
}

function colorOn({ stdout, env }: Terminal): boolean {
  return (stdout as { isTTY?: boolean }).isTTY === true && (env['NO_COLOR'] ?? '') === '';
}

function deliver(terminal: Terminal, report: Report, { format, out }: Options): void {
  const { render } = room();
  if (out === undefined) {
    terminal.stdout.write(render(report, format, { color: colorOn(terminal) }));
    return;
  }
  writeText(out, render(report, format), {
    what: `--out ${out} cannot be written`,
    remedy: 'name a file in a folder that is there and writable',
  });
  terminal.stderr.write(`${report.action}: ${report.verdict}; the report is in ${out}\n`);
}

export function impactCommand(invocation: Invocation): Command {
  const { terminal } = invocation;
  const { actions, severities } = room();
  return new Command('impact')
    .argument(
      '<source>',
      "cdktf.out folder, cdk.tf.json, plan or state as JSON, a platform's URL, or - for stdin",
    )
    .requiredOption('--key <selector>', 'Terraform address, id, CRN or name of the key; * for all')
    .addOption(new Option('--action <action>', 'what happens to it').choices(actions).makeOptionMandatory())
    .addOption(
      new Option(
        '--at <time>',
        'when one looks: P31D from the time of the source on, or 2027-01-02T03:04:05Z',
      ).argParser(parseWhen),
    )
    .addOption(
      new Option('--format <format>', 'table, json or markdown').argParser(parseFormat).default('table'),
    )
    .option('--out <file>', 'write the report to a file instead of stdout')
    .addOption(
      new Option('--fail-on <severity>', 'end with status 2 when a finding is this bad or worse')
        .choices([...severities.filter((severity) => severity !== 'safe'), 'never'])
        .default('latent'),
    )
    .addHelpText(
      'after',
      '\nSelectors that match nothing or several things are refused with the candidates. For revoke-authorization and' +
        '\ndelete-instance the selector names the authorization or the instance.' +
        '\n\nExample:\n  keyquake impact cdktf.out --key ibm_kms_key.orders --action disable --fail-on breaks',
    )
    .action(async (source: string, options: Options) => {
      const report = await ask(terminal, source, options);
      deliver(terminal, report, options);
      const { failOn } = options;
      const reached = failOn !== 'never' && room().verdictReaches(report, failOn);
      invocation.status = reached ? exitCodes.findings : exitCodes.done;
    });
}
