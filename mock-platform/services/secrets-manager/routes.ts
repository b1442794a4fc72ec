/** Secrets Manager API v2 (ibm-control-plane.md 6.2), one instance per host name, or below the mount. */
import {
  definitionOf,
  operation,
  operationWithBody,
  operationWithOptionalBody,
  type Service,
} from '../../kernel/operation';
import { secretsManagerDialect } from './errors';
import type { CreateLocks } from './gen/create-locks';
import type { CreateSecret } from './gen/create-secret';
import type { CreateSecretGroup } from './gen/create-secret-group';
import type { CreateSecretVersion } from './gen/create-secret-version';
import type { DeleteLocks } from './gen/delete-locks';
import type { UpdateSecretGroup } from './gen/update-secret-group';
import type { UpdateSecretMetadata } from './gen/update-secret-metadata';
import type { UpdateVersionMetadata } from './gen/update-version-metadata';
import * as groups from './handlers/groups';
import * as locks from './handlers/locks';
import * as metadata from './handlers/metadata';
import * as secrets from './handlers/secrets';
import * as versions from './handlers/versions';
import { inInstance, secretsManager } from './instance';
import createLocksSchema from './schema/create-locks.json';
import createLocksQuery from './schema/create-locks-query.json';
import createSecretSchema from './schema/create-secret.json';
import createSecretGroupSchema from './schema/create-secret-group.json';
import createSecretVersionSchema from './schema/create-secret-version.json';
import deleteLocksSchema from './schema/delete-locks.json';
import listLocksQuery from './schema/list-locks-query.json';
import listSecretsLocksQuery from './schema/list-secrets-locks-query.json';
import listSecretsQuery from './schema/list-secrets-query.json';
import lockedListSchema from './schema/locked-secret-list.json';
import groupListSchema from './schema/secret-group-list.json';
import secretListSchema from './schema/secret-list.json';
import lockListSchema from './schema/secret-lock-list.json';
import versionListSchema from './schema/secret-version-list.json';
import updateSecretGroupSchema from './schema/update-secret-group.json';
import updateSecretMetadataSchema from './schema/update-secret-metadata.json';
import updateVersionMetadataSchema from './schema/update-version-metadata.json';
import { auditTarget, instanceTargets } from './targets';
import { unemulated } from './unemulated';

const groupSchema = definitionOf(groupListSchema, 'SecretGroup');
const secretSchema = definitionOf(secretListSchema, 'Secret');
const metadataSchema = definitionOf(secretListSchema, 'SecretMetadata');
const versionSchema = definitionOf(versionListSchema, 'SecretVersion');
const versionMetadataSchema = definitionOf(versionListSchema, 'SecretVersionMetadata');
const lockedSchema = definitionOf(lockedListSchema, 'LockedSecret');

/** `secrets-manager.secret.create` and its like: names of the vendor's IAM actions and of its audit events. */
function allowed(action: string, role: string) {
  return { access: { action: `${secretsManager}.${action}`, role } };
}

/** As {@link allowed}, for what leaves an audit event. */
function audited(action: string, role: string) {
  return { ...allowed(action, role), audit: `${secretsManager}.${action}` };
}

const groupOperations = [
  operationWithBody<CreateSecretGroup>({
    ...audited('secret-group.create', 'Manager'),
    operation: 'createSecretGroup',
    method: 'POST',
    path: '/api/v2/secret_groups',
    schema: createSecretGroupSchema,
    response: groupSchema,
    handle: inInstance('secret.update-metadata', groups.createSecretGroup),
  }),
  operation({
    ...allowed('secret-groups.list', 'Reader'),
    operation: 'listSecretGroups',
    method: 'GET',
    path: '/api/v2/secret_groups',
    response: groupListSchema,
    handle: inInstance('secret.list', groups.listSecretGroups),
  }),
  operation({
    ...allowed('secret-group.read', 'Reader'),
    operation: 'getSecretGroup',
    method: 'GET',
    path: '/api/v2/secret_groups/:id',
    response: groupSchema,
    handle: inInstance('secret.list', groups.getSecretGroup),
  }),
  operationWithBody<UpdateSecretGroup>({
    ...audited('secret-group.update', 'Manager'),
    operation: 'updateSecretGroup',
    method: 'PATCH',
    path: '/api/v2/secret_groups/:id',
    schema: updateSecretGroupSchema,
    response: groupSchema,
    handle: inInstance('secret.update-metadata', groups.updateSecretGroup),
  }),
  operation({
    ...audited('secret-group.delete', 'Manager'),
    operation: 'deleteSecretGroup',
    method: 'DELETE',
    path: '/api/v2/secret_groups/:id',
    handle: inInstance('secret.delete', groups.deleteSecretGroup),
  }),
];

const secretOperations = [
  operationWithBody<CreateSecret>({
    ...audited('secret.create', 'Writer'),
    operation: 'createSecret',
    method: 'POST',
    path: '/api/v2/secrets',
    schema: createSecretSchema,
    response: secretSchema,
    handle: inInstance('secret.create', secrets.createSecret),
  }),
  operation({
    ...allowed('secrets.list', 'Reader'),
    operation: 'listSecrets',
    method: 'GET',
    path: '/api/v2/secrets',
    query: listSecretsQuery,
    response: secretListSchema,
    handle: inInstance('secret.list', secrets.listSecrets),
  }),
  operation({
    ...audited('secret.read', 'SecretsReader'),
    operation: 'getSecret',
    method: 'GET',
    path: '/api/v2/secrets/:id',
    response: secretSchema,
    handle: inInstance('secret.read', secrets.getSecret),
  }),
  operation({
    ...audited('secret.read', 'SecretsReader'),
    operation: 'getSecretByNameType',
    method: 'GET',
    path: '/api/v2/secret_groups/:group_name/secret_types/:secret_type/secrets/:name',
    response: secretSchema,
    handle: inInstance('secret.read', secrets.getSecretByNameType),
  }),
  operation({
    ...audited('secret.delete', 'Manager'),
    operation: 'deleteSecret',
    method: 'DELETE',
    path: '/api/v2/secrets/:id',
    handle: inInstance('secret.delete', secrets.deleteSecret),
  }),
  operation({
    ...allowed('secret-metadata.read', 'Reader'),
    operation: 'getSecretMetadata',
    method: 'GET',
    path: '/api/v2/secrets/:id/metadata',
    response: metadataSchema,
    handle: inInstance('secret.read-metadata', metadata.getSecretMetadata),
  }),
  operationWithBody<UpdateSecretMetadata>({
    ...audited('secret-metadata.update', 'Writer'),
    operation: 'updateSecretMetadata',
    method: 'PATCH',
    path: '/api/v2/secrets/:id/metadata',
    schema: updateSecretMetadataSchema,
    response: metadataSchema,
    handle: inInstance('secret.update-metadata', metadata.updateSecretMetadata),
  }),
];

const versionOperations = [
  operationWithBody<CreateSecretVersion>({
    ...audited('secret-version.create', 'Writer'),
    operation: 'createSecretVersion',
    method: 'POST',
    path: '/api/v2/secrets/:secret_id/versions',
    schema: createSecretVersionSchema,
    response: versionSchema,
    handle: inInstance('secret.rotate', versions.createSecretVersion),
  }),
  operation({
    ...allowed('secret-versions.list', 'Reader'),
    operation: 'listSecretVersions',
    method: 'GET',
    path: '/api/v2/secrets/:secret_id/versions',
    response: versionListSchema,
    handle: inInstance('secret.read-metadata', versions.listSecretVersions),
  }),
  operation({
    ...audited('secret-version.read', 'SecretsReader'),
    operation: 'getSecretVersion',
    method: 'GET',
    path: '/api/v2/secrets/:secret_id/versions/:id',
    response: versionSchema,
    handle: inInstance('secret.read', versions.getSecretVersion),
  }),
  operation({
    ...audited('secret-version-data.delete', 'Manager'),
    operation: 'deleteSecretVersionData',
    method: 'DELETE',
    path: '/api/v2/secrets/:secret_id/versions/:id/secret_data',
    handle: inInstance('secret.delete', versions.deleteSecretVersionData),
  }),
  operation({
    ...allowed('secret-version-metadata.read', 'Reader'),
    operation: 'getSecretVersionMetadata',
    method: 'GET',
    path: '/api/v2/secrets/:secret_id/versions/:id/metadata',
    response: versionMetadataSchema,
    handle: inInstance('secret.read-metadata', versions.getSecretVersionMetadata),
  }),
  operationWithBody<UpdateVersionMetadata>({
    ...audited('secret-version-metadata.update', 'Writer'),
    operation: 'updateSecretVersionMetadata',
    method: 'PATCH',
    path: '/api/v2/secrets/:secret_id/versions/:id/metadata',
    schema: updateVersionMetadataSchema,
    response: versionMetadataSchema,
    handle: inInstance('secret.update-metadata', versions.updateSecretVersionMetadata),
  }),
];

/** Manager for everything that changes a lock (behaviour.md C3; the vendor's IAM table lets a Writer create them). */
const lockOperations = [
  operation({
    ...allowed('secrets-locks.list', 'Reader'),
    operation: 'listSecretsLocks',
    method: 'GET',
    path: '/api/v2/secrets_locks',
    query: listSecretsLocksQuery,
    response: lockedListSchema,
    handle: inInstance('lock.list', locks.listSecretsLocks),
  }),
  operation({
    ...allowed('secret-locks.list', 'Reader'),
    operation: 'listSecretLocks',
    method: 'GET',
    path: '/api/v2/secrets/:id/locks',
    query: listLocksQuery,
    response: lockListSchema,
    handle: inInstance('lock.list', locks.listSecretLocks),
  }),
  operationWithBody<CreateLocks>({
    ...audited('secret-locks.create', 'Manager'),
    operation: 'createSecretLocksBulk',
    method: 'POST',
    path: '/api/v2/secrets/:id/locks_bulk',
    query: createLocksQuery,
    schema: createLocksSchema,
    response: lockedSchema,
    handle: inInstance('lock.create', locks.createSecretLocksBulk),
  }),
  operationWithOptionalBody<DeleteLocks>({
    ...audited('secret-locks.delete', 'Manager'),
    operation: 'deleteSecretLocksBulk',
    method: 'DELETE',
    path: '/api/v2/secrets/:id/locks_bulk',
    schema: deleteLocksSchema,
    response: lockedSchema,
    handle: inInstance('lock.delete', locks.deleteSecretLocksBulk),
  }),
  operation({
    ...allowed('secret-version-locks.list', 'Reader'),
    operation: 'listSecretVersionLocks',
    method: 'GET',
    path: '/api/v2/secrets/:secret_id/versions/:id/locks',
    query: listLocksQuery,
    response: lockListSchema,
    handle: inInstance('lock.list', locks.listSecretVersionLocks),
  }),
  operationWithBody<CreateLocks>({
    ...audited('secret-version-locks.create', 'Manager'),
    operation: 'createSecretVersionLocksBulk',
    method: 'POST',
    path: '/api/v2/secrets/:secret_id/versions/:id/locks_bulk',
    query: createLocksQuery,
    schema: createLocksSchema,
    response: lockedSchema,
    handle: inInstance('lock.create', locks.createSecretVersionLocksBulk),
  }),
  operationWithOptionalBody<DeleteLocks>({
    ...audited('secret-version-locks.delete', 'Manager'),
    operation: 'deleteSecretVersionLocksBulk',
    method: 'DELETE',
    path: '/api/v2/secrets/:secret_id/versions/:id/locks_bulk',
    schema: deleteLocksSchema,
    response: lockedSchema,
    handle: inInstance('lock.delete', locks.deleteSecretVersionLocksBulk),
  }),
];

export const secretsManagerService: Service = {
  name: 'secrets-manager',
  title: 'Secrets Manager',
  dialect: secretsManagerDialect,
  hosts: [
    /^(?<instance_id>[^.]+)\.(?:private\.)?(?<region>[a-z]{2}-[a-z]+)\.secrets-manager(?:\.test)?\.appdomain\.cloud$/,
  ],
  mount: '/secrets-manager/:instance_id',
  paths: [/^\/api\/v[12](?:\/|$)/],
  accessTargets: instanceTargets,
  auditTarget,
  unemulated,
  operations: [...groupOperations, ...secretOperations, ...versionOperations, ...lockOperations],
};
