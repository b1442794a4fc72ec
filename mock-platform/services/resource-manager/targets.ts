/** What requests to the Resource Manager act on: a resource group, or the account. */
import type { AccessTarget } from '../../kernel/access-target';
import type { Input, Session } from '../../kernel/operation';
import { resourceGroups } from './model';

export function groupTarget(id: string): AccessTarget {
  return { resourceType: 'resource-group', resource: id };
}

export async function auditTarget(session: Session, { params }: Input<unknown>): Promise<string | undefined> {
  return (await session.tx.get(resourceGroups, params['id'] ?? ''))?.doc.crn;
}

export async function groupTargets(
  _session: Session,
  { params }: Input<unknown>,
): Promise<readonly AccessTarget[]> {
  const id = params['id'];
  return id === undefined ? [{}] : [groupTarget(id)];
}
