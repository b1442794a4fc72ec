/**
 * What can be done with a Secrets Manager instance and its secrets under each condition of the instance's root key.
 * Source: behaviour.md B1, B4 (sealed: nothing in the instance can be read or written; the instance itself stays
 * visible), A3; ibm-control-plane.md 6.1.4 for a key that unwraps and no longer wraps.
 */
import type { Condition } from '../condition';

export const secretKinds = ['secrets-manager-instance', 'secret'] as const;

export type SecretKind = (typeof secretKinds)[number];

export type SecretOperation =
  /** Read the service instance itself (Resource Controller). */
  | 'instance.read'
  /** Delete the service instance (Resource Controller); opens the reclamation. */
  | 'instance.delete'
  | 'secret.list'
  | 'secret.create'
  /** Read the payload. */
  | 'secret.read'
  | 'secret.read-metadata'
  | 'secret.update-metadata'
  /** Add a version. */
  | 'secret.rotate'
  | 'secret.delete'
  | 'lock.list'
  | 'lock.create'
  | 'lock.delete';

export interface SecretOperationCell {
  readonly permitted: boolean;
  readonly source: string;
  readonly inferred?: true;
}

export type SecretOperationRow = {
  readonly on: readonly SecretKind[];
} & Readonly<Record<Condition, SecretOperationCell>>;

const open: SecretOperationCell = { permitted: true, source: 'behaviour.md B1, B4' };
const sealed: SecretOperationCell = { permitted: false, source: 'behaviour.md B4' };
/** The authorization is how the data keys are unwrapped; without it nothing can be read (inferred). */
const unreachable: SecretOperationCell = { permitted: false, source: 'behaviour.md A3', inferred: true };
const unwraps: SecretOperationCell = {
  permitted: true,
  source: 'behaviour.md B1; ibm-control-plane.md 6.1.4 (a deactivated key unwraps)',
  inferred: true,
};
const wrapsNoMore: SecretOperationCell = {
  permitted: false,
  source: 'behaviour.md B1; ibm-control-plane.md 6.1.4 (a deactivated key does not wrap)',
  inferred: true,
};
const visible: SecretOperationCell = { permitted: true, source: 'behaviour.md B4' };

const ofInstance = ['secrets-manager-instance'] as const;

/** Of the instance itself, outside the seal. */
const outside = {
  usable: open,
  suspended: visible,
  deactivated: visible,
  destroyed: visible,
  purged: visible,
  unauthorized: visible,
};
/** Uses data keys that exist. */
const inside = {
  usable: open,
  suspended: sealed,
  deactivated: unwraps,
  destroyed: sealed,
  purged: sealed,
  unauthorized: unreachable,
};
/** Needs a new data key wrapped. */
const insideWithNewDataKey = { ...inside, deactivated: wrapsNoMore };

export const secretOperations = {
  'instance.read': { on: ofInstance, ...outside },
  'instance.delete': { on: ofInstance, ...outside },
  'secret.list': { on: ofInstance, ...inside },
  'secret.create': { on: ofInstance, ...insideWithNewDataKey },
  'secret.read': { on: secretKinds, ...inside },
  'secret.read-metadata': { on: secretKinds, ...inside },
  'secret.update-metadata': { on: secretKinds, ...inside },
  'secret.rotate': { on: secretKinds, ...insideWithNewDataKey },
  'secret.delete': { on: secretKinds, ...inside },
  'lock.list': { on: secretKinds, ...inside },
  'lock.create': { on: secretKinds, ...inside },
  'lock.delete': { on: secretKinds, ...inside },
} as const satisfies Record<SecretOperation, SecretOperationRow>;

/** Whether the operation is permitted under that condition, as far as the key decides. */
export function secretPermits(condition: Condition, operation: SecretOperation): boolean {
  return secretOperations[operation][condition].permitted;
}

/** What can be done while the key is usable and no longer under the condition. */
export function secretBreaks(kind: SecretKind, condition: Condition): readonly SecretOperation[] {
  return (Object.keys(secretOperations) as SecretOperation[]).filter((operation) => {
    const row: SecretOperationRow = secretOperations[operation];
    return row.on.includes(kind) && row.usable.permitted && !row[condition].permitted;
  });
}
