/**
 * What a Secrets Manager instance and its secrets show under each condition of the instance's root key. The vendor
 * documents no status field for a sealed instance; the words and reason codes here are ours.
 * Source: behaviour.md B1, B4, A3.
 */
import type { Condition } from '../condition';
import type { Dispute } from '../dispute';
import type { SecretKind } from './operations';

export type SecretReason =
  | 'root_key_suspended'
  | 'root_key_deactivated'
  | 'root_key_destroyed'
  | 'root_key_purged'
  | 'authorization_missing';

export interface SecretStatus {
  /** `sealed`: the data is there and nobody can read it; `unrecoverable`: it never will be again. */
  readonly status: 'active' | 'sealed' | 'unrecoverable';
  readonly reasons: readonly SecretReason[];
  readonly interrupts: boolean;
  readonly source: string;
  readonly disputed?: Dispute;
}

const statuses = {
  usable: { status: 'active', reasons: [], interrupts: false, source: 'behaviour.md B4' },
  suspended: {
    status: 'sealed',
    reasons: ['root_key_suspended'],
    interrupts: true,
    source: 'behaviour.md B4',
  },
  deactivated: {
    status: 'active',
    reasons: ['root_key_deactivated'],
    interrupts: false,
    source: 'behaviour.md B1; ibm-control-plane.md 6.1.4 (unwrap yes, wrap no; inferred)',
  },
  destroyed: {
    status: 'sealed',
    reasons: ['root_key_destroyed'],
    interrupts: true,
    source: 'behaviour.md B4',
  },
  purged: {
    status: 'unrecoverable',
    reasons: ['root_key_purged'],
    interrupts: true,
    source: 'behaviour.md B4',
  },
  unauthorized: {
    status: 'sealed',
    reasons: ['authorization_missing'],
    interrupts: true,
    source: 'behaviour.md A3 (data inaccessible, kept), B1 (inferred)',
  },
} as const satisfies Record<Condition, SecretStatus>;

/** A secret shares the fate of its instance: there is one root key for both. */
export const secretStatuses = {
  'secrets-manager-instance': statuses,
  secret: statuses,
} as const satisfies Record<SecretKind, Record<Condition, SecretStatus>>;
