import { defineDataSource } from '../../core/data-source';
import { DiagnosticError } from '../../core/diagnostics';
import { attributePath } from '../../core/path';
import { nameOf, serviceId } from '../client/catalog';
import { step } from '../client/failures';
import { ApiError } from '../client/http';
import { getInstance, listInstances, type ResourceInstance } from '../client/instances';
import { getResourceGroup } from '../client/resource-groups';
import type { IbmSession } from '../client/session';
import { readTags } from '../client/tags';
import facts from '../schema/data-sources/ibm_resource_instance.json';
import { flatten } from '../state/flatten';
import { goJson } from '../state/parameters';

/** Source: its facts; ibm-control-plane.md 6.4. */
export interface ResourceInstanceData {
  readonly id: string | null;
  readonly identifier: string | null;
  readonly name: string | null;
  readonly resource_group_id: string | null;
  readonly location: string | null;
  readonly service: string | null;
  readonly plan: string | null;
  readonly status: string | null;
  readonly crn: string | null;
  readonly guid: string | null;
  readonly extensions: Readonly<Record<string, string>> | null;
  readonly parameters_json: string | null;
  readonly onetime_credentials: boolean | null;
  readonly tags: readonly string[] | null;
  readonly resource_name: string | null;
  readonly resource_crn: string | null;
  readonly resource_status: string | null;
  readonly resource_group_name: string | null;
  readonly resource_controller_url: string | null;
}

async function listed(
  session: IbmSession,
  { name, resource_group_id, service, location }: ResourceInstanceData,
  signal: AbortSignal,
): Promise<readonly ResourceInstance[]> {
  const resourceId = service ? await serviceId(session, service, signal) : undefined;
  const filter = {
    name: name ?? '',
    ...(resource_group_id ? { resource_group_id } : {}),
    ...(resourceId ? { resource_id: resourceId } : {}),
  };
  const instances = await listInstances(session, filter, signal);
  return location ? instances.filter(({ region_id }) => region_id === location) : instances;
}

function notOne(name: string, found: readonly ResourceInstance[]): DiagnosticError {
  const narrow = 'Narrow the search with resource_group_id, location or service, or name it by identifier';
  return new DiagnosticError({
    summary:
      found.length === 0
        ? `[ERROR] No resource instance found with name [${name}]`
        : `[ERROR] More than one resource instance found with name matching [${name}]`,
    detail:
      found.length === 0
        ? 'Check the name, resource_group_id, location and service. Instances that await reclamation are not found.'
        : `${narrow}: ${found.map(({ crn }) => crn).join(', ')}.`,
    attribute: attributePath('name'),
  });
}

async function find(
  session: IbmSession,
  config: ResourceInstanceData,
  signal: AbortSignal,
): Promise<ResourceInstance> {
  const { identifier, name } = config;
  if (!name) {
    const finding = getInstance(session, identifier ?? '', signal);
    return step(
      { says: `[ERROR] No resource instance found with id [${identifier}]` },
      finding,
      'identifier',
    );
  }
  const found = await step(
    { says: '[ERROR] Error retrieving resource instance' },
    listed(session, config, signal),
    'name',
  );
  const [instance] = found;
  if (instance === undefined || found.length > 1) throw notOne(name, found);
  return instance;
}

/** Null when the group may not be read: the instance is shown all the same, as the vendor's provider shows it. */
async function groupName(session: IbmSession, id: string, signal: AbortSignal): Promise<string | null> {
  try {
    return (await getResourceGroup(session, id, signal)).name;
  } catch (error) {
    if (error instanceof ApiError) return null;
    throw error;
  }
}

async function stateOf(
  session: IbmSession,
  instance: ResourceInstance,
  signal: AbortSignal,
): Promise<Partial<ResourceInstanceData>> {
  const { crn, name, state, parameters, resource_group_id: group } = instance;
  return {
    id: instance.id,
    name,
    crn,
    guid: instance.guid,
    status: state,
    location: instance.region_id ?? null,
    service: await nameOf(session, instance.resource_id, signal),
    plan: await nameOf(session, instance.resource_plan_id, signal),
    extensions: flatten(instance.extensions ?? {}),
    onetime_credentials: instance.onetime_credentials === true,
    ...(parameters ? { parameters_json: goJson(parameters) } : {}),
    tags: await readTags(session, crn, 'tags', signal),
    resource_group_id: group ?? null,
    resource_group_name: group ? await groupName(session, group, signal) : null,
    resource_name: name,
    resource_crn: crn,
    resource_status: state,
    resource_controller_url: `${await session.consoleUrl()}/services/`,
  };
}

export const resourceInstanceData = defineDataSource<ResourceInstanceData, IbmSession>({
  facts,
  async read({ client: session, config, signal }) {
    const instance = await find(session, config, signal);
    return { state: await step(`read instance ${instance.name}`, stateOf(session, instance, signal)) };
  },
});
