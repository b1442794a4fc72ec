/** Errors of IAM policy management. (ibm-control-plane.md 6.3.3; the mapping of codes to statuses is inferred there) */
import { type ErrorDialect, type Problem, ServiceError, type Violation } from '../../kernel/errors';
import { type DialectFaults, platformServices, problemsOf, sentenceOf } from '../../kernel/request-faults';
import type { Conflict, PolicyError } from './gen/error';
import errorSchema from './schema/error.json';

function badParameter(violations: readonly Violation[]): Problem {
  const missing = violations.some(({ rule }) => rule === 'is required');
  const code = missing ? 'missing_required_query_parameter' : 'request_not_processed';
  return { status: 400, code, message: sentenceOf(violations) };
}

const tokenMessages = {
  missing: 'The request carries no access token.',
  malformed: 'The access token is malformed.',
  invalid: 'The access token is invalid.',
  expired: 'The access token is expired.',
} as const;

/** What is needed where, and what to do: by what a dialect speaks of. */
const forbidden = {
  policy: (role: string, need: string) => ({
    cause: `${need} on what the policy gives access to`,
    remedy: `let an administrator of that resource do it, or be granted the role ${role} on it`,
  }),
  role: (role: string, need: string) => ({
    cause: `${need} on Role Management`,
    remedy: `be granted the role ${role} on the service iam-access-management.customRole`,
  }),
} as const;

/** What a dialect speaks of: the two services of this folder differ in nothing else. */
type Subject = keyof typeof forbidden;

function faultsOf(subject: Subject): DialectFaults {
  return {
    'body-malformed': 'invalid_body',
    'body-missing': 'invalid_body',
    'body-too-large': 'invalid_body',
    'body-invalid': 'invalid_body',
    'parameter-invalid': ({ violations }) => badParameter(violations),
    'header-invalid': ({ violations }) => badParameter(violations),
    'not-emulated': 'not_emulated',
    unauthenticated: ({ reason }) => ({ code: 'invalid_token', message: tokenMessages[reason] }),
    forbidden: ({ role }, words) => ({
      code: 'insufficent_permissions',
      message: `You are not allowed to perform this action on the requested ${subject}.`,
      ...forbidden[subject](role, words),
    }),
    conflict: { code: `${subject}_conflict_error`, message: `Another request changed the ${subject}.` },
    internal: { ...platformServices.internal, code: 'unable_to_process' },
  };
}

function dialectOf(subject: Subject): ErrorDialect {
  return {
    schema: errorSchema,
    correlationHeaders: ['transaction-id', 'x-request-id'],
    responseHeader: 'Transaction-Id',
    problemOf: problemsOf(faultsOf(subject)),
    render: (problem, { requestId }): PolicyError => ({
      trace: requestId,
      errors: [{ code: problem.code, message: problem.message, ...problem.details }],
      status_code: problem.status,
    }),
  };
}

export const policyDialect = dialectOf('policy');
export const roleDialect = dialectOf('role');

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
    remedy: 'send the ETag that reading it answered with',
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
    cause: `policy ${conflict.policy?.id} says the same`,
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

/** Version 1 sees a placeholder, whose replacement would take the rule away (inferred). */
export function onlyInVersion2(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'invalid_body',
    message: 'a policy with a rule is replaced through version 2',
    remedy: 'send PUT /v2/policies/{id}',
  });
}

export function roleNotFound(id: string): ServiceError {
  return new ServiceError({
    status: 404,
    code: 'role_not_found',
    message: `The role '${id}' was not found.`,
  });
}

/** The message for a name is the vendor's (track-spend-with-cloudability, `troubleshoot-iam-role-conflict`). */
const roleConflicts = {
  name: {
    message: 'This role name has already been used, please update the existing one or change the role name.',
    cause: 'has that name or display name',
  },
  actions: {
    message: 'A custom role with the same actions already exists.',
    cause: 'permits the same actions of the same service',
  },
} as const;

export function duplicateRole(what: keyof typeof roleConflicts, conflict: Conflict): ServiceError {
  const { message, cause } = roleConflicts[what];
  return new ServiceError({
    status: 409,
    code: 'role_conflict_error',
    message,
    details: { details: { conflicts_with: conflict } },
    cause: `role ${conflict.role?.id} ${cause}`,
    remedy: 'use that one, change it, or delete it first',
  });
}

export function staleRoleEtag(conflict: Conflict): ServiceError {
  return new ServiceError({
    status: 409,
    code: 'role_conflict_error',
    message: 'The value of If-Match is not the ETag of the role.',
    details: { details: { conflicts_with: conflict } },
    cause: 'the role was changed since its ETag was read',
    remedy: 'read the role again and repeat the change with its ETag',
  });
}
