/** Audit events: what was done or refused, to what, by whom. Never a payload. (behaviour.md A4) */
import { formatInstant } from '../../domain/time';
import type { Identity } from './identity';
import type { AuditDetail, Session } from './operation';
import type { StoredEvent } from './store/store';

export interface AuditOutcome {
  readonly outcome: 'success' | 'failure';
  /** HTTP status. */
  readonly status: number;
  /** The vendor's error code, for failures. */
  readonly code?: string;
  /** The role that the caller lacks, where that is why it failed. */
  readonly missingRole?: string;
}

export interface AuditSource {
  readonly id: string;
  readonly now: number;
  /** Absent when the caller could not be told: no token, or one that is not believed. */
  readonly identity: Identity | undefined;
  readonly requestId: string;
}

/** CADF has a taxonomy for initiators that are not known; the owner of the account is not blamed for them. */
const unknownInitiator = { id: 'unauthenticated', typeURI: 'unknown', name: 'unauthenticated' };

function initiatorOf(identity: Identity | undefined): AuditEventInitiator {
  if (identity === undefined) return unknownInitiator;
  const { iamId, type, name } = identity;
  return { id: iamId, typeURI: `service/security/account/${type}`, name };
}

interface AuditEventInitiator {
  readonly id: string;
  readonly typeURI: string;
  readonly name: string;
}

/** Why, as status, code and, where a role is missing, in words (Activity Tracker's `reason.reasonForFailure`). */
function reasonOf({ status, code, missingRole }: AuditOutcome): Readonly<Record<string, unknown>> {
  return {
    reasonCode: status,
    ...(code === undefined ? {} : { reasonType: code }),
    ...(missingRole === undefined ? {} : { reasonForFailure: `the role ${missingRole} is missing` }),
  };
}

/** The event in the shape of Activity Tracker: initiator, action, target, outcome, reason. */
export function auditEvent(source: AuditSource, detail: AuditDetail, result: AuditOutcome): StoredEvent {
  const time = formatInstant(source.now);
  const { action, target, before, after } = detail;
  const { outcome } = result;
  return {
    id: source.id,
    time,
    action,
    target,
    outcome,
    body: {
      id: source.id,
      eventTime: time,
      initiator: initiatorOf(source.identity),
      action,
      target: { id: target },
      outcome,
      reason: reasonOf(result),
      requestId: source.requestId,
      ...(before === undefined ? {} : { before }),
      ...(after === undefined ? {} : { after }),
    },
  };
}

export type Recorder = Pick<Session, 'record' | 'describe'> & {
  readonly extra: readonly AuditDetail[];
  readonly own: Partial<AuditDetail>;
};

/** Collects what a handler says of its own event and of further ones. */
export function recorder(): Recorder {
  const extra: AuditDetail[] = [];
  const own: { -readonly [Key in keyof AuditDetail]?: AuditDetail[Key] } = {};
  return {
    extra,
    own,
    record: (event) => {
      extra.push(event);
    },
    describe: (detail) => {
      Object.assign(own, detail);
    },
  };
}
