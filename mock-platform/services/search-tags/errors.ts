/** Errors of global search and tagging; their shape is the one of IBM Cloud's platform services (inferred). */
import { type ErrorDialect, ServiceError } from '../../kernel/errors';
import { platformServices, problemsOf } from '../../kernel/request-faults';
import type { SearchTagsError } from './gen/error';
import errorSchema from './schema/error.json';

const problemOf = problemsOf({
  ...platformServices,
  'body-malformed': 'bad_request',
  'body-missing': 'bad_request',
  'body-too-large': 'bad_request',
  'body-invalid': 'bad_request',
  'parameter-invalid': 'bad_request',
  'header-invalid': 'bad_request',
  'not-emulated': 'not_emulated',
  unauthenticated: ({ reason }) => ({ code: 'unauthorized', message: `The access token is ${reason}.` }),
  forbidden: ({ role }, cause) => ({
    code: 'forbidden',
    message: 'You are not authorized to perform this action.',
    cause,
    remedy: `let an administrator grant the role ${role} on it`,
  }),
});

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
  return new ServiceError(problemOf({ kind: 'not-emulated', operation: what }));
}
