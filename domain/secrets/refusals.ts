/**
 * Why a secret refuses something because of its locks or versions, with a plain cause and remedy. The vendor's codes,
 * statuses and messages belong to whoever speaks the vendor's API.
 */
import type { Explanation } from '../keys/refusals';
import { lockLimits } from './limits';

export type SecretRefusal =
  | 'version-locked'
  | 'previous-version-locked'
  | 'secret-locked'
  | 'dynamic-secret-locked'
  | 'version-not-found'
  | 'version-without-alias'
  | 'no-payload'
  | 'too-many-locks'
  | 'mode-not-supported'
  | 'task-pending';

export interface RefusedBySecret {
  readonly allowed: false;
  readonly refusal: SecretRefusal;
  /** Names of the locks in the way. */
  readonly locks: readonly string[];
}

export function refuse(refusal: SecretRefusal, locks: readonly string[] = []): RefusedBySecret {
  return { allowed: false, refusal, locks };
}

export function explainSecretRefusal({ refusal, locks }: RefusedBySecret): Explanation {
  return explanations[refusal](locks.join(', '));
}

const explanations: Readonly<Record<SecretRefusal, (locks: string) => Explanation>> = {
  'version-locked': (locks) => ({
    cause: `the version is locked by ${locks}`,
    remedy: 'remove these locks when their holders no longer use the version',
  }),
  'previous-version-locked': (locks) => ({
    cause: `the previous version is locked by ${locks}, and rotating would delete its data`,
    remedy: 'move these holders to the current version and remove their locks, then rotate',
  }),
  'secret-locked': (locks) => ({
    cause: `the secret is locked by ${locks}`,
    remedy: 'remove these locks when their holders no longer use the secret',
  }),
  'dynamic-secret-locked': (locks) => ({
    cause: `the secret is made anew at each reading, and it is locked by ${locks}`,
    remedy: 'remove these locks, or let the secret reuse its API key',
  }),
  'version-not-found': () => ({
    cause: 'the secret has no such version',
    remedy: 'name the current or the previous version, or the id of one of its versions',
  }),
  'version-without-alias': () => ({
    cause: 'the version is neither the current nor the previous one',
    remedy: 'lock the current or the previous version',
  }),
  'no-payload': () => ({
    cause: 'the version no longer holds its data',
    remedy: 'use a version that does',
  }),
  'too-many-locks': () => ({
    cause: `a secret holds ${lockLimits.perSecret} locks at most, over all its versions`,
    remedy: 'remove locks that nobody needs any longer',
  }),
  'mode-not-supported': () => ({
    cause: 'custom credentials do not take the mode remove_previous_and_delete',
    remedy: 'use remove_previous and then delete the data of the previous version',
  }),
  'task-pending': () => ({
    cause: 'a task of the secret has not completed',
    remedy: 'wait until all its tasks have completed',
  }),
};
