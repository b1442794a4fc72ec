/**
 * What a dependant sees of its root key: the key's state and whether the service authorization still lets the
 * dependant reach it, as one word.
 */
import type { KeyState } from './keys/states';

export const conditions = [
  'usable',
  'suspended',
  'deactivated',
  'destroyed',
  'purged',
  'unauthorized',
] as const;

export type Condition = (typeof conditions)[number];

/** The condition that each state of the key brings by itself. */
const ofState = {
  'pre-active': {
    condition: 'suspended',
    source: 'ibm-control-plane.md 6.1.4: no cryptographic operation before the key is active (inferred)',
  },
  active: { condition: 'usable', source: 'behaviour.md A1' },
  suspended: { condition: 'suspended', source: 'behaviour.md A1' },
  deactivated: { condition: 'deactivated', source: 'behaviour.md A1; ibm-vpc.md 4.5' },
  destroyed: { condition: 'destroyed', source: 'behaviour.md A1' },
  purged: { condition: 'purged', source: 'behaviour.md A1; ibm-vpc.md 4.6' },
} as const satisfies Record<KeyState | 'purged', { condition: Condition; source: string }>;

/** Worst first: whatever a condition breaks, the ones before it break too. The sources name no order (inferred). */
const worstFirst: readonly Condition[] = [
  'purged',
  'destroyed',
  'suspended',
  'unauthorized',
  'deactivated',
  'usable',
];

export interface ConditionFacts {
  /** The effective state, see `effectiveState`. */
  readonly keyState: KeyState | 'purged';
  /** A service authorization lets the dependant's service use the key. Source: behaviour.md A3. */
  readonly authorized: boolean;
}

/** Every condition that holds, worst first: each needs its own undo. `usable` alone when there is none. */
export function conditionsOf(facts: ConditionFacts): readonly Condition[] {
  const holding = new Set<Condition>([ofState[facts.keyState].condition]);
  if (!facts.authorized) {
    holding.add('unauthorized');
    holding.delete('usable');
  }
  return worstFirst.filter((condition) => holding.has(condition));
}

/** The worst condition that holds. */
export function conditionOf(facts: ConditionFacts): Condition {
  return conditionsOf(facts)[0] ?? 'usable';
}
