/** What moves keys through their life, and what is done with their material. */
import {
  type AccessCases,
  definitionOf,
  type Operation,
  operation,
  operationWithBody,
  operationWithOptionalBody,
} from '../../../kernel/operation';
import type { KeyAction } from '../gen/key-action';
import type { RestoreKey } from '../gen/restore-key';
import type { RewrapKey } from '../gen/rewrap-key';
import type { RotateKey } from '../gen/rotate-key';
import type { UnwrapKey } from '../gen/unwrap-key';
import type { WrapKey } from '../gen/wrap-key';
import * as cryptography from '../handlers/cryptography';
import { actionOnKey } from '../handlers/legacy-actions';
import * as lifecycle from '../handlers/lifecycle';
import actionQuerySchema from '../schema/action-query.json';
import forceQuerySchema from '../schema/force-query.json';
import keyActionSchema from '../schema/key-action.json';
import keyAnswerSchema from '../schema/key-answer.json';
import restoreKeySchema from '../schema/restore-key.json';
import rewrapKeySchema from '../schema/rewrap-key.json';
import rotateKeySchema from '../schema/rotate-key.json';
import unwrapKeySchema from '../schema/unwrap-key.json';
import wrapKeySchema from '../schema/wrap-key.json';

const keyMetadataSchema = definitionOf(keyAnswerSchema, 'KeyMetadataCollection');

/** `POST /keys/{id}?action=…` needs what the path of the same action needs. */
const legacyAccess: AccessCases = {
  parameter: 'action',
  cases: {
    wrap: { action: 'kms.secrets.wrap', role: 'Reader' },
    unwrap: { action: 'kms.secrets.unwrap', role: 'Reader' },
    rewrap: { action: 'kms.secrets.rewrap', role: 'Reader' },
    rotate: { action: 'kms.secrets.rotate', role: 'Writer' },
    enable: { action: 'kms.secrets.enable', role: 'Manager' },
    disable: { action: 'kms.secrets.disable', role: 'Manager' },
    setKeyForDeletion: { action: 'kms.secrets.setkeyfordeletion', role: 'Writer' },
    unsetKeyForDeletion: { action: 'kms.secrets.unsetkeyfordeletion', role: 'Writer' },
    restore: { action: 'kms.secrets.restore', role: 'Manager' },
  },
};

export const lifeOperations: readonly Operation[] = [
  operation({
    operation: 'deleteKey',
    method: 'DELETE',
    path: '/api/v2/keys/:id',
    access: { action: 'kms.secrets.delete', role: 'Manager' },
    query: forceQuerySchema,
    audit: 'kms.secrets.delete',
    response: keyMetadataSchema,
    handle: lifecycle.deleteKey,
  }),
  operation({
    operation: 'purgeKey',
    method: 'DELETE',
    path: '/api/v2/keys/:id/purge',
    access: { action: 'kms.secrets.purge', role: 'KeyPurge' },
    audit: 'kms.secrets.purge',
    response: keyMetadataSchema,
    handle: lifecycle.purgeKey,
  }),
  operationWithOptionalBody<RestoreKey>({
    operation: 'restoreKey',
    method: 'POST',
    path: '/api/v2/keys/:id/restore',
    access: { action: 'kms.secrets.restore', role: 'Manager' },
    audit: 'kms.secrets.restore',
    schema: restoreKeySchema,
    response: keyMetadataSchema,
    handle: lifecycle.restoreKey,
  }),
  operation({
    operation: 'enableKey',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/enable',
    access: { action: 'kms.secrets.enable', role: 'Manager' },
    audit: 'kms.secrets.enable',
    handle: lifecycle.enableKey,
  }),
  operation({
    operation: 'disableKey',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/disable',
    access: { action: 'kms.secrets.disable', role: 'Manager' },
    audit: 'kms.secrets.disable',
    handle: lifecycle.disableKey,
  }),
  operationWithOptionalBody<RotateKey>({
    operation: 'rotateKey',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/rotate',
    access: { action: 'kms.secrets.rotate', role: 'Writer' },
    audit: 'kms.secrets.rotate',
    schema: rotateKeySchema,
    response: keyMetadataSchema,
    handle: lifecycle.rotateKey,
  }),
  operation({
    operation: 'setKeyForDeletion',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/setKeyForDeletion',
    access: { action: 'kms.secrets.setkeyfordeletion', role: 'Writer' },
    audit: 'kms.secrets.setkeyfordeletion',
    handle: lifecycle.setKeyForDeletion,
  }),
  operation({
    operation: 'unsetKeyForDeletion',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/unsetKeyForDeletion',
    access: { action: 'kms.secrets.unsetkeyfordeletion', role: 'Writer' },
    audit: 'kms.secrets.unsetkeyfordeletion',
    handle: lifecycle.unsetKeyForDeletion,
  }),
  operation({
    operation: 'syncAssociatedResources',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/sync',
    access: { action: 'kms.secrets.sync', role: 'Writer' },
    audit: 'kms.secrets.sync',
    handle: lifecycle.syncKey,
  }),
  operationWithOptionalBody<WrapKey>({
    operation: 'wrapKey',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/wrap',
    access: { action: 'kms.secrets.wrap', role: 'Reader' },
    audit: 'kms.secrets.wrap',
    schema: wrapKeySchema,
    response: definitionOf(keyAnswerSchema, 'WrappedDataKey'),
    handle: cryptography.wrapKey,
  }),
  operationWithBody<UnwrapKey>({
    operation: 'unwrapKey',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/unwrap',
    access: { action: 'kms.secrets.unwrap', role: 'Reader' },
    audit: 'kms.secrets.unwrap',
    schema: unwrapKeySchema,
    response: definitionOf(keyAnswerSchema, 'UnwrappedDataKey'),
    handle: cryptography.unwrapKey,
  }),
  operationWithBody<RewrapKey>({
    operation: 'rewrapKey',
    method: 'POST',
    path: '/api/v2/keys/:id/actions/rewrap',
    access: { action: 'kms.secrets.rewrap', role: 'Reader' },
    audit: 'kms.secrets.rewrap',
    schema: rewrapKeySchema,
    response: definitionOf(keyAnswerSchema, 'RewrappedDataKey'),
    handle: cryptography.rewrapKey,
  }),
  operationWithOptionalBody<KeyAction>({
    operation: 'actionOnKey',
    method: 'POST',
    path: '/api/v2/keys/:id',
    access: { action: 'kms.secrets.default', role: 'Manager' },
    accessCases: legacyAccess,
    query: actionQuerySchema,
    audit: 'kms.secrets.default',
    schema: keyActionSchema,
    response: keyAnswerSchema,
    handle: actionOnKey,
  }),
];
