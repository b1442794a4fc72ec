/** Groups, secrets, versions and locks as Secrets Manager shows them (ibm-control-plane.md 6.2.3, 6.2.4, 6.2.6). */
import { secretStates, type VersionAlias } from '../../../domain/secrets/types';
import { formatSeconds, parseInstant } from '../../../domain/time';
import type { Stored } from '../../kernel/store/store';
import type { Wire } from '../../kernel/wire';
import type { LockedSecret, LockedVersion } from './gen/locked-secret-list';
import type { SecretGroup } from './gen/secret-group-list';
import type { Secret as PresentedSecret, SecretMetadata } from './gen/secret-list';
import type { SecretLock } from './gen/secret-lock-list';
import type { SecretVersion } from './gen/secret-version-list';
import type { OpenInstance } from './instance';
import { defaultGroup, type LockDocument, type SecretGroupDocument, type VersionDocument } from './model';
import { type Secret, versionByAlias } from './secret';

/** `retrieved_at` of a secret that was never read. */
const never = '1970-01-01T00:00:00Z';

function time(text: string): string {
  return formatSeconds(parseInstant(text));
}

export function presentGroup(group: SecretGroupDocument): SecretGroup {
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
export function presentMetadata(secret: Secret): Wire<SecretMetadata> {
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

function expiration({ stored }: Secret): Pick<PresentedSecret, 'expiration_date'> {
  const { expiresAt } = stored.doc;
  return expiresAt === undefined ? {} : { expiration_date: time(expiresAt) };
}

/** `payload` is left out where the secret or version no longer has its data. */
export function presentSecret(secret: Secret, payload: string | undefined): Wire<PresentedSecret> {
  return { ...presentMetadata(secret), ...(payload !== undefined && { payload }) };
}

export function presentVersion(
  secret: Secret,
  { doc }: Stored<VersionDocument>,
  payload?: string,
): Wire<SecretVersion> {
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

export function presentLock(secret: Secret, lock: LockDocument): Wire<SecretLock> {
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

const lockable = ['current', 'previous'] as const;

/** The versions that can hold locks, the current one first, with the names of those that `shows` lets through. */
export function presentLocks(
  secret: Secret,
  shows: (name: string) => boolean = () => true,
): Wire<LockedSecret> {
  const { id, groupId, secretType, name } = secret.stored.doc;
  return {
    secret_id: id,
    secret_group_id: groupId,
    secret_type: secretType,
    secret_name: name,
    versions: lockable.flatMap((alias) => presentLockedVersion(secret, alias, shows)),
  };
}

/** None where the secret has no version of that alias. */
function presentLockedVersion(
  secret: Secret,
  alias: VersionAlias,
  shows: (name: string) => boolean,
): LockedVersion[] {
  const version = versionByAlias(secret, alias);
  if (version === undefined) return [];
  const held = secret.locks.filter(({ doc }) => doc.versionId === version.id && shows(doc.name));
  return [
    {
      version_id: version.id,
      version_alias: alias,
      locks: held.map(({ doc }) => doc.name),
      payload_available: version.doc.payload !== undefined,
    },
  ];
}
