/** Source: ibm-vpc.md 2.9. */
import { attach } from './attachment';
import type { ResourceType } from './resource-type';

export const ibmIsInstance: ResourceType = {
  type: 'ibm_is_instance',
  mode: 'managed',
  identifiedBy: ['id', 'crn', 'resource_crn'],
  describe: () => ({ unmodelled: 'ibm_is_instance' }),
  link: (resource, links) => attach(resource, 'volumes', links),
};
