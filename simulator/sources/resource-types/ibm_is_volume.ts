/** Source: ibm-vpc.md 2.6. */
import type { Links } from '../links';
import { isSet, type SourceResource, showable } from '../resource';
import { keyOf } from './key-link';
import type { ResourceType } from './resource-type';

export const ibmIsVolume: ResourceType = {
  type: 'ibm_is_volume',
  mode: 'managed',
  identifiedBy: ['id', 'crn', 'resource_crn'],
  describe: (resource) => {
    const zone = showable(resource.read('zone'));
    return {
      node: {
        kind: 'volume',
        name: showable(resource.read('name')),
        attached: false,
        ...(zone !== undefined && { zone }),
      },
    };
  },
  link(resource, links) {
    const attribute = resource.read('encryption_key');
    const key = keyOf(resource, 'encryption_key', attribute, links);
    if (key !== undefined) links.edge('protects', key, resource.id);
    if (!isSet(attribute)) reportInheritedKey(resource, links);
  },
};

/** A volume from a snapshot inherits the snapshot's key, which no argument shows (ibm-vpc.md 4.8 item 9). */
function reportInheritedKey(resource: SourceResource, links: Links): void {
  if (showable(resource.read('encryption_type')) === 'user_managed') {
    links.unmapped(resource, 'it is encrypted with a root key that the source does not show');
  } else if (['source_snapshot', 'source_snapshot_crn'].some((name) => isSet(resource.read(name)))) {
    links.unmapped(
      resource,
      'it is made from a snapshot without naming a key: it takes the key of the snapshot, which the source does not show',
    );
  }
}
