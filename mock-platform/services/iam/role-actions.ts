/** Which actions there are and which a role permits: read from the operations of the platform's own services, so that they agree. */
import { implies, type Role, roleByName } from '../../../domain/iam/roles';
import { accessesOf, type NamedAccess, type Service } from '../../kernel/operation';

export interface ActionTable {
  /** The actions, ascending, that a role permits on a service of that catalog name. */
  permittedBy(role: Role, serviceName: string): readonly string[];
  /** Every action of the service itself, and those that every service has. */
  of(serviceName: string): { readonly own: readonly string[]; readonly platform: readonly string[] };
}

/** Services that speak the API of another one: the same actions under their own name. */
const speaks: Readonly<Record<string, string>> = { 'hs-crypto': 'kms' };

/** Actions on instances, on the policies that open them and on their tags; every service has them. */
const platformPrefixes: readonly string[] = ['resource-controller.', 'iam.', 'global-search-tagging.'];

/** The action as the service names it: `kms.secrets.list` is `hs-crypto.secrets.list` there. */
export function actionOn(action: string, serviceName: string | undefined): string {
  const spoken = speaks[serviceName ?? ''];
  return spoken !== undefined && action.startsWith(`${spoken}.`)
    ? `${serviceName}${action.slice(spoken.length)}`
    : action;
}

const isPlatform = (action: string): boolean => platformPrefixes.some((prefix) => action.startsWith(prefix));

function isOwn(action: string, serviceName: string): boolean {
  return serviceName !== '' && action.startsWith(`${serviceName}.`);
}

const ascending = (actions: readonly string[]): readonly string[] => [...new Set(actions)].sort();

/** `services` is asked late: the list holds the service that asks. */
export function actionsIn(services: () => readonly Service[]): ActionTable {
  const needsOn = (serviceName: string): readonly NamedAccess[] =>
    services()
      .flatMap(({ operations }) => operations.flatMap(accessesOf))
      .map(({ action, role }) => ({ action: actionOn(action, serviceName), role }))
      .filter(({ action }) => isPlatform(action) || isOwn(action, serviceName));
  return {
    permittedBy(role, serviceName) {
      const permitted = needsOn(serviceName).filter((need) => {
        const wanted = roleByName(serviceName, need.role);
        return wanted !== undefined && implies(role.crn, wanted.crn);
      });
      return ascending([...permitted.map(({ action }) => action), ...(role.actions ?? [])]);
    },
    of(serviceName) {
      const actions = needsOn(serviceName).map(({ action }) => action);
      return {
        own: ascending(actions.filter((action) => isOwn(action, serviceName))),
        platform: ascending(actions.filter(isPlatform)),
      };
    },
  };
}
