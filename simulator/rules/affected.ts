/** Which dependants an action is about, and by which way. */
import { compare } from '../graph/graph';
import { walk } from '../graph/walk';
import { authorizes } from './authorized';
import { type Dependant, dependantOf } from './dependants';
import type { IndexedWorld } from './indexed-world';
import { authorizationsMeant } from './perform';
import type { Question } from './question';

export interface Affected {
  readonly dependant: Dependant;
  /** Node id of the target, or of an authorization that it stands for. */
  readonly start: string;
  /** Node ids from the start to the dependant. */
  readonly path: readonly string[];
}

/**
 * Every dependant once, with the way from the first start that leads to it. What is refused comes last: a dependant that
 * a target takes along is affected, even if the way to it also leads from a target at which nothing is done.
 */
export function affectedBy(
  question: Question,
  indexed: IndexedWorld,
  isRefused: (start: string) => boolean,
): readonly Affected[] {
  const found = new Map<string, Affected>();
  const starts = startsOf(question, indexed);
  const done = starts.filter((start) => !isRefused(start));
  for (const start of [...done, ...starts.filter(isRefused)]) {
    for (const { id, path } of walk(indexed.graph, start, ({ label }) => label !== 'locks')) {
      const node = indexed.node(id);
      const dependant = node && dependantOf(node, indexed);
      if (dependant && !found.has(id) && concerns(start, dependant, indexed))
        found.set(id, { dependant, start, path });
    }
  }
  return [...found.values()];
}

/** Revoking the authorizations that a key stands for concerns more than the key itself. */
function startsOf({ action, targets }: Question, indexed: IndexedWorld): readonly string[] {
  const sorted = [...targets].sort(compare);
  if (action !== 'revoke-authorization') return sorted;
  return [...new Set([...sorted, ...sorted.flatMap((target) => authorizationsMeant(target, indexed))])];
}

/** An authorization concerns those alone whose use of a key it permits. */
function concerns(start: string, { use }: Dependant, indexed: IndexedWorld): boolean {
  const node = indexed.node(start);
  if (node?.kind !== 'authorization') return true;
  return use !== undefined && authorizes(node, use, indexed);
}
