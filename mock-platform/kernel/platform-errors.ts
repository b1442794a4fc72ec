/**
 * The dialect that the Resource Controller and the Resource Manager share: `message`, `status_code`,
 * `transaction_id`, and `error_code` where the vendor has one. Source: answers of those services quoted in
 * IBM/cloud-operators issues 97 and 235, and IBM's partner center documentation.
 */
import type { ErrorDialect } from './errors';
import type { PlatformError } from './gen/platform-error';
import { platformServices, problemsOf } from './request-faults';
import errorSchema from './schema/platform-error.json';

/** Shown as `error_code`; other codes of problems are for logs and audit events only. */
const shownPrefix = 'RC-';

const tokenMessages = {
  missing: 'Authorization header is missing',
  malformed: 'Token is malformed',
  invalid: 'Token is invalid',
  expired: 'Token is expired',
} as const;

const problemOf = problemsOf({
  ...platformServices,
  'body-malformed': 'invalid_body',
  'body-missing': 'invalid_body',
  'body-too-large': 'invalid_body',
  'body-invalid': 'invalid_request',
  'parameter-invalid': 'invalid_request',
  'header-invalid': 'invalid_request',
  'not-emulated': 'not_emulated',
  unauthenticated: ({ reason }) => ({ code: 'RC-IamErrorResponse', message: tokenMessages[reason] }),
  forbidden: ({ role }, cause) => ({
    code: 'RC-IamErrorResponse',
    message: 'You are not authorized to perform this action.',
    cause,
    remedy: `let an administrator grant the role ${role} on it`,
  }),
});

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
