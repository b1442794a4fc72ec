/**
 * Keys that are looked up instead of created. Source: ibm-control-plane.md 4.7, 4.8. Where a lookup finds one key that is
 * the one meant; one that finds several names none of them: who uses one of those writes its CRN, which is followed.
 */
import { type SourceResource, showable } from '../resource';
import { kmsInstanceOf } from './key-link';
import type { ResourceType } from './resource-type';

/** `instance` is the argument for the instance that is searched. */
export function lookedUpKey(type: string, instance: string): ResourceType {
  return {
    type,
    mode: 'data',
    identifiedBy: (resource) => (findsSeveral(resource) ? [] : ['keys.0.crn', 'keys.0.id']),
    describe: (resource) =>
      findsSeveral(resource)
        ? { none: 'a lookup of several keys' }
        : {
            node: {
              kind: 'root-key',
              name: nameOf(resource),
              crn: showable(resource.read('keys', '0', 'crn')),
              service: 'kms',
              state: 'active',
              imported: false,
            },
          },
    link(resource, links) {
      if (links.node(resource.id)?.id !== resource.id) return;
      const holder = kmsInstanceOf(resource, instance, resource.read(instance), links);
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
}

/** By what was found, or, before that is known, because no key is named. */
function findsSeveral(resource: SourceResource): boolean {
  const keys = resource.read('keys');
  if (keys.kind === 'known' && Array.isArray(keys.value)) return keys.value.length > 1;
  return ['key_name', 'key_id', 'alias'].every((argument) => resource.read(argument).kind === 'absent');
}

function nameOf(resource: SourceResource): string | undefined {
  return showable(resource.read('keys', '0', 'name')) ?? showable(resource.read('key_name'));
}
