import { defineDataSource } from '../../core/data-source';
import { step } from '../client/failures';
import { listResourceGroups, type ResourceGroup } from '../client/resource-groups';
import type { IbmSession } from '../client/session';
import facts from '../schema/data-sources/ibm_resource_groups.json';
import { type ResourceGroupState, resourceGroupState } from '../state/resource-group';

interface ShownGroup extends ResourceGroupState {
  readonly id: string;
  readonly name: string;
  readonly is_default: boolean;
  readonly account_id: string | null;
}

/** Source: its facts; ibm-control-plane.md 6.4.3. */
export interface ResourceGroupsData {
  readonly id: string | null;
  readonly name: string | null;
  readonly is_default: boolean | null;
  readonly include_deleted: boolean | null;
  /** `YYYY-MM` */
  readonly date: string | null;
  readonly resource_groups: readonly ShownGroup[] | null;
}

function show(group: ResourceGroup): ShownGroup {
  const { id, name, default: isDefault, account_id } = group;
  return {
    id,
    name,
    is_default: isDefault ?? false,
    account_id: account_id ?? null,
    ...resourceGroupState(group),
  };
}

export const resourceGroupsData = defineDataSource<ResourceGroupsData, IbmSession>({
  facts,
  async read({ client: session, config, signal }) {
    const filter = {
      ...(config.name ? { name: config.name } : {}),
      ...(config.is_default ? { default: 'true' as const } : {}),
      ...(config.include_deleted ? { include_deleted: 'true' as const } : {}),
      ...(config.date ? { date: config.date } : {}),
    };
    const groups = await step(
      { says: 'ListResourceGroupsWithContext failed' },
      listResourceGroups(session, filter, signal),
    );
    const { account } = await session.claims();
    return { state: { id: account, resource_groups: groups.map(show) } };
  },
});
