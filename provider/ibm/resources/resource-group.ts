import { defineResource, importById } from '../../core/resource';
import type { Observed } from '../../core/state';
import { step, unlessGone } from '../client/failures';
import {
  createResourceGroup,
  deleteResourceGroup,
  getResourceGroup,
  renameResourceGroup,
} from '../client/resource-groups';
import type { IbmSession } from '../client/session';
import facts from '../schema/resources/ibm_resource_group.json';
import { type ResourceGroupState, resourceGroupState } from '../state/resource-group';

/** Source: its facts; ibm-control-plane.md 3.2, 6.4.3. */
export interface GroupState extends ResourceGroupState {
  readonly id: string;
  readonly name: string;
  readonly default: boolean | null;
  /** Kept in state and nowhere else, as by the vendor. */
  readonly tags: readonly string[] | null;
}

async function observe(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<Observed<GroupState> | null> {
  const group = await step(
    { says: '[ERROR] Error retrieving resource group' },
    unlessGone(getResourceGroup(session, id, signal)),
  );
  if (group === undefined) return null;
  return { id, name: group.name, default: group.default ?? null, ...resourceGroupState(group) };
}

export const resourceGroup = defineResource<GroupState, IbmSession>({
  facts,
  async create({ client: session, plan, signal, saveState }) {
    const creating = createResourceGroup(session, plan.name, signal);
    const { id } = await step({ says: '[ERROR] Error creating resource group' }, creating, 'name');
    saveState({ id });
    return { state: (await observe(session, id, signal)) ?? {} };
  },
  async read({ client: session, state, signal }) {
    return { state: await observe(session, state.id, signal) };
  },
  async update({ client: session, plan, prior, changed, signal }) {
    const { id } = prior;
    if (changed('name')) {
      const renaming = renameResourceGroup(session, id, plan.name, signal);
      await step({ says: '[ERROR] Error updating resource group' }, renaming, 'name');
    }
    return { state: (await observe(session, id, signal)) ?? {} };
  },
  async delete({ client: session, state, signal }) {
    const deleting = unlessGone(deleteResourceGroup(session, state.id, signal));
    await step(
      { says: '[ERROR] Error Deleting resource group', doing: `delete resource group ${state.name}` },
      deleting,
    );
  },
  import: importById,
});
