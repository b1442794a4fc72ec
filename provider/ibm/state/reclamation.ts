/** A reclamation as the resource and the data source show it (ibm-control-plane.md 3.3). */
import type { Reclamation } from '../client/reclamations';
import { milliseconds } from './dates';
import { flatten } from './flatten';

export interface ReclamationState {
  readonly entity_id: string | null;
  readonly entity_type_id: string | null;
  readonly entity_crn: string | null;
  readonly resource_instance_id: string | null;
  readonly resource_group_id: string | null;
  readonly account_id: string | null;
  readonly policy_id: string | null;
  readonly state: string | null;
  readonly target_time: string | null;
  readonly created_at: string | null;
  readonly created_by: string | null;
  readonly updated_at: string | null;
  readonly updated_by: string | null;
  readonly custom_properties: Readonly<Record<string, string>> | null;
}

export function reclamationState(reclamation: Reclamation): ReclamationState {
  const { created_at: created, updated_at: updated, custom_properties: properties } = reclamation;
  return {
    entity_id: reclamation.entity_id ?? null,
    entity_type_id: reclamation.entity_type_id ?? null,
    entity_crn: reclamation.entity_crn ?? null,
    resource_instance_id: reclamation.resource_instance_id ?? null,
    resource_group_id: reclamation.resource_group_id ?? null,
    account_id: reclamation.account_id ?? null,
    policy_id: reclamation.policy_id ?? null,
    state: reclamation.state ?? null,
    target_time: reclamation.target_time ?? null,
    created_at: created ? milliseconds(created) : null,
    created_by: reclamation.created_by ?? null,
    updated_at: updated ? milliseconds(updated) : null,
    updated_by: reclamation.updated_by ?? null,
    custom_properties: flatten(properties ?? {}),
  };
}
