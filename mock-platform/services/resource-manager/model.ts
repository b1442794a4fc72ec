/** Resource groups. Every account has one called Default from its beginning. (ibm-control-plane.md 6.4.3) */
import { createHash } from 'node:crypto';
import { formatCrn } from '../../../domain/crn';
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { collection, type Stored } from '../../kernel/store/store';

export type ResourceGroupState = 'ACTIVE' | 'SUSPENDED' | 'DELETED';

export interface ResourceGroupDocument {
  /** 32 hexadecimal digits. */
  readonly id: string;
  readonly crn: string;
  readonly account: string;
  readonly name: string;
  readonly state: ResourceGroupState;
  readonly isDefault: boolean;
  /** RFC 3339. */
  readonly createdAt: string;
  readonly updatedAt: string;
}

export const resourceGroups = collection<ResourceGroupDocument>('resource-group');

export const defaultGroupName = 'Default';

export function resourceGroupCrn(account: string, id: string): string {
  return formatCrn({
    serviceName: 'resource-controller',
    scope: `a/${account}`,
    resourceType: 'resource-group',
    resource: id,
  });
}

/** The same for every platform of an account, so that a stack may be applied to a fresh one again. */
export function defaultGroupId(account: string): string {
  return createHash('sha256').update(`resource-group/${account}/default`).digest('hex').slice(0, 32);
}

export function newResourceGroup(
  session: Session,
  group: { readonly id: string; readonly name: string; readonly isDefault: boolean },
): ResourceGroupDocument {
  const { account } = session.options;
  const now = formatInstant(session.now);
  return {
    ...group,
    crn: resourceGroupCrn(account, group.id),
    account,
    state: 'ACTIVE',
    createdAt: now,
    updatedAt: now,
  };
}

export async function insertResourceGroup(
  session: Session,
  group: ResourceGroupDocument,
): Promise<Stored<ResourceGroupDocument>> {
  return session.tx.insert(resourceGroups, {
    id: group.id,
    scope: group.account,
    name: group.name,
    doc: group,
  });
}

/** The account's default group, made the first time that anybody asks for a group. */
async function ensureDefault(session: Session): Promise<Stored<ResourceGroupDocument>> {
  const id = defaultGroupId(session.options.account);
  const found = await session.tx.get(resourceGroups, id);
  return (
    found ??
    insertResourceGroup(session, newResourceGroup(session, { id, name: defaultGroupName, isDefault: true }))
  );
}

export async function defaultResourceGroup(session: Session): Promise<ResourceGroupDocument> {
  return (await ensureDefault(session)).doc;
}

export async function loadResourceGroup(
  session: Session,
  id: string,
): Promise<Stored<ResourceGroupDocument> | undefined> {
  await ensureDefault(session);
  const found = await session.tx.get(resourceGroups, id);
  return found?.doc.state === 'DELETED' ? undefined : found;
}

/** By id; `undefined` when the account has no such group, or no longer. */
export async function findResourceGroup(
  session: Session,
  id: string,
): Promise<ResourceGroupDocument | undefined> {
  return (await loadResourceGroup(session, id))?.doc;
}

/** The account's groups, deleted ones too, the default one first. */
export async function listResourceGroups(session: Session): Promise<Stored<ResourceGroupDocument>[]> {
  await ensureDefault(session);
  return session.tx.list(resourceGroups, { scope: session.options.account });
}
