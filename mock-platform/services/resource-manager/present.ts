/** Resource groups and quotas on the wire. (ibm-control-plane.md 6.4.3) */
import type { QuotaDefinition as PresentedQuota } from './gen/quota-definition-list';
import type { ResourceGroup } from './gen/resource-group-list';
import type { ResourceGroupDocument } from './model';
import { payingAccountQuota, type QuotaDefinition } from './quotas';

export function presentResourceGroup(group: ResourceGroupDocument): ResourceGroup {
  const { id, crn, account, name, state, isDefault, createdAt, updatedAt } = group;
  return {
    id,
    crn,
    account_id: account,
    name,
    state,
    default: isDefault,
    quota_id: payingAccountQuota.id,
    quota_url: `/v2/quota_definitions/${payingAccountQuota.id}`,
    payment_methods_url: `/v2/resource_groups/${id}/payment_methods`,
    resource_linkages: [],
    teams_url: `/v2/resource_groups/${id}/teams`,
    created_at: createdAt,
    updated_at: updatedAt,
  };
}

export function presentQuota({ id, name, type }: QuotaDefinition): PresentedQuota {
  return { id, name, type, resource_quotas: [] };
}
