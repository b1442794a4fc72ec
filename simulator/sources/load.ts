/** Fetching a source: a folder or file, a running platform, or text that has been read already. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Instant } from '../../domain/time';
import type { World } from '../../domain/world';
import { parseJson, worldFromJson } from './detect';
import { SourceError } from './errors';
import { isObject, type JsonObject, member, objectOf, textOf } from './json';
import { type SynthesizedStack, worldFromStacks } from './stack';

export interface ReadOptions {
  /** When the question is asked; a platform's own time takes its place. */
  readonly at: Instant;
  /** What `-` stands for: the whole of the standard input. */
  readonly standardInput?: (() => Promise<string>) | undefined;
}

/**
 * The world of a `cdktf.out` folder, a `cdk.tf.json`, a plan or state as JSON, a platform's URL, or `-`. Throws
 * {@link SourceError} with one line: what, value, rule, remedy.
 */
export async function readWorld(source: string, options: ReadOptions): Promise<World> {
  if (source === '-' && options.standardInput) {
    return worldFromText(await options.standardInput(), 'the standard input', options.at);
  }
  if (/^https?:\/\//i.test(source)) return readPlatform(source, options.at);
  const kind = await kindOf(source);
  if (kind === 'folder') return worldFromStacks(await stacksIn(source), options.at);
  return worldFromText(await textIn(source), source, options.at);
}

/** `origin` names the text in messages. Throws {@link SourceError}. */
export function worldFromText(text: string, origin: string, at: Instant): World {
  return worldFromJson(parseJson(text, origin), origin, at);
}

async function kindOf(path: string): Promise<'folder' | 'file'> {
  try {
    return (await stat(path)).isDirectory() ? 'folder' : 'file';
  } catch (error) {
    throw unreadable(path, error);
  }
}

async function textIn(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw unreadable(path, error);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  EACCES: 'it may not be read',
};

function unreadable(path: string, error: unknown): SourceError {
  const code = textOf(member(error, 'code')) ?? 'it cannot be opened';
  return new SourceError(`cannot read ${path}: ${reasons[code] ?? code}; check the path`);
}

/** The stacks of a `cdktf.out` folder, or the one of a stack's own folder. */
async function stacksIn(folder: string): Promise<readonly SynthesizedStack[]> {
  const manifest = await documentIn(join(folder, 'manifest.json'));
  if (manifest) {
    const stacks = Object.values(objectOf(manifest['stacks'])).filter(isObject);
    return Promise.all(stacks.map((stack) => stackOf(stack, folder)));
  }
  const document = await documentIn(join(folder, 'cdk.tf.json'));
  if (document) return [{ name: 'stack', document }];
  throw new SourceError(
    `${folder} holds neither manifest.json nor cdk.tf.json; give the folder that 'cdktf synth' writes, cdktf.out by default`,
  );
}

async function stackOf(stack: JsonObject, folder: string): Promise<SynthesizedStack> {
  const path = join(folder, textOf(stack['synthesizedStackPath']) ?? '');
  const document = await documentIn(path);
  if (!document) {
    throw new SourceError(`cannot read ${path}: the manifest names it and it is not there; synthesize again`);
  }
  return { name: textOf(stack['name']) ?? '', document };
}

/** Undefined when there is no such file. */
async function documentIn(path: string): Promise<JsonObject | undefined> {
  const kind = await kindOf(path).catch(() => undefined);
  if (kind !== 'file') return undefined;
  const document = parseJson(await textIn(path), path);
  if (isObject(document)) return document;
  throw new SourceError(`${path} is JSON but no object; synthesize again`);
}

/** The code of a failed connection: fetch puts what happened behind its own error. */
function codeOf(error: unknown): string {
  const cause = member(error, 'cause') ?? error;
  return textOf(member(cause, 'code')) ?? 'no answer';
}

const patience = 30_000;

async function readPlatform(source: string, at: Instant): Promise<World> {
  const url = graphUrl(source);
  const response = await fetch(url, { signal: AbortSignal.timeout(patience) }).catch((error: unknown) => {
    throw new SourceError(
      `cannot reach a platform at ${source}: ${codeOf(error)}; start one with 'keyquake up' and give the URL that it prints`,
    );
  });
  if (!response.ok) {
    throw new SourceError(
      `${url} answered ${response.status}; a platform answers 200 there: give the URL that 'keyquake up' prints`,
    );
  }
  return worldFromText(await response.text(), url, at);
}

const credentials = new SourceError(
  'the URL of the platform holds a user name or password; a platform asks for none: give it without',
);

function graphUrl(source: string): string {
  try {
    const url = new URL(source);
    if (url.username !== '' || url.password !== '') throw credentials;
    return url.pathname.endsWith('/_keyquake/graph') ? url.href : new URL('/_keyquake/graph', url).href;
  } catch (error) {
    if (error === credentials) throw error;
    throw new SourceError(`'${source}' is not a URL; give one like http://127.0.0.1:4510`);
  }
}
