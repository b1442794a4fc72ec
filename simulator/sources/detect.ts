/** Which of the formats a parsed document is. */
import type { Instant } from '../../domain/time';
import type { World } from '../../domain/world';
import { SourceError } from './errors';
import { isObject, type JsonObject } from './json';
import { worldFromPlan } from './plan';
import { worldFromPlatform } from './platform';
import { worldFromStacks } from './stack';
import { worldFromShownState, worldFromStateFile } from './state';

export interface Format {
  readonly name: 'platform' | 'plan' | 'state' | 'state-file' | 'stack';
  /** The document has the members that only this format has. */
  readonly fits: (document: JsonObject) => boolean;
  readonly read: (document: JsonObject, at: Instant) => World;
}

const stateMembers: readonly string[] = ['format_version', 'terraform_version', 'values', 'checks'];

/** In the order in which they are tried. */
export const formats: readonly Format[] = [
  {
    name: 'platform',
    fits: has('nodes', 'edges'),
    read: (document) => worldFromPlatform(document),
  },
  {
    name: 'plan',
    fits: (document) =>
      'format_version' in document && ('planned_values' in document || 'resource_changes' in document),
    read: worldFromPlan,
  },
  {
    name: 'state',
    fits: (document) =>
      'format_version' in document && Object.keys(document).every((name) => stateMembers.includes(name)),
    read: worldFromShownState,
  },
  { name: 'state-file', fits: has('version', 'lineage'), read: worldFromStateFile },
  {
    name: 'stack',
    fits: (document) => ['resource', 'data', 'terraform', 'module'].some((name) => isObject(document[name])),
    read: (document, at) => worldFromStacks([{ name: 'stack', document }], at),
  },
];

function has(...names: readonly string[]): (document: JsonObject) => boolean {
  return (document) => names.every((name) => name in document);
}

/** `origin` is how the user named the source. Throws {@link SourceError} when it is none of the formats. */
export function formatOf(document: unknown, origin: string): Format {
  const format = isObject(document) ? formats.find(({ fits }) => fits(document)) : undefined;
  if (format) return format;
  throw new SourceError(
    `${origin} is JSON of no format that is read; give a synthesized cdk.tf.json, a plan or state printed by 'terraform show -json', a terraform.tfstate, or the graph of a platform`,
  );
}

/** Throws {@link SourceError}. */
export function worldFromJson(document: unknown, origin: string, at: Instant): World {
  return formatOf(document, origin).read(document as JsonObject, at);
}

/** Throws {@link SourceError}; a parser's own message would quote the text, which may hold secrets. */
export function parseJson(text: string, origin: string): unknown {
  if (text.startsWith('PK\u0003\u0004')) {
    throw new SourceError(
      `${origin} is a saved plan, not JSON; give what 'terraform show -json' prints of it`,
    );
  }
  try {
    return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
  } catch {
    throw new SourceError(
      `${origin} is not JSON; give a cdktf.out folder, a cdk.tf.json, a plan or state printed by 'terraform show -json', a terraform.tfstate, or the URL of a platform`,
    );
  }
}
