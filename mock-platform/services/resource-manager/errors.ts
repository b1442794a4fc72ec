/** Refusals of the Resource Manager; statuses and messages that no source shows are inferred. */
import { ServiceError } from '../../kernel/errors';

export { platformDialect as resourceManagerDialect } from '../../kernel/platform-errors';

export function groupNotFound(id: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: 'resource_group_not_found',
    message: `Resource group ${id} was not found.`,
  });
}

export function quotaNotFound(id: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: 'quota_not_found',
    message: `Quota definition ${id} was not found.`,
  });
}

export function foreignAccount(account: string): ServiceError {
  return new ServiceError({
    status: 403,
    code: 'foreign_account',
    message: 'You are not authorized to perform this action.',
    cause: `this platform has one account, and it is not ${account}`,
    remedy: 'use the account that the access token names',
  });
}

export function nameInvalid(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'invalid_name',
    message: 'name may have letters, digits, spaces, hyphens and underscores only',
  });
}

export function nameTaken(name: string): ServiceError {
  return new ServiceError({
    status: 409,
    code: 'resource_group_exists',
    message: `Resource group ${name} exists already in the account.`,
    remedy: 'use that group, or another name',
  });
}

export function defaultGroupStays(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'default_resource_group',
    message: 'The default resource group cannot be deleted.',
  });
}

/**
 * Disputed: IBM's `faqs-resources.md` speaks of resources that await reclamation in a deleted group, users report that
 * such a group cannot be deleted (terraform-provider-ibm issue 4160). The latter is the cautious reading.
 */
export function groupNotEmpty(names: readonly string[]): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'resource_group_not_empty',
    message: 'The resource group cannot be deleted: it has resources.',
    cause: `it holds ${names.join(', ')}; what awaits reclamation counts too`,
    remedy: 'delete those instances, and their reclamations, first',
  });
}
