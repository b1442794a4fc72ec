/** Custom roles: actions of one service under a name of the account's own. (ibm-control-plane.md 6.3.1, 6.3.2) */
import { formatInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import { collection, type Stored } from '../../kernel/store/store';
import { roleNotFound } from './errors';

export interface CustomRoleDocument {
  readonly id: string;
  readonly account: string;
  /** Unique in the account, as the display name is; the end of its CRN. */
  readonly name: string;
  readonly displayName: string;
  readonly description?: string;
  /** Catalog name of the service. */
  readonly service: string;
  readonly actions: readonly string[];
  /** RFC 3339; persons are IAM ids. */
  readonly createdAt: string;
  readonly createdBy: string;
  readonly lastModifiedAt: string;
  readonly lastModifiedBy: string;
}

/** What can be said of a role when it is made, and changed later. */
export type CustomRoleTerms = Pick<CustomRoleDocument, 'displayName' | 'actions'> & {
  readonly description?: string | undefined;
};

export type StoredRole = Stored<CustomRoleDocument>;

/** Scope: the account; name: the service. */
export const customRoles = collection<CustomRoleDocument>('iam-custom-role');

/** Hexadecimal digits of the text that the vendor's ids of roles decode to. */
function roleId(account: string, name: string): string {
  return Buffer.from(`customRole-${account}-${name}`).toString('hex');
}

const crnPattern = /^crn:v1:ibmcloud:public:iam-access-management::a\/([^:]+)::customRole:([^:]+)$/;

/** Custom roles are of the cloud `ibmcloud`, unlike everything else (example CRN of the vendor's SDKs). */
export function customRoleCrn({ account, name }: Pick<CustomRoleDocument, 'account' | 'name'>): string {
  return `crn:v1:ibmcloud:public:iam-access-management::a/${account}::customRole:${name}`;
}

export async function customRoleByCrn(session: Session, crn: string): Promise<StoredRole | undefined> {
  const [, account, name] = crnPattern.exec(crn) ?? [];
  if (account === undefined || name === undefined) return undefined;
  return session.tx.get(customRoles, roleId(account, name));
}

export async function customRolesOf(session: Session, service?: string): Promise<readonly StoredRole[]> {
  const { account } = session.options;
  return session.tx.list(customRoles, { scope: account, ...(service !== undefined && { name: service }) });
}

/** Throws `role_not_found`. */
export async function requireCustomRole(session: Session, id: string): Promise<StoredRole> {
  const found = await session.tx.get(customRoles, id);
  if (found === undefined) throw roleNotFound(id);
  return found;
}

export type RoleDraft = Pick<CustomRoleDocument, 'name' | 'service'> & CustomRoleTerms;

/** Which other role of the account stands in the way, and by what (IBM Cloud IAM docs `iam-roles-management.md`). */
export async function findConflict(
  session: Session,
  { name, service, displayName, actions }: RoleDraft,
  except?: string,
): Promise<{ readonly what: 'name' | 'actions'; readonly other: StoredRole } | undefined> {
  const others = (await customRolesOf(session)).filter(({ id }) => id !== except);
  const named = others.find(({ doc }) => doc.name === name || doc.displayName === displayName);
  if (named !== undefined) return { what: 'name', other: named };
  const wanted = fingerprint(actions);
  const same = others.find(({ doc }) => doc.service === service && fingerprint(doc.actions) === wanted);
  return same && { what: 'actions', other: same };
}

function fingerprint(actions: readonly string[]): string {
  return [...new Set(actions)].sort().join();
}

export async function insertCustomRole(session: Session, draft: RoleDraft): Promise<StoredRole> {
  const { account } = session.options;
  const { name, service, displayName, description, actions } = draft;
  const now = formatInstant(session.now);
  const { iamId } = session.identity;
  const doc: CustomRoleDocument = {
    id: roleId(account, name),
    account,
    name,
    displayName,
    ...(description === undefined ? {} : { description }),
    service,
    actions,
    createdAt: now,
    createdBy: iamId,
    lastModifiedAt: now,
    lastModifiedBy: iamId,
  };
  return session.tx.insert(customRoles, { id: doc.id, scope: account, name: service, doc });
}

export async function rewriteCustomRole(
  session: Session,
  stored: StoredRole,
  { displayName, description, actions }: CustomRoleTerms,
): Promise<StoredRole> {
  const { description: _, ...kept } = stored.doc;
  const doc: CustomRoleDocument = {
    ...kept,
    displayName,
    ...(description === undefined ? {} : { description }),
    actions,
    lastModifiedAt: formatInstant(session.now),
    lastModifiedBy: session.identity.iamId,
  };
  return session.tx.update(stored, { doc });
}

export function removeCustomRole(session: Session, stored: StoredRole): Promise<void> {
  return session.tx.remove(stored);
}
