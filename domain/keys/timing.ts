/**
 * Waits and windows in the life of a root key. Source: ibm-control-plane.md 6.1.5; those that it lacks name the page
 * of the Key Protect documentation.
 *
 * One convention for every boundary (inferred: the documents give lengths, not which end is included): a wait is
 * over at the exact instant it ends, a window is closed at the exact instant it ends.
 */
import { type Duration, day, hour, type Instant, minute, second } from '../time';
import { type KeyReadings, takesAlternative } from './readings';
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
/** No synchronization of a key within this time after the last one or after another change of its state. */
export const syncEvery: Duration = hour;
/** How long a first person's authorization of a deletion lasts; the key keeps its state meanwhile. */
export const deletionAuthorizationFor: Duration = 7 * day;
/** The month in which rotation policies count (`interval_month`, 1 to 12). */
export const rotationPolicyMonth: Duration = 30 * day;
/** The service may take this long after the expiration date; here the key deactivates at the date, which is cautious. */
export const deactivatedWithin: Duration = hour;
/** A key moved to another ring may be seen in the old one this long. */
export const ringTransferWithin: Duration = 10 * minute;
/** Services may take this long to act on a disabled or enabled key. Source: Key Protect `disable-keys.md`. */
export const servicesFollowWithin: Duration = 4 * hour;

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

/** From the first instant included to the last one excluded; no `until`: for ever. */
export interface Window {
  readonly from: Instant;
  readonly until?: Instant;
}

/** When a key disabled at that instant can be enabled; undefined when it expires before that. */
export function enablingWindow(disabledAt: Instant, expiresAt: Instant | undefined): Window | undefined {
  return window(disabledAt + enableAfterDisable, expiresAt);
}

/**
 * When a key deleted at that instant can be restored: for 30 days or until it expires, whichever ends sooner
 * (Key Protect `manage-dual-auth.md`); undefined when it expires before the wait is over.
 */
export function restoringWindow(
  deletedAt: Instant,
  expiresAt: Instant | undefined,
  readings: KeyReadings = {},
): Window | undefined {
  const end = deletedAt + restoreWindow;
  const ignoresExpiry = expiresAt === undefined || takesAlternative(readings, 'restore-expired-key');
  return window(deletedAt + restoreAfterDelete, ignoresExpiry ? end : Math.min(end, expiresAt));
}

function window(from: Instant, until: Instant | undefined): Window | undefined {
  if (until === undefined) return { from };
  return until > from ? { from, until } : undefined;
}

/** The first instant at which the key can be synchronized (again). Source: Key Protect `integrations/sync-resources.md`. */
export function syncPermittedFrom(key: {
  readonly lastSyncedAt?: Instant | undefined;
  /** The last disable, enable, delete, restore or rotation. */
  readonly lastChangedAt?: Instant | undefined;
}): Instant | undefined {
  const last = Math.max(
    key.lastSyncedAt ?? Number.NEGATIVE_INFINITY,
    key.lastChangedAt ?? Number.NEGATIVE_INFINITY,
  );
  return Number.isFinite(last) ? last + syncEvery : undefined;
}

/** When a rotation policy rotates next; `since` is the last rotation, or the creation before the first one. */
export function nextPolicyRotation(since: Instant, intervalMonths: number): Instant {
  return since + intervalMonths * rotationPolicyMonth;
}
