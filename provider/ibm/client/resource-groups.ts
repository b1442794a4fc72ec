/** Resource Manager: resource groups (ibm-control-plane.md 3.2, 6.4.3). */
import type { IbmSession } from './session';

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly default: boolean;
  readonly state: string;
  readonly crn: string;
  readonly account_id: string;
  readonly created_at: string;
  readonly updated_at: string;
  readonly quota_id: string;
  readonly quota_url: string;
  readonly payment_methods_url: string;
  readonly teams_url: string;
  readonly resource_linkages?: readonly unknown[];
}

export async function listResourceGroups(
  session: IbmSession,
  filter: { readonly name?: string; readonly default?: 'true' },
  signal: AbortSignal,
): Promise<readonly ResourceGroup[]> {
  const { account } = await session.claims();
  const url = `${session.endpoints.resourceManager}/v2/resource_groups`;
  const { body } = await session.send({
    method: 'GET',
    url,
    query: { account_id: account, ...filter },
    signal,
  });
  return (body as { resources: readonly ResourceGroup[] }).resources;
}

export async function getResourceGroup(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<ResourceGroup> {
  const url = `${session.endpoints.resourceManager}/v2/resource_groups/${encodeURIComponent(id)}`;
  const { body } = await session.send({ method: 'GET', url, signal });
  return body as ResourceGroup;
}

/** The account's default group: where a resource goes that names none. */
export async function defaultResourceGroupId(
  session: IbmSession,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [group] = await listResourceGroups(session, { default: 'true' }, signal);
  return group?.id;
}
