import { defineResource } from '../../core/resource';
import type { Observed } from '../../core/state';
import { step, unlessGone } from '../client/failures';
import {
  compositeId,
  parseCompositeId,
  type SecretGroup,
  SecretsManagerClient,
} from '../client/secrets-manager';
import type { IbmSession } from '../client/session';
import facts from '../schema/resources/ibm_sm_secret_group.json';
import { seconds } from '../state/dates';

/** Source: ibm-control-plane.md 5.1. */
export interface SecretGroupState {
  readonly id: string;
  readonly instance_id: string;
  readonly region: string | null;
  readonly endpoint_type: string | null;
  readonly name: string;
  readonly description: string | null;
  readonly secret_group_id: string | null;
  readonly created_at: string | null;
  readonly updated_at: string | null;
}

function stateOf({ guid, region }: SecretsManagerClient, group: SecretGroup): Observed<SecretGroupState> {
  return {
    id: compositeId({ region, guid }, group.id),
    instance_id: guid,
    region,
    secret_group_id: group.id,
    name: group.name,
    description: group.description ?? null,
    created_at: seconds(group.created_at),
    updated_at: seconds(group.updated_at),
  };
}

/** Attributes that a refusal is about: its codes come without a member of the request. */
const attributeOf = { conflict: 'name', name: 'name', description: 'description' } as const;

interface Addressed {
  readonly client: SecretsManagerClient;
  /** Below the API's base. */
  readonly path: string;
}

function addressOf(
  session: IbmSession,
  { id, endpoint_type }: Pick<SecretGroupState, 'id' | 'endpoint_type'>,
  signal: AbortSignal,
): Addressed {
  const { region, guid, id: group } = parseCompositeId(id);
  const client = new SecretsManagerClient(session, { region, instance_id: guid, endpoint_type }, signal);
  return { client, path: `secret_groups/${group}` };
}

export const smSecretGroup = defineResource<SecretGroupState, IbmSession>({
  facts,
  async create({ client: session, plan, signal }) {
    const client = new SecretsManagerClient(session, plan, signal);
    const { name, description } = plan;
    const draft = { name, ...(description ? { description } : {}) };
    const creating = client.send<SecretGroup>('POST', 'secret_groups', draft);
    return { state: stateOf(client, await step(`create secret group ${name}`, creating, attributeOf)) };
  },
  async read({ client: session, state, signal }) {
    const { client, path } = addressOf(session, state, signal);
    const reading = unlessGone(client.send<SecretGroup>('GET', path));
    const group = await step(`read secret group ${state.id}`, reading);
    return { state: group === undefined ? null : stateOf(client, group) };
  },
  async update({ client: session, plan, prior, changed, signal }) {
    const { client, path } = addressOf(session, { ...plan, id: prior.id }, signal);
    const change = {
      ...(changed('name') ? { name: plan.name } : {}),
      ...(changed('description') ? { description: plan.description ?? '' } : {}),
    };
    if (Object.keys(change).length > 0) {
      await step(`update secret group ${plan.name}`, client.send('PATCH', path, change), attributeOf);
    }
    const reading = client.send<SecretGroup>('GET', path);
    return { state: stateOf(client, await step(`read secret group ${prior.id}`, reading)) };
  },
  async delete({ client: session, state, signal }) {
    const { client, path } = addressOf(session, state, signal);
    await step(`delete secret group ${state.name}`, client.send('DELETE', path));
  },
  import: async ({ id }) => {
    const { region, guid } = parseCompositeId(id);
    return { state: { id, region, instance_id: guid } };
  },
});
