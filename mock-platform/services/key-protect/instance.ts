/** The key management instance that a request is about: the one that its header `Bluemix-Instance` names. */
import type { Input, Session } from '../../kernel/operation';
import { type InstanceDocument, InstanceGone, requireInstance } from '../resource-controller/instances';
import { instanceHeaderMissing, instanceUnavailable } from './errors';
import { type KeyServiceName, keyServiceNames, type Stamp } from './model';

export interface KeyInstance {
  readonly guid: string;
  readonly crn: string;
  readonly service: KeyServiceName;
  readonly region: string;
  readonly account: string;
  readonly resourceGroup: string;
  readonly created: Stamp;
}

const causes: Record<InstanceGone['reason'], string> = {
  unknown: 'there is no such instance',
  'other-service': 'the instance is not one of Key Protect or Hyper Protect Crypto Services',
  'pending-reclamation':
    'the instance was deleted and waits for its reclamation; it can be restored until then',
  removed: 'the instance was deleted for good',
};

export function toKeyInstance(instance: InstanceDocument): KeyInstance {
  const { guid, crn, location, account, resourceGroupId } = instance;
  const service = keyServiceNames.find((name) => name === instance.service) ?? 'kms';
  const created = { by: instance.createdBy, at: instance.createdAt };
  return { guid, crn, service, region: location, account, resourceGroup: resourceGroupId, created };
}

/** Throws INVALID_FIELD_ERR without the header, INSTANCE_NOT_FOUND_ERR when it names no active instance. */
export async function instanceOf(
  session: Session,
  { headers }: Pick<Input<unknown>, 'headers'>,
): Promise<KeyInstance> {
  const guid = headers['bluemix-instance'];
  if (guid === undefined || guid === '') throw instanceHeaderMissing();
  return instanceNamed(session, guid, keyServiceNames);
}

/** Throws INSTANCE_NOT_FOUND_ERR unless it is an active instance of one of the services. */
export async function instanceNamed(
  session: Session,
  guid: string,
  services: readonly KeyServiceName[],
): Promise<KeyInstance> {
  try {
    return toKeyInstance((await requireInstance(session, guid, services)).doc);
  } catch (error) {
    if (error instanceof InstanceGone) throw instanceUnavailable(guid, causes[error.reason]);
    throw error;
  }
}
