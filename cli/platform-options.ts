/** The options that describe a platform to start: those of `up`, which `exec` takes too. */
import { type Command, InvalidArgumentError, Option } from 'commander';
import { parseDuration, parseInstant, TimeFormatError } from '../domain/time';
import type { AuthMode, CreatePlatformOptions, ListenOptions } from '../mock-platform';
import { latestInstant } from '../mock-platform/kernel/clock';
import { longestDelay } from '../mock-platform/kernel/options';
import { identitiesOption, readIdentities } from './caller';
import { CliError } from './errors';

/** What commander makes of the options. */
export interface PlatformFlags {
  readonly port: number;
  readonly host: string;
  readonly store: string;
  readonly auth?: AuthMode;
  /** Milliseconds. */
  readonly propagation: number;
  /** Milliseconds. */
  readonly registrationRelease: number;
  /** Path of a file. */
  readonly identities?: string;
  readonly lenient?: boolean;
  readonly restoreGeneratedKeys?: boolean;
  readonly seed?: number;
  /** Milliseconds since the epoch. */
  readonly clock?: number;
  readonly proxyPort?: number;
}

export interface PlatformSettings {
  readonly create: CreatePlatformOptions;
  readonly listen: Required<ListenOptions>;
  /** @default - no proxy */
  readonly proxy?: Required<ListenOptions>;
}

function wholeNumber(text: string, highest: number, rule: string): number {
  const number = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  if (!(number <= highest)) throw new InvalidArgumentError(rule);
  return number;
}

function parsePort(text: string): number {
  return wholeNumber(text, 65_535, 'A port is a number from 0 to 65535, 0 for any free one.');
}

function parseSeed(text: string): number {
  return wholeNumber(
    text,
    Number.MAX_SAFE_INTEGER,
    `A seed is a whole number, from 0 to ${Number.MAX_SAFE_INTEGER}.`,
  );
}

function parseHost(text: string): string {
  if (text === '') throw new InvalidArgumentError('A host is an address or a name of this machine.');
  return text;
}

function parseStart(text: string): number {
  const start = timeParser(parseInstant)(text);
  if (start >= latestInstant) throw new InvalidArgumentError('A platform begins before the year 9000.');
  return start;
}

function parseDelay(text: string): number {
  const delay = timeParser(parseDuration)(text);
  if (delay > longestDelay) throw new InvalidArgumentError('A delay is P366D at most.');
  return delay;
}

function timeParser(parse: (text: string) => number): (text: string) => number {
  return (text) => {
    try {
      return parse(text);
    } catch (error) {
      if (error instanceof TimeFormatError) throw new InvalidArgumentError(`${error.message}.`);
      throw error;
    }
  };
}

function parseStore(text: string): string {
  if (text === '') throw new InvalidArgumentError("A store is 'memory' or the path of a file.");
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    // A store's URL may hold a password: only its scheme is repeated.
    throw new CliError({
      what: `--store ${text.slice(0, text.indexOf(':'))}://… is not built yet`,
      rule: "a store is 'memory' or the path of a file",
      remedy: 'give --store a file name to keep the platform between runs',
    });
  }
  return text;
}

/** In the order in which help lists them. */
export function platformOptions(defaults: { readonly port: number; readonly host: string }): Option[] {
  return [
    new Option('--port <port>', 'port to listen on, 0 for any free one')
      .argParser(parsePort)
      .default(defaults.port),
    new Option('--host <host>', 'address to listen on').argParser(parseHost).default(defaults.host),
    new Option('--store <location>', "'memory', or a file that keeps everything between runs")
      .argParser(parseStore)
      .default('memory'),
    new Option(
      '--auth <mode>',
      'what becomes of requests without a valid token or the role (default: open, with --identities enforce)',
    ).choices(['open', 'warn', 'enforce']),
    identitiesOption('JSON file of who there is besides the owner, with API keys and roles'),
    new Option('--propagation <duration>', 'how long services take to notice changed keys and authorizations')
      .argParser(parseDelay)
      .default(0, 'PT0S'),
    new Option(
      '--registration-release <duration>',
      'how long a registration stays on its key after the resource is gone',
    )
      .argParser(parseDelay)
      .default(0, 'PT0S'),
    new Option('--lenient', 'let unknown fields of request bodies through'),
    new Option(
      '--restore-generated-keys',
      'let a deleted key that was generated be restored, not only imported ones (disputed)',
    ),
    new Option('--seed <number>', 'makes ids and key material repeatable').argParser(parseSeed),
    new Option('--clock <instant>', "where the platform's time starts (default: now)").argParser(parseStart),
    new Option(
      '--proxy-port <port>',
      "also open a proxy that leads the vendor's host names here and refuses all others",
    ).argParser(parsePort),
  ];
}

export function settingsOf(flags: PlatformFlags): PlatformSettings {
  const { port, host, store, propagation, registrationRelease, seed, clock, proxyPort } = flags;
  const { identities, lenient = false, restoreGeneratedKeys = false } = flags;
  // Who names identities wants to see what each may do.
  const auth = flags.auth ?? (identities === undefined ? 'open' : 'enforce');
  return {
    create: {
      store,
      auth,
      propagation,
      registrationRelease,
      lenient,
      restoreGeneratedKeys,
      ...(identities === undefined ? {} : { identities: readIdentities(identities) }),
      ...(seed === undefined ? {} : { seed }),
      ...(clock === undefined ? {} : { startAt: clock }),
    },
    listen: { port, host },
    ...(proxyPort === undefined ? {} : { proxy: { port: proxyPort, host } }),
  };
}

/** The options of {@link platformOptions} that were given on the command line, as their flags. */
export function givenPlatformOptions(command: Command): string[] {
  return platformOptions({ port: 0, host: '' })
    .filter((option) => command.getOptionValueSource(option.attributeName()) === 'cli')
    .map((option) => option.long ?? option.flags);
}
