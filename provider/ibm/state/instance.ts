/** A service instance as `ibm_resource_instance` shows it (ibm-control-plane.md 3.1). */
import { tryParseCrn } from '../../../domain/crn';
import { nameOf } from '../client/catalog';
import type { ResourceInstance } from '../client/instances';
import type { IbmSession } from '../client/session';
import { readTags } from '../client/tags';
import { milliseconds } from './dates';
import { flatten } from './flatten';

interface InstanceTexts {
  readonly account_id: string | null;
  readonly crn: string | null;
  readonly dashboard_url: string | null;
  readonly guid: string | null;
  readonly resource_aliases_url: string | null;
  readonly resource_bindings_url: string | null;
  readonly resource_group_crn: string | null;
  readonly resource_group_id: string | null;
  readonly resource_id: string | null;
  readonly resource_keys_url: string | null;
  readonly resource_plan_id: string | null;
  readonly restored_by: string | null;
  readonly scheduled_reclaim_by: string | null;
  readonly deleted_by: string | null;
  readonly created_by: string | null;
  /** `updated_by` of the API. */
  readonly update_by: string | null;
  readonly state: string | null;
  readonly sub_type: string | null;
  readonly target_crn: string | null;
  readonly type: string | null;
}

interface InstanceTimes {
  readonly created_at: string | null;
  /** `updated_at` of the API. */
  readonly update_at: string | null;
  readonly deleted_at: string | null;
  readonly restored_at: string | null;
  readonly scheduled_reclaim_at: string | null;
}

export interface InstanceState extends InstanceTexts, InstanceTimes {
  readonly id: string;
  readonly name: string;
  readonly service: string;
  readonly plan: string;
  readonly location: string;
  readonly status: string | null;
  readonly tags: readonly string[] | null;
  readonly service_endpoints: string | null;
  readonly extensions: Readonly<Record<string, string>> | null;
  readonly last_operation: Readonly<Record<string, string>> | null;
  readonly plan_history: readonly { readonly resource_plan_id: string; readonly start_date: string }[] | null;
  readonly onetime_credentials: boolean | null;
  readonly allow_cleanup: boolean | null;
  readonly locked: boolean | null;
  readonly resource_name: string | null;
  readonly resource_crn: string | null;
  readonly resource_status: string | null;
  /** Holds the CRN of the group: the vendor's provider fills it so. */
  readonly resource_group_name: string | null;
  readonly resource_controller_url: string | null;
}

function textsOf(instance: ResourceInstance): InstanceTexts {
  return {
    account_id: instance.account_id ?? null,
    crn: instance.crn,
    dashboard_url: instance.dashboard_url ?? null,
    guid: instance.guid,
    resource_aliases_url: instance.resource_aliases_url ?? null,
    resource_bindings_url: instance.resource_bindings_url ?? null,
    resource_group_crn: instance.resource_group_crn ?? null,
    resource_group_id: instance.resource_group_id ?? null,
    resource_id: instance.resource_id,
    resource_keys_url: instance.resource_keys_url ?? null,
    resource_plan_id: instance.resource_plan_id,
    restored_by: instance.restored_by ?? null,
    scheduled_reclaim_by: instance.scheduled_reclaim_by ?? null,
    deleted_by: instance.deleted_by ?? null,
    created_by: instance.created_by ?? null,
    update_by: instance.updated_by ?? null,
    state: instance.state,
    sub_type: instance.sub_type ?? null,
    target_crn: instance.target_crn ?? null,
    type: instance.type ?? null,
  };
}

function timesOf(instance: ResourceInstance): InstanceTimes {
  const shown = (time: string | null | undefined): string | null => (time ? milliseconds(time) : null);
  return {
    created_at: shown(instance.created_at),
    update_at: shown(instance.updated_at),
    deleted_at: shown(instance.deleted_at),
    restored_at: shown(instance.restored_at),
    scheduled_reclaim_at: shown(instance.scheduled_reclaim_at),
  };
}

/** Asks the catalog for the names of service and plan, and the search for the tags. */
export async function instanceState(
  session: IbmSession,
  instance: ResourceInstance,
  signal: AbortSignal,
): Promise<Partial<InstanceState>> {
  const { crn, name, state, last_operation: operation } = instance;
  const endpoints = instance.parameters?.['service-endpoints'];
  return {
    ...textsOf(instance),
    ...timesOf(instance),
    id: instance.id,
    name,
    status: state,
    service: await nameOf(session, instance.resource_id, signal),
    plan: await nameOf(session, instance.resource_plan_id, signal),
    location: tryParseCrn(crn)?.location ?? '',
    tags: await readTags(session, crn, 'tags', signal),
    ...(typeof endpoints === 'string' ? { service_endpoints: endpoints } : {}),
    extensions: flatten(instance.extensions ?? {}),
    last_operation: operation ? flatten(operation) : null,
    plan_history: (instance.plan_history ?? []).map(({ resource_plan_id, start_date }) => ({
      resource_plan_id,
      start_date: milliseconds(start_date),
    })),
    onetime_credentials: instance.onetime_credentials === true,
    allow_cleanup: instance.allow_cleanup === true,
    locked: instance.locked === true,
    resource_name: name,
    resource_crn: crn,
    resource_status: state,
    resource_group_name: instance.resource_group_crn ?? null,
    resource_controller_url: `${await session.consoleUrl()}/services/`,
  };
}
