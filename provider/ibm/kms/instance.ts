/** What all types of the key management services do with `instance_id` (ibm-control-plane.md 4.0). */
import type { DiffSuppressRequest } from '../../core/resource';
import { allowedTexts } from '../../core/vendor-validators';
import { step } from '../client/failures';
import { type InstanceAddress, instanceGuid, KeyProtectClient } from '../client/key-protect';
import type { IbmSession } from '../client/session';

/** Of `endpoint_type`. */
export const publicOrPrivate = allowedTexts('public', 'private');

/** GUID and CRN name the same instance: from the one to the other is no change. */
export function sameInstance({
  prior,
  planned,
}: Pick<DiffSuppressRequest<unknown>, 'prior' | 'planned'>): boolean {
  return (
    typeof prior === 'string' && typeof planned === 'string' && instanceGuid(prior) === instanceGuid(planned)
  );
}

/** Asks where the instance is. `id` is a GUID or a CRN. */
export function openInstance(
  session: IbmSession,
  { id, endpointType }: { readonly id: string } & Pick<InstanceAddress, 'endpointType'>,
  signal: AbortSignal,
): Promise<KeyProtectClient> {
  const guid = instanceGuid(id);
  const opening = KeyProtectClient.of(session, { guid, endpointType }, signal);
  return step({ says: '[ERROR] Error retrieving resource instance' }, opening, 'instance_id');
}
