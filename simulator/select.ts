/** Finding the nodes that a user means by one word: an address, a node id, a key id, a CRN, a name, or `*`. */
import { tryParseCrn } from '../domain/crn';
import type { NodeKind, World, WorldNode } from '../domain/world';
import { compare } from './graph/graph';
import { type Action, targetKinds } from './rules/question';

/** Nothing matches, or more than one thing does. The message is one line; `candidates` are the node ids it lists. */
export class SelectionError extends Error {
  override readonly name = 'SelectionError';

  constructor(
    message: string,
    readonly candidates: readonly string[],
  ) {
    super(message);
  }
}

/** How a node may be named, the surest first: a match of one kind hides those of the kinds after it. */
const ways: readonly ((node: WorldNode, selector: string) => boolean)[] = [
  ({ id }, selector) => id === selector,
  ({ address }, selector) => address === selector,
  ({ crn }, selector) => crn === selector,
  ({ crn }, selector) => crn !== undefined && resourceOf(crn) === selector,
  ({ name }, selector) => name === selector,
];

/** The id within its service: of a key its key id, of an instance its GUID. */
function resourceOf(crn: string): string | undefined {
  const parts = tryParseCrn(crn);
  return parts && (parts.resource === '' ? parts.serviceInstance : parts.resource);
}

/** The nodes that a selector names for an action, by id. Throws {@link SelectionError} unless it is one, or all by `*`. */
export function selectTargets(world: World, selector: string, action: Action): readonly string[] {
  const kinds = targetKinds[action];
  const meansAuthorizations = selector === '*' && action === 'revoke-authorization';
  return selectNodes(world, selector, meansAuthorizations ? ['authorization'] : kinds);
}

/** The same among nodes of these kinds. */
export function selectNodes(world: World, selector: string, kinds: readonly NodeKind[]): readonly string[] {
  const candidates = world.nodes
    .filter(({ kind }) => kinds.includes(kind))
    .sort((one, other) => compare(one.id, other.id));
  if (selector === '*' && candidates.length > 0) return candidates.map(({ id }) => id);
  for (const way of ways) {
    const matching = candidates.filter((node) => way(node, selector));
    if (matching.length === 1) return matching.map(({ id }) => id);
    if (matching.length > 1) throw several(selector, matching);
  }
  throw nothing(selector, kinds, candidates);
}

function several(selector: string, matching: readonly WorldNode[]): SelectionError {
  return new SelectionError(
    `'${selector}' names ${matching.length} things; a selector names one: ${listed(matching)}`,
    matching.map(({ id }) => id),
  );
}

function nothing(
  selector: string,
  kinds: readonly NodeKind[],
  candidates: readonly WorldNode[],
): SelectionError {
  const what = kinds.map((kind) => kind.replaceAll('-', ' ')).join(' or ');
  if (candidates.length === 0) {
    return new SelectionError(
      `'${selector}' names nothing: the source holds no ${what}; give a source that does`,
      [],
    );
  }
  return new SelectionError(
    `'${selector}' names no ${what} of the source; give one of ${listed(candidates)}, or * for all`,
    candidates.map(({ id }) => id),
  );
}

const longestList = 20;

function listed(nodes: readonly WorldNode[]): string {
  const names = nodes.slice(0, longestList).map(({ id, name }) => `${id} (${name})`);
  const more = nodes.length - names.length;
  return more > 0 ? `${names.join(', ')} and ${more} more` : names.join(', ');
}
