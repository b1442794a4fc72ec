import { authorizationDelegator, rolesOf } from '../../../../domain/iam/roles';
import type { Answer, Input, Session } from '../../../kernel/operation';
import { ok } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { notEmulated } from '../errors';
import type { RoleList } from '../gen/role-list';
import { presentRole } from '../present';
import type { ActionReader } from '../role-actions';

/**
 * The roles that can be granted on a service; without a service those that every service has. The same for every
 * source of an authorization: which pairs of services the vendor lets authorize each other is not modelled.
 */
export function listRoles(actionsOf: ActionReader) {
  return async (_session: Session, { query }: Input<undefined>): Promise<Answer> => {
    if (query.has('service_group_id')) throw notEmulated('roles of a service group');
    const service = query.get('service_name') ?? '';
    const forAuthorizations = query.get('policy_type') === 'authorization';
    const offered = rolesOf(service).filter(({ crn }) => forAuthorizations || crn !== authorizationDelegator);
    const shown = (kind: 'platform' | 'service') =>
      offered.filter((role) => role.kind === kind).map((role) => presentRole(role, actionsOf(role, service)));
    return ok<Wire<RoleList>>({
      custom_roles: [],
      service_roles: shown('service'),
      system_roles: shown('platform'),
    });
  };
}
