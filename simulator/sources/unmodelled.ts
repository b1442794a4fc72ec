/**
 * What a source holds and no rule speaks about. A resource of such a type is reported when it depends on a root key:
 * directly, through something that does, or through an argument that by its name is one for a key.
 */
import { isKeyCrn, tryParseCrn } from '../../domain/crn';
import { compare, graphOf } from '../graph/graph';
import { walk } from '../graph/walk';
import type { WorldDraft } from './draft';
import { type Followable, mentionedBy } from './follow';
import { isSet, type SourceResource } from './resource';

export interface Unmodelled {
  readonly resource: SourceResource;
  /** What it is, in words: its type, or the service of an instance. */
  readonly what: string;
}

/** Arguments that by their name hold a key: `encryption_key`, `kms_key_crn`, `root_key_id`, `key_protect`, … */
const keyArgument =
  /(?:^|_)(?:(?:encryption_key|kms_key|root_key|key_protect(?:_key)?)(?:_crn|_id)?|key_crn)$/;

export function reportUnmodelled(
  unmodelled: readonly Unmodelled[],
  draft: WorldDraft,
  followable: Followable,
): void {
  const dependants = dependantsOf(draft);
  for (const { resource, what } of unmodelled) {
    const uses = resource.names().flatMap((name) => usesThrough(resource, name, dependants, followable));
    if (uses.length === 0) continue;
    draft.report(
      resource.id,
      `there is no rule for ${what} yet, and it depends on ${[...new Set(uses)].sort(compare).join(', ')}`,
    );
  }
}

/** Root keys and everything that depends on one. */
function dependantsOf(draft: WorldDraft): ReadonlySet<string> {
  const { nodes, edges } = draft.finish('');
  const graph = graphOf(
    nodes.map(({ id }) => id),
    edges.map(({ type, from, to }) => ({ label: type, from, to })),
  );
  const keys = nodes.filter(({ kind }) => kind === 'root-key');
  return new Set(keys.flatMap(({ id }) => walk(graph, id).map((visit) => visit.id)));
}

/** What the attribute uses, each as `{id} (through {attribute})`. */
function usesThrough(
  resource: SourceResource,
  name: string,
  dependants: ReadonlySet<string>,
  followable: Followable,
): readonly string[] {
  const mentions = resource.mentions(name);
  const used = mentionedBy(followable, mentions).filter((id) => dependants.has(id));
  if (used.length > 0) return used.map((id) => `${id} (through ${name})`);
  const crns = mentions.texts.filter((text) => {
    const crn = tryParseCrn(text);
    return crn !== undefined && isKeyCrn(crn);
  });
  if (crns.length > 0) return crns.map((crn) => `${crn} (through ${name})`);
  return keyArgument.test(name) && isSet(resource.read(name)) ? [`a key (through ${name})`] : [];
}
