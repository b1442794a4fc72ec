/** IAM Policy Management: policies in both versions, and roles. (ibm-control-plane.md 6.3) */
import {
  type Access,
  type Operation,
  operation,
  operationWithBody,
  type Service,
} from '../../kernel/operation';
import { draftFromV1, draftFromV2 } from './drafts';
import { policyDialect } from './errors';
import type { PolicyState } from './gen/policy-state';
import type { PolicyV1 } from './gen/policy-v1';
import type { PolicyV2 } from './gen/policy-v2';
import { type PolicyHandlers, policyHandlers } from './handlers/policies';
import { listRoles } from './handlers/roles';
import { presentV1, presentV2 } from './present';
import type { ActionReader } from './role-actions';
import getPolicyQuerySchema from './schema/get-policy-query.json';
import listPoliciesQuerySchema from './schema/list-policies-query.json';
import listRolesQuerySchema from './schema/list-roles-query.json';
import policyStateSchema from './schema/policy-state.json';
import policyV1Schema from './schema/policy-v1.json';
import policyV2Schema from './schema/policy-v2.json';
import { policyTargets } from './targets';
import { unemulated } from './unemulated';

/** Only an administrator of what the policy opens may make, change or delete it (behaviour.md A3). */
const administers = (action: string): Access => ({ action, role: 'Administrator' });
const reads: Access = { action: 'iam-am.policy.read', role: 'Viewer' };

interface VersionNames {
  readonly path: string;
  /** `Policy` or `V2Policy`, as in the vendor's operation ids. */
  readonly noun: string;
  readonly plural: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

function policyOperations<Body>(
  { path, noun, plural, schema }: VersionNames,
  handlers: PolicyHandlers<Body>,
): readonly Operation[] {
  const one = `${path}/:policy_id`;
  return [
    operation({
      operation: `list${plural}`,
      method: 'GET',
      path,
      access: 'authenticated',
      query: listPoliciesQuerySchema,
      handle: handlers.list,
    }),
    operationWithBody<Body>({
      operation: `create${noun}`,
      method: 'POST',
      path,
      access: administers('iam-am.policy.create'),
      audit: 'iam-am.policy.create',
      schema,
      handle: handlers.create,
    }),
    operation({
      operation: `get${noun}`,
      method: 'GET',
      path: one,
      access: reads,
      query: getPolicyQuerySchema,
      handle: handlers.get,
    }),
    operationWithBody<Body>({
      operation: `replace${noun}`,
      method: 'PUT',
      path: one,
      access: administers('iam-am.policy.update'),
      audit: 'iam-am.policy.update',
      schema,
      handle: handlers.replace,
    }),
    operation({
      operation: `delete${noun}`,
      method: 'DELETE',
      path: one,
      access: administers('iam-am.policy.delete'),
      audit: 'iam-am.policy.delete',
      handle: handlers.remove,
    }),
  ];
}

/** `actionsOf` tells which actions roles permit; it reads the platform's services. */
export function iamPolicyManagement(actionsOf: ActionReader): Service {
  const v1 = policyHandlers<PolicyV1>(
    { path: '/v1/policies', draft: draftFromV1, present: presentV1 },
    actionsOf,
  );
  const v2 = policyHandlers<PolicyV2>(
    { path: '/v2/policies', draft: draftFromV2, present: presentV2 },
    actionsOf,
  );
  return {
    name: 'iam',
    title: 'IAM Policy Management',
    dialect: policyDialect,
    hosts: [/^(private\.)?iam\.cloud\.ibm\.com$/],
    paths: [
      /^\/v[12]\/policies(\/|$)/,
      /^\/v2\/roles(\/|$)/,
      /^\/v1\/(policy|action_control|role)_(templates|assignments)(\/|$)/,
    ],
    accessTargets: policyTargets,
    operations: [
      ...policyOperations<PolicyV1>(
        { path: '/v1/policies', noun: 'Policy', plural: 'Policies', schema: policyV1Schema },
        v1,
      ),
      operationWithBody<PolicyState>({
        operation: 'updatePolicyState',
        method: 'PATCH',
        path: '/v1/policies/:policy_id',
        access: administers('iam-am.policy.update'),
        audit: 'iam-am.policy.update',
        schema: policyStateSchema,
        handle: v1.updateState,
      }),
      ...policyOperations<PolicyV2>(
        { path: '/v2/policies', noun: 'V2Policy', plural: 'V2Policies', schema: policyV2Schema },
        v2,
      ),
      operation({
        operation: 'listRoles',
        method: 'GET',
        path: '/v2/roles',
        access: 'authenticated',
        query: listRolesQuerySchema,
        handle: listRoles(actionsOf),
      }),
    ],
    unemulated,
  };
}
