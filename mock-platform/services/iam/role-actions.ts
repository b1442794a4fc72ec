/** Which actions a role permits: read from the operations of the platform's own services, so that they agree. */
import { implies, type Role, roleByName } from '../../../domain/iam/roles';
import type { Service } from '../../kernel/operation';

/** The actions, ascending, that a role permits on a service of that catalog name. */
export type ActionReader = (role: Role, serviceName: string) => readonly string[];

/** Services whose actions carry the name of another one, because they speak its API. */
const actionPrefixes: Readonly<Record<string, string>> = { 'hs-crypto': 'kms' };

/** Platform actions are those of instances themselves; every service has them. */
const platformPrefix = 'resource-controller';

function concerns(action: string, role: Role, serviceName: string): boolean {
  const own = role.kind === 'platform' ? platformPrefix : (actionPrefixes[serviceName] ?? serviceName);
  return action.startsWith(`${own}.`);
}

/** `services` is asked late: the list holds the service that asks. */
export function actionsIn(services: () => readonly Service[]): ActionReader {
  return (role, serviceName) => {
    const needs = services().flatMap(({ operations }) => operations.map(({ access }) => access));
    const permitted = needs.flatMap((access) => {
      if (typeof access === 'string' || !concerns(access.action, role, serviceName)) return [];
      const wanted = roleByName(serviceName, access.role);
      return wanted !== undefined && implies(role.crn, wanted.crn) ? [access.action] : [];
    });
    return [...new Set(permitted)].sort();
  };
}
