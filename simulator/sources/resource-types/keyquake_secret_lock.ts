/** Source: provider/keyquake/schema/resources/keyquake_secret_lock.json; behaviour.md C1. */
import { lockConsumerAttributes } from '../../../domain/secrets/locks';
import type { Links } from '../links';
import { isSet, type SourceResource, showable } from '../resource';
import type { ResourceType } from './resource-type';

export const keyquakeSecretLock: ResourceType = {
  type: 'keyquake_secret_lock',
  mode: 'managed',
  identifiedBy: ['id'],
  describe: (resource) => ({
    node: {
      kind: 'secret-lock',
      name: showable(resource.read('name')),
      versionAlias: aliasOf(resource),
    },
  }),
  link(resource, links) {
    const consumer = consumerOf(resource, links);
    if (consumer !== undefined) links.amend(resource.id, { kind: 'secret-lock', consumer });
    const { to, problem } = links.follow(resource.read('secret_id'), ['secret']);
    if (to !== undefined) links.edge('locks', resource.id, to);
    else if (problem !== undefined) links.unmapped(resource, `secret_id ${problem}`);
  },
};

/** Where the locked version stands; a version given by id that is not created yet is the current one. */
function aliasOf(resource: SourceResource): 'current' | 'previous' {
  const alias = showable(resource.read('secret_version_alias')) ?? showable(resource.read('version'));
  return alias === 'previous' ? 'previous' : 'current';
}

/** As the lock's attributes write it, or the address of the resource whose id or CRN they write. */
function consumerOf(resource: SourceResource, links: Links): string | undefined {
  const attribute = lockConsumerAttributes.map((name) => resource.read('attributes', name)).find(isSet);
  return attribute && (links.addressOf(attribute) ?? showable(attribute));
}
