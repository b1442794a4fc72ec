/** Groups, secrets, versions and locks as Secrets Manager shows them (ibm-control-plane.md 6.2.3, 6.2.4, 6.2.6). */
import { secretStates } from '../../../domain/secrets/types';
import { formatSeconds, parseInstant } from '../../../domain/time';
import type { Stored } from '../../kernel/store/store';
import type { OpenInstance } from './instance';
import { defaultGroup, type LockDocument, type SecretGroupDocument, type VersionDocument } from './model';
import { type Secret, versionByAlias } from './secret';

type Wire = Record<string, unknown>;

/** `retrieved_at` of a secret that was never read. */
const never = '1970-01-01T00:00:00Z';

function time(text: string): string {
  return formatSeconds(parseInstant(text));
}

export function presentGroup(group: SecretGroupDocument): Wire {
  return {
    id: group.id,
    name: group.name,
    description: group.description,
    created_by: group.createdBy,
    created_at: time(group.createdAt),
    updated_at: time(group.updatedAt),
  };
}

/** The group that comes with the instance. */
export function defaultGroupOf({ createdAt, createdBy }: OpenInstance): SecretGroupDocument {
  return {
    id: defaultGroup,
    name: defaultGroup,
    description: 'Secrets that are assigned to no other group.',
    createdBy,
    createdAt,
    updatedAt: createdAt,
  };
}

/** Without the payload; what lists and the metadata operations answer. */
export function presentMetadata(secret: Secret): Wire {
  const { doc } = secret.stored;
  return {
    id: doc.id,
    name: doc.name,
    secret_type: doc.secretType,
    secret_group_id: doc.groupId,
    crn: doc.crn,
    created_by: doc.createdBy,
    created_at: time(doc.createdAt),
    updated_at: time(doc.updatedAt),
    retrieved_at: doc.retrievedAt === undefined ? never : time(doc.retrievedAt),
    ...(doc.description !== undefined && { description: doc.description }),
    labels: doc.labels,
    custom_metadata: doc.customMetadata,
    downloaded: versionByAlias(secret, 'current')?.doc.downloaded ?? false,
    locks_total: secret.locks.length,
    state: secretStates[doc.state],
    state_description: doc.state,
    versions_total: doc.versionsTotal,
    ...expiration(secret),
  };
}

function expiration({ stored }: Secret): Wire {
  const { expiresAt } = stored.doc;
  return expiresAt === undefined ? {} : { expiration_date: time(expiresAt) };
}

/** `payload` is left out where the secret or version no longer has its data. */
export function presentSecret(secret: Secret, payload: string | undefined): Wire {
  return { ...presentMetadata(secret), ...(payload !== undefined && { payload }) };
}

export function presentVersion(secret: Secret, { doc }: Stored<VersionDocument>, payload?: string): Wire {
  return {
    id: doc.id,
    ...(doc.alias !== undefined && { alias: doc.alias }),
    secret_id: doc.secretId,
    secret_name: secret.stored.doc.name,
    secret_type: secret.stored.doc.secretType,
    secret_group_id: secret.stored.doc.groupId,
    created_by: doc.createdBy,
    created_at: time(doc.createdAt),
    auto_rotated: false,
    downloaded: doc.downloaded,
    payload_available: doc.payload !== undefined,
    version_custom_metadata: doc.customMetadata,
    ...(doc.payload !== undefined && expiration(secret)),
    ...(payload !== undefined && { payload }),
  };
}

export function presentLock(secret: Secret, lock: LockDocument): Wire {
  const version = secret.versions.find(({ id }) => id === lock.versionId);
  return {
    name: lock.name,
    ...(lock.description !== undefined && { description: lock.description }),
    attributes: lock.attributes,
    created_at: time(lock.createdAt),
    updated_at: time(lock.updatedAt),
    created_by: lock.createdBy,
    secret_group_id: secret.stored.doc.groupId,
    secret_id: lock.secretId,
    secret_version_id: lock.versionId,
    secret_version_alias: version?.doc.alias,
  };
}

/** The versions that can hold locks, the current one first, with the names of those that `shows` lets through. */
export function presentLocks(secret: Secret, shows: (name: string) => boolean = () => true): Wire {
  const { id, groupId, secretType, name } = secret.stored.doc;
  const lockable = [versionByAlias(secret, 'current'), versionByAlias(secret, 'previous')];
  return {
    secret_id: id,
    secret_group_id: groupId,
    secret_type: secretType,
    secret_name: name,
    versions: lockable.flatMap((version) =>
      version === undefined ? [] : presentVersionLocks(secret, version, shows),
    ),
  };
}

function presentVersionLocks(
  secret: Secret,
  { doc }: Stored<VersionDocument>,
  shows: (name: string) => boolean,
): Wire[] {
  const held = secret.locks.filter(({ doc: lock }) => lock.versionId === doc.id && shows(lock.name));
  return [
    {
      version_id: doc.id,
      version_alias: doc.alias,
      locks: held.map(({ doc: lock }) => lock.name),
      payload_available: doc.payload !== undefined,
    },
  ];
}
