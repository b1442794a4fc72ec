/** `keyquake key …`: acts on a root key of a running platform, through the vendor's own API. */
import { Command } from 'commander';
import type { ObservedWorld } from '../../domain/world';
import { asOption, type CallerFlags, callerAt, identitiesOption } from '../caller';
import { readText } from '../files';
import {
  type KeyActionName,
  type KeyActionOptions,
  KeyClient,
  type KeyDetails,
  stateName,
} from '../key-client';
import { type KeyReference, selectKey } from '../key-selector';
import { connect } from '../platform-client';
import { platformUrl, urlOption } from '../platform-url';
import { type Invocation, printLine, type Terminal } from '../terminal';

interface Options extends CallerFlags {
  readonly url?: string;
  readonly force?: boolean;
  /** Path of the file that holds new key material. */
  readonly material?: string;
}

const summaries: Record<KeyActionName, string> = {
  disable: 'suspend an active key: nothing is wrapped or unwrapped with it any more',
  enable: 'make a suspended key active again',
  rotate: 'give the key a new version; what the old ones encrypted stays readable',
  delete: 'destroy the key; refused while it protects resources unless --force is given',
  restore: 'bring a destroyed key back while its restore window is open',
  purge: 'remove a destroyed key for good',
};

const examples: Partial<Record<KeyActionName, string>> = {
  delete: 'keyquake key delete orders --force',
  rotate: 'keyquake key rotate orders --material new-material.b64',
};

interface Selected {
  readonly key: KeyReference;
  readonly world: ObservedWorld;
  readonly keys: KeyClient;
}

async function select(terminal: Terminal, selector: string, options: Options): Promise<Selected> {
  const platform = await connect(platformUrl(options.url, terminal.env));
  const world = await platform.graph();
  const key = selectKey(world, selector);
  const { apiKey } = await callerAt(platform.url, options, terminal.env);
  return { key, world, keys: await KeyClient.connect(platform.url, apiKey) };
}

function materialFrom(file: string): string {
  return readText(file, {
    what: `--material ${file} cannot be read`,
    remedy: 'name a file that holds the new key material as base64 text',
  }).trim();
}

function actionOptions({ force, material }: Options): KeyActionOptions {
  return {
    ...(force === undefined ? {} : { force }),
    ...(material === undefined ? {} : { material: materialFrom(material) }),
  };
}

/** `active → suspended`, with the versions when the key got a new one. */
function change(before: KeyDetails | undefined, after: KeyDetails | undefined): string {
  const states = `${stateName(before)} → ${stateName(after)}`;
  const versions = [before?.keyVersion?.id, after?.keyVersion?.id];
  if (versions[0] === versions[1] || versions.includes(undefined)) return states;
  return `${states}, version ${versions.join(' → ')}`;
}

async function act(
  terminal: Terminal,
  action: KeyActionName,
  selector: string,
  options: Options,
): Promise<void> {
  const given = actionOptions(options);
  const { key, keys } = await select(terminal, selector, options);
  const before = await keys.show(key);
  await keys.act(action, key, given);
  printLine(terminal, `${key.name} (${key.id}): ${change(before, await keys.show(key))}`);
}

function detailLines(key: KeyReference, details: KeyDetails | undefined): [string, string | undefined][] {
  return [
    ['name', key.name],
    ['id', key.id],
    ['crn', key.crn],
    ['state', stateName(details)],
    ['origin', details && (details.imported === true ? 'imported' : 'generated')],
    ['key ring', details?.keyRingID],
    ['aliases', details?.aliases?.join(', ') || undefined],
    ['version', details?.keyVersion?.id],
    ['created', details?.creationDate],
    ['rotated', details?.lastRotateDate],
    ['expires', details?.expirationDate],
    ['deleted', details?.deletionDate],
    ['restorable until', details?.restoreExpirationDate],
    ['purgeable from', details?.purgeAllowedFrom],
    ['purged on', details?.purgeScheduledOn],
  ];
}

/** What the key encrypts, each with the status that it shows now. */
function protectedLines({ key, world }: Selected): [string, string][] {
  const ids = world.edges
    .filter(({ type, from }) => type === 'protects' && from === key.crn)
    .map(({ to }) => to);
  return world.nodes
    .filter(({ id }) => ids.includes(id))
    .map(({ id, kind, name }) => [
      'protects',
      `${kind} ${name}: ${world.statuses[id]?.status ?? 'no status'}`,
    ]);
}

async function show(terminal: Terminal, selector: string, options: Options): Promise<void> {
  const selected = await select(terminal, selector, options);
  const lines = [
    ...detailLines(selected.key, await selected.keys.show(selected.key)),
    ...protectedLines(selected),
  ];
  for (const [name, value] of lines) {
    if (value !== undefined) printLine(terminal, `${name.padEnd(18)}${value}`);
  }
}

function subcommand(parent: Command, name: string, summary: string, example: string): Command {
  return parent
    .command(name)
    .description(summary)
    .argument('<selector>', "the key's id, CRN or name")
    .addOption(urlOption())
    .addOption(identitiesOption('the JSON file that the platform was started with, for its API keys'))
    .addOption(asOption())
    .addHelpText('after', `\nExample:\n  ${example}`);
}

export function keyCommand({ terminal }: Invocation): Command {
  const key = new Command('key').addHelpText('after', '\nExample:\n  keyquake key disable orders');
  for (const action of Object.keys(summaries) as KeyActionName[]) {
    const example = examples[action] ?? `keyquake key ${action} orders`;
    const command = subcommand(key, action, summaries[action], example);
    if (action === 'delete') command.option('--force', 'also when the key protects resources');
    if (action === 'rotate') {
      command.option('--material <file>', 'new material of an imported key, base64 text');
    }
    command.action((selector: string, options: Options) => act(terminal, action, selector, options));
  }
  subcommand(key, 'show', 'print what the key is and what it protects', 'keyquake key show orders').action(
    (selector: string, options: Options) => show(terminal, selector, options),
  );
  return key;
}
