/**
 * Service instances that are looked up instead of created: those that another team, or another stack, manages.
 * Source: ibm-schema/data-sources/ibm_resource_instance.json.
 */
import { describeInstance, linkToKey } from './ibm_resource_instance';
import type { ResourceType } from './resource-type';

export const dataIbmResourceInstance: ResourceType = {
  type: 'ibm_resource_instance',
  mode: 'data',
  identifiedBy: ['id', 'crn', 'guid', 'identifier', 'resource_crn'],
  describe: describeInstance,
  link(resource, links) {
    const node = links.node(resource.id);
    if (node?.id !== resource.id) return;
    const managed = links.managed(node);
    if (managed !== undefined) return links.merge(resource.id, managed);
    linkToKey(resource, links);
    links.unmapped(
      resource,
      'the instance is looked up, not managed by this source: what else it holds, or what it is encrypted with, is not seen',
    );
  },
};
