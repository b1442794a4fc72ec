/** A resource group as the resource and the data sources show it (ibm-control-plane.md 3.2). */
import type { ResourceGroup } from '../client/resource-groups';
import { milliseconds } from './dates';

/** Attributes that the resource and the data sources share, beside the name. */
export interface ResourceGroupState {
  readonly state: string | null;
  readonly crn: string | null;
  readonly created_at: string | null;
  readonly updated_at: string | null;
  readonly teams_url: string | null;
  readonly payment_methods_url: string | null;
  readonly quota_url: string | null;
  readonly quota_id: string | null;
  readonly resource_linkages: readonly string[];
}

export function resourceGroupState(group: ResourceGroup): ResourceGroupState {
  return {
    state: group.state ?? null,
    crn: group.crn ?? null,
    created_at: group.created_at ? milliseconds(group.created_at) : null,
    updated_at: group.updated_at ? milliseconds(group.updated_at) : null,
    teams_url: group.teams_url ?? null,
    payment_methods_url: group.payment_methods_url ?? null,
    quota_url: group.quota_url ?? null,
    quota_id: group.quota_id ?? null,
    resource_linkages: (group.resource_linkages ?? []).map((linkage) =>
      typeof linkage === 'string' ? linkage : JSON.stringify(linkage),
    ),
  };
}
