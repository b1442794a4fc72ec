/**
 * Refusals of the Resource Controller. Statuses from ibm-control-plane.md 6.4.1; the words about reclamation from
 * IBM-Cloud/terraform-provider-ibm issue 3522 and IBM/cloud-operators issue 97, about brokers from IBM's partner
 * center documentation; the rest is inferred.
 */
import { STATUS_CODES } from 'node:http';
import { type Problem, ServiceError } from '../../kernel/errors';

export { platformDialect as resourceControllerDialect } from '../../kernel/platform-errors';

const restoreOrReclaim =
  'list the reclamations, and restore the instance or reclaim it: POST /v1/reclamations/{id}/actions/{restore|reclaim}';

export function instanceNotFound(id: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: 'instance_not_found',
    message: `Instance ${id} was not found.`,
  });
}

export function instanceRemoved(id: string): ServiceError {
  return new ServiceError({
    status: 410,
    code: 'instance_removed',
    message: `Instance ${id} has been removed already.`,
  });
}

export function instanceInReclamation(): ServiceError {
  return new ServiceError({
    status: 422,
    code: 'instance_in_reclamation',
    message:
      'Instance is in reclamation, please use the API to the delete the resource reclamation for the instance',
    remedy: restoreOrReclaim,
  });
}

export function instancePendingReclamation(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'instance_pending_reclamation',
    message: 'Instance is pending reclamation. Please restore the instance and retry.',
    remedy: restoreOrReclaim,
  });
}

export function instanceLocked(): ServiceError {
  return new ServiceError({
    status: 422,
    code: 'instance_locked',
    message: 'The resource instance is locked: it can be neither updated nor deleted.',
    remedy: 'unlock it first: DELETE /v2/resource_instances/{id}/lock',
  });
}

export function nothingToCancel(): ServiceError {
  return new ServiceError({
    status: 422,
    code: 'operation_not_cancelable',
    message: 'The last operation of the resource instance is not cancelable.',
    cause: 'operations on instances end at once on this platform',
  });
}

export function planUnknown(planId: string): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'plan_unknown',
    message: `Plan ${planId} does not exist in the catalog.`,
    remedy: 'GET /api/v1/?include=* lists the services of this platform with their plans',
  });
}

export function planOfOtherService(planId: string, service: string): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'plan_of_other_service',
    message: `Plan ${planId} is no plan of the service ${service}.`,
  });
}

export function targetUnknown(target: string, locations: readonly string[]): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'target_unknown',
    message: `Target ${target} is no deployment of the plan.`,
    remedy: `use the plan's deployment in one of ${locations.join(', ')}`,
  });
}

export function resourceGroupUnknown(id: string): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'resource_group_unknown',
    message: `Resource group ${id} does not exist in the account.`,
    remedy: 'GET /v2/resource_groups lists the groups of the account',
  });
}

export function resourceGroupSuspended(id: string): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'resource_group_suspended',
    message: `Resource group ${id} is suspended.`,
    remedy: 'make it ACTIVE again, or use another group',
  });
}

export function tagInvalid(name: string): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'tag_invalid',
    message: `Tag '${name}' must have 1 to 128 letters, digits, spaces, colons, underscores, periods or hyphens.`,
  });
}

export function tooManyInstances(service: string, plan: string, allowed: number): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'too_many_instances',
    message: `Only ${allowed} instance of ${service} on the plan ${plan} is allowed in an account.`,
    cause: 'an instance that awaits reclamation counts as well',
    remedy: 'delete the existing instance and its reclamation, or use another plan',
  });
}

export function reclamationNotFound(id: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: 'reclamation_not_found',
    message: `Reclamation ${id} was not found.`,
    remedy: 'GET /v1/reclamations lists them; one that ended, by restoring or reclaiming, is gone from it',
  });
}

export function reclamationActionUnknown(action: string): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'reclamation_action_unknown',
    message: `Action ${action} must be one of reclaim, restore.`,
  });
}

export function pageTokenUnknown(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'page_token_unknown',
    message: 'start is no page token of this list',
  });
}

const brokerErrorCode = 'RC-ServiceBrokerErrorResponse';

/**
 * What a service refuses, as the Resource Controller passes it on: `RC-ServiceBrokerErrorResponse`, 422 for a
 * conflict and 400 for anything else, with the service's status, code and words in the message. A service that
 * refuses in these terms already is passed on as it is.
 */
export function brokerRefused(problem: Problem): ServiceError {
  const { status, code, message, cause, remedy } = problem;
  if (code === brokerErrorCode) return new ServiceError(problem);
  return new ServiceError({
    status: status === 409 ? 422 : 400,
    code: brokerErrorCode,
    message: `Please contact the Service Provider for this error. [${status}, ${STATUS_CODES[status] ?? 'Error'}] ${code}: ${message}`,
    details: { details: JSON.stringify({ status_code: status, description: `${code}: ${message}` }) },
    ...(cause === undefined ? {} : { cause }),
    ...(remedy === undefined ? {} : { remedy }),
  });
}
