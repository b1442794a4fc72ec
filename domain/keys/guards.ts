/**
 * The conditions that a transition of `transition-table.ts` may ask, one function per name. A guard whose fact is
 * unknown (no `disabledAt`, say) agrees: it speaks only about what it knows.
 */
import type { Duration, Instant } from '../time';
import type { KeyFacts } from './facts';
import type { KeyRefusal } from './refusals';
import {
  enableAfterDisable,
  manualRotationEvery,
  purgeAllowedAfter,
  restoreAfterDelete,
  restoreWindow,
} from './timing';

export type GuardName =
  | 'no-retention'
  | 'unprotected'
  | 'unprotected-in-hyper-protect'
  | 'second-authorization'
  | 'waited-after-disable'
  | 'waited-after-delete'
  | 'purge-wait'
  | 'imported'
  | 'restore-window'
  | 'not-expired'
  | 'new-material'
  | 'rotation-interval';

/** What a concrete request adds to the facts of the key. */
export interface KeyRequest {
  /** Identity that asks; a deletion under dual authorization is refused when it is the one that authorized it. */
  readonly initiator?: string | undefined;
  /** Whether the request brings new key material. Leave it out when no concrete request is asked about. */
  readonly newMaterial?: boolean | undefined;
}

/** Why a guard disagrees, and from when it would agree if waiting helps. */
export interface Objection {
  readonly refusal: KeyRefusal;
  readonly earliest?: Instant;
}

type Guard = (key: KeyFacts, at: Instant, request: KeyRequest) => Objection | undefined;

export const guards = {
  'no-retention': (key) =>
    key.preventsDeletion === true ? { refusal: 'prevented-by-registration' } : undefined,
  unprotected: (key) => (key.registrations > 0 ? { refusal: 'protects-resources' } : undefined),
  'unprotected-in-hyper-protect': (key) =>
    key.service === 'hs-crypto' && key.registrations > 0 ? { refusal: 'protects-resources' } : undefined,
  'second-authorization': secondAuthorization,
  'waited-after-disable': (key, at) => waited(key.disabledAt, enableAfterDisable, at, 'too-early'),
  'waited-after-delete': (key, at) => waited(key.deletedAt, restoreAfterDelete, at, 'too-early'),
  'purge-wait': (key, at) => waited(key.deletedAt, purgeAllowedAfter, at, 'too-early'),
  imported: (key) => (key.imported ? undefined : { refusal: 'not-restorable' }),
  'restore-window': (key, at) =>
    key.deletedAt !== undefined && at >= key.deletedAt + restoreWindow
      ? { refusal: 'restore-window-over' }
      : undefined,
  'not-expired': (key, at) =>
    key.expiresAt !== undefined && at >= key.expiresAt ? { refusal: 'expired' } : undefined,
  'new-material': (key, _at, request) =>
    key.imported && request.newMaterial === false ? { refusal: 'needs-material' } : undefined,
  'rotation-interval': (key, at) => waited(key.lastRotatedAt, manualRotationEvery, at, 'rotated-recently'),
} as const satisfies Record<GuardName, Guard>;

function waited(
  since: Instant | undefined,
  wait: Duration,
  at: Instant,
  refusal: KeyRefusal,
): Objection | undefined {
  return since !== undefined && at < since + wait ? { refusal, earliest: since + wait } : undefined;
}

/** A first person authorizes the deletion for seven days, another one performs it (ibm-control-plane.md 6.1.5). */
function secondAuthorization(key: KeyFacts, at: Instant, request: KeyRequest): Objection | undefined {
  if (key.dualAuthDelete === undefined) return undefined;
  const { authorizedUntil, authorizedBy } = key.dualAuthDelete;
  if (authorizedUntil === undefined || at >= authorizedUntil)
    return { refusal: 'needs-second-authorization' };
  return authorizedBy !== undefined && authorizedBy === request.initiator
    ? { refusal: 'needs-second-identity' }
    : undefined;
}
