/** IAM Policy Management: policies in both versions, and roles. (ibm-control-plane.md 6.3) */
import {
  definitionOf,
  type JsonSchema,
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
import {
  createPolicy,
  deletePolicy,
  getPolicy,
  listPolicies,
  type PolicyApi,
  replacePolicy,
  updatePolicyState,
} from './handlers/policies';
import { listRoles } from './handlers/roles';
import { presentV1, presentV2 } from './present';
import type { ActionReader } from './role-actions';
import getPolicyQuerySchema from './schema/get-policy-query.json';
import listPoliciesQuerySchema from './schema/list-policies-query.json';
import listRolesQuerySchema from './schema/list-roles-query.json';
import policyStateSchema from './schema/policy-state.json';
import policyV1Schema from './schema/policy-v1.json';
import policyV1ListSchema from './schema/policy-v1-list.json';
import policyV2Schema from './schema/policy-v2.json';
import policyV2ListSchema from './schema/policy-v2-list.json';
import roleListSchema from './schema/role-list.json';
import { namedPolicy, policyTargets } from './targets';
import { unemulated } from './unemulated';

/** Only an administrator of what the policy opens may make, change or delete it (behaviour.md A3). */
const administers = (verb: string) => ({
  access: { action: `iam-am.policy.${verb}`, role: 'Administrator' },
  audit: `iam-am.policy.${verb}`,
});

interface VersionNames {
  /** `Policy` or `V2Policy`, as in the vendor's operation ids. */
  readonly noun: string;
  readonly plural: string;
  readonly schema: JsonSchema;
  /** What answers show: one policy, a page of them. */
  readonly shown: { readonly one: JsonSchema; readonly page: JsonSchema };
}

const v1Names: VersionNames = {
  noun: 'Policy',
  plural: 'Policies',
  schema: policyV1Schema,
  shown: { one: definitionOf(policyV1ListSchema, 'PresentedPolicyV1'), page: policyV1ListSchema },
};

const v2Names: VersionNames = {
  noun: 'V2Policy',
  plural: 'V2Policies',
  schema: policyV2Schema,
  shown: { one: definitionOf(policyV2ListSchema, 'PresentedPolicyV2'), page: policyV2ListSchema },
};

function policyOperations<Body>(
  api: PolicyApi<Body>,
  { noun, plural, schema, shown }: VersionNames,
): readonly Operation[] {
  const { path } = api;
  const one = `${path}/:policy_id`;
  return [
    operation({
      operation: `list${plural}`,
      method: 'GET',
      path,
      access: 'authenticated',
      query: listPoliciesQuerySchema,
      response: shown.page,
      handle: listPolicies(api),
    }),
    operationWithBody<Body>({
      operation: `create${noun}`,
      method: 'POST',
      path,
      ...administers('create'),
      schema,
      response: shown.one,
      handle: createPolicy(api),
    }),
    operation({
      operation: `get${noun}`,
      method: 'GET',
      path: one,
      access: { action: 'iam-am.policy.read', role: 'Viewer' },
      query: getPolicyQuerySchema,
      response: shown.one,
      handle: getPolicy(api),
    }),
    operationWithBody<Body>({
      operation: `replace${noun}`,
      method: 'PUT',
      path: one,
      ...administers('update'),
      schema,
      response: shown.one,
      handle: replacePolicy(api),
    }),
    operation({
      operation: `delete${noun}`,
      method: 'DELETE',
      path: one,
      ...administers('delete'),
      handle: deletePolicy,
    }),
  ];
}

/** The operations that only one version has. */
function furtherOperations(v1: PolicyApi<PolicyV1>): readonly Operation[] {
  return [
    operationWithBody<PolicyState>({
      operation: 'updatePolicyState',
      method: 'PATCH',
      path: '/v1/policies/:policy_id',
      ...administers('update'),
      schema: policyStateSchema,
      response: v1Names.shown.one,
      handle: updatePolicyState(v1),
    }),
    operation({
      operation: 'listRoles',
      method: 'GET',
      path: '/v2/roles',
      access: 'authenticated',
      query: listRolesQuerySchema,
      response: roleListSchema,
      handle: listRoles(v1.actionsOf),
    }),
  ];
}

/** `actionsOf` tells which actions roles permit; it reads the platform's services. */
export function iamPolicyManagement(actionsOf: ActionReader): Service {
  const v1: PolicyApi<PolicyV1> = {
    path: '/v1/policies',
    draft: draftFromV1,
    present: presentV1,
    actionsOf,
  };
  const v2: PolicyApi<PolicyV2> = {
    path: '/v2/policies',
    draft: draftFromV2,
    present: presentV2,
    actionsOf,
  };
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
    auditTarget: namedPolicy,
    operations: [
      ...policyOperations(v1, v1Names),
      ...policyOperations(v2, v2Names),
      ...furtherOperations(v1),
    ],
    unemulated,
  };
}
