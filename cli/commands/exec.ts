/** `keyquake exec -- CMD …`: runs CMD with everything set; its exit status is CMD's own. */
import { constants } from 'node:os';
import { Command } from 'commander';
import { asOption, callerAt, callerFrom } from '../caller';
import { runChild } from '../child-process';
import { exposureWarning, isLoopback, platformLogger } from '../embedded-platform';
import { CliError, messageOf } from '../errors';
import { signalExitCode } from '../exit-codes';
import { type HeldSignals, holdSignals } from '../held-signals';
import { missingRoleNotice } from '../missing-roles';
import { givenPlatformOptions, type PlatformFlags, platformOptions, settingsOf } from '../platform-options';
import { defaultHost, namedPlatform, urlOption } from '../platform-url';
import { type CallerAt, openSession, type Session, type SessionPlatform } from '../session';
import type { Invocation, Terminal } from '../terminal';
import { refusalNotice } from '../vendor-proxy';

interface Options extends PlatformFlags {
  readonly url?: string;
  readonly vendorProvider?: boolean;
  /** Who of `--identities` the command acts as: IAM id or name. */
  readonly as?: string;
}

/** The named platform, or one of exec's own; being asked for both is an error. */
function platformFor(terminal: Terminal, command: Command, options: Options): SessionPlatform {
  const { vendorProvider = false } = options;
  const url = namedPlatform(options.url, terminal.env);
  if (url === undefined) {
    if (!isLoopback(options.host)) terminal.stderr.write(exposureWarning(options.host));
    const proxyPort = options.proxyPort ?? (vendorProvider ? 0 : undefined);
    const settings = settingsOf({ ...options, ...(proxyPort === undefined ? {} : { proxyPort }) });
    return { settings, logger: platformLogger(terminal, 'warn') };
  }
  // With a platform that runs already the file only says which API keys there are.
  const [own] = givenPlatformOptions(command).filter((flag) => flag !== '--identities');
  if (own !== undefined) {
    throw new CliError({
      what: `${own} asks for a platform of exec's own, and ${options.url === undefined ? 'KEYQUAKE_URL' : '--url'} names ${url}`,
      rule: 'a platform that runs already keeps its options',
      remedy: `leave out ${own}, or ${options.url === undefined ? 'unset KEYQUAKE_URL' : 'leave out --url'}`,
    });
  }
  return { url, proxied: vendorProvider };
}

/** Nobody else can know a platform of exec's own: the file is read, and not asked of the platform. */
function callerFor(platform: SessionPlatform, options: Options, env: NodeJS.ProcessEnv): CallerAt {
  if ('url' in platform) return (url) => callerAt(url, options, env);
  const caller = callerFrom(options, env);
  return () => caller;
}

/** Writes what is to be told at the end. That nobody knows it any more does not change how the command ended. */
async function tell(
  { stderr }: Terminal,
  what: string,
  noticed: () => Promise<string | undefined>,
): Promise<void> {
  try {
    const notice = await noticed();
    if (notice !== undefined) stderr.write(notice);
  } catch (error) {
    stderr.write(`keyquake: ${what} is not known; ${messageOf(error)}\n`);
  }
}

/** What the command asked for in vain. */
async function tellRefused(session: Session, terminal: Terminal): Promise<void> {
  await tell(terminal, 'which hosts were refused', async () => refusalNotice(await session.refused()));
  await tell(terminal, 'which roles were missing', async () =>
    missingRoleNotice(await session.missingRoles()),
  );
}

/** A signal that came while the platform was being started ends what has not begun. */
async function runUnless(
  signals: HeldSignals,
  words: readonly [string, ...string[]],
  { env }: Session,
): Promise<number> {
  const signal = signals.first();
  return signal === undefined ? runChild(words, { env }) : signalExitCode(constants.signals[signal]);
}

export function execCommand(invocation: Invocation): Command {
  const { terminal } = invocation;
  const command = new Command('exec')
    .argument('<command...>', 'after --: what to run, with its arguments')
    .addOption(urlOption('KEYQUAKE_URL, else a platform of its own, gone at the end'));
  for (const option of platformOptions({ port: 0, host: defaultHost })) command.addOption(option);
  return command
    .addOption(asOption())
    .option('--vendor-provider', "leave 'ibm' to the vendor's own provider, and lead it here through a proxy")
    .addHelpText(
      'after',
      "\nThe exit status is the command's own: 128+n when signal n ended it, 127 when it was not found." +
        "\nWith a proxy no other host can be reached: run 'terraform init' beforehand." +
        "\n\nExamples:\n  keyquake exec -- sh -c 'terraform init && terraform apply -auto-approve'" +
        '\n  keyquake exec --vendor-provider -- terraform apply -auto-approve' +
        '\n  keyquake exec --auth enforce --identities people.json --as ci -- terraform plan',
    )
    .action(async (words: [string, ...string[]], options: Options) => {
      const except = options.vendorProvider ? ['ibm'] : [];
      const platform = platformFor(terminal, command, options);
      const caller = callerFor(platform, options, terminal.env);
      const signals = holdSignals();
      try {
        const session = await openSession(platform, terminal.env, { except, caller });
        try {
          invocation.status = await runUnless(signals, words, session);
          await tellRefused(session, terminal);
        } finally {
          await session.close();
        }
      } finally {
        signals.release();
      }
    });
}
