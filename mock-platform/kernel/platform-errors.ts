/**
 * The dialect that the Resource Controller and the Resource Manager share: `message`, `status_code`,
 * `transaction_id`, and `error_code` where the vendor has one. Source: answers of those services quoted in
 * IBM/cloud-operators issues 97 and 235, and IBM's partner center documentation.
 */
import type { ErrorDialect, Problem, RequestFault, Violation } from './errors';
import type { PlatformError } from './gen/platform-error';
import errorSchema from './schema/platform-error.json';

/** Shown as `error_code`; other codes of problems are for logs and audit events only. */
const shownPrefix = 'RC-';

function sentence(violations: readonly Violation[]): string {
  return violations
    .map(({ path, rule }) => (path === '' ? `the body ${rule}` : `${path} ${rule}`))
    .join('; ');
}

const tokenMessages = {
  missing: 'Authorization header is missing',
  malformed: 'Token is malformed',
  invalid: 'Token is invalid',
  expired: 'Token is expired',
} as const;

function problemOf(fault: RequestFault): Problem {
  switch (fault.kind) {
    case 'body-malformed':
      return { status: 400, code: 'invalid_body', message: fault.detail };
    case 'body-missing':
      return { status: 400, code: 'invalid_body', message: 'a JSON body is required' };
    case 'body-too-large':
      return {
        status: 413,
        code: 'invalid_body',
        message: `the body is larger than ${fault.limit} bytes`,
      };
    case 'body-invalid':
    case 'parameter-invalid':
    case 'header-invalid':
      return { status: 400, code: 'invalid_request', message: sentence(fault.violations) };
    case 'not-emulated':
      return {
        status: 501,
        code: 'not_emulated',
        message: `${fault.operation} is not emulated by this platform`,
      };
    case 'unauthenticated':
      return { status: 401, code: 'RC-IamErrorResponse', message: tokenMessages[fault.reason] };
    case 'forbidden':
      return {
        status: 403,
        code: 'RC-IamErrorResponse',
        message: 'You are not authorized to perform this action.',
        cause: `${fault.action} needs the role ${fault.role}`,
        remedy: `let an administrator grant the role ${fault.role} on it`,
      };
    case 'conflict':
      return { status: 409, code: 'conflict', message: 'Another request changed the same thing.' };
    case 'internal':
      return { status: 500, code: 'internal_error', message: 'The request could not be served.' };
  }
}

export const platformDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['transaction-id', 'x-request-id', 'x-correlation-id'],
  responseHeader: 'Transaction-Id',
  problemOf,
  render: (problem, { requestId }): PlatformError => ({
    ...(problem.code.startsWith(shownPrefix) ? { error_code: problem.code } : {}),
    message: problem.message,
    status_code: problem.status,
    transaction_id: requestId,
    ...problem.details,
  }),
};
