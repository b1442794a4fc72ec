/**
 * Keys that are looked up instead of created. Source: ibm-control-plane.md 4.7. The first key found is the one meant:
 * the argument is one name or one id.
 */
import { type SourceResource, showable } from '../resource';
import { kmsInstanceOf } from './key-link';
import type { ResourceType } from './resource-type';

export const dataIbmKmsKey: ResourceType = {
  type: 'ibm_kms_key',
  mode: 'data',
  identifiedBy: ['keys.0.crn', 'keys.0.id'],
  describe: (resource) => ({
    node: {
      kind: 'root-key',
      name: nameOf(resource),
      crn: showable(resource.read('keys', '0', 'crn')),
      service: 'kms',
      state: 'active',
      imported: false,
    },
  }),
  link(resource, links) {
    if (links.node(resource.id)?.id !== resource.id) return;
    const holder = kmsInstanceOf(resource, 'instance_id', resource.read('instance_id'), links);
    const managed =
      holder === undefined ? undefined : links.childNamed(holder, 'root-key', nameOf(resource) ?? '');
    if (managed !== undefined) return links.merge(resource.id, managed);
    if (holder !== undefined) links.edge('contains', holder, resource.id);
    links.unmapped(
      resource,
      'the key is looked up, not managed by this source: read as an active key that the service generated, whose deletion cannot be undone',
    );
  },
};

function nameOf(resource: SourceResource): string | undefined {
  return showable(resource.read('keys', '0', 'name')) ?? showable(resource.read('key_name'));
}
