/** Resource Controller: service instances (ibm-control-plane.md 3.1, 6.4). */
import { ApiError } from './http';
import type { IbmSession } from './session';

export interface ResourceInstance {
  readonly id: string;
  readonly guid: string;
  readonly crn: string;
  readonly name: string;
  readonly state: string;
  readonly account_id?: string;
  readonly resource_id: string;
  readonly resource_plan_id: string;
  readonly resource_group_id?: string;
  readonly resource_group_crn?: string;
  readonly parameters?: Readonly<Record<string, unknown>>;
  readonly extensions?: Readonly<Record<string, unknown>>;
  readonly last_operation?: Readonly<Record<string, unknown>>;
  readonly plan_history?: readonly { readonly resource_plan_id: string; readonly start_date: string }[];
  readonly [member: string]: unknown;
}

/** `id` is a GUID or a CRN. */
function instanceUrl(session: IbmSession, id: string): string {
  return `${session.endpoints.resourceController}/v2/resource_instances/${encodeURIComponent(id)}`;
}

export async function getInstance(
  session: IbmSession,
  id: string,
  signal: AbortSignal,
): Promise<ResourceInstance> {
  const { body } = await session.send({ method: 'GET', url: instanceUrl(session, id), signal });
  return body as ResourceInstance;
}

export async function createInstance(
  session: IbmSession,
  draft: object,
  signal: AbortSignal,
): Promise<ResourceInstance> {
  const url = `${session.endpoints.resourceController}/v2/resource_instances`;
  const { body } = await session.send({ method: 'POST', url, body: draft, signal });
  return body as ResourceInstance;
}

export async function patchInstance(
  session: IbmSession,
  id: string,
  change: object,
  signal: AbortSignal,
): Promise<void> {
  await session.send({ method: 'PATCH', url: instanceUrl(session, id), body: change, signal });
}

/** An instance that is gone already (404, 410) counts as deleted. */
export async function deleteInstance(session: IbmSession, id: string, signal: AbortSignal): Promise<void> {
  try {
    await session.send({
      method: 'DELETE',
      url: instanceUrl(session, id),
      query: { recursive: 'true' },
      signal,
    });
  } catch (error) {
    if (!(error instanceof ApiError) || ![404, 410].includes(error.status)) throw error;
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
