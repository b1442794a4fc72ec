import { defineDataSource } from '../../core/data-source';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { step } from '../client/failures';
import { getResourceGroup, listResourceGroups, type ResourceGroup } from '../client/resource-groups';
import type { IbmSession } from '../client/session';
import facts from '../schema/data-sources/ibm_resource_group.json';

/** Source: ibm-control-plane.md 3.2. */
export interface ResourceGroupData {
  readonly id: string | null;
  readonly name: string | null;
  readonly is_default: boolean | null;
  readonly [computed: string]: unknown;
}

type Lookup = (
  session: IbmSession,
  config: ResourceGroupData,
  signal: AbortSignal,
) => Promise<ResourceGroup | undefined>;

async function byName(
  session: IbmSession,
  name: string,
  signal: AbortSignal,
): Promise<ResourceGroup | undefined> {
  const [group] = await listResourceGroups(session, { name }, signal);
  return group;
}

const lookup: Lookup = async (session, { id, name, is_default }, signal) => {
  if (is_default) return (await listResourceGroups(session, { default: 'true' }, signal))[0];
  if (id) return getResourceGroup(session, id, signal);
  return byName(session, name ?? '', signal);
};

function selectorOf({ id, name }: ResourceGroupData): readonly [attribute: string, shown: string] {
  if (id) return ['id', `id ${id}`];
  return name ? ['name', `name '${name}'`] : ['is_default', 'is_default = true'];
}

export const resourceGroupData = defineDataSource<ResourceGroupData, IbmSession>({
  facts,
  async read({ client: session, config, signal }) {
    const [attribute, shown] = selectorOf(config);
    const group = await step(
      `find the resource group with ${shown}`,
      lookup(session, config, signal),
      attribute,
    );
    if (group === undefined) {
      throw new DiagnosticError({
        summary: `No resource group with ${shown}`,
        detail: 'The account has none. Name an existing group, or create it first.',
        attribute: attributePath(attribute),
      });
    }
    const { default: isDefault, resource_linkages: linkages, ...members } = group;
    return {
      state: {
        ...Object.fromEntries(
          Object.keys(facts.wire.block.attributes).map((name) => [
            name,
            members[name as keyof typeof members] ?? null,
          ]),
        ),
        is_default: isDefault,
        resource_linkages: (linkages ?? []).map((linkage) => JSON.stringify(linkage)),
      },
    };
  },
});
