/** Policies, aliases, key rings, import tokens and endpoints. */
import {
  type Operation,
  operation,
  operationWithBody,
  operationWithOptionalBody,
} from '../../../kernel/operation';
import type { CreateImportToken } from '../gen/create-import-token';
import type { SetInstancePolicies } from '../gen/set-instance-policies';
import type { SetKeyPolicies } from '../gen/set-key-policies';
import * as groups from '../handlers/groups';
import { getEndpoints } from '../handlers/hyper-protect';
import * as importToken from '../handlers/import-token';
import * as instancePolicies from '../handlers/instance-policies';
import * as policies from '../handlers/policies';
import aliasesSchema from '../schema/alias-collection.json';
import allowedIpPortSchema from '../schema/allowed-ip-port.json';
import createImportTokenSchema from '../schema/create-import-token.json';
import forceQuerySchema from '../schema/force-query.json';
import endpointsSchema from '../schema/hyper-protect-endpoints.json';
import importTokenSchema from '../schema/import-token.json';
import instancePoliciesSchema from '../schema/instance-policy-collection.json';
import instancePolicyQuerySchema from '../schema/instance-policy-query.json';
import keyPoliciesSchema from '../schema/key-policy-collection.json';
import keyPolicyQuerySchema from '../schema/key-policy-query.json';
import keyRingsSchema from '../schema/key-ring-collection.json';
import retrievedTokenSchema from '../schema/retrieved-import-token.json';
import ringListQuerySchema from '../schema/ring-list-query.json';
import setInstancePoliciesSchema from '../schema/set-instance-policies.json';
import setKeyPoliciesSchema from '../schema/set-key-policies.json';

export const instanceOperations: readonly Operation[] = [
  operationWithBody<SetKeyPolicies>({
    operation: 'putPolicy',
    method: 'PUT',
    path: '/api/v2/keys/:id/policies',
    access: { action: 'kms.policies.write', role: 'Manager' },
    query: keyPolicyQuerySchema,
    audit: 'kms.policies.write',
    schema: setKeyPoliciesSchema,
    response: keyPoliciesSchema,
    handle: policies.putPolicy,
  }),
  operation({
    operation: 'getPolicy',
    method: 'GET',
    path: '/api/v2/keys/:id/policies',
    access: { action: 'kms.policies.read', role: 'Manager' },
    query: keyPolicyQuerySchema,
    response: keyPoliciesSchema,
    handle: policies.getPolicy,
  }),
  operationWithBody<SetInstancePolicies>({
    operation: 'putInstancePolicy',
    method: 'PUT',
    path: '/api/v2/instance/policies',
    access: { action: 'kms.instance-policies.write', role: 'Manager' },
    query: instancePolicyQuerySchema,
    audit: 'kms.instance-policies.write',
    schema: setInstancePoliciesSchema,
    handle: instancePolicies.putInstancePolicy,
  }),
  operation({
    operation: 'getInstancePolicy',
    method: 'GET',
    path: '/api/v2/instance/policies',
    access: { action: 'kms.instance-policies.read', role: 'Manager' },
    query: instancePolicyQuerySchema,
    response: instancePoliciesSchema,
    handle: instancePolicies.getInstancePolicy,
  }),
  operation({
    operation: 'getAllowedIpPort',
    method: 'GET',
    path: '/api/v2/instance/allowed_ip_port',
    access: { action: 'kms.instance-allowed-ip-port.read', role: 'Reader' },
    response: allowedIpPortSchema,
    handle: instancePolicies.getAllowedIpPort,
  }),
  operation({
    operation: 'createKeyAlias',
    method: 'POST',
    path: '/api/v2/keys/:id/aliases/:alias',
    access: { action: 'kms.secrets-alias.create', role: 'Writer' },
    audit: 'kms.secrets-alias.create',
    response: aliasesSchema,
    handle: groups.createKeyAlias,
  }),
  operation({
    operation: 'deleteKeyAlias',
    method: 'DELETE',
    path: '/api/v2/keys/:id/aliases/:alias',
    access: { action: 'kms.secrets-alias.delete', role: 'Writer' },
    audit: 'kms.secrets-alias.delete',
    handle: groups.deleteKeyAlias,
  }),
  operation({
    operation: 'listKeyRings',
    method: 'GET',
    path: '/api/v2/key_rings',
    access: { action: 'kms.key-rings.list', role: 'Reader' },
    query: ringListQuerySchema,
    response: keyRingsSchema,
    handle: groups.listKeyRings,
  }),
  operation({
    operation: 'createKeyRing',
    method: 'POST',
    path: '/api/v2/key_rings/:ring',
    access: { action: 'kms.key-rings.create', role: 'Writer' },
    audit: 'kms.key-rings.create',
    handle: groups.createKeyRing,
  }),
  operation({
    operation: 'deleteKeyRing',
    method: 'DELETE',
    path: '/api/v2/key_rings/:ring',
    access: { action: 'kms.key-rings.delete', role: 'Manager' },
    query: forceQuerySchema,
    audit: 'kms.key-rings.delete',
    handle: groups.deleteKeyRing,
  }),
  operationWithOptionalBody<CreateImportToken>({
    operation: 'postImportToken',
    method: 'POST',
    path: '/api/v2/import_token',
    access: { action: 'kms.import-token.create', role: 'Writer' },
    audit: 'kms.import-token.create',
    schema: createImportTokenSchema,
    response: importTokenSchema,
    handle: importToken.postImportToken,
  }),
  operation({
    operation: 'getImportToken',
    method: 'GET',
    path: '/api/v2/import_token',
    access: { action: 'kms.import-token.read', role: 'Writer' },
    audit: 'kms.import-token.read',
    response: retrievedTokenSchema,
    handle: importToken.getImportToken,
  }),
  operation({
    operation: 'getHyperProtectEndpoints',
    method: 'GET',
    path: '/crypto_v2/instances/:instance',
    // The broker's page names no role; to see where an instance is reached is to view it (inferred).
    access: { action: 'hs-crypto.instances.read', role: 'Viewer' },
    response: endpointsSchema,
    handle: getEndpoints,
  }),
];
