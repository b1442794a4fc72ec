/**
 * IAM roles: CRNs, display names and which role carries which. Source: ibm-control-plane.md 6.3.2; the actions that
 * each role permits are tables of the services.
 */

export type PlatformRoleName = 'Viewer' | 'Operator' | 'Editor' | 'Administrator';

export type ServiceRoleName = 'Reader' | 'Writer' | 'Manager';

export interface Role {
  readonly crn: string;
  readonly displayName: string;
  readonly kind: 'platform' | 'service';
  /** Service that defines it; absent for roles that every service has. */
  readonly service?: string;
  /** Roles whose permissions it carries besides its own, as CRNs; directly or through another role. */
  readonly implies: readonly string[];
  readonly source: string;
}

const platformRoleCrn = (name: string): string => `crn:v1:bluemix:public:iam::::role:${name}`;
const serviceRoleCrn = (name: string): string => `crn:v1:bluemix:public:iam::::serviceRole:${name}`;
const ownRoleCrn = (service: string, name: string): string =>
  `crn:v1:bluemix:public:${service}::::serviceRole:${name}`;

export const reader = serviceRoleCrn('Reader');
export const writer = serviceRoleCrn('Writer');
export const manager = serviceRoleCrn('Manager');
export const viewer = platformRoleCrn('Viewer');
export const operator = platformRoleCrn('Operator');
export const editor = platformRoleCrn('Editor');
export const administrator = platformRoleCrn('Administrator');

const shapes = 'ibm-control-plane.md 6.3.2';

export const roles: readonly Role[] = [
  { crn: viewer, displayName: 'Viewer', kind: 'platform', implies: [], source: shapes },
  { crn: operator, displayName: 'Operator', kind: 'platform', implies: [viewer], source: shapes },
  { crn: editor, displayName: 'Editor', kind: 'platform', implies: [viewer], source: shapes },
  {
    crn: administrator,
    displayName: 'Administrator',
    kind: 'platform',
    implies: [viewer, operator, editor],
    source: shapes,
  },
  { crn: reader, displayName: 'Reader', kind: 'service', implies: [], source: shapes },
  { crn: writer, displayName: 'Writer', kind: 'service', implies: [reader], source: shapes },
  { crn: manager, displayName: 'Manager', kind: 'service', implies: [reader, writer], source: shapes },
];

export { ownRoleCrn };

/** The roles that can be granted on a service: those of every service, then its own. */
export function rolesOf(service: string): readonly Role[] {
  return roles.filter((role) => role.service === undefined || role.service === service);
}

export function roleByCrn(crn: string): Role | undefined {
  return roles.find((role) => role.crn === crn);
}

export function roleByName(service: string, displayName: string): Role | undefined {
  return rolesOf(service).find((role) => role.displayName === displayName);
}

/** Whether someone who holds `held` may do what `wanted` permits; both as CRNs. */
export function implies(held: string, wanted: string): boolean {
  if (held === wanted) return true;
  return roleByCrn(held)?.implies.includes(wanted) ?? false;
}
