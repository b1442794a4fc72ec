/** What the report says about the target of an action. */
import type { Dispute } from '../../domain/dispute';
import { reclamationEnds } from '../../domain/instances';
import { takesAlternative } from '../../domain/keys/readings';
import {
  type Cell,
  type KeyAction,
  type KeyFacts,
  type KeyQuestion,
  keyActions,
  keyTransitions,
} from '../../domain/keys/transitions';
import type { Refusal, Target, TargetState } from '../report/report';
import type { Action, Question, Readings } from './question';
import { keyStateIn, type Situation } from './situation';

export function targetOf(
  id: string,
  { action, readings = {} }: Question,
  present: Situation,
  after: Situation,
  refusal: Refusal | undefined,
): Target {
  const node = present.indexed.node(id);
  if (!node) throw new Error(`there is no node ${id}`);
  const before = targetStateIn(id, present);
  return {
    id,
    address: node.address ?? id,
    kind: node.kind,
    name: node.name,
    crn: node.crn ?? null,
    before,
    after: refusal ? before : targetStateIn(id, after),
    refusal: refusal ?? null,
    disputed: disputesOn(id, action, readings, present)
      .filter(({ decides }) => decides || !refusal)
      .map(({ reading, alternative, source }) => ({ reading, alternative, source })),
  };
}

/** Its state as the API of its service names it; an authorization is there or not. */
function targetStateIn(target: string, situation: Situation): TargetState {
  const { indexed, at, keys, authorizations, deletedInstances } = situation;
  if (keys.has(target)) return keyStateIn(situation, target);
  if (indexed.node(target)?.kind === 'authorization')
    return authorizations.has(target) ? 'present' : 'removed';
  const deletedAt = deletedInstances.get(target);
  if (deletedAt === undefined) return 'present';
  return at >= reclamationEnds(deletedAt) ? 'removed' : 'pending_reclamation';
}

/** Which keys a question about readings matters to. */
const matters: Readonly<Record<KeyQuestion, (key: KeyFacts) => boolean>> = {
  'rotate-deactivated-key': () => true,
  'restore-generated-key': ({ imported }) => !imported,
  'restore-expired-key': ({ expiresAt }) => expiresAt !== undefined,
  'force-delete-protected-hyper-protect-key': ({ service, registrations }) =>
    service === 'hs-crypto' && registrations > 0,
};

interface Considered extends Dispute {
  /** It is about whether the action is permitted, not about what it does. */
  readonly decides: boolean;
}

function disputesOn(
  target: string,
  action: Action,
  readings: Readings,
  present: Situation,
): readonly Considered[] {
  const key = present.keys.get(target);
  const state = key && keyStateIn(present, target);
  if (!key || state === undefined || state === 'purged' || !isKeyAction(action)) return [];
  const cell: Cell = keyTransitions[state][action];
  return (cell.disputed ?? [])
    .filter(({ question }) => question === undefined || matters[question](key))
    .map(({ question, reading, alternative, source }) => {
      const decides = question !== undefined;
      return decides && takesAlternative(readings, question)
        ? { decides, reading: alternative, alternative: reading, source }
        : { decides, reading, alternative, source };
    });
}

function isKeyAction(action: Action): action is KeyAction {
  return (keyActions as readonly string[]).includes(action);
}
