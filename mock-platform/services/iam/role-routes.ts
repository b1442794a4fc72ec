/** Role Management: the roles of services, and custom ones. (ibm-control-plane.md 6.3.1) */
import { definitionOf, operation, operationWithBody, type Service } from '../../kernel/operation';
import { roleManagement } from './access';
import { customRoleCrn, customRoles } from './custom-roles';
import { roleDialect } from './errors';
import type { CreateRole } from './gen/create-role';
import type { ReplaceRole } from './gen/replace-role';
import { createRole, deleteRole, getRole, listRoles, replaceRole } from './handlers/roles';
import type { ActionTable } from './role-actions';
import createRoleSchema from './schema/create-role.json';
import listRolesQuerySchema from './schema/list-roles-query.json';
import replaceRoleSchema from './schema/replace-role.json';
import roleListSchema from './schema/role-list.json';

const roleSchema = definitionOf(roleListSchema, 'CustomRole');

/** Names and roles of IBM Cloud IAM docs `iam-service-roles.md`, Role Management. The name of the audit event is inferred. */
const manages = (verb: string, role: string) => ({
  access: { action: `${roleManagement}.${verb}`, role },
  audit: `${roleManagement}.${verb}`,
});

const one = '/v2/roles/:role_id';

/** Everybody in the account may see its roles; who may change custom ones is decided on Role Management itself. */
export function iamRoleManagement(actions: ActionTable): Service {
  return {
    name: 'iam-roles',
    title: 'IAM Role Management',
    dialect: roleDialect,
    hosts: [/^(private\.)?iam\.cloud\.ibm\.com$/],
    paths: [/^\/v2\/roles(\/|$)/],
    accessTargets: async () => [{ serviceName: roleManagement }],
    auditTarget: async ({ tx }, { params }) => {
      const named = await tx.get(customRoles, params['role_id'] ?? '');
      return named && customRoleCrn(named.doc);
    },
    operations: [
      operation({
        operation: 'listRoles',
        method: 'GET',
        path: '/v2/roles',
        access: 'authenticated',
        query: listRolesQuerySchema,
        response: roleListSchema,
        handle: listRoles(actions),
      }),
      operationWithBody<CreateRole>({
        operation: 'createRole',
        method: 'POST',
        path: '/v2/roles',
        ...manages('create', 'Administrator'),
        schema: createRoleSchema,
        response: roleSchema,
        handle: createRole(actions),
      }),
      operation({
        operation: 'getRole',
        method: 'GET',
        path: one,
        access: 'authenticated',
        response: roleSchema,
        handle: getRole,
      }),
      operationWithBody<ReplaceRole>({
        operation: 'replaceRole',
        method: 'PUT',
        path: one,
        ...manages('update', 'Editor'),
        schema: replaceRoleSchema,
        response: roleSchema,
        handle: replaceRole(actions),
      }),
      operation({
        operation: 'deleteRole',
        method: 'DELETE',
        path: one,
        ...manages('delete', 'Administrator'),
        handle: deleteRole,
      }),
    ],
    unemulated: [],
  };
}
