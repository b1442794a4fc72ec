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

interface ConditionRow {
  readonly authorized: Condition;
  readonly unauthorized: Condition;
  readonly source: string;
}

/**
 * A key that is gone or disabled decides alone; a missing authorization decides over one that would still decrypt.
 * Source of the order: inferred (behaviour.md A1, A3 treat each cause by itself); it names the worse of the two.
 */
const keyConditions = {
  'pre-active': {
    authorized: 'suspended',
    unauthorized: 'suspended',
    source: 'ibm-control-plane.md 6.1.4: no cryptographic operation before the key is active (inferred)',
  },
  active: { authorized: 'usable', unauthorized: 'unauthorized', source: 'behaviour.md A1, A3' },
  suspended: { authorized: 'suspended', unauthorized: 'suspended', source: 'behaviour.md A1' },
  deactivated: {
    authorized: 'deactivated',
    unauthorized: 'unauthorized',
    source: 'behaviour.md A3; ibm-vpc.md 4.5',
  },
  destroyed: { authorized: 'destroyed', unauthorized: 'destroyed', source: 'behaviour.md A1' },
  purged: { authorized: 'purged', unauthorized: 'purged', source: 'behaviour.md A1; ibm-vpc.md 4.6' },
} as const satisfies Record<KeyState | 'purged', ConditionRow>;

export function conditionOf(facts: {
  readonly keyState: KeyState | 'purged';
  readonly authorized: boolean;
}): Condition {
  const row = keyConditions[facts.keyState];
  return facts.authorized ? row.authorized : row.unauthorized;
}
