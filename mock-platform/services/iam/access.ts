/** Who may do what: decided by the access policies of the caller and of the caller's access groups. */
import { canonicalService, covers, type PolicyAttribute } from '../../../domain/iam/authorization';
import { ruleHolds } from '../../../domain/iam/conditions';
import { implies, roleByCrn, roleByName, roles } from '../../../domain/iam/roles';
import type { AccessTarget } from '../../kernel/access-target';
import type { RoleReader } from '../../kernel/authorization';
import { ownerId } from '../../kernel/identity';
import type { NamedAccess, Session } from '../../kernel/operation';
import { carriesTags } from './access-tags';
import { customRoleByCrn } from './custom-roles';
import { noticedTerms, type PolicyTerms, policies } from './model';
import { recordPermit } from './permits';
import { actionOn } from './role-actions';

/** Roles that even the account's owner has only when granted (Key Protect `grant-access-keys.md`). */
const grantedExplicitly: readonly string[] = ['KeyPurge'];

/** Catalog name of the service that custom roles belong to, a child of IAM Access Management. */
export const roleManagement = 'iam-access-management.customRole';

/** Services of the account itself, each with the one it is a child of; "all account management services" are these. */
const accountServices: Readonly<Record<string, string | undefined>> = {
  'iam-access-management': undefined,
  [roleManagement]: 'iam-access-management',
  'resource-controller': undefined,
};

/** Account services under one name (IBM Cloud IAM docs `iam-account_management.md`, All IAM Account Management services). */
const serviceGroups: Readonly<Record<string, readonly string[]>> = {
  IAM: ['iam-access-management', roleManagement],
};

function isAccountService({ serviceName }: AccessTarget): boolean {
  return serviceName === undefined || Object.hasOwn(accountServices, serviceName);
}

/** What attributes say that do not name a property of the target. */
const scopes: Readonly<Record<string, (value: string, target: AccessTarget) => boolean>> = {
  serviceType: (value, target) => value === (isAccountService(target) ? 'platform_service' : 'service'),
  service_group_id: (value, { serviceName = '' }) => serviceGroups[value]?.includes(serviceName) ?? false,
};

/** The IAM id of the caller and the ids of the access groups that it is a member of. */
function subjectsOf(session: Session): readonly string[] {
  const { iamId } = session.identity;
  const groups = session.options.identities.accessGroups ?? [];
  return [iamId, ...groups.filter(({ members }) => members.includes(iamId)).map(({ id }) => id)];
}

function speaksOf({ subject }: PolicyTerms, subjects: readonly string[]): boolean {
  return subject.some(({ value }) => typeof value === 'string' && subjects.includes(value));
}

const isScope = ({ key }: PolicyAttribute): boolean => Object.hasOwn(scopes, key);

/** Whether the policy's resource takes in the target, or the service that the target's is a child of. */
function opens({ resource }: PolicyTerms, { account }: Session['options'], target: AccessTarget): boolean {
  const inScope = resource.filter(isScope).every(({ key, value }) => scopes[key]?.(String(value), target));
  if (!inScope) return false;
  const { serviceName = '' } = target;
  const properties = resource.filter((attribute) => !isScope(attribute));
  return [serviceName, accountServices[serviceName]].some(
    (name) =>
      name !== undefined &&
      covers(properties, {
        account,
        targetService: canonicalService(name),
        targetInstance: target.serviceInstance,
        targetRegion: target.region,
        targetResourceGroup: target.resourceGroupId,
        targetResourceType: target.resourceType,
        targetResource: target.resource,
        targetKeyRing: target.keyRing,
      }),
  );
}

/** Whether the role carries the one that is needed, or holds the action by itself, as custom roles do. */
async function suffices(
  session: Session,
  role: string,
  { needed, action }: { readonly needed: string | undefined; readonly action: string },
): Promise<boolean> {
  if (needed !== undefined && implies(role, needed)) return true;
  const known = roleByCrn(role);
  const actions = known ? known.actions : (await customRoleByCrn(session, role))?.doc.actions;
  return actions?.includes(action) ?? false;
}

async function permits(
  session: Session,
  terms: PolicyTerms,
  need: NamedAccess,
  target: AccessTarget,
): Promise<boolean> {
  if (!opens(terms, session.options, target)) return false;
  if (terms.time !== undefined && !ruleHolds(terms.time.rule, session.now)) return false;
  if (terms.tags !== undefined && !(await carriesTags(session, terms.tags, target))) return false;
  const needed = roleCrn(need.role, target);
  const action = actionOn(need.action, target.serviceName);
  for (const role of terms.roles) {
    if (await suffices(session, role, { needed, action })) return true;
  }
  return false;
}

function roleCrn(role: string, { serviceName = '' }: AccessTarget): string | undefined {
  return (roleByName(serviceName, role) ?? roles.find(({ displayName }) => displayName === role))?.crn;
}

/**
 * Whether the caller may take the action on the target. The owner may do nearly everything; for others a policy has to
 * permit it, and is told that it did.
 */
export async function holdsAccess(
  session: Session,
  need: NamedAccess,
  target: AccessTarget,
): Promise<boolean> {
  const { iamId } = session.identity;
  if (iamId === ownerId && !grantedExplicitly.includes(need.role)) return true;
  const subjects = subjectsOf(session);
  for (const { id, doc } of await session.tx.list(policies, {
    scope: session.options.account,
    name: 'access',
  })) {
    const terms = noticedTerms(doc, session);
    if (terms === undefined || !speaksOf(terms, subjects)) continue;
    if (!(await permits(session, terms, need, target))) continue;
    await recordPermit(session, id, iamId);
    return true;
  }
  return false;
}

/** Answers role questions of the kernel: the action is needed on everything that the request acts on. */
export const accessRoleReader: RoleReader = async (session, { service, action, role, input }) => {
  const targets = (await service.accessTargets?.(session, input)) ?? [{}];
  for (const target of targets) {
    if (!(await holdsAccess(session, { action, role }, target))) return false;
  }
  return true;
};

/** For members of a list: whether the caller may see it. Says in the log what `enforce` would leave out. */
export async function mayAct(
  session: Session,
  { role, action, target }: NamedAccess & { readonly target: AccessTarget },
): Promise<boolean> {
  const { auth } = session.options;
  if (auth === 'open' || (await holdsAccess(session, { action, role }, target))) return true;
  if (auth === 'enforce') return false;
  session.logger.warn(
    `enforcing roles would leave out what ${session.identity.iamId} lacks ${role} for (${action})`,
  );
  return true;
}
