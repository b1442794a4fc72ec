/**
 * Service instances: of a key management service, of Secrets Manager, or of a service without a rule.
 * Source: ibm-control-plane.md 3.1, 6.4.4 (`kms_key`: CRN of the root key of a Secrets Manager instance); behaviour.md B2.
 */

import { memberOfJsonText } from '../json-text';
import type { Links } from '../links';
import { type Attribute, absent, type SourceResource, showable } from '../resource';
import { keyOf } from './key-link';
import type { Description, ResourceType } from './resource-type';

export const ibmResourceInstance: ResourceType = {
  type: 'ibm_resource_instance',
  mode: 'managed',
  identifiedBy: ['id', 'crn', 'guid', 'resource_crn'],
  describe: describeInstance,
  link: linkToKey,
};

/** The root key of a Secrets Manager instance protects it. */
export function linkToKey(resource: SourceResource, links: Links): void {
  if (links.node(resource.id)?.kind !== 'secrets-manager-instance') return;
  const { argument, attribute } = keyParameter(resource);
  const key = keyOf(resource, argument, attribute, links);
  if (key !== undefined) links.edge('protects', key, resource.id);
}

export function describeInstance(resource: SourceResource): Description {
  const service = showable(resource.read('service'));
  const region = showable(resource.read('location'));
  const facts = { name: showable(resource.read('name')), ...(region !== undefined && { region }) };
  switch (service) {
    case 'kms':
    case 'hs-crypto':
      return { node: { kind: 'kms-instance', service, ...facts } };
    case 'secrets-manager':
      return { node: { kind: 'secrets-manager-instance', ...facts } };
    case undefined:
      return { unmodelled: 'a service instance whose service is not known' };
    default:
      return { unmodelled: `${service} instances` };
  }
}

/** `parameters.kms_key`, or the same member of the JSON in `parameters_json`; the two exclude each other. */
function keyParameter(resource: SourceResource): {
  readonly argument: string;
  readonly attribute: Attribute;
} {
  const parameter = resource.read('parameters', 'kms_key');
  if (parameter.kind !== 'absent') return { argument: 'parameters.kms_key', attribute: parameter };
  return {
    argument: 'kms_key of parameters_json',
    attribute: memberOfJsonText(resource.read('parameters_json'), 'kms_key') ?? absent,
  };
}
