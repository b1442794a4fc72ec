/**
 * Deletion of a service instance: disabled at once, permanent after the reclamation. Source: behaviour.md B5, B6;
 * ibm-control-plane.md 6.4.2.
 */
import { type Duration, day, type Instant } from './time';

/** How long a deleted instance can be restored. */
export const reclamationWindow: Duration = 7 * day;

/** `state` of an instance as the Resource Controller writes it, as far as deletion goes. */
export type InstanceState = 'active' | 'pending_reclamation' | 'removed';

/** The state that holds at an instant: a deleted instance is removed for good when its reclamation ends. */
export function effectiveInstanceState(
  instance: { readonly state: InstanceState; readonly deletedAt?: Instant | undefined },
  at: Instant,
): InstanceState {
  if (instance.state !== 'pending_reclamation' || instance.deletedAt === undefined) return instance.state;
  return at >= instance.deletedAt + reclamationWindow ? 'removed' : 'pending_reclamation';
}

/** Until when the deletion can be undone: restoring brings back the instance, its secrets and its authorizations. */
export function reclamationEnds(deletedAt: Instant): Instant {
  return deletedAt + reclamationWindow;
}
