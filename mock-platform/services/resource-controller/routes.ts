/** Resource Controller: service instances and their reclamations. (ibm-control-plane.md 6.4.1, 6.4.2) */
import {
  type Access,
  definitionOf,
  type Operation,
  operation,
  operationWithBody,
  operationWithOptionalBody,
  type Service,
} from '../../kernel/operation';
import { resourceControllerDialect } from './errors';
import type { CreateInstance } from './gen/create-instance';
import type { RunReclamationAction } from './gen/run-reclamation-action';
import type { UpdateInstance } from './gen/update-instance';
import {
  cancelLastOperation,
  createInstance,
  deleteInstance,
  getInstance,
  listInstances,
  setLock,
  updateInstance,
} from './handlers/instances';
import { listReclamations, runReclamationAction } from './handlers/reclamations';
import type { InstanceLifecycle } from './lifecycle';
import createSchema from './schema/create-instance.json';
import listQuerySchema from './schema/list-instances-query.json';
import reclamationListSchema from './schema/reclamation-list.json';
import instanceListSchema from './schema/resource-instance-list.json';
import runActionSchema from './schema/run-reclamation-action.json';
import updateSchema from './schema/update-instance.json';
import { instanceTargets } from './targets';
import { unemulated } from './unemulated';

/** What it takes to view instances and to make, change and delete them (Key Protect `manage-access.md`). */
const views: Access = { action: 'resource-controller.instance.retrieve', role: 'Viewer' };
const edits = (action: string) => ({
  access: { action: `resource-controller.instance.${action}`, role: 'Editor' },
  audit: `resource-controller.instance.${action}`,
});

const all = '/v2/resource_instances';
const one = `${all}/:id`;
const instanceSchema = definitionOf(instanceListSchema, 'ResourceInstance');

function instanceOperations(lifecycles: readonly InstanceLifecycle[]): readonly Operation[] {
  return [
    operation({
      operation: 'listResourceInstances',
      method: 'GET',
      path: all,
      access: 'authenticated',
      query: listQuerySchema,
      response: instanceListSchema,
      handle: listInstances,
    }),
    operationWithBody<CreateInstance>({
      operation: 'createResourceInstance',
      method: 'POST',
      path: all,
      ...edits('create'),
      schema: createSchema,
      response: instanceSchema,
      handle: createInstance(lifecycles),
    }),
    operation({
      operation: 'getResourceInstance',
      method: 'GET',
      path: one,
      access: views,
      response: instanceSchema,
      handle: getInstance,
    }),
    operationWithBody<UpdateInstance>({
      operation: 'updateResourceInstance',
      method: 'PATCH',
      path: one,
      ...edits('update'),
      schema: updateSchema,
      response: instanceSchema,
      handle: updateInstance(lifecycles),
    }),
    operation({
      operation: 'deleteResourceInstance',
      method: 'DELETE',
      path: one,
      ...edits('delete'),
      handle: deleteInstance(lifecycles),
    }),
    operation({
      operation: 'lockResourceInstance',
      method: 'POST',
      path: `${one}/lock`,
      ...edits('lock'),
      response: instanceSchema,
      handle: setLock({ locked: true }),
    }),
    operation({
      operation: 'unlockResourceInstance',
      method: 'DELETE',
      path: `${one}/lock`,
      ...edits('unlock'),
      response: instanceSchema,
      handle: setLock({ locked: false }),
    }),
    operation({
      operation: 'cancelLastopResourceInstance',
      method: 'DELETE',
      path: `${one}/last_operation`,
      ...edits('cancel'),
      handle: cancelLastOperation,
    }),
  ];
}

/** `lifecycles` are what the services of the instances have to say; see {@link InstanceLifecycle}. */
export function resourceController(lifecycles: readonly InstanceLifecycle[]): Service {
  return {
    name: 'resource-controller',
    title: 'Resource Controller',
    dialect: resourceControllerDialect,
    hosts: [/^(private\.)?resource-controller\.cloud\.ibm\.com$/],
    paths: [/^\/v2\/resource_(instances|keys|bindings|aliases)(\/|$)/, /^\/v1\/reclamations(\/|$)/],
    accessTargets: instanceTargets,
    operations: [
      ...instanceOperations(lifecycles),
      operation({
        operation: 'listReclamations',
        method: 'GET',
        path: '/v1/reclamations',
        access: 'authenticated',
        response: reclamationListSchema,
        handle: listReclamations,
      }),
      operationWithOptionalBody<RunReclamationAction>({
        operation: 'runReclamationAction',
        method: 'POST',
        path: '/v1/reclamations/:reclamation_id/actions/:action_name',
        access: { action: 'resource-controller.reclamation.run', role: 'Editor' },
        audit: 'resource-controller.reclamation.run',
        schema: runActionSchema,
        response: definitionOf(reclamationListSchema, 'Reclamation'),
        handle: runReclamationAction(lifecycles),
      }),
    ],
    unemulated,
  };
}
