/** Errors of IAM policy management. (ibm-control-plane.md 6.3.3; the mapping of codes to statuses is inferred there) */
import {
  type ErrorDialect,
  type Problem,
  type RequestFault,
  ServiceError,
  type Violation,
} from '../../kernel/errors';
import type { Conflict, PolicyError } from './gen/error';
import errorSchema from './schema/error.json';

function sentence(violations: readonly Violation[]): string {
  return violations
    .map(({ path, rule }) => (path === '' ? `the body ${rule}` : `${path} ${rule}`))
    .join('; ');
}

function badParameter(violations: readonly Violation[]): Problem {
  const missing = violations.some(({ rule }) => rule === 'is required');
  const code = missing ? 'missing_required_query_parameter' : 'request_not_processed';
  return { status: 400, code, message: sentence(violations) };
}

const tokenMessages = {
  missing: 'The request carries no access token.',
  malformed: 'The access token is malformed.',
  invalid: 'The access token is invalid.',
  expired: 'The access token is expired.',
} as const;

function problemOf(fault: RequestFault): Problem {
  switch (fault.kind) {
    case 'body-malformed':
      return invalidBody(fault.detail).problem;
    case 'body-missing':
      return invalidBody('a JSON body is required').problem;
    case 'body-too-large':
      return { status: 413, code: 'invalid_body', message: `the body is larger than ${fault.limit} bytes` };
    case 'body-invalid':
      return invalidBody(sentence(fault.violations)).problem;
    case 'parameter-invalid':
    case 'header-invalid':
      return badParameter(fault.violations);
    case 'not-emulated':
      return notEmulated(fault.operation).problem;
    case 'unauthenticated':
      return { status: 401, code: 'invalid_token', message: tokenMessages[fault.reason] };
    case 'forbidden':
      return {
        status: 403,
        code: 'insufficent_permissions',
        message: 'You are not allowed to perform this action on the requested policy.',
        cause: `${fault.action} needs the role ${fault.role} on what the policy gives access to`,
        remedy: `let an administrator of that resource do it, or be granted the role ${fault.role} on it`,
      };
    case 'conflict':
      return { status: 409, code: 'policy_conflict_error', message: 'Another request changed the policy.' };
    case 'internal':
      return { status: 500, code: 'unable_to_process', message: 'The request could not be served.' };
  }
}

export const policyDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['transaction-id', 'x-request-id'],
  responseHeader: 'Transaction-Id',
  problemOf,
  render: (problem, { requestId }): PolicyError => ({
    trace: requestId,
    errors: [{ code: problem.code, message: problem.message, ...problem.details }],
    status_code: problem.status,
  }),
};

export function notEmulated(what: string): ServiceError {
  return new ServiceError({
    status: 501,
    code: 'not_emulated',
    message: `${what} is not emulated by this platform`,
  });
}

export function invalidBody(message: string): ServiceError {
  return new ServiceError({ status: 400, code: 'invalid_body', message });
}

export function invalidPageToken(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'request_not_processed',
    message: 'start is not a page token of this collection',
  });
}

export function ifMatchMissing(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'request_not_processed',
    message: 'the header If-Match is required',
    remedy: 'send the ETag that reading the policy answered with',
  });
}

export function policyNotFound(id: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: 'policy_not_found',
    message: `The policy '${id}' was not found.`,
  });
}

export function duplicatePolicy(conflict: Conflict): ServiceError {
  return new ServiceError({
    status: 409,
    code: 'policy_conflict_error',
    message:
      "The policy wasn't created because an access policy with identical attributes and roles already exists.",
    details: { details: { conflicts_with: conflict } },
    cause: `policy ${conflict.policy.id} says the same`,
    remedy: 'use that one, import it, or delete it first',
  });
}

export function staleEtag(conflict: Conflict): ServiceError {
  return new ServiceError({
    status: 409,
    code: 'policy_conflict_error',
    message: 'The value of If-Match is not the ETag of the policy.',
    details: { details: { conflicts_with: conflict } },
    cause: 'the policy was changed since its ETag was read',
    remedy: 'read the policy again and repeat the change with its ETag',
  });
}
