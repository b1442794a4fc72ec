/** Documents as the API shows them (ibm-control-plane.md 6.1.3, 6.1.6 to 6.1.8); dates without fraction. */
import { keyStateNumber } from '../../../domain/keys/states';
import { purgeAllowedAfter, purgedAfter, restoreWindow, restoringWindow } from '../../../domain/keys/timing';
import { restorable } from '../../../domain/keys/transitions';
import { formatSeconds, type Instant, parseInstant } from '../../../domain/time';
import type { Session } from '../../kernel/operation';
import type { Wire } from '../../kernel/wire';
import type { Alias } from './gen/alias-collection';
import type { ImportToken } from './gen/import-token';
import type { PresentedInstancePolicy } from './gen/instance-policy-collection';
import type { DualAuthDelete, Key, KeyMetadata, KeyVersion } from './gen/key-answer';
import type { PresentedKeyPolicy } from './gen/key-policy-collection';
import type { KeyRing } from './gen/key-ring-collection';
import type { Registration } from './gen/registration-collection';
import { instantOf, readingsOf, stateAt } from './keys';
import type {
  AliasDocument,
  ImportTokenDocument,
  InstancePolicyDocument,
  KeyDocument,
  KeyPolicy,
  KeyVersionDocument,
  RegistrationDocument,
  RingDocument,
} from './model';
import { keyType, policyType } from './wire';

const wireDate = (text: string): string => formatSeconds(parseInstant(text));

function optionalDate<Name extends string>(
  name: Name,
  text: string | undefined,
): Partial<Record<Name, string>> {
  return text === undefined ? {} : ({ [name]: wireDate(text) } as Partial<Record<Name, string>>);
}

/** A key as create, get and list answer it; `payload` is added by those that show it. */
export function presentKey(
  session: Session,
  key: KeyDocument,
  aliases: readonly string[],
): Wire<KeyMetadata> {
  const state = stateAt(key, session.now);
  const { id, name, description, tags, crn, ring, extractable, imported, envelope } = key;
  return {
    id,
    type: keyType,
    name,
    ...(description !== undefined && { description }),
    ...(aliases.length > 0 && { aliases }),
    ...(tags !== undefined && tags.length > 0 && { tags }),
    state: state === 'purged' ? keyStateNumber('destroyed') : keyStateNumber(state),
    extractable,
    crn,
    imported,
    keyRingID: ring,
    creationDate: wireDate(key.created.at),
    createdBy: key.created.by,
    lastUpdateDate: wireDate(key.updatedAt),
    ...optionalDate('lastRotateDate', key.rotatedAt),
    ...optionalDate('expirationDate', key.expiresAt),
    keyVersion: presentVersion(key.version),
    ...algorithm,
    ...(envelope ?? {}),
    dualAuthDelete: dualAuth(session, key),
    ...(key.rotation && { rotation: rotationOf(key.rotation) }),
    deleted: key.deletion !== undefined,
    ...(key.deletion && deletionOf(session, key, key.deletion)),
  };
}

/** Deprecated by the vendor, still sent. */
const algorithm = {
  algorithmType: 'Deprecated',
  algorithmMetadata: { bitLength: '256', mode: 'Deprecated' },
  algorithmBitSize: 256,
  algorithmMode: 'Deprecated',
} as const;

function dualAuth(session: Session, key: KeyDocument): DualAuthDelete {
  const { dualAuthDelete, deletionAuthorization } = key;
  if (dualAuthDelete?.enabled !== true) return { enabled: false };
  const until = deletionAuthorization && parseInstant(deletionAuthorization.until);
  if (until === undefined || until <= session.now) return { enabled: true, keySetForDeletion: false };
  return { enabled: true, keySetForDeletion: true, authExpiration: formatSeconds(until) };
}

function rotationOf(
  policy: NonNullable<KeyDocument['rotation']>,
): NonNullable<PresentedKeyPolicy['rotation']> {
  return { enabled: policy.enabled, interval_month: policy.intervalMonths };
}

function deletionOf(
  session: Session,
  key: KeyDocument,
  deletion: NonNullable<KeyDocument['deletion']>,
): Partial<Key> {
  const at = parseInstant(deletion.at);
  const { now } = session;
  return {
    deletionDate: formatSeconds(at),
    deletedBy: deletion.by,
    restoreAllowed: restoreAllowed(session, key, at),
    restoreExpirationDate: formatSeconds(at + restoreWindow),
    purgeAllowed: now >= at + purgeAllowedAfter,
    purgeAllowedFrom: formatSeconds(at + purgeAllowedAfter),
    purgeScheduledOn: formatSeconds(at + purgedAfter),
  };
}

function restoreAllowed(session: Session, key: KeyDocument, deletedAt: Instant): boolean {
  const readings = readingsOf(session);
  const window = restoringWindow(deletedAt, instantOf(key.expiresAt), readings);
  return restorable(key, readings) && window?.until !== undefined && session.now < window.until;
}

export function presentVersion(version: Pick<KeyVersionDocument, 'id' | 'at'>): KeyVersion {
  return { id: version.id, creationDate: wireDate(version.at) };
}

export function presentAlias({ alias, keyId, created }: AliasDocument): Alias {
  return { keyId, alias, createdBy: created.by, creationDate: wireDate(created.at) };
}

export function presentRing({ id, created }: RingDocument): KeyRing {
  return { id, createdBy: created.by, creationDate: wireDate(created.at) };
}

/** The policies of a key that have been set, rotation first. */
export function presentPolicies(key: KeyDocument): PresentedKeyPolicy[] {
  const { rotation, dualAuthDelete } = key;
  return [
    ...(rotation ? [{ ...policyMembers(key, rotation), rotation: rotationOf(rotation) }] : []),
    ...(dualAuthDelete
      ? [{ ...policyMembers(key, dualAuthDelete), dualAuthDelete: { enabled: dualAuthDelete.enabled } }]
      : []),
  ];
}

function policyMembers(
  key: KeyDocument,
  { id, created, updated }: KeyPolicy,
): Omit<PresentedKeyPolicy, 'rotation' | 'dualAuthDelete'> {
  return {
    id,
    crn: key.crn.replace(/:key:.*$/, `:policy:${id}`),
    type: policyType,
    createdBy: created.by,
    creationDate: wireDate(created.at),
    updatedBy: updated.by,
    lastUpdateDate: wireDate(updated.at),
  };
}

export function presentInstancePolicy(policy: InstancePolicyDocument): Wire<PresentedInstancePolicy> {
  const { type, enabled, attributes, created, updated } = policy;
  return {
    policy_type: type,
    policy_data: { enabled, ...(attributes && { attributes }) },
    createdBy: created.by,
    creationDate: wireDate(created.at),
    updatedBy: updated.by,
    lastUpdated: wireDate(updated.at),
  };
}

export function presentRegistration(registration: RegistrationDocument, keyName: string): Registration {
  const { keyId, resourceCrn, description, preventKeyDeletion, created, updated, keyVersion } = registration;
  return {
    keyId,
    keyName,
    resourceCrn,
    createdBy: created.by,
    creationDate: wireDate(created.at),
    updatedBy: updated.by,
    lastUpdated: wireDate(updated.at),
    description,
    ...registrationMetadata(registration),
    preventKeyDeletion,
    keyVersion: presentVersion(keyVersion),
  };
}

/** The vendor's free text member, as JSON text: says when a registration was left behind by its resource. */
function registrationMetadata({
  danglingSince,
}: RegistrationDocument): Pick<Registration, 'registrationMetadata'> {
  if (danglingSince === undefined) return {};
  return {
    registrationMetadata: JSON.stringify({ dangling: true, danglingSince: wireDate(danglingSince) }),
  };
}

export function presentImportToken(token: ImportTokenDocument): ImportToken {
  return {
    creationDate: wireDate(token.created.at),
    expirationDate: wireDate(token.expiresAt),
    maxAllowedRetrievals: token.maxAllowedRetrievals,
    remainingRetrievals: token.remainingRetrievals,
  };
}
