/**
 * Errors of the token endpoint: `errorCode`, `errorMessage`, `errorDetails`, `context.requestId`
 * (ibm-control-plane.md 1.2). Codes that no source shows are OAuth's own (RFC 6749 5.2).
 */
import { type ErrorDialect, ServiceError, type Violation } from '../../kernel/errors';
import { platformServices, problemsOf } from '../../kernel/request-faults';
import type { IdentityError } from './gen/error';
import errorSchema from './schema/error.json';

function sentence(violations: readonly Violation[]): string {
  return violations.map(({ path, rule }) => (path === '' ? rule : `Property '${path}' ${rule}.`)).join(' ');
}

const invalid = ({ violations }: { readonly violations: readonly Violation[] }) => ({
  code: 'invalid_request',
  message: sentence(violations),
});

const problemOf = problemsOf({
  'body-malformed': () => missing('grant_type').problem,
  'body-missing': () => missing('grant_type').problem,
  'body-too-large': { code: 'invalid_request', message: 'The request is too large.' },
  'body-invalid': invalid,
  'parameter-invalid': invalid,
  'header-invalid': invalid,
  'not-emulated': (_fault, words) => ({ code: 'not_emulated', message: `${words}.` }),
  unauthenticated: { code: 'BXNIM0407E', message: 'Provided token is invalid.' },
  forbidden: ({ role }, cause) => ({
    code: 'BXNIM0513E',
    message: 'You are not authorized to use this API.',
    cause,
    remedy: `let an administrator grant the role ${role}`,
  }),
  conflict: { ...platformServices.conflict, code: 'invalid_request' },
  internal: { ...platformServices.internal, code: 'server_error' },
});

export const identityDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['transaction-id', 'x-request-id'],
  responseHeader: 'Transaction-Id',
  problemOf,
  render: (problem, { requestId }): IdentityError => ({
    errorCode: problem.code,
    errorMessage: problem.message,
    ...problem.details,
    context: { requestId },
  }),
};

export function missing(property: string): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'BXNIM0109E',
    message: 'Property missing or empty.',
    details: { errorDetails: `Property '${property}' either missing or empty.` },
  });
}

export function notEmulated(what: string): ServiceError {
  return new ServiceError(problemOf({ kind: 'not-emulated', operation: what }));
}

export function unsupportedGrant(grantType: string): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'unsupported_grant_type',
    message: `The grant type '${grantType}' is not known.`,
  });
}

export function apiKeyNotFound(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'BXNIM0415E',
    message: 'Provided API key could not be found.',
    cause: 'no identity of this platform has that API key',
    remedy: "use an API key of the platform's configured identities, or start it with open authentication",
  });
}

export function tokenMalformed(): ServiceError {
  return new ServiceError({ status: 400, code: 'BXNIM0401E', message: 'Provided token is malformed.' });
}

export function tokenInvalid(reason: 'expired' | 'invalid'): ServiceError {
  return new ServiceError({ status: 400, code: 'BXNIM0407E', message: `Provided token is ${reason}.` });
}

export function refreshTokenInvalid(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'BXNIM0407E',
    message: 'Provided refresh_token is invalid.',
    cause: 'this platform did not issue that refresh token',
    remedy: 'log in again with an API key, as client bx',
  });
}

export function refreshTokenExpired(): ServiceError {
  return new ServiceError({
    status: 400,
    code: 'BXNIM0408E',
    message: 'Provided refresh_token is expired.',
    remedy: 'log in again with an API key',
  });
}

export function profileNotAssumable(profile: string): ServiceError {
  return new ServiceError({
    status: 403,
    code: 'BXNIM0513E',
    message: 'You are not authorized to use this API.',
    cause: `there is no trusted profile ${profile} that the holder of the access token may assume`,
    remedy: "add the profile, and who may assume it, to the platform's configured identities",
  });
}
