/** The error dialect of the platform's own API. */
import { type ErrorDialect, type Problem, type RequestFault, ServiceError } from '../kernel/errors';
import type { ControlError } from './gen/error';
import errorSchema from './schema/error.json';

const summaries: Record<RequestFault['kind'], readonly [status: number, code: string]> = {
  'body-malformed': [400, 'malformed_body'],
  'body-missing': [400, 'missing_body'],
  'body-too-large': [413, 'body_too_large'],
  'body-invalid': [400, 'invalid_body'],
  'parameter-invalid': [400, 'invalid_parameter'],
  'header-invalid': [400, 'invalid_header'],
  'not-emulated': [501, 'not_emulated'],
  unauthenticated: [401, 'unauthenticated'],
  forbidden: [403, 'forbidden'],
  conflict: [409, 'conflict'],
  internal: [500, 'internal_error'],
};

function messageOf(fault: RequestFault): string {
  switch (fault.kind) {
    case 'body-malformed':
      return fault.detail;
    case 'body-missing':
      return 'a JSON body is required';
    case 'body-too-large':
      return `the body is larger than ${fault.limit} bytes`;
    case 'body-invalid':
    case 'parameter-invalid':
    case 'header-invalid':
      return fault.violations
        .map(({ path, rule }) => `${path === '' ? 'the body' : path} ${rule}`)
        .join('; ');
    case 'not-emulated':
      return `${fault.operation} is not part of this platform's control API`;
    case 'unauthenticated':
      return `the bearer token is ${fault.reason}`;
    case 'forbidden':
      return `${fault.action} needs the role ${fault.role}`;
    case 'conflict':
      return 'another request changed the same thing at the same time; try again';
    case 'internal':
      return 'the platform failed; its log says why';
  }
}

export const controlDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['x-request-id'],
  responseHeader: 'X-Request-Id',
  problemOf(fault) {
    const [status, code] = summaries[fault.kind];
    return { status, code, message: messageOf(fault) };
  },
  render: (problem, { requestId }): ControlError => ({
    error: problem.code,
    message: problem.message,
    request_id: requestId,
  }),
};

export function refused(problem: Problem): ServiceError {
  return new ServiceError(problem);
}
