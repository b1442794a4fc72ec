/** What requests to Secrets Manager act on: access is decided by instance, audit events name the secret. */
import type { AccessTarget } from '../../kernel/access-target';
import type { Input, Session } from '../../kernel/operation';
import { findInstance } from '../resource-controller/instances';
import { instanceTarget } from '../resource-controller/targets';
import { secretsManager } from './instance';
import { secrets } from './model';

type Request = Pick<Input<unknown>, 'params'>;

/** The instance of the path or host; one that is not there is still of this service. */
export async function instanceTargets(
  session: Session,
  { params }: Request,
): Promise<readonly AccessTarget[]> {
  const guid = params['instance_id'];
  const found = guid === undefined ? undefined : await findInstance(session, guid);
  if (found !== undefined) return [instanceTarget(found.doc)];
  return [{ serviceName: secretsManager, ...(guid !== undefined && { serviceInstance: guid }) }];
}

/** Versions and locks are named by their secret. */
export async function auditTarget(session: Session, { params }: Request): Promise<string | undefined> {
  const { instance_id: guid = '', secret_id: secretId, id } = params;
  const secret = await session.tx.get(secrets, secretId ?? id ?? '');
  if (secret?.scope === guid) return secret.doc.crn;
  return (await findInstance(session, guid))?.doc.crn;
}
