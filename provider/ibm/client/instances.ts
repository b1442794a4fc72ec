/** Resource Controller: service instances (ibm-control-plane.md 3.1, 6.4.1, 6.4.2). */
import { ApiError } from './http';
import type { IbmSession } from './session';

export interface ResourceInstance {
  readonly id: string;
  readonly guid: string;
  readonly crn: string;
  readonly name: string;
  readonly state: string;
  readonly account_id?: string;
  readonly region_id?: string;
  readonly resource_id: string;
  readonly resource_plan_id: string;
  readonly resource_group_id?: string;
  readonly resource_group_crn?: string;
  readonly target_crn?: string;
  readonly type?: string;
  readonly sub_type?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly last_operation?: Readonly<Record<string, unknown>>;
  readonly plan_history?: readonly { readonly resource_plan_id: string; readonly start_date: string }[];
  readonly onetime_credentials?: boolean;
  readonly allow_cleanup?: boolean;
  readonly locked?: boolean;
  readonly dashboard_url?: string | null;
  readonly resource_aliases_url?: string;
  readonly resource_bindings_url?: string;
  readonly resource_keys_url?: string;
  readonly created_at?: string | null;
  readonly created_by?: string;
  readonly updated_at?: string | null;
  readonly updated_by?: string;
  readonly deleted_at?: string | null;
  readonly deleted_by?: string;
  readonly restored_at?: string | null;
  readonly restored_by?: string;
  readonly scheduled_reclaim_at?: string | null;
  readonly scheduled_reclaim_by?: string;
}

function url(session: IbmSession): string {
  return `${session.endpoints.resourceController}/v2/resource_instances`;
}

/** `id` is a GUID or a CRN. */
function instanceUrl(session: IbmSession, id: string): string {
  return `${url(session)}/${encodeURIComponent(id)}`;
}

export function getInstance(session: IbmSession, id: string, signal: AbortSignal): Promise<ResourceInstance> {
  return session.json({ method: 'GET', url: instanceUrl(session, id), signal });
}

export interface InstanceFilter {
  readonly name?: string;
  readonly resource_group_id?: string;
  readonly resource_id?: string;
}

interface InstancePage {
  readonly resources: readonly ResourceInstance[];
  /** Relative to the host. */
  readonly next_url?: string | null;
}

/** All pages. Instances that await reclamation are not listed. */
export async function listInstances(
  session: IbmSession,
  filter: InstanceFilter,
  signal: AbortSignal,
): Promise<readonly ResourceInstance[]> {
  const found: ResourceInstance[] = [];
  let page = await session.json<InstancePage>({
    method: 'GET',
    url: url(session),
    query: { ...filter },
    signal,
  });
  found.push(...page.resources);
  while (page.next_url) {
    const next = new URL(page.next_url, session.endpoints.resourceController).href;
    page = await session.json<InstancePage>({ method: 'GET', url: next, signal });
    found.push(...page.resources);
  }
  return found;
}

export function createInstance(
  session: IbmSession,
  draft: object,
  signal: AbortSignal,
): Promise<ResourceInstance> {
  return session.json({ method: 'POST', url: url(session), body: draft, signal });
}

export async function patchInstance(
  session: IbmSession,
  id: string,
  change: object,
  signal: AbortSignal,
): Promise<void> {
  await session.send({ method: 'PATCH', url: instanceUrl(session, id), body: change, signal });
}

/** An instance that is removed already (410) counts as deleted, as in the vendor's provider. */
export async function deleteInstance(session: IbmSession, id: string, signal: AbortSignal): Promise<void> {
  const query = { recursive: 'true' };
  try {
    await session.send({ method: 'DELETE', url: instanceUrl(session, id), query, signal });
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 410) throw error;
  }
}

/** `removed` and `pending_reclamation` count as gone (ibm-control-plane.md 3.1, Exists). */
export function isRemoved(instance: ResourceInstance): boolean {
  return instance.state.includes('removed') || instance.state.includes('pending_reclamation');
}

/** The state that is waited for: of the last operation when that one is asynchronous (3.1, create step 6). */
export function pendingState(instance: ResourceInstance): string {
  const operation = instance.last_operation;
  return operation?.['async'] === true ? String(operation['state']) : instance.state;
}
