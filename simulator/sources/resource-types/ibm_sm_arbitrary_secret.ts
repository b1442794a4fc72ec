/** Source: ibm-control-plane.md 5.0, 5.2. */
import { showable } from '../resource';
import type { ResourceType } from './resource-type';

export const ibmSmArbitrarySecret: ResourceType = {
  type: 'ibm_sm_arbitrary_secret',
  mode: 'managed',
  identifiedBy: ['id', 'crn', 'secret_id'],
  describe: (resource) => ({
    node: { kind: 'secret', name: showable(resource.read('name')), secretType: 'arbitrary' },
  }),
  link(resource, links) {
    const { to, problem } = links.follow(resource.read('instance_id'), ['secrets-manager-instance']);
    if (to !== undefined) links.edge('contains', to, resource.id);
    else if (problem !== undefined) {
      links.unmapped(resource, `instance_id ${problem}: which key seals the secret is not known`);
    }
  },
};
