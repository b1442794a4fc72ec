/** Whom a command acts as on a platform: the account's owner, or an identity of a file that `--identities` names. */
import { Option } from 'commander';
import type { SeededIdentities } from '../mock-platform';
import { offlineApiKey, ownerId } from '../mock-platform/kernel/identity';
import { iamIdOf } from './access-token';
import { apiKeyVariable } from './environment';
import { CliError, listCandidates } from './errors';
import { readText } from './files';

export interface CallerFlags {
  /** Path of the file. */
  readonly identities?: string;
  /** IAM id or name. */
  readonly as?: string;
}

export interface Caller {
  readonly apiKey: string;
  /** Whom the file says that the key speaks for; absent when no file was asked. */
  readonly iamId?: string;
}

export function identitiesOption(description: string): Option {
  return new Option('--identities <file>', description);
}

export function asOption(): Option {
  return new Option(
    '--as <identity>',
    'IAM id or name of who in the --identities file acts (default: owner)',
  );
}

/** Throws when the file cannot be read, or is no configuration of identities. */
export function readIdentities(file: string): SeededIdentities {
  const { parseIdentities, IdentitiesError } =
    require('../mock-platform') as typeof import('../mock-platform');
  const text = readText(file, {
    what: `--identities ${file} cannot be read`,
    remedy: 'name a JSON file; the README shows one',
  });
  try {
    return parseIdentities(text);
  } catch (error) {
    if (!(error instanceof IdentitiesError)) throw error;
    throw new CliError(
      {
        what: `--identities ${file} cannot be used`,
        rule: error.message,
        remedy: 'correct it; the README shows one that can',
      },
      { cause: error },
    );
  }
}

interface Holder {
  readonly id: string;
  readonly name: string;
  readonly apiKeys?: readonly string[];
}

function holdersIn({ ownerApiKeys, users = [], serviceIds = [] }: SeededIdentities): readonly Holder[] {
  const owner = { id: ownerId, name: 'owner', apiKeys: ownerApiKeys ?? [] };
  return [owner, ...users, ...serviceIds];
}

function labels(holders: readonly Holder[]): string[] {
  return [...new Map(holders.map(({ id, name }) => [id, `${name} (${id})`])).values()];
}

/** The holder that the selector means; its keys are all those that stand under its id. */
function holderIn(file: string, identities: SeededIdentities, selector: string): Required<Holder> {
  const holders = holdersIn(identities);
  const exact = holders.filter(({ id }) => id === selector);
  const matching = exact.length > 0 ? exact : holders.filter(({ name }) => name === selector);
  const [first] = matching;
  if (first === undefined) {
    const isProfile = identities.profiles?.some(({ id, name }) => id === selector || name === selector);
    throw new CliError({
      what: isProfile
        ? `--as ${selector} names a trusted profile, which has no API key`
        : `--as ${selector} names nobody in ${file}`,
      rule: listCandidates(labels(holders)),
    });
  }
  if (labels(matching).length > 1) {
    throw new CliError({
      what: `--as ${selector} is the name of several identities in ${file}`,
      rule: listCandidates(labels(matching)),
      remedy: 'name one by its IAM id',
    });
  }
  const apiKeys = holders.filter(({ id }) => id === first.id).flatMap((holder) => holder.apiKeys ?? []);
  return { ...first, apiKeys };
}

/**
 * Who acts by the flags. Without a file it is whoever `KEYQUAKE_API_KEY` speaks for, as `keyquake env` and `exec` set
 * it, else the account's owner.
 */
export function callerFrom({ identities: file, as: selector }: CallerFlags, env: NodeJS.ProcessEnv): Caller {
  if (file === undefined) {
    if (selector === undefined) return { apiKey: env[apiKeyVariable] || offlineApiKey };
    throw new CliError({
      what: `--as ${selector} is given without --identities`,
      rule: 'an identity acts by its API key, and the file says which',
      remedy: 'name the file that the platform was started with',
    });
  }
  const { id, name, apiKeys } = holderIn(file, readIdentities(file), selector ?? ownerId);
  const [apiKey] = apiKeys;
  if (apiKey === undefined) {
    throw new CliError({
      what: `${name} (${id}) has no API key in ${file}`,
      rule: 'an empty list gives none',
      remedy:
        "leave out its 'apiKeys' for one that is derived from the id, or name another identity with --as",
    });
  }
  return { apiKey, iamId: id };
}

/** As {@link callerFrom}, for a platform that runs already: throws when its key speaks for somebody else there. */
export async function callerAt(url: string, flags: CallerFlags, env: NodeJS.ProcessEnv): Promise<Caller> {
  const caller = callerFrom(flags, env);
  if (caller.iamId === undefined) return caller;
  const found = await iamIdOf(url, caller.apiKey);
  if (found === caller.iamId) return caller;
  throw new CliError({
    what: `the platform at ${url} does not know ${caller.iamId} by the API key in ${flags.identities}`,
    rule: `there the key speaks for ${found}`,
    remedy: `start the platform with 'keyquake up --identities ${flags.identities}'`,
  });
}
