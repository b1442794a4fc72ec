/**
 * Waits and windows in the life of a root key. Source: ibm-control-plane.md 6.1.5.
 *
 * One convention for every boundary (inferred: the documents give lengths, not which end is included): a wait is
 * over at the exact instant it ends, a window is closed at the exact instant it ends.
 */
import { type Duration, day, hour, type Instant, minute, second } from '../time';
import type { KeyState } from './states';

/** A deleted key can be restored until this long after its deletion. */
export const restoreWindow: Duration = 30 * day;
/** A deleted key can be purged by a user from this long after its deletion. */
export const purgeAllowedAfter: Duration = 4 * hour;
/** A deleted key is purged by the service this long after its deletion; every call on it answers 404 from then on. */
export const purgedAfter: Duration = 90 * day;
export const enableAfterDisable: Duration = 30 * second;
export const restoreAfterDelete: Duration = 30 * second;
/** At most one rotation on demand per key in this time. */
export const manualRotationEvery: Duration = hour;
/** At most one synchronization with the associated resources per key in this time. */
export const syncEvery: Duration = hour;
/** How long a first person's authorization of a deletion lasts; the key keeps its state meanwhile. */
export const deletionAuthorizationFor: Duration = 7 * day;
/** The month in which rotation policies count (`interval_month`, 1 to 12). */
export const rotationPolicyMonth: Duration = 30 * day;
/** The service may take this long after the expiration date; here the key deactivates at the date, which is cautious. */
export const deactivatedWithin: Duration = hour;
/** A key moved to another ring may be seen in the old one this long. */
export const ringTransferWithin: Duration = 10 * minute;

/** The facts from which the present state of a key follows. */
export interface TimedKey {
  readonly state: KeyState;
  readonly deletedAt?: Instant | undefined;
  readonly expiresAt?: Instant | undefined;
}

/**
 * The state that holds at an instant, given the state that was last written: a key whose expiration date has come is
 * deactivated, a key deleted 90 days ago is purged.
 */
export function effectiveState(key: TimedKey, at: Instant): KeyState | 'purged' {
  if (key.state === 'destroyed') {
    return key.deletedAt !== undefined && at >= key.deletedAt + purgedAfter ? 'purged' : 'destroyed';
  }
  return key.expiresAt !== undefined && at >= key.expiresAt ? 'deactivated' : key.state;
}
