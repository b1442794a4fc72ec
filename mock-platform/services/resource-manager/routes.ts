/** Resource Manager: resource groups and quota definitions. (ibm-control-plane.md 6.4.3) */
import { definitionOf, operation, operationWithBody, type Service } from '../../kernel/operation';
import { resourceManagerDialect } from './errors';
import type { CreateResourceGroup } from './gen/create-resource-group';
import type { UpdateResourceGroup } from './gen/update-resource-group';
import {
  createGroup,
  deleteGroup,
  getGroup,
  getQuota,
  listGroups,
  listQuotas,
  updateGroup,
} from './handlers';
import createSchema from './schema/create-resource-group.json';
import createdSchema from './schema/created-resource-group.json';
import listQuerySchema from './schema/list-resource-groups-query.json';
import quotaListSchema from './schema/quota-definition-list.json';
import groupListSchema from './schema/resource-group-list.json';
import updateSchema from './schema/update-resource-group.json';
import { auditTarget, groupTargets } from './targets';

const groups = '/v2/resource_groups';
const groupSchema = definitionOf(groupListSchema, 'ResourceGroup');

export const resourceManager: Service = {
  name: 'resource-manager',
  title: 'Resource Manager',
  dialect: resourceManagerDialect,
  hosts: [/^(private\.)?resource-controller\.cloud\.ibm\.com$/],
  paths: [/^\/v2\/(resource_groups|quota_definitions)(\/|$)/],
  accessTargets: groupTargets,
  auditTarget,
  operations: [
    operation({
      operation: 'listResourceGroups',
      method: 'GET',
      path: groups,
      access: 'authenticated',
      query: listQuerySchema,
      response: groupListSchema,
      handle: listGroups,
    }),
    operationWithBody<CreateResourceGroup>({
      operation: 'createResourceGroup',
      method: 'POST',
      path: groups,
      access: { action: 'resource-controller.group.create', role: 'Editor' },
      audit: 'resource-controller.group.create',
      schema: createSchema,
      response: createdSchema,
      handle: createGroup,
    }),
    operation({
      operation: 'getResourceGroup',
      method: 'GET',
      path: `${groups}/:id`,
      access: { action: 'resource-controller.group.retrieve', role: 'Viewer' },
      response: groupSchema,
      handle: getGroup,
    }),
    operationWithBody<UpdateResourceGroup>({
      operation: 'updateResourceGroup',
      method: 'PATCH',
      path: `${groups}/:id`,
      access: { action: 'resource-controller.group.update', role: 'Editor' },
      audit: 'resource-controller.group.update',
      schema: updateSchema,
      response: groupSchema,
      handle: updateGroup,
    }),
    operation({
      operation: 'deleteResourceGroup',
      method: 'DELETE',
      path: `${groups}/:id`,
      access: { action: 'resource-controller.group.delete', role: 'Editor' },
      audit: 'resource-controller.group.delete',
      handle: deleteGroup,
    }),
    operation({
      operation: 'listQuotaDefinitions',
      method: 'GET',
      path: '/v2/quota_definitions',
      access: 'authenticated',
      response: quotaListSchema,
      handle: listQuotas,
    }),
    operation({
      operation: 'getQuotaDefinition',
      method: 'GET',
      path: '/v2/quota_definitions/:id',
      access: 'authenticated',
      response: definitionOf(quotaListSchema, 'QuotaDefinition'),
      handle: getQuota,
    }),
  ],
  unemulated: [],
};
