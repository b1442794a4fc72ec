/** Policies of one key (ibm-control-plane.md 6.1.6). */
import { ok } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { badBody, onePolicyPerQuery, policyQueryMismatch } from '../errors';
import { checkTotal } from '../fields';
import type { KeyPolicyCollection } from '../gen/key-policy-collection';
import type { SetKeyPolicies } from '../gen/set-key-policies';
import { requirePermitted } from '../keys';
import { type PolicyRequest, setPolicies } from '../policies';
import { presentPolicies } from '../present';
import { collectionOf, policyType } from '../wire';
import { type Handler, requestedKey } from './request';

const kinds = ['rotation', 'dualAuthDelete'] as const;

/** One request out of the resources, each of which holds one kind, no kind twice. */
function merged(resources: readonly PolicyRequest[], query: string | null): PolicyRequest {
  let request: PolicyRequest = {};
  for (const resource of resources) {
    const [kind, ...others] = kinds.filter((name) => resource[name] !== undefined);
    if (kind === undefined || others.length > 0)
      throw badBody('a resource holds one of rotation, dualAuthDelete');
    if (request[kind] !== undefined) throw badBody(`${kind} is there twice`);
    if (query !== null && query !== kind) throw policyQueryMismatch(query);
    request = { ...request, [kind]: resource[kind] };
  }
  return request;
}

export const putPolicy: Handler<SetKeyPolicies> = async (session, input) => {
  const { key } = await requestedKey(session, input);
  const query = input.query.get('policy');
  checkTotal(input.body);
  const { resources } = input.body;
  if (resources.length === 0) throw badBody('resources must hold a policy');
  if (query !== null && resources.length > 1) throw onePolicyPerQuery();
  const request = merged(resources, query);
  requirePermitted(session, key.doc, 'put-policy');
  const changed = await setPolicies(session, key, request);
  session.describe({
    target: key.doc.crn,
    before: { policies: presentPolicies(key.doc) },
    after: { policies: presentPolicies(changed.doc) },
  });
  const set = presentPolicies(changed.doc).filter((policy) =>
    kinds.some((kind) => kind in policy && request[kind] !== undefined),
  );
  return ok<Wire<KeyPolicyCollection>>(collectionOf(policyType, set));
};

export const getPolicy: Handler = async (session, input) => {
  const { key } = await requestedKey(session, input);
  const query = input.query.get('policy');
  const policies = presentPolicies(key.doc).filter((policy) => query === null || query in policy);
  return ok<Wire<KeyPolicyCollection>>(collectionOf(policyType, policies));
};
