import { defineDataSource } from '../../core/data-source';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { step } from '../client/failures';
import { getResourceGroup, listResourceGroups, type ResourceGroup } from '../client/resource-groups';
import type { IbmSession } from '../client/session';
import facts from '../schema/data-sources/ibm_resource_group.json';
import { type ResourceGroupState, resourceGroupState } from '../state/resource-group';

/** Source: ibm-control-plane.md 3.2. */
export interface ResourceGroupData extends ResourceGroupState {
  readonly id: string | null;
  readonly name: string | null;
  readonly is_default: boolean | null;
  readonly account_id: string | null;
}

async function find(
  session: IbmSession,
  { id, name, is_default }: ResourceGroupData,
  signal: AbortSignal,
): Promise<ResourceGroup | undefined> {
  if (id) return getResourceGroup(session, id, signal);
  const filter = is_default ? { default: 'true' as const } : { name: name ?? '' };
  return (await listResourceGroups(session, filter, signal))[0];
}

function selectorOf({
  id,
  name,
  is_default,
}: ResourceGroupData): readonly [attribute: string, shown: string] {
  if (id) return ['id', `id ${id}`];
  return is_default ? ['is_default', 'is_default = true'] : ['name', `name '${name ?? ''}'`];
}

export const resourceGroupData = defineDataSource<ResourceGroupData, IbmSession>({
  facts,
  async read({ client: session, config, signal }) {
    const [attribute, shown] = selectorOf(config);
    const finding = find(session, config, signal);
    const by = attribute === 'id' ? ' by ID' : '';
    const group = await step({ says: `[ERROR] Error retrieving resource group${by}` }, finding, attribute);
    if (group === undefined) {
      throw new DiagnosticError({
        summary: '[ERROR] Given Resource Group is not found in the account',
        detail: `The account has no group with ${shown}. Name an existing group, or create it first.`,
        attribute: attributePath(attribute),
      });
    }
    const { id, name, default: is_default, account_id } = group;
    return {
      state: {
        id,
        name,
        is_default: is_default ?? null,
        account_id: account_id ?? null,
        ...resourceGroupState(group),
      },
    };
  },
});
