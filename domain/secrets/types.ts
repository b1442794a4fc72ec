/** `secret_type` values. Source: ibm-control-plane.md 6.2.2. */
export const secretTypes = [
  'arbitrary',
  'username_password',
  'kv',
  'imported_cert',
  'public_cert',
  'private_cert',
  'iam_credentials',
  'service_credentials',
  'custom_credentials',
] as const;

export type SecretType = (typeof secretTypes)[number];

interface SecretTypeRow {
  /** Reaches its end on its date even when locked (behaviour.md C6). */
  readonly certificate: boolean;
  /** Made anew when it is read, unless its key is reused (behaviour.md C7; ibm-control-plane.md 6.2.6). */
  readonly dynamic: boolean;
  /** Takes the mode `remove_previous_and_delete` (ibm-control-plane.md 6.2.6). */
  readonly deletesPreviousOnLock: boolean;
}

const plain = { certificate: false, dynamic: false, deletesPreviousOnLock: true };

export const secretTypeRules = {
  arbitrary: plain,
  username_password: plain,
  kv: plain,
  imported_cert: { ...plain, certificate: true },
  public_cert: { ...plain, certificate: true },
  private_cert: { ...plain, certificate: true },
  iam_credentials: { ...plain, dynamic: true },
  service_credentials: plain,
  custom_credentials: { ...plain, deletesPreviousOnLock: false },
} as const satisfies Record<SecretType, SecretTypeRow>;

/** `state` and `state_description` of a secret. Source: ibm-control-plane.md 6.2.2. */
export const secretStates = {
  pre_activation: 0,
  active: 1,
  suspended: 2,
  deactivated: 3,
  destroyed: 5,
} as const;

export type SecretState = keyof typeof secretStates;

/** Versions older than the previous one have no alias. */
export type VersionAlias = 'current' | 'previous';

export interface NamedLock {
  /** Unique on its version. */
  readonly name: string;
}

export interface LockableVersion<L extends NamedLock = NamedLock> {
  readonly id: string;
  readonly alias?: VersionAlias | undefined;
  /** Whether the version still holds its data. */
  readonly payloadAvailable: boolean;
  readonly locks: readonly L[];
}

/** What the rules of locks and rotation look at. */
export interface LockableSecret<L extends NamedLock = NamedLock> {
  readonly secretType: SecretType;
  readonly versions: readonly LockableVersion<L>[];
  /** Custom credentials only: a task is queued or processing. */
  readonly taskPending?: boolean | undefined;
  /** IAM credentials only: `reuse_api_key`; reading does not make a new key then. */
  readonly reuseApiKey?: boolean | undefined;
}

export function currentVersion<L extends NamedLock>(
  secret: LockableSecret<L>,
): LockableVersion<L> | undefined {
  return secret.versions.find((version) => version.alias === 'current');
}

export function previousVersion<L extends NamedLock>(
  secret: LockableSecret<L>,
): LockableVersion<L> | undefined {
  return secret.versions.find((version) => version.alias === 'previous');
}

/** `locks_total`: the sum over the versions. */
export function locksTotal(secret: LockableSecret): number {
  return secret.versions.reduce((total, version) => total + version.locks.length, 0);
}
