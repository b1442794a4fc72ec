/** The state that a key is to be in. Source: provider/keyquake/schema/resources/keyquake_root_key_state.json. */
import { showable } from '../resource';
import { keyOf } from './key-link';
import type { ResourceType } from './resource-type';

export const keyquakeRootKeyState: ResourceType = {
  type: 'keyquake_root_key_state',
  mode: 'managed',
  identifiedBy: [],
  repeats: { id: 'key_id', key_crn: 'key_id' },
  describe: () => ({ none: 'a state that a key is to be in' }),
  link(resource, links) {
    const id = keyOf(resource, 'key_id', resource.read('key_id'), links);
    const key = id === undefined ? undefined : links.node(id);
    const state = showable(resource.read('state'));
    if (key?.kind !== 'root-key' || (state !== 'active' && state !== 'suspended')) return;
    const movable = key.state === 'active' || key.state === 'suspended';
    if (movable) links.amend(key.id, { kind: 'root-key', state });
  },
};
