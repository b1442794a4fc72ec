/** How things stand at one time: the world's facts, as an action may have changed them. */

import type { KeyState } from '../../domain/keys/states';
import { effectiveState } from '../../domain/keys/timing';
import type { KeyFacts } from '../../domain/keys/transitions';
import { type Instant, parseInstant } from '../../domain/time';
import type { IndexedWorld, NodeOf } from './indexed-world';

export interface Situation {
  readonly indexed: IndexedWorld;
  readonly at: Instant;
  /** By node id. */
  readonly keys: ReadonlyMap<string, KeyFacts & { readonly purged?: boolean }>;
  /** Node ids of the authorizations that are there. */
  readonly authorizations: ReadonlySet<string>;
  /** Node ids of deleted instances with the time of the deletion. */
  readonly deletedInstances: ReadonlyMap<string, Instant>;
}

/** The world as its source shows it. */
export function presentSituation(indexed: IndexedWorld): Situation {
  return {
    indexed,
    at: parseInstant(indexed.world.at),
    keys: new Map(indexed.nodesOf('root-key').map((key) => [key.id, factsOf(key, indexed)])),
    authorizations: new Set(indexed.nodesOf('authorization').map(({ id }) => id)),
    deletedInstances: new Map(),
  };
}

function factsOf(key: NodeOf<'root-key'>, { graph }: IndexedWorld): KeyFacts {
  const { service, state, imported, deletedAt, expiresAt } = key;
  return {
    service,
    state,
    imported,
    extractable: false,
    registrations: graph.outgoing(key.id).filter(({ label }) => label === 'protects').length,
    deletedAt: deletedAt === undefined ? undefined : parseInstant(deletedAt),
    expiresAt: expiresAt === undefined ? undefined : parseInstant(expiresAt),
  };
}

export function keyStateIn(situation: Situation, key: string): KeyState | 'purged' {
  const facts = situation.keys.get(key);
  if (!facts || facts.purged) return 'purged';
  return effectiveState(facts, situation.at);
}
