/** Who may do what: decided by the access policies of the caller and of the caller's access groups. */
import { canonicalService, matches, type PolicyAttribute } from '../../../domain/iam/authorization';
import { roleByName, roles } from '../../../domain/iam/roles';
import type { AccessTarget } from '../../kernel/access-target';
import type { RoleReader } from '../../kernel/authorization';
import { ownerId } from '../../kernel/identity';
import type { Session } from '../../kernel/operation';
import { noticedTerms, type PolicyTerms, policies } from './model';

/** Roles that even the account's owner has only when granted (Key Protect `grant-access-keys.md`). */
const grantedExplicitly: readonly string[] = ['KeyPurge'];

/** Services of the account itself; access to "all account management services" means these. */
const accountServices: readonly string[] = ['iam-access-management', 'resource-controller'];

function serviceTypeOf({ serviceName }: AccessTarget): 'service' | 'platform_service' {
  return serviceName === undefined || accountServices.includes(serviceName) ? 'platform_service' : 'service';
}

/** The IAM id of the caller and the ids of the access groups that it is a member of. */
function subjectsOf(session: Session): readonly string[] {
  const { iamId } = session.identity;
  const groups = session.options.identities.accessGroups ?? [];
  return [iamId, ...groups.filter(({ members }) => members.includes(iamId)).map(({ id }) => id)];
}

function speaksOf({ subject }: PolicyTerms, subjects: readonly string[]): boolean {
  return subject.some(({ value }) => typeof value === 'string' && subjects.includes(value));
}

const isServiceType = ({ key }: PolicyAttribute): boolean => key === 'serviceType';

function permits(terms: PolicyTerms, session: Session, role: string, target: AccessTarget): boolean {
  const { account } = session.options;
  const typed = terms.resource.filter(isServiceType);
  if (!typed.every(({ value }) => value === serviceTypeOf(target))) return false;
  const resource = { attributes: terms.resource.filter((attribute) => !isServiceType(attribute)) };
  const policy = { subject: { attributes: [] }, resource, roles: terms.roles };
  return matches(policy, {
    account,
    sourceService: '',
    targetService: canonicalService(target.serviceName ?? ''),
    targetInstance: target.serviceInstance,
    targetRegion: target.region,
    targetResourceGroup: target.resourceGroupId,
    targetResourceType: target.resourceType,
    targetResource: target.resource,
    role,
  });
}

function roleCrn(role: string, { serviceName = '' }: AccessTarget): string | undefined {
  return (roleByName(serviceName, role) ?? roles.find(({ displayName }) => displayName === role))?.crn;
}

/** Whether the caller holds the role, by display name, on the target. The owner holds every one, nearly. */
export async function holdsRole(session: Session, role: string, target: AccessTarget): Promise<boolean> {
  if (session.identity.iamId === ownerId && !grantedExplicitly.includes(role)) return true;
  const crn = roleCrn(role, target);
  if (crn === undefined) return false;
  const subjects = subjectsOf(session);
  const granted = await session.tx.list(policies, { scope: session.options.account, name: 'access' });
  return granted.some(({ doc }) => {
    const terms = noticedTerms(doc, session);
    return terms !== undefined && speaksOf(terms, subjects) && permits(terms, session, crn, target);
  });
}

/** Answers role questions of the kernel: the role is needed on everything that the request acts on. */
export const accessRoleReader: RoleReader = async (session, { service, role, input }) => {
  const targets = (await service.accessTargets?.(session, input)) ?? [{}];
  for (const target of targets) {
    if (!(await holdsRole(session, role, target))) return false;
  }
  return true;
};

/** For members of a list: whether the caller may see it. Says in the log what `enforce` would leave out. */
export async function mayAct(
  session: Session,
  { role, action, target }: { readonly role: string; readonly action: string; readonly target: AccessTarget },
): Promise<boolean> {
  const { auth } = session.options;
  if (auth === 'open' || (await holdsRole(session, role, target))) return true;
  if (auth === 'enforce') return false;
  session.logger.warn(
    `enforcing roles would leave out what ${session.identity.iamId} lacks ${role} for (${action})`,
  );
  return true;
}
