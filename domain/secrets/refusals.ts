/** Why a secret refuses something because of its locks or versions; vendor codes belong to the platform. */
export type SecretRefusal =
  | 'version-locked'
  | 'previous-version-locked'
  | 'secret-locked'
  | 'dynamic-secret-locked'
  | 'version-not-found'
  | 'version-without-alias'
  | 'no-payload'
  | 'too-many-locks'
  | 'duplicate-lock-names'
  | 'mode-needs-current-version'
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
