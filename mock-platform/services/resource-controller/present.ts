/** Instances and reclamations on the wire. (ibm-control-plane.md 6.4.2) */
import type { Session } from '../../kernel/operation';
import type { Wire } from '../../kernel/wire';
import { resourceGroupCrn } from '../resource-manager/model';
import { endpointsOf } from './endpoints';
import type { Reclamation } from './gen/reclamation-list';
import type * as wire from './gen/resource-instance-list';
import type { InstanceDocument, InstanceOperation } from './instances';
import type { ReclamationDocument } from './model';

/** Operations end at once here, so the last one has always succeeded. */
function presentOperation({ type, description }: InstanceOperation): wire.LastOperation {
  return {
    type,
    state: 'succeeded',
    async: false,
    description,
    cancelable: false,
    poll: false,
  };
}

function extensionsOf(session: Session, instance: InstanceDocument): Wire<wire.Extensions> {
  const endpoints = endpointsOf(session, instance);
  return endpoints === undefined ? {} : { endpoints };
}

type Happening = 'created' | 'updated' | 'deleted' | 'scheduled_reclaim' | 'restored';
type Historical = `${Happening}_${'at' | 'by'}`;

/** Times that did not come are null, persons who did nothing are empty texts, as with the vendor. */
function history(instance: InstanceDocument): Pick<wire.ResourceInstance, Historical> {
  return {
    created_at: instance.createdAt,
    created_by: instance.createdBy,
    updated_at: instance.updatedAt,
    updated_by: instance.updatedBy,
    deleted_at: instance.deletedAt ?? null,
    deleted_by: instance.deletedBy ?? '',
    scheduled_reclaim_at: instance.scheduledReclaimAt ?? null,
    scheduled_reclaim_by: instance.scheduledReclaimBy ?? '',
    restored_at: instance.restoredAt ?? null,
    restored_by: instance.restoredBy ?? '',
  };
}

export function presentInstance(session: Session, instance: InstanceDocument): Wire<wire.ResourceInstance> {
  const { guid, crn, account, service } = instance;
  const url = `/v2/resource_instances/${guid}`;
  return {
    id: crn,
    guid,
    crn,
    url,
    name: instance.name,
    account_id: account,
    region_id: instance.location,
    resource_group_id: instance.resourceGroupId,
    resource_group_crn: resourceGroupCrn(account, instance.resourceGroupId),
    resource_id: instance.serviceId,
    resource_plan_id: instance.planId,
    target_crn: instance.targetCrn,
    state: instance.state,
    type: 'service_instance',
    sub_type: service,
    parameters: instance.parameters,
    extensions: extensionsOf(session, instance),
    onetime_credentials: false,
    allow_cleanup: instance.allowCleanup,
    locked: instance.locked,
    migrated: false,
    controlled_by: '',
    dashboard_url: `https://cloud.ibm.com/services/${service}/${encodeURIComponent(crn)}`,
    last_operation: presentOperation(instance.lastOperation),
    plan_history: instance.planHistory.map(({ planId, startDate, requestedBy }) => ({
      resource_plan_id: planId,
      start_date: startDate,
      requestor_id: requestedBy,
    })),
    resource_keys_url: `${url}/resource_keys`,
    resource_aliases_url: `${url}/resource_aliases`,
    resource_bindings_url: `${url}/resource_bindings`,
    ...history(instance),
  };
}

/** The one policy of reclamations here: seven days. */
const policyId = '6d0b1a3f9c2e48d7a5b4c3d2e1f0a9b8';

export function presentReclamation(
  reclamation: ReclamationDocument,
  state: Reclamation['state'],
  updated: { readonly at: string; readonly by: string },
): Reclamation {
  const { id, instanceGuid, instanceCrn, resourceGroupId, account } = reclamation;
  return {
    id,
    entity_id: instanceGuid,
    entity_type_id: 'resource_instance',
    entity_crn: instanceCrn,
    resource_instance_id: instanceGuid,
    resource_group_id: resourceGroupId,
    account_id: account,
    policy_id: policyId,
    state,
    target_time: reclamation.targetTime,
    custom_properties: {},
    created_at: reclamation.createdAt,
    created_by: reclamation.createdBy,
    updated_at: updated.at,
    updated_by: updated.by,
  };
}
