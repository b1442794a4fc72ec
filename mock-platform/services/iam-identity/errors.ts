/**
 * Errors of the token endpoint: `errorCode`, `errorMessage`, `errorDetails`, `context.requestId`
 * (ibm-control-plane.md 1.2). Codes that no source shows are OAuth's own (RFC 6749 5.2).
 */
import {
  type ErrorDialect,
  type Problem,
  type RequestFault,
  ServiceError,
  type Violation,
} from '../../kernel/errors';
import type { IdentityError } from './gen/error';
import errorSchema from './schema/error.json';

function sentence(violations: readonly Violation[]): string {
  return violations.map(({ path, rule }) => (path === '' ? rule : `Property '${path}' ${rule}.`)).join(' ');
}

function problemOf(fault: RequestFault): Problem {
  switch (fault.kind) {
    case 'body-missing':
    case 'body-malformed':
      return missing('grant_type').problem;
    case 'body-too-large':
      return { status: 413, code: 'invalid_request', message: 'The request is too large.' };
    case 'body-invalid':
    case 'parameter-invalid':
    case 'header-invalid':
      return { status: 400, code: 'invalid_request', message: sentence(fault.violations) };
    case 'not-emulated':
      return notEmulated(fault.operation).problem;
    case 'unauthenticated':
      return { status: 401, code: 'BXNIM0407E', message: 'Provided token is invalid.' };
    case 'forbidden':
      return {
        status: 403,
        code: 'BXNIM0513E',
        message: 'You are not authorized to use this API.',
        cause: `${fault.action} needs the role ${fault.role}`,
        remedy: `let an administrator grant the role ${fault.role}`,
      };
    case 'conflict':
      return { status: 409, code: 'invalid_request', message: 'Another request changed the same thing.' };
    case 'internal':
      return { status: 500, code: 'server_error', message: 'The request could not be served.' };
  }
}

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
  return new ServiceError({
    status: 501,
    code: 'not_emulated',
    message: `${what} is not emulated by this platform.`,
  });
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
