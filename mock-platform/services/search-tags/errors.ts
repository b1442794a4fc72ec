/** Errors of global search and tagging; their shape is the one of IBM Cloud's platform services (inferred). */
import {
  type ErrorDialect,
  type Problem,
  type RequestFault,
  ServiceError,
  type Violation,
} from '../../kernel/errors';
import type { SearchTagsError } from './gen/error';
import errorSchema from './schema/error.json';

function sentence(violations: readonly Violation[]): string {
  return violations
    .map(({ path, rule }) => (path === '' ? `the body ${rule}` : `${path} ${rule}`))
    .join('; ');
}

function problemOf(fault: RequestFault): Problem {
  switch (fault.kind) {
    case 'body-malformed':
      return badRequest(fault.detail).problem;
    case 'body-missing':
      return badRequest('a JSON body is required').problem;
    case 'body-too-large':
      return { status: 413, code: 'bad_request', message: `the body is larger than ${fault.limit} bytes` };
    case 'body-invalid':
    case 'parameter-invalid':
    case 'header-invalid':
      return badRequest(sentence(fault.violations)).problem;
    case 'not-emulated':
      return notEmulated(fault.operation).problem;
    case 'unauthenticated':
      return { status: 401, code: 'unauthorized', message: `The access token is ${fault.reason}.` };
    case 'forbidden':
      return {
        status: 403,
        code: 'forbidden',
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

export const searchTagsDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['transaction-id', 'x-request-id', 'x-correlation-id'],
  responseHeader: 'Transaction-Id',
  problemOf,
  render: (problem, { requestId }): SearchTagsError => ({
    errors: [{ code: problem.code, message: problem.message }],
    status_code: problem.status,
    trace: requestId,
  }),
};

export function badRequest(message: string): ServiceError {
  return new ServiceError({ status: 400, code: 'bad_request', message });
}

export function notEmulated(what: string): ServiceError {
  return new ServiceError({
    status: 501,
    code: 'not_emulated',
    message: `${what} is not emulated by this platform`,
  });
}
