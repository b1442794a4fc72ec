/**
 * How Secrets Manager refuses. Body, statuses and codes are those suggested in ibm-control-plane.md 6.2.7 (inferred
 * there); the message style of a validation error and the text of a lock refusal are the vendor's (6.2.6, 6.2.7).
 * What a sealed instance answers is documented nowhere: 409, which clients neither retry nor take for "not there",
 * with the reason of `domain/secrets/effects` as code (inferred).
 */
import type { RefusedBySecret, SecretRefusal } from '../../../domain/secrets/refusals';
import { explainSecretRefusal } from '../../../domain/secrets/refusals';
import { type ErrorDialect, type Problem, ServiceError, type Violation } from '../../kernel/errors';
import { capitalized, problemsOf, type Said } from '../../kernel/request-faults';
import type { SecretsManagerError } from './gen/error';
import errorSchema from './schema/error.json';

/** `custom_metadata.a` becomes `/custom_metadata/a`; the body as a whole is `/`. */
function pointer(path: string): string {
  return `/${path.replaceAll('.', '/')}`;
}

function bodySentence(violations: readonly Violation[]): string {
  const sentences = violations.map(({ path, rule }) => `Invalid parameter '${pointer(path)}': ${rule}`);
  return `Request validation error: ${sentences.join('; ')}`;
}

function querySentence(violations: readonly Violation[]): string {
  const sentences = violations.map(({ path, rule }) => `Invalid parameter '${path}' in query: ${rule}`);
  return `Request validation error: ${sentences.join('; ')}`;
}

function badRequest(message: string, target?: Problem['target']): Problem {
  return { status: 400, code: 'bad_request', message, ...(target && { target }) };
}

function targetOf(type: string, violations: readonly Violation[]): Problem['target'] {
  const [first] = violations;
  return first === undefined || first.path === '' ? undefined : { type, name: first.path };
}

const unknownBody = (_fault: unknown, words: string): Said =>
  badRequest(`Request validation error: ${words}`);

const problemOf = problemsOf({
  'body-malformed': unknownBody,
  'body-missing': unknownBody,
  'body-too-large': (_fault, words) => ({ code: 'request_entity_too_large', message: capitalized(words) }),
  'body-invalid': ({ violations }) => badRequest(bodySentence(violations), targetOf('field', violations)),
  'parameter-invalid': ({ violations }) =>
    badRequest(querySentence(violations), targetOf('parameter', violations)),
  'header-invalid': ({ violations }) => badRequest(querySentence(violations), targetOf('header', violations)),
  'not-emulated': ({ operation }) => ({
    code: 'not_implemented',
    message: `${operation} is not emulated`,
    remedy: 'GET /_keyquake/health lists what this platform emulates',
  }),
  unauthenticated: (_fault, words) => ({ code: 'unauthorized', message: capitalized(words) }),
  forbidden: ({ role, action }) => ({
    code: 'forbidden',
    message: `You are not authorized to perform ${action}`,
    cause: `the caller lacks the role ${role}`,
    remedy: `grant ${role} on the Secrets Manager instance`,
  }),
  conflict: (_fault, words) => ({ code: 'conflict', message: capitalized(words) }),
  internal: (_fault, words) => ({ code: 'internal_error', message: capitalized(words) }),
});

export const secretsManagerDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['x-correlation-id', 'x-request-id'],
  responseHeader: 'X-Correlation-Id',
  problemOf,
  render: (problem, { requestId }): SecretsManagerError => ({
    status_code: problem.status,
    trace: requestId,
    errors: [
      {
        code: problem.code,
        message: problem.message,
        ...(problem.target && { target: problem.target }),
      },
    ],
  }),
};

type Details = Pick<Problem, 'cause' | 'remedy'>;

const refused = (status: number, code: string, message: string, details: Details = {}): ServiceError =>
  new ServiceError({ status, code, message, ...details });

export const invalid = (path: string, rule: string): ServiceError =>
  new ServiceError(problemOf({ kind: 'body-invalid', violations: [{ path, rule }] }));

export const notEmulated = (what: string): ServiceError =>
  new ServiceError(problemOf({ kind: 'not-emulated', operation: what }));

export const instanceNotFound = (guid: string) =>
  refused(404, 'not_found', `There is no Secrets Manager instance ${guid}`);

export const instancePending = (guid: string, until: string | undefined) =>
  refused(409, 'instance_pending_reclamation', `Secrets Manager instance ${guid} is disabled`, {
    cause: `the instance was deleted and is kept for its reclamation${until === undefined ? '' : ` until ${until}`}`,
    remedy: 'restore its reclamation before then',
  });

/** The root key is in the way: `code` is the reason of the instance's status. */
export const sealed = (code: string, guid: string, details: Details) =>
  refused(409, code, `The root key of Secrets Manager instance ${guid} cannot be used for this`, details);

export const groupNotFound = (id: string) => refused(404, 'not_found', `There is no secret group ${id}`);

export const groupExists = (name: string) =>
  refused(409, 'conflict', `A secret group named ${name} already exists`);

export const groupNotEmpty = (name: string, secrets: number) =>
  refused(409, 'conflict', `Secret group ${name} cannot be deleted`, {
    cause: `it contains ${secrets} ${secrets === 1 ? 'secret' : 'secrets'}`,
    remedy: 'delete its secrets first; a secret cannot move to another group',
  });

export const defaultGroupFixed = () =>
  refused(400, 'bad_request', 'The default secret group can be neither changed nor deleted');

export const tooManyGroups = (limit: number) =>
  refused(400, 'bad_request', `The instance has reached the maximum of ${limit} secret groups`);

export const secretNotFound = (id: string) => refused(404, 'not_found', `There is no secret ${id}`);

export const secretExists = (name: string, type: string) =>
  refused(409, 'conflict', `A secret of type ${type} named ${name} already exists`, {
    cause: 'names are unique per type in the whole instance, even across secret groups',
    remedy: 'choose another name',
  });

export const secretDestroyed = (id: string) =>
  refused(409, 'conflict', `Secret ${id} is destroyed`, {
    cause: 'it reached its expiration date without a lock, and its data was deleted',
    remedy: 'create a new secret',
  });

const locked = "The requested action can't be completed because the secret version is locked.";

/** Statuses: 412 with the vendor's message where a lock is in the way; the others inferred. */
const refusals: Record<SecretRefusal, readonly [status: number, code: string, message: string]> = {
  'version-locked': [412, 'precondition_failed', locked],
  'previous-version-locked': [412, 'precondition_failed', locked],
  'secret-locked': [412, 'precondition_failed', locked],
  'dynamic-secret-locked': [412, 'precondition_failed', locked],
  'version-not-found': [404, 'not_found', 'There is no such version of the secret'],
  'version-without-alias': [400, 'bad_request', 'Only the current and the previous version can be locked'],
  'no-payload': [400, 'bad_request', 'The secret version holds no data'],
  'too-many-locks': [400, 'bad_request', 'The secret would have more locks than permitted'],
  'mode-not-supported': [400, 'bad_request', 'The lock mode is not supported for this type of secret'],
  'task-pending': [412, 'precondition_failed', 'A task of the secret has not completed'],
};

export function refusedBySecret(refusal: RefusedBySecret): ServiceError {
  const [status, code, message] = refusals[refusal.refusal];
  return refused(status, code, message, explainSecretRefusal(refusal));
}
