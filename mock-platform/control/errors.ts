/** The error dialect of the platform's own API. */
import { type ErrorDialect, type Problem, ServiceError } from '../kernel/errors';
import { problemsOf } from '../kernel/request-faults';
import type { ControlError } from './gen/error';
import errorSchema from './schema/error.json';

const problemOf = problemsOf({
  'body-malformed': 'malformed_body',
  'body-missing': 'missing_body',
  'body-too-large': 'body_too_large',
  'body-invalid': 'invalid_body',
  'parameter-invalid': 'invalid_parameter',
  'header-invalid': 'invalid_header',
  'not-emulated': ({ operation }) => ({
    code: 'not_emulated',
    message: `${operation} is not part of this platform's control API`,
  }),
  unauthenticated: 'unauthenticated',
  forbidden: 'forbidden',
  conflict: 'conflict',
  internal: 'internal_error',
});

export const controlDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['x-request-id'],
  responseHeader: 'X-Request-Id',
  problemOf,
  render: (problem, { requestId }): ControlError => ({
    error: problem.code,
    message: problem.message,
    request_id: requestId,
  }),
};

export function refused(problem: Problem): ServiceError {
  return new ServiceError(problem);
}
