/** IAM Policy Management: policies in both versions. (ibm-control-plane.md 6.3) */
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
  readsPolicies,
  replacePolicy,
  updatePolicyState,
} from './handlers/policies';
import { presentV1, presentV2 } from './present';
import type { ActionTable } from './role-actions';
import getPolicyQuerySchema from './schema/get-policy-query.json';
import listPoliciesQuerySchema from './schema/list-policies-query.json';
import policyStateSchema from './schema/policy-state.json';
import policyV1Schema from './schema/policy-v1.json';
import policyV1ListSchema from './schema/policy-v1-list.json';
import policyV2Schema from './schema/policy-v2.json';
import policyV2ListSchema from './schema/policy-v2-list.json';
import { namedPolicy, policyTargets } from './targets';
import { unemulated } from './unemulated';

/**
 * Only an administrator of what the policy opens may make, change or delete it (behaviour.md A3). Names of the actions:
 * IBM Cloud IAM docs `iam-service-roles.md`; of the audit events: `at-events-iam.md`.
 */
const administers = (verb: string) => ({
  access: { action: `iam.policy.${verb}`, role: 'Administrator' },
  audit: `iam-am.policy.${verb}`,
});

interface VersionNames {
  /** `Policy` or `V2Policy`, as in the vendor's operation ids. */
  readonly noun: string;
  readonly plural: string;
  readonly schema: JsonSchema;
  /** What answers show: one policy, a page of them. */
  readonly shown: { readonly one: JsonSchema; readonly page: JsonSchema };
  /** Query of reading one policy, which version 1 has none of. */
  readonly getQuery?: JsonSchema;
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
  getQuery: getPolicyQuerySchema,
};

function policyOperations<Body>(
  api: PolicyApi<Body>,
  { noun, plural, schema, shown, getQuery }: VersionNames,
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
      access: readsPolicies,
      ...(getQuery && { query: getQuery }),
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
  ];
}

/** `actions` tells which actions roles permit; it reads the platform's services. */
export function iamPolicyManagement(actions: ActionTable): Service {
  const v1: PolicyApi<PolicyV1> = {
    version: 1,
    path: '/v1/policies',
    draft: draftFromV1,
    present: presentV1,
    actions,
  };
  const v2: PolicyApi<PolicyV2> = {
    version: 2,
    path: '/v2/policies',
    draft: draftFromV2,
    present: presentV2,
    actions,
  };
  return {
    name: 'iam',
    title: 'IAM Policy Management',
    dialect: policyDialect,
    hosts: [/^(private\.)?iam\.cloud\.ibm\.com$/],
    paths: [/^\/v[12]\/policies(\/|$)/, /^\/v1\/(policy|action_control|role)_(templates|assignments)(\/|$)/],
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
