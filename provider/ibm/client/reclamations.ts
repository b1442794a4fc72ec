/** Resource Controller: reclamations of deleted instances (ibm-control-plane.md 3.3, 6.4.2). */
import type { IbmSession } from './session';

export interface Reclamation {
  readonly id: string;
  readonly entity_id?: string;
  readonly entity_type_id?: string;
  readonly entity_crn?: string;
  readonly resource_instance_id?: string;
  readonly resource_group_id?: string;
  readonly account_id?: string;
  readonly policy_id?: string;
  readonly state?: string;
  readonly target_time?: string;
  readonly custom_properties?: Readonly<Record<string, unknown>>;
  readonly created_at?: string;
  readonly created_by?: string;
  readonly updated_at?: string;
  readonly updated_by?: string;
}

export async function listReclamations(
  session: IbmSession,
  signal: AbortSignal,
): Promise<readonly Reclamation[]> {
  const url = `${session.endpoints.resourceController}/v1/reclamations`;
  return (await session.json<{ resources: readonly Reclamation[] }>({ method: 'GET', url, signal }))
    .resources;
}

/** Ends the wait: what was deleted is deleted for good. */
export function reclaim(
  session: IbmSession,
  id: string,
  reason: { readonly request_by?: string; readonly comment?: string },
  signal: AbortSignal,
): Promise<Reclamation> {
  const path = `v1/reclamations/${encodeURIComponent(id)}/actions/reclaim`;
  const url = `${session.endpoints.resourceController}/${path}`;
  return session.json({ method: 'POST', url, body: reason, signal });
}
