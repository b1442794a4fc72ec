/** Source: ibm-vpc.md 2.11. */
import { attach } from './attachment';
import type { ResourceType } from './resource-type';

export const ibmIsInstanceVolumeAttachment: ResourceType = {
  type: 'ibm_is_instance_volume_attachment',
  mode: 'managed',
  identifiedBy: ['id'],
  describe: () => ({ unmodelled: 'ibm_is_instance_volume_attachment' }),
  link: (resource, links) => attach(resource, 'volume', links),
};
