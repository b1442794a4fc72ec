/** Resource Manager: resource groups (ibm-control-plane.md 3.2, 6.4.3). */
import type { IbmSession } from './session';

export interface ResourceGroup {
  readonly id: string;
  readonly name: string;
  readonly default?: boolean;
  readonly state?: string;
  readonly crn?: string;
  readonly account_id?: string;
  readonly created_at?: string;
  readonly updated_at?: string;
  readonly quota_id?: string;
  readonly quota_url?: string;
  readonly payment_methods_url?: string;
  readonly teams_url?: string;
  readonly resource_linkages?: readonly unknown[];
}

export interface ResourceGroupFilter {
  readonly name?: string;
  readonly default?: 'true';
  readonly include_deleted?: 'true';
  readonly date?: string;
}

function url(session: IbmSession): string {
  return `${session.endpoints.resourceManager}/v2/resource_groups`;
}

function groupUrl(session: IbmSession, id: string): string {
  return `${url(session)}/${encodeURIComponent(id)}`;
}

export async function listResourceGroups(
  session: IbmSession,
  filter: ResourceGroupFilter,
  signal: AbortSignal,
): Promise<readonly ResourceGroup[]> {
  const { account } = await session.claims();
  const query = { account_id: account, ...filter };
  const request = { method: 'GET', url: url(session), query, signal } as const;
  return (await session.json<{ resources: readonly ResourceGroup[] }>(request)).resources;
}

export function getResourceGroup(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<ResourceGroup> {
  return session.json({ method: 'GET', url: groupUrl(session, id), signal });
}

/** Answers with the id alone. */
export async function createResourceGroup(
  session: IbmSession,
  name: string,
  signal: AbortSignal,
): Promise<{ readonly id: string }> {
  const { account } = await session.claims();
  const body = { name, account_id: account };
  return session.json({ method: 'POST', url: url(session), body, signal });
}

export async function renameResourceGroup(
  session: IbmSession,
  id: string,
  name: string,
  signal: AbortSignal,
): Promise<void> {
  await session.send({ method: 'PATCH', url: groupUrl(session, id), body: { name }, signal });
}

export async function deleteResourceGroup(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<void> {
  await session.send({ method: 'DELETE', url: groupUrl(session, id), signal });
}

/** The account's default group: where a resource goes that names none. */
export async function defaultResourceGroupId(
  session: IbmSession,
  signal: AbortSignal,
): Promise<string | undefined> {
  const [group] = await listResourceGroups(session, { default: 'true' }, signal);
  return group?.id;
}
