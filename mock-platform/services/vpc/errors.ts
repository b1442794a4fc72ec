/**
 * How the VPC API refuses: the error body of ibm-vpc.md 1.3 and one named constructor per vendor code of ibm-vpc.md 5.
 * The HTTP statuses are inferred there: 404 for ids that are not known, 409 for a state or name in the way, 400 for bad
 * input. The sentences are ours.
 */
import { type ErrorDialect, type Problem, ServiceError, type Violation } from '../../kernel/errors';
import { problemsOf, sentenceOf } from '../../kernel/request-faults';
import type { ErrorTarget, VpcError } from './gen/error';
import type { SizeObjection, VolumeSize } from './performance';
import errorSchema from './schema/error.json';

const moreInfo = 'https://cloud.ibm.com/docs/vpc?topic=vpc-rias-error-messages';

const required = 'is required';

/** Parameters that have codes of their own: where it is missing, where it is wrong. */
const parameterCodes: Readonly<Record<string, readonly [missing: string, invalid: string]>> = {
  version: ['missing_version', 'invalid_version'],
  generation: ['missing_generation_parameter', 'invalid_generation_parameter'],
};

function parameterProblem(violations: readonly Violation[]): Problem {
  const named = violations.find(({ path }) => parameterCodes[path] !== undefined) ?? violations[0];
  const [missing, invalid] = parameterCodes[named?.path ?? ''] ?? ['bad_request', 'bad_request'];
  return {
    status: 400,
    code: named?.rule === required ? missing : invalid,
    message: sentenceOf(violations),
    ...(named && { target: { type: 'parameter', name: named.path } }),
  };
}

function bodyProblem(violations: readonly Violation[]): Problem {
  const [first] = violations;
  return {
    status: 400,
    code: first?.rule === required ? 'validation_required_field' : 'bad_field',
    message: sentenceOf(violations),
    ...(first && first.path !== '' && { target: { type: 'field', name: first.path } }),
  };
}

const problemOf = problemsOf({
  'body-malformed': 'bad_request',
  'body-missing': { code: 'bad_request', message: 'the request needs a JSON body' },
  'body-too-large': 'bad_request',
  'body-invalid': ({ violations }) => bodyProblem(violations),
  'parameter-invalid': ({ violations }) => parameterProblem(violations),
  'header-invalid': 'bad_request',
  'not-emulated': ({ operation }) => ({
    code: 'not_implemented',
    message: `${operation} is not emulated`,
    remedy: 'GET /_keyquake/health lists what this platform emulates',
  }),
  unauthenticated: ({ reason }, words) =>
    reason === 'missing'
      ? { code: 'token_missing', message: 'the request carries no bearer token' }
      : { code: 'token_invalid', message: words },
  forbidden: ({ role, action }) => ({
    code: 'not_authorized',
    message: `the caller is not authorized for ${action}`,
    cause: `the caller lacks the role ${role}`,
    remedy: `grant ${role} on VPC Infrastructure Services`,
  }),
  conflict: {
    code: 'conflict',
    message: 'another request changed the same resource at the same time; try again',
  },
  internal: 'internal_error',
});

export const vpcDialect: ErrorDialect = {
  schema: errorSchema,
  correlationHeaders: ['x-request-id', 'x-correlation-id'],
  responseHeader: 'X-Request-Id',
  problemOf,
  render: (problem, { requestId }): VpcError => ({
    errors: [
      {
        code: problem.code,
        message: problem.message,
        more_info: moreInfo,
        ...(problem.target && { target: problem.target as ErrorTarget }),
      },
    ],
    trace: requestId,
    status_code: problem.status,
  }),
};

type Details = Pick<Problem, 'cause' | 'remedy'>;

function refused(
  status: number,
  code: string,
  message: string,
  field?: string,
  details: Details = {},
): ServiceError {
  const target = field === undefined ? {} : { target: { type: 'field', name: field } };
  return new ServiceError({ status, code, message, ...target, ...details });
}

export const notEmulated = (what: string) =>
  new ServiceError(problemOf({ kind: 'not-emulated', operation: what }));

export const volumeIdInvalid = (id: string) =>
  refused(400, 'volume_id_invalid', `'${id}' is not a volume id: lower-case letters, digits, - and _ only`);

export const volumeNotFound = (id: string) => refused(404, 'volume_not_found', `there is no volume ${id}`);

export const profileNotFound = (name: string, known: readonly string[]) =>
  refused(
    404,
    'volume_profile_not_found',
    `there is no volume profile '${name}'; the profiles are ${known.join(', ')}`,
  );

export const profileNameMissing = () =>
  refused(400, 'volume_profile_name_missing', 'profile.name is required', 'profile.name');

export const startNotFound = (start: string) =>
  new ServiceError({
    status: 400,
    code: 'volume_start_not_found',
    message: `start=${start} is not the beginning of a page of this collection`,
    target: { type: 'parameter', name: 'start' },
    remedy: 'take start from next.href of the page before; begin again without it',
  });

export const zoneInvalid = (zone: string, known: readonly string[]) =>
  refused(400, 'invalid_zone', `'${zone}' is not a zone; it is one of ${known.join(', ')}`, 'zone.name');

export const zoneInconsistent = (zone: string, region: string) =>
  refused(400, 'zone_inconsistency', `zone ${zone} is not in ${region}, the region of this endpoint`, 'zone');

export const nameInvalid = (name: string) =>
  refused(
    400,
    'volume_name_invalid',
    `'${name}' is not a volume name: 1 to 63 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen`,
    'name',
  );

export const nameDuplicate = (name: string, region: string) =>
  refused(409, 'volume_name_duplicate', `a volume named ${name} exists in ${region} already`, 'name');

export const capacityMissing = () =>
  refused(400, 'volume_capacity_missing', 'capacity is required for a volume without a source', 'capacity');

export const notPositive = (field: 'capacity' | 'iops', value: number) =>
  refused(400, `volume_${field}_zero_or_negative`, `${field} is ${value}; it must be greater than 0`, field);

/** A size that the profile does not take; codes of ibm-vpc.md 5, where one exists for it. */
export function sizeRefused(size: VolumeSize, objection: SizeObjection): ServiceError {
  const { profile, capacity, iops, bandwidth } = size;
  const at = `profile ${profile} at ${capacity} GB`;
  switch (objection.refusal) {
    case 'capacity-out-of-range': {
      const { min, max } = objection;
      const code = capacity > max ? 'volume_capacity_max' : 'volume_profile_capacity_iops_invalid';
      return refused(
        400,
        code,
        `capacity is ${capacity}; profile ${profile} takes ${min} to ${max}`,
        'capacity',
      );
    }
    case 'iops-out-of-range': {
      const { min, max } = objection;
      return refused(
        400,
        'volume_profile_capacity_iops_invalid',
        `iops is ${iops}; ${at} takes ${min} to ${max}`,
        'iops',
      );
    }
    case 'iops-not-settable':
      return refused(
        400,
        'volume_profile_iops_invalid',
        `iops is ${iops}; the iops of profile ${profile} follow from the capacity and cannot be set`,
        'iops',
      );
    case 'bandwidth-out-of-range': {
      const { min, max } = objection;
      const code = (bandwidth ?? 0) > max ? 'validation_max_value' : 'validation_min_value';
      return refused(400, code, `bandwidth is ${bandwidth}; ${at} takes ${min} to ${max}`, 'bandwidth');
    }
    case 'bandwidth-not-settable':
      return refused(
        400,
        'bad_field',
        `bandwidth is ${bandwidth}; the bandwidth of profile ${profile} follows from its iops and cannot be set`,
        'bandwidth',
      );
  }
}

export const resourceGroupIdInvalid = (id: string) =>
  refused(
    400,
    'volume_resource_group_id_invalid',
    `'${id}' is not a resource group id: 32 hexadecimal digits`,
    'resource_group.id',
  );

export const resourceGroupNotFound = (id: string) =>
  refused(
    404,
    'volume_resource_group_not_found',
    `the account has no resource group ${id}`,
    'resource_group.id',
  );

/** A size or profile that this volume cannot be given now. */
export const updateRefused = (message: string, field: string, details: Details = {}) =>
  refused(409, 'volume_update_invalid_request', message, field, details);

/** The key decides: the volume is there, and what was asked of it is not possible. */
export const statusNotAvailable = (message: string, details: Details) =>
  refused(409, 'volume_status_not_available', message, undefined, details);

export const stillAttached = (id: string, instance: string) =>
  refused(409, 'volume_still_attached', `volume ${id} is attached to instance ${instance}`, undefined, {
    remedy: 'delete the volume attachment first',
  });

/** Code inferred: the documents name none for a stale ETag (ibm-vpc.md 1.5). */
export const preconditionFailed = () =>
  new ServiceError({
    status: 412,
    code: 'precondition_failed',
    message: 'If-Match does not name the present version of the volume',
    target: { type: 'header', name: 'If-Match' },
    remedy: 'GET the volume and send the ETag of that answer',
  });

export const keyRefused = (code: string, message: string, details: Details) =>
  refused(400, code, message, 'encryption_key.crn', details);
