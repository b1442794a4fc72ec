/** Keys and what they protect: found, described, made. */
import { definitionOf, type Operation, operation, operationWithBody } from '../../../kernel/operation';
import type { CreateKey } from '../gen/create-key';
import type { CreateKeyWithPolicyOverrides } from '../gen/create-key-with-policy-overrides';
import type { PatchKey } from '../gen/patch-key';
import * as keys from '../handlers/keys';
import * as registrations from '../handlers/registrations';
import createKeySchema from '../schema/create-key.json';
import createKeyWithPolicyOverridesSchema from '../schema/create-key-with-policy-overrides.json';
import keyAnswerSchema from '../schema/key-answer.json';
import keyListQuerySchema from '../schema/key-list-query.json';
import keyVersionsSchema from '../schema/key-version-collection.json';
import patchKeySchema from '../schema/patch-key.json';
import registrationListSchema from '../schema/registration-collection.json';
import registrationListQuerySchema from '../schema/registration-list-query.json';
import versionListQuerySchema from '../schema/version-list-query.json';

const keySchema = definitionOf(keyAnswerSchema, 'KeyCollection');
const keyMetadataSchema = definitionOf(keyAnswerSchema, 'KeyMetadataCollection');

export const keyOperations: readonly Operation[] = [
  operation({
    operation: 'getRegistrationsAllKeys',
    method: 'GET',
    path: '/api/v2/keys/registrations',
    access: { action: 'kms.registrations.list', role: 'Reader' },
    query: registrationListQuerySchema,
    response: registrationListSchema,
    handle: registrations.getRegistrationsAllKeys,
  }),
  operationWithBody<CreateKey>({
    operation: 'createKey',
    method: 'POST',
    path: '/api/v2/keys',
    access: { action: 'kms.secrets.create', role: 'Writer' },
    audit: 'kms.secrets.create',
    schema: createKeySchema,
    response: keySchema,
    handle: keys.postKey,
  }),
  operationWithBody<CreateKeyWithPolicyOverrides>({
    operation: 'createKeyWithPoliciesOverrides',
    method: 'POST',
    path: '/api/v2/keys_with_policy_overrides',
    access: { action: 'kms.secrets.create', role: 'Manager' },
    audit: 'kms.secrets.create',
    schema: createKeyWithPolicyOverridesSchema,
    response: keySchema,
    handle: keys.postKeyWithPolicyOverrides,
  }),
  operation({
    operation: 'getKeys',
    method: 'GET',
    path: '/api/v2/keys',
    access: { action: 'kms.secrets.list', role: 'Reader' },
    query: keyListQuerySchema,
    response: keyMetadataSchema,
    handle: keys.getKeys,
  }),
  operation({
    operation: 'getKeyCollectionMetadata',
    method: 'HEAD',
    path: '/api/v2/keys',
    access: { action: 'kms.secrets.head', role: 'Reader' },
    query: keyListQuerySchema,
    handle: keys.headKeys,
  }),
  operation({
    operation: 'getKey',
    method: 'GET',
    path: '/api/v2/keys/:id',
    access: { action: 'kms.secrets.read', role: 'ReaderPlus' },
    response: keySchema,
    handle: keys.getKey,
  }),
  operation({
    operation: 'getKeyMetadata',
    method: 'GET',
    path: '/api/v2/keys/:id/metadata',
    access: { action: 'kms.secrets-metadata.read', role: 'Reader' },
    response: keyMetadataSchema,
    handle: keys.getKeyMetadata,
  }),
  operationWithBody<PatchKey>({
    operation: 'patchKey',
    method: 'PATCH',
    path: '/api/v2/keys/:id',
    access: { action: 'kms.secrets.patch', role: 'Manager' },
    audit: 'kms.secrets.patch',
    schema: patchKeySchema,
    response: keyMetadataSchema,
    handle: keys.patchKey,
  }),
  operation({
    operation: 'getKeyVersions',
    method: 'GET',
    path: '/api/v2/keys/:id/versions',
    access: { action: 'kms.secrets-key-versions.list', role: 'Reader' },
    query: versionListQuerySchema,
    response: keyVersionsSchema,
    handle: keys.getKeyVersions,
  }),
  operation({
    operation: 'getRegistrations',
    method: 'GET',
    path: '/api/v2/keys/:id/registrations',
    access: { action: 'kms.registrations.list', role: 'Reader' },
    query: registrationListQuerySchema,
    response: registrationListSchema,
    handle: registrations.getRegistrations,
  }),
  operation({
    operation: 'createRegistration',
    method: 'POST',
    path: '/api/v2/keys/:id/registrations/:crn',
    access: { action: 'kms.registrations.create', role: 'Reader' },
    audit: 'kms.registrations.create',
    handle: registrations.refuseToUsers,
  }),
  operation({
    operation: 'updateRegistration',
    method: 'PATCH',
    path: '/api/v2/keys/:id/registrations/:crn',
    access: { action: 'kms.registrations.merge', role: 'Reader' },
    audit: 'kms.registrations.merge',
    handle: registrations.refuseToUsers,
  }),
  operation({
    operation: 'replaceRegistration',
    method: 'PUT',
    path: '/api/v2/keys/:id/registrations/:crn',
    access: { action: 'kms.registrations.write', role: 'Reader' },
    audit: 'kms.registrations.write',
    handle: registrations.refuseToUsers,
  }),
  operation({
    operation: 'deleteRegistration',
    method: 'DELETE',
    path: '/api/v2/keys/:id/registrations/:crn',
    access: { action: 'kms.registrations.delete', role: 'Reader' },
    audit: 'kms.registrations.delete',
    handle: registrations.refuseToUsers,
  }),
];
