/** The commands by name. A module is loaded when its command is asked for: `--help` and `--version` answer at once. */
import type { Command } from 'commander';
import type { Invocation } from '../terminal';

export interface CommandEntry {
  readonly name: string;
  /** One line for `keyquake --help`. */
  readonly summary: string;
  load(): (invocation: Invocation) => Command;
}

export const commands: readonly CommandEntry[] = [
  {
    name: 'up',
    summary: 'run the offline platform in the foreground',
    load: () => (require('./up') as typeof import('./up')).upCommand,
  },
  {
    name: 'exec',
    summary: 'run a command, terraform for one, against an offline platform',
    load: () => (require('./exec') as typeof import('./exec')).execCommand,
  },
  {
    name: 'env',
    summary: 'print the variables that lead vendor tools to a running platform',
    load: () => (require('./env') as typeof import('./env')).envCommand,
  },
  {
    name: 'impact',
    summary: 'say what breaks when a key, an authorization or an instance goes away',
    load: () => (require('./impact') as typeof import('./impact')).impactCommand,
  },
  {
    name: 'key',
    summary: 'act on a root key of a running platform',
    load: () => (require('./key') as typeof import('./key')).keyCommand,
  },
  {
    name: 'clock',
    summary: 'show or move the time of a running platform',
    load: () => (require('./clock') as typeof import('./clock')).clockCommand,
  },
  {
    name: 'reset',
    summary: 'make a running platform forget everything that was created on it',
    load: () => (require('./reset') as typeof import('./reset')).resetCommand,
  },
  {
    name: 'provider',
    summary: 'install the offline providers for pipelines that run plain terraform',
    load: () => (require('./provider') as typeof import('./provider')).providerCommand,
  },
];
