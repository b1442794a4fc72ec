/** Errors of the global catalog. The shape is the one of IBM Cloud's platform services (inferred). */
import { type ErrorDialect, ServiceError } from '../../kernel/errors';
import { platformServices, problemsOf } from '../../kernel/request-faults';
import type { CatalogError } from './gen/error';
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
  forbidden: (_fault, words) => ({ code: 'forbidden', message: `${words}.` }),
});

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
