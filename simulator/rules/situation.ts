/** How things stand at one time: the world's facts, as an action may have changed them. */

import { reclamationEnds } from '../../domain/instances';
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
    deletedInstances: new Map(
      [...indexed.nodesOf('kms-instance'), ...indexed.nodesOf('secrets-manager-instance')].flatMap(
        ({ id, deletedAt }) => (deletedAt === undefined ? [] : [[id, parseInstant(deletedAt)] as const]),
      ),
    ),
  };
}

function factsOf(key: NodeOf<'root-key'>, { graph }: IndexedWorld): KeyFacts {
  const { service, state, imported, preventsDeletion, dualAuthDelete } = key;
  const protectedHere = graph.outgoing(key.id).filter(({ label }) => label === 'protects').length;
  return {
    service,
    state,
    imported,
    extractable: false,
    registrations: Math.max(key.registrations ?? 0, protectedHere),
    preventsDeletion,
    disabledAt: instantOf(key.disabledAt),
    deletedAt: instantOf(key.deletedAt),
    lastRotatedAt: instantOf(key.rotatedAt),
    expiresAt: instantOf(key.expiresAt),
    dualAuthDelete: dualAuthDelete ? { authorizedUntil: instantOf(key.deletionAuthorizedUntil) } : undefined,
  };
}

function instantOf(text: string | undefined): Instant | undefined {
  return text === undefined ? undefined : parseInstant(text);
}

/** The deleted instance that holds the key, if one does: nothing can be asked of the key then. */
export function deletedHolderOf(key: string, { indexed, deletedInstances }: Situation): string | undefined {
  const holder = indexed.behind(key, 'contains', 'kms-instance')?.id;
  return holder !== undefined && deletedInstances.has(holder) ? holder : undefined;
}

/** The keys of an instance go with it when its reclamation ends. */
export function keyStateIn(situation: Situation, key: string): KeyState | 'purged' {
  const { keys, deletedInstances, at } = situation;
  const facts = keys.get(key);
  const holder = deletedHolderOf(key, situation);
  const holderDeletedAt = holder === undefined ? undefined : deletedInstances.get(holder);
  if (!facts || facts.purged) return 'purged';
  if (holderDeletedAt !== undefined && at >= reclamationEnds(holderDeletedAt)) return 'purged';
  return effectiveState(facts, at);
}
