/** Policies of the instance (ibm-control-plane.md 6.1.7). */
import { noContent, ok } from '../../../kernel/operation';
import type { Wire } from '../../../kernel/wire';
import { badBody, onePolicyPerQuery, policyQueryMismatch } from '../errors';
import { checkTotal } from '../fields';
import type { AllowedIpPort } from '../gen/allowed-ip-port';
import type { InstancePolicyCollection } from '../gen/instance-policy-collection';
import type { SetInstancePolicies } from '../gen/set-instance-policies';
import { policyOf } from '../instance-policies';
import { setInstancePolicy } from '../instance-policy-change';
import { instancePolicies } from '../model';
import { presentInstancePolicy } from '../present';
import { allowedIpType, collectionOf, policyType } from '../wire';
import { type Handler, requestedInstance } from './request';

export const putInstancePolicy: Handler<SetInstancePolicies> = async (session, input) => {
  const instance = await requestedInstance(session, input);
  const query = input.query.get('policy');
  checkTotal(input.body);
  const { resources } = input.body;
  if (resources.length === 0) throw badBody('resources must hold a policy');
  if (query !== null && resources.length > 1) throw onePolicyPerQuery();
  const types = resources.map(({ policy_type }) => policy_type);
  if (query !== null && types[0] !== query) throw policyQueryMismatch(query);
  if (new Set(types).size < types.length) throw badBody('a policy type is there twice');
  const set = [];
  for (const resource of resources) {
    set.push(presentInstancePolicy(await setInstancePolicy(session, instance, resource)));
  }
  session.describe({ target: instance.crn, after: { policies: set } });
  return noContent;
};

export const getInstancePolicy: Handler = async (session, input) => {
  const instance = await requestedInstance(session, input);
  const query = input.query.get('policy');
  const all = await session.tx.list(instancePolicies, { scope: instance.guid });
  const asked = all.filter(({ doc }) => query === null || doc.type === query);
  return ok<Wire<InstancePolicyCollection>>(
    collectionOf(
      policyType,
      asked.map(({ doc }) => presentInstancePolicy(doc)),
    ),
  );
};

/**
 * Port of the private endpoint for instances with an enabled policy `allowedIP`; without one there is none to tell (Key
 * Protect `settings-allowed-ip.md`, whose example has this number).
 */
const privateEndpointPort = 8888;

export const getAllowedIpPort: Handler = async (session, input) => {
  const instance = await requestedInstance(session, input);
  const policy = await policyOf(session, instance, 'allowedIP');
  const ports = policy?.enabled === true ? [{ private_endpoint_port: privateEndpointPort }] : [];
  return ok<Wire<AllowedIpPort>>(collectionOf(allowedIpType, ports));
};
