/** Errors of the global catalog. The shape is the one of IBM Cloud's platform services (inferred). */
import { type ErrorDialect, type Problem, type RequestFault, ServiceError } from '../../kernel/errors';
import type { CatalogError } from './gen/error';
import errorSchema from './schema/error.json';

function problemOf(fault: RequestFault): Problem {
  switch (fault.kind) {
    case 'not-emulated':
      return {
        status: 501,
        code: 'not_emulated',
        message: `${fault.operation} is not emulated by this platform`,
      };
    case 'parameter-invalid':
    case 'header-invalid':
    case 'body-invalid': {
      const message = fault.violations.map(({ path, rule }) => `${path} ${rule}`).join('; ');
      return { status: 400, code: 'bad_request', message };
    }
    case 'body-malformed':
      return { status: 400, code: 'bad_request', message: fault.detail };
    case 'body-missing':
      return { status: 400, code: 'bad_request', message: 'a JSON body is required' };
    case 'body-too-large':
      return {
        status: 413,
        code: 'bad_request',
        message: `the body is larger than ${fault.limit} bytes`,
      };
    case 'unauthenticated':
      return { status: 401, code: 'unauthorized', message: `The access token is ${fault.reason}.` };
    case 'forbidden':
      return { status: 403, code: 'forbidden', message: `${fault.action} needs the role ${fault.role}.` };
    case 'conflict':
      return { status: 409, code: 'conflict', message: 'Another request changed the same thing.' };
    case 'internal':
      return { status: 500, code: 'internal_error', message: 'The request could not be served.' };
  }
}

export const catalogDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['transaction-id', 'x-request-id'],
  responseHeader: 'Transaction-Id',
  problemOf,
  render: (problem, { requestId }): CatalogError => ({
    status_code: problem.status,
    errors: [{ code: problem.code, message: problem.message }],
    trace: requestId,
  }),
};

export function entryNotFound(id: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: 'not_found',
    message: `The catalog entry '${id}' was not found.`,
    remedy: 'GET /api/v1/?include=* lists the services of this platform with their plans',
  });
}
