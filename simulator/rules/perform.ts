/** Doing an action to its targets: what the situation is afterwards, and what is refused. */
import { reclamationEnds } from '../../domain/instances';
import { explainRefusal, type KeyAction, type KeyFacts, transition } from '../../domain/keys/transitions';
import { formatSeconds, type Instant } from '../../domain/time';
import type { Refusal, TargetState } from '../report/report';
import type { IndexedWorld, NodeOf } from './indexed-world';
import type { Question } from './question';
import { deletedHolderOf, keyStateIn, type Situation } from './situation';

export interface Performed {
  readonly situation: Situation;
  /** By node id of the target. */
  readonly refusals: ReadonlyMap<string, Refusal>;
}

type Attempt = { readonly situation: Situation } | { readonly refusal: Refusal };

/** Every target in turn; a refused one leaves the situation as it is. */
export function perform(question: Question, before: Situation, actedAt: Instant): Performed {
  const refusals = new Map<string, Refusal>();
  let situation: Situation = { ...before, at: actedAt };
  for (const target of question.targets) {
    const attempt = attemptOn(target, question, situation);
    if ('refusal' in attempt) refusals.set(target, attempt.refusal);
    else situation = attempt.situation;
  }
  return { situation, refusals };
}

function attemptOn(target: string, { action, readings }: Question, situation: Situation): Attempt {
  const node = situation.indexed.node(target);
  if (action === 'revoke-authorization') return revoke(target, situation);
  if (action === 'delete-instance') {
    if (situation.deletedInstances.has(target)) return { refusal: instanceDeleted(target, situation) };
    return node?.kind === 'kms-instance' ? deleteKmsInstance(node, situation) : deleted(target, situation);
  }
  return actOnKey(target, action, situation, readings);
}

function actOnKey(
  target: string,
  action: KeyAction,
  situation: Situation,
  readings: Question['readings'],
): Attempt {
  const { at, keys, indexed } = situation;
  const key = keys.get(target);
  if (!key) throw new Error(`${target} is no root key`);
  const holder = deletedHolderOf(target, situation);
  if (holder !== undefined && action !== 'expire') return { refusal: instanceDeleted(holder, situation) };
  const outcome = transition(key, action, at, { readings });
  if (!outcome.allowed) {
    const { refusal, earliest } = outcome;
    const { cause, remedy } = explainRefusal(refusal, { key, action, at, earliest });
    return {
      refusal: {
        reason: refusal,
        explanation: cause,
        because: refusal === 'protects-resources' ? registeredOn(target, indexed) : [],
        remedy,
        earliest: earliest === undefined ? null : formatSeconds(earliest),
      },
    };
  }
  const changed = changedKey(key, action, outcome.to, at);
  return { situation: { ...situation, keys: new Map(keys).set(target, changed) } };
}

function changedKey(
  key: KeyFacts,
  action: KeyAction,
  to: KeyFacts['state'] | 'purged',
  at: Instant,
): KeyFacts & { readonly purged?: boolean } {
  if (to === 'purged') return { ...key, purged: true };
  switch (action) {
    case 'disable':
      return { ...key, state: to, disabledAt: at };
    case 'delete':
    case 'force-delete':
      return { ...key, state: to, deletedAt: at };
    case 'restore':
      return { ...key, state: to, deletedAt: undefined, disabledAt: undefined };
    case 'rotate':
      return { ...key, state: to, lastRotatedAt: at };
    case 'enable':
    case 'expire':
    case 'purge':
      return { ...key, state: to };
  }
}

function registeredOn(key: string, { graph }: IndexedWorld): readonly string[] {
  return graph
    .outgoing(key)
    .filter(({ label }) => label === 'protects')
    .map(({ to }) => to);
}

function revoke(target: string, situation: Situation): Attempt {
  const revoked = authorizationsMeant(target, situation.indexed).filter((id) =>
    situation.authorizations.has(id),
  );
  if (revoked.length === 0) {
    return {
      refusal: {
        reason: 'no-authorization',
        explanation: `no authorization of this world opens the instance that holds ${target}`,
        because: [],
        remedy: 'give a source that holds the authorizations too',
        earliest: null,
      },
    };
  }
  const authorizations = new Set([...situation.authorizations].filter((id) => !revoked.includes(id)));
  return { situation: { ...situation, authorizations } };
}

/** The authorization itself, or for a key every one towards the instance that holds it. */
export function authorizationsMeant(target: string, indexed: IndexedWorld): readonly string[] {
  const node = indexed.node(target);
  if (node?.kind === 'authorization') return [target];
  if (node?.kind !== 'root-key') return [];
  const instance = indexed.behind(target, 'contains', 'kms-instance')?.id;
  return indexed
    .nodesOf('authorization')
    .filter(
      ({ targetService, targetInstance }) =>
        targetService === node.service &&
        (targetInstance === undefined || indexed.instanceId(targetInstance) === instance),
    )
    .map(({ id }) => id);
}

/** An instance with live keys cannot be deleted (ibm-control-plane.md 6.1.5). */
function deleteKmsInstance(instance: NodeOf<'kms-instance'>, situation: Situation): Attempt {
  const live = situation.indexed.graph
    .outgoing(instance.id)
    .filter(({ label }) => label === 'contains')
    .map(({ to }) => to)
    .filter((key) => situation.keys.has(key) && !isGone(keyStateIn(situation, key)));
  const count = live.length + (instance.otherKeys ?? 0);
  if (count === 0) return deleted(instance.id, situation);
  return {
    refusal: {
      reason: 'holds-live-keys',
      explanation: `the instance holds ${count} ${count === 1 ? 'key that is' : 'keys that are'} not deleted`,
      because: live,
      remedy: 'delete its keys first',
      earliest: null,
    },
  };
}

/** A deleted instance answers nothing until it is restored (behaviour.md B5; ibm-control-plane.md 6.4.1). */
function instanceDeleted(instance: string, { deletedInstances }: Situation): Refusal {
  const deletedAt = deletedInstances.get(instance);
  const until = deletedAt === undefined ? '' : ` before ${formatSeconds(reclamationEnds(deletedAt))}`;
  return {
    reason: 'instance-deleted',
    explanation: 'the instance has been deleted and awaits the end of its reclamation',
    because: [instance],
    remedy: `restore the instance${until}`,
    earliest: null,
  };
}

function isGone(state: TargetState): boolean {
  return state === 'destroyed' || state === 'purged';
}

function deleted(target: string, situation: Situation): Attempt {
  const deletedInstances = new Map(situation.deletedInstances).set(target, situation.at);
  return { situation: { ...situation, deletedInstances } };
}
