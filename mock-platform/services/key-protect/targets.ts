/** What requests to the key management services act on: the instance, or the one key that the path names. */
import type { AccessTarget } from '../../kernel/access-target';
import type { Input, Session } from '../../kernel/operation';
import { findInstance } from '../resource-controller/instances';
import { instanceTarget } from '../resource-controller/targets';
import { findKey, seenRing } from './keys';

/**
 * A key is named by its id or by an alias of it; one that is not there is named as the caller wrote it. Requests that name
 * no key act in the ring of their header: whoever has access to one ring only has to name it (Key Protect `grouping-keys.md`).
 */
export async function keyTargets(
  session: Session,
  { headers, params }: Pick<Input<unknown>, 'headers' | 'params'>,
): Promise<readonly AccessTarget[]> {
  const guid = params['instance'] ?? headers['bluemix-instance'];
  const found = guid === undefined ? undefined : await findInstance(session, guid);
  if (found === undefined) {
    return [{ serviceName: 'kms', ...(guid !== undefined && { serviceInstance: guid }) }];
  }
  const instance = instanceTarget(found.doc);
  const { id } = params;
  const ring = headers['x-kms-key-ring'];
  if (id === undefined) return [{ ...instance, ...(ring && { keyRing: ring }) }];
  const key = await findKey(session, { instance: found.doc.guid, idOrAlias: id });
  if (key === undefined) return [{ ...instance, resourceType: 'key', resource: id }];
  return [{ ...instance, resourceType: 'key', resource: key.id, keyRing: seenRing(session, key.doc) }];
}
