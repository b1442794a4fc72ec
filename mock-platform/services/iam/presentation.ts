/** What has to be known of a policy's roles and permits before it can be shown, by the format that is asked for. */
import { type Role, roleByCrn } from '../../../domain/iam/roles';
import type { Session } from '../../kernel/operation';
import { customRoleByCrn } from './custom-roles';
import type { PolicyDocument } from './model';
import { permitsOf } from './permits';
import type { GrantedRole, Presentation } from './present';
import type { ActionTable } from './role-actions';

interface Asked {
  /** `include_last_permit`, `display` or nothing. */
  readonly format: string | null;
  readonly actions: ActionTable;
}

export async function presentationOf(
  session: Session,
  policy: PolicyDocument,
  { format, actions }: Asked,
): Promise<Presentation> {
  const display = format === 'display';
  const roles = new Map<string, GrantedRole>();
  for (const crn of policy.roles) {
    const role = await grantedRole(session, crn, (known) => actions.permittedBy(known, serviceOf(policy)));
    if (role === undefined) continue;
    const { displayName, permitted } = role;
    roles.set(crn, display ? { displayName, actions: permitted() } : { displayName });
  }
  return {
    session,
    roles,
    display,
    ...(format === 'include_last_permit' ? { permits: await permitsOf(session, policy.id) } : {}),
  };
}

interface Granted {
  readonly displayName: string;
  readonly permitted: () => readonly string[];
}

async function grantedRole(
  session: Session,
  crn: string,
  permittedBy: (role: Role) => readonly string[],
): Promise<Granted | undefined> {
  const role = roleByCrn(crn);
  if (role !== undefined) return { displayName: role.displayName, permitted: () => permittedBy(role) };
  const custom = await customRoleByCrn(session, crn);
  return custom && { displayName: custom.doc.displayName, permitted: () => custom.doc.actions };
}

function serviceOf({ resource }: PolicyDocument): string {
  const name = resource.find(({ key }) => key === 'serviceName')?.value;
  return typeof name === 'string' ? name : '';
}
